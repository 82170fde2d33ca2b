/**
 * A loop as most programs have it: always 30 ms of sound ahead, in blocks of 1,024 frames, never taken back. Same kernel, same stems, same
 * device library, a process of its own with the priority that ours asks for. Started by fork; plays until its parent goes or says so.
 */
import {setPriority} from 'node:os';
import {blockFrames} from '../../src/engine/graph.ts';
import {openDeviceOutput} from '../../src/engine/live/device-output.ts';
import {createSilentOutput} from '../../src/engine/live/silent-output.ts';
import {createTape} from '../../src/engine/live/tape.ts';
import {createStemOpener} from '../../src/engine/stems/stem-opener.ts';
import {createWholeGraph} from '../../src/engine/whole-graph.ts';
import {masterFields, stripFields} from '../../src/model/meter.ts';
import type {Session} from '../../src/model/session.ts';

/** What the rival is told at its start. */
export interface RivalSetup {
  readonly session: Session;
  readonly cacheFolder: string;
  readonly device: 'default' | 'none';
}

/** What it says: ready to be heard, and at its end what was missing by its own account. */
export type FromRival = {readonly type: 'ready'} | {readonly type: 'count'; readonly lateFrames: number};

const lookAheadMs = 30;
const blocksAtOnce = 2;
const pumpEveryMs = 8;

async function play({session, cacheFolder, device}: RivalSetup): Promise<void> {
  const {sampleRate, mixer} = session;
  const opener = createStemOpener({sampleRate, cacheFolder});
  const opened = device === 'none' ? undefined : await openDeviceOutput(sampleRate);
  const output = opened?.state === 'open' ? opened.output : createSilentOutput(sampleRate, () => performance.now());
  const stems = await Promise.all(
    mixer.strips.map(async ({id}) => {
      const file = session.stems.find(({strip}) => strip === id);
      const stem = file && (await opener.open(file.path));
      return stem?.type === 'stem' ? stem.stem : undefined;
    }),
  );
  const {graph} = await createWholeGraph({sampleRate, mixer});
  const tape = createTape(stems, Math.max(...stems.map((stem) => stem?.lengthFrames ?? 0)));
  tape.command({type: 'playback.setLooping', looping: true});
  tape.command({type: 'playback.play'});
  const left = new Float32Array(blocksAtOnce * blockFrames);
  const right = new Float32Array(blocksAtOnce * blockFrames);
  const meters = new Float32Array(stems.length * stripFields + masterFields);
  let nextFrame = output.clockFrame();
  let lateFrames = 0;

  const pump = (): void => {
    const now = output.clockFrame();
    if (nextFrame < now) {
      lateFrames += now - nextFrame;
      nextFrame = now;
    }
    while (nextFrame < now + (lookAheadMs * sampleRate) / 1000) {
      for (let block = 0; block < blocksAtOnce; block++) {
        const part = [block * blockFrames, (block + 1) * blockFrames] as const;
        const motion = tape.next();
        graph.render(stems, tape.state.frame, motion, left.subarray(...part), right.subarray(...part), meters);
        tape.advance(motion);
      }
      output.schedule(nextFrame, left, right);
      nextFrame += blocksAtOnce * blockFrames;
    }
  };
  try {
    setPriority(-10);
  } catch {
    // As ours.
  }
  pump();
  setInterval(pump, pumpEveryMs);
  process.on('message', () => process.send?.({type: 'count', lateFrames} satisfies FromRival));
  process.send?.({type: 'ready'} satisfies FromRival);
}

process.once('message', (setup: RivalSetup) => void play(setup));
process.on('disconnect', () => process.exit(0));
