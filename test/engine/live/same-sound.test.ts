import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {openStems} from '../../../src/app/open-stems.ts';
import {bounce, type MixerMove} from '../../../src/engine/bounce.ts';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {createSourceQueue} from '../../../src/engine/live/device-output.ts';
import {createRenderLoop} from '../../../src/engine/live/render-loop.ts';
import {createListening} from '../../../src/engine/monitor/listening.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import {applyCommand, type MixerCommand} from '../../../src/model/command.ts';
import {type Mixer, masterId} from '../../../src/model/mixer.ts';
import {newMonitor} from '../../../src/model/monitor.ts';
import type {Session} from '../../../src/model/session.ts';
import {demoFolder} from '../../../src/session/demo-folder.ts';
import {loadSession} from '../../../src/session/load.ts';
import {temporaryFolder} from './live-rig.ts';
import {pumped} from './pumped.ts';
import {createTapeOutput} from './tape-output.ts';

const folder = await temporaryFolder();
const demo = await loadDemo();
test.after.always(() => folder.remove());

const lookAheadFrames = 8 * blockFrames;
/** So much of the demo is played and bounced: every instrument has come in. */
const heardSeconds = 11;

async function loadDemo(): Promise<Session> {
  const loaded = await loadSession(demoFolder);
  if (loaded.type === 'session') return loaded.session;
  throw new Error('the demo cannot be loaded');
}

