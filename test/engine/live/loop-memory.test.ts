import test from 'ava';
import {blockFrames} from '../../../src/engine/graph.ts';
import {chunkFrames, createStemWindow} from '../../../src/engine/stems/stem-window.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import {tapeRig} from './tape-rig.ts';

const mixer = newMixer({strips: [newStrip({id: 'one', name: 'One'})]});
const lengthFrames = 12 * chunkFrames;

for (const [what, inFrame, outFrame] of [
  ['between chunks', 2 * chunkFrames, 8 * chunkFrames],
  ['in mid-chunk', 2.5 * chunkFrames, 8.5 * chunkFrames],
  ['just before and just after a chunk', 3 * chunkFrames - 10, 8 * chunkFrames + 10],
  ['just after and just before a chunk', 3 * chunkFrames + 100, 8 * chunkFrames - 100],
  ['in one chunk', 4 * chunkFrames + 1000, 5 * chunkFrames - 1000],
  ['in two chunks', 4.9 * chunkFrames, 5.3 * chunkFrames],
  ['at both ends of the tape', 0, lengthFrames],
] as const) {
  for (const moved of [false, true]) {
    test(`a loop ${what} is never waited for${moved ? ', though every move renders its wrap anew' : ', and read once a round'}`, async (t) => {
      const loads: number[] = [];
      const stem = createStemWindow({
        channels: 1,
        lengthFrames,
        encoding: {kind: 'int', bytes: 1, littleEndian: true},
        async load(atFrame, frames, into) {
          loads.push(atFrame / chunkFrames);
          // The disk takes its time: some turns of the renderer.
          for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
          into.fill(64, 0, frames);
        },
        close: async () => {},
      });
      const rig = await tapeRig({mixer, sampleRate: 48_000, stems: [stem], lengthFrames});
      rig.loop.command({type: 'playback.setLoop', loop: {inFrame, outFrame}});
      rig.loop.command({type: 'playback.setLooping', looping: true});
      rig.loop.command({type: 'playback.locate', frame: outFrame - 1000});
      rig.loop.command({type: 'playback.play'});
      const rounds = 3;
      for (let turn = 0; rig.now < rounds * (outFrame - inFrame); turn++) {
        if (moved && turn % 13 === 0) rig.loop.setMixer({...mixer, masterLevelDb: -(turn % 7)});
        await rig.turn(blockFrames + (turn % 50));
      }
      t.is(rig.loop.starvedBlocks, 0);
      t.true(rig.heard.filter(({meters}) => meters.rolling).length > 10);
      const chunks = Math.ceil(outFrame / chunkFrames) - Math.floor(inFrame / chunkFrames);
      if (!moved) t.true(loads.length <= (rounds + 1) * chunks + 4, `${loads.length} loads of ${chunks} chunks`);
    });
  }
}