interface Sound {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

/** What the live renderer scheduled while the tape rolled, whole, and the moves with the frames of the tape at which they took hold. */
interface Take extends Sound {
  readonly blocks: readonly {readonly atFrame: number; readonly left: Sound['left']; readonly right: Sound['right']}[];
  readonly moves: readonly MixerMove[];
}

/** Plays from the start to the end on a clock that waits for the disk; `mixers` take over one after the other, at odd times. */
async function play(
  session: Session,
  stems: readonly (Stem | undefined)[],
  lengthFrames: number,
  mixers: readonly Mixer[],
): Promise<Take> {
  const {sampleRate} = session;
  const output = createTapeOutput();
  const graph = await createGraph({sampleRate, mixer: session.mixer});
  const loop = createRenderLoop({
    graph,
    stems,
    output,
    listening: createListening({
      sampleRate,
      monitor: newMonitor,
      mixer: session.mixer,
      mixLatencyFrames: graph.latencyFrames,
    }),
    lengthFrames,
    lookAheadFrames,
    shallowFrames: 3 * blockFrames,
    guardFrames: blockFrames,
    restFrames: 20 * blockFrames,
  });
  const taken: MixerMove[] = [];
  let startFrame: number | undefined;
  let turns = 0;
  loop.command({type: 'playback.play'});
  while (loop.playing) {
    const tapeFrame = startFrame === undefined ? 0 : output.now - startFrame;
    await Promise.all(stems.map((stem) => stem?.prepare(tapeFrame, 2 * lookAheadFrames)));
    for (const {meters} of pumped(loop)) if (meters.rolling) startFrame ??= meters.atFrame;
    await new Promise((resolve) => setImmediate(resolve));
    output.now += 1000;
    const mixer = mixers[taken.length];
    if (startFrame !== undefined && mixer !== undefined && ++turns % 7 === 0)
      taken.push({atFrame: loop.setMixer(mixer), mixer});
  }
  const start = startFrame ?? 0;
  // A block may begin before the tape does, and end after it.
  const blocks = output.blocks.flatMap((block) => {
    const atFrame = block.atFrame - start;
    const from = Math.max(0, -atFrame);
    const until = Math.min(block.left.length, lengthFrames - atFrame);
    if (until <= from) return [];
    return [{atFrame: atFrame + from, left: block.left.slice(from, until), right: block.right.slice(from, until)}];
  });
  const left = new Float32Array(lengthFrames);
  const right = new Float32Array(lengthFrames);
  for (const block of blocks) {
    left.set(block.left, block.atFrame);
    right.set(block.right, block.atFrame);
  }
  const moves = taken.map(({atFrame, mixer}) => ({atFrame: atFrame - start, mixer}));
  if (loop.lateBlocks + loop.starvedBlocks > 0) throw new Error('the clock did not wait for the disk');
  return {blocks, moves, left, right};
}

/** The samples of a 32-bit float file: they end it. */
async function readFloats(path: string, frames: number): Promise<Sound> {
  const bytes = await readFile(path);
  const samples = new Float32Array(new Uint8Array(bytes.subarray(bytes.length - frames * 8)).buffer);
  return {
    left: new Float32Array(frames).map((_, frame) => samples[2 * frame] ?? Number.NaN),
    right: new Float32Array(frames).map((_, frame) => samples[2 * frame + 1] ?? Number.NaN),
  };
}

/** First frame at which two sounds differ by a bit; −1 if they do not. */
function firstDifference(one: Sound, other: Sound): number {
  if (one.left.length !== other.left.length) return Math.min(one.left.length, other.left.length);
  return one.left.findIndex(
    (sample, frame) => !Object.is(sample, other.left[frame]) || !Object.is(one.right[frame], other.right[frame]),
  );
}

/** A mix in progress: everything a hand can move, moved, in an order that is the same each time. */
function mixersOnTheWay(first: Mixer, moves: number): readonly Mixer[] {
  let state = 7;
  const dice = (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  const any = (): MixerCommand => {
    const strip = first.strips[dice(first.strips.length)]?.id ?? masterId;
    switch (dice(8)) {
      case 0:
        return {type: 'strip.setPan', strip, pan: dice(21) / 10 - 1};
      case 1:
        return {type: 'strip.setTrim', strip, trimDb: dice(25) - 12};
      case 2:
        return {type: 'strip.setMute', strip, muted: dice(2) === 0};
      case 3:
        return {type: 'strip.setSolo', strip, soloed: dice(2) === 0};
      case 4:
        return {type: 'strip.setPolarity', strip, polarityInverted: dice(2) === 0};
      case 5:
        return {type: 'strip.setLevel', strip: masterId, levelDb: -dice(12)};
      case 6:
        return {type: 'mixer.clearSolo'};
      default:
        return {type: 'strip.setLevel', strip, levelDb: dice(5) === 0 ? Number.NEGATIVE_INFINITY : 10 - dice(60)};
    }
  };
  const mixers: Mixer[] = [];
  for (let mixer = first; mixers.length < moves; mixers.push(mixer)) mixer = applyCommand(mixer, any());
  return mixers;
}

test('what is bounced is what was heard, bit for bit, and twice the same; moves and the sound library included', async (t) => {
  const {sampleRate, mixer} = demo;
  const opened = await openStems(demo, join(folder.path, 'cache'));
  t.teardown(() => opened.close());
  const {stems} = opened;
  t.true(opened.lengthFrames > heardSeconds * sampleRate);
  const lengthFrames = heardSeconds * sampleRate + 77;
  const target = (name: string): string => join(folder.path, name);
  const common = {mixer, stems, sampleRate, lengthFrames};

  // Stems are still being decoded in the first, and lie ready in the second.
  for (const format of ['float32', 'pcm24'] as const) {
    await bounce({...common, format, target: target(`one-${format}.wav`)});
    await bounce({...common, format, target: target(`two-${format}.wav`)});
    const [one, two] = await Promise.all(['one', 'two'].map((name) => readFile(target(`${name}-${format}.wav`))));
    t.true(one?.equals(two ?? new Uint8Array()));
  }

  const still = await play(demo, stems, lengthFrames, []);
  const bounced = await readFloats(target('one-float32.wav'), lengthFrames);
  t.true(bounced.left.some((sample) => Math.abs(sample) > 0.1));
  t.is(firstDifference(still, bounced), -1);

  const moved = await play(demo, stems, lengthFrames, mixersOnTheWay(mixer, 60));
  t.is(moved.moves.length, 60);
  await bounce({...common, moves: moved.moves, format: 'float32', target: target('moved.wav')});
  const bouncedMoves = await readFloats(target('moved.wav'), lengthFrames);
  t.is(firstDifference(moved, bouncedMoves), -1);
  t.true(firstDifference(moved, still) > 0, 'the moves are heard');

  const api = await import('node-web-audio-api').catch(() => undefined);
  if (api === undefined) return t.log('node-web-audio-api is not installed: what it would play cannot be compared');
  const context = new api.OfflineAudioContext(2, lengthFrames, sampleRate);
  const queue = createSourceQueue(context);
  for (const {atFrame, left, right} of moved.blocks) queue.schedule(atFrame, left, right);
  const heard = await context.startRendering();
  const fromLibrary = {left: heard.getChannelData(0), right: heard.getChannelData(1)};
  t.is(
    fromLibrary.left.findIndex((sample, frame) => sample !== moved.left[frame]),
    -1,
  );
  t.is(
    fromLibrary.right.findIndex((sample, frame) => sample !== moved.right[frame]),
    -1,
  );
});

test('a move is in a bounce from the first block edge at or after its frame', async (t) => {
  const opened = await openStems(demo, join(folder.path, 'cache'));
  t.teardown(() => opened.close());
  const {stems} = opened;
  const lengthFrames = 40 * blockFrames;
  const silenced: Mixer = {...demo.mixer, masterLevelDb: Number.NEGATIVE_INFINITY};
  const common = {mixer: demo.mixer, stems, sampleRate: demo.sampleRate, lengthFrames, format: 'float32'} as const;
  await bounce({...common, target: join(folder.path, 'plain.wav')});
  const plain = await readFloats(join(folder.path, 'plain.wav'), lengthFrames);
  for (const [atFrame, edge] of [
    [0, 0],
    [1, 1],
    [10 * blockFrames, 10],
    [10 * blockFrames + 1, 11],
    [39 * blockFrames + 1, 40],
  ] as const) {
    const target = join(folder.path, `move-${atFrame}.wav`);
    await bounce({...common, target, moves: [{atFrame, mixer: silenced}]});
    const moved = await readFloats(target, lengthFrames);
    const first = firstDifference(plain, moved);
    if (edge === 40) t.is(first, -1);
    else
      t.true(
        first >= edge * blockFrames && first < (edge + 4) * blockFrames,
        `frame ${first} for a move at ${atFrame}`,
      );
  }
});
