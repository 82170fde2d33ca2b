import test from 'ava';
import fc from 'fast-check';
import {following} from '../../../src/engine/automation/followed-lanes.ts';
import type {TapeSpan} from '../../../src/engine/automation/lane-plan.ts';
import {blockFrames} from '../../../src/engine/graph.ts';
import {createTape} from '../../../src/engine/live/tape.ts';
import type {Lanes} from '../../../src/model/lane-change.ts';
import type {PlaybackCommand} from '../../../src/model/playback.ts';
import {laneOf} from '../../automation/any-lane.ts';
import {mixerOf} from '../graph/rig.ts';
import {type TapeRig, tapeRig} from '../live/tape-rig.ts';
import {memoryStem} from '../memory-stem.ts';

const lengthFrames = 100_000;
const mixer = mixerOf([{}]);
const constant = memoryStem(new Float32Array(lengthFrames).fill(0.5), new Float32Array(lengthFrames).fill(0.5));

/** The frame of the tape at each frame of spans. */
function framesOf(spans: readonly TapeSpan[]): readonly number[] {
  return spans.flatMap(({frame, frames, moves}) => Array.from({length: frames}, (_, n) => (moves ? frame + n : frame)));
}

/** What was heard so far: gain and frame of the tape at each frame of the device. */
function heardBy(rig: TapeRig): {
  readonly gains: Float32Array;
  readonly frames: readonly number[];
  readonly moves: readonly boolean[];
} {
  return {
    gains: rig.sound().map((sample) => sample * 2),
    frames: rig.heard.flatMap(({spans}) => framesOf(spans)),
    moves: rig.heard.flatMap(({spans}) =>
      spans.flatMap(({frames, moves}) => Array.from({length: frames}, () => moves)),
    ),
  };
}

async function play(
  lanes: Lanes,
  commands: readonly PlaybackCommand[],
  turns: number,
  turnFrames = 1000,
): Promise<TapeRig> {
  const rig = await tapeRig({mixer, sampleRate: 48_000, stems: [constant], lengthFrames});
  rig.loop.setMixer(mixer, lanes);
  for (let turn = 0; turn < 4; turn++) await rig.turn(1000);
  for (const command of commands) rig.loop.command(command);
  for (let turn = 0; turn < turns; turn++) await rig.turn(turnFrames);
  return rig;
}

const anyCommands: fc.Arbitrary<readonly PlaybackCommand[]> = fc.array(
  fc.oneof(
    fc.record({type: fc.constantFrom('playback.play' as const, 'playback.play' as const, 'playback.stop' as const)}),
    fc.record({type: fc.constant('playback.locate' as const), frame: fc.nat(lengthFrames)}),
    fc.record({type: fc.constant('playback.setLooping' as const), looping: fc.boolean()}),
    fc.record({
      type: fc.constant('playback.setLoop' as const),
      loop: fc
        .tuple(fc.nat(50_000), fc.nat(9000))
        .map(([inFrame, more]) => ({inFrame, outFrame: inFrame + 4096 + more})),
    }),
  ),
  {maxLength: 5},
);

test('where the tape will be is where it comes to be, through loops, stops and locates, if nothing else is commanded', async (t) => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyCommands, fc.nat(12)), {maxLength: 6}), async (acts) => {
      const tape = createTape([constant], lengthFrames);
      for (const [commands, blocks] of acts) {
        for (const command of commands) tape.command(command);
        for (let block = 0; block < blocks; block++) {
          const motion = tape.next();
          const {state} = tape;
          const expected = framesOf(tape.ahead(motion, 0, 4 * blockFrames));
          const late = framesOf(tape.ahead(motion, 700, blockFrames));
          if (late.some((frame, n) => frame !== expected[700 + n])) return false;
          // The next blocks without a command, then back.
          const came: number[] = [];
          for (let next = motion; came.length < expected.length; next = tape.next()) {
            came.push(...framesOf(tape.ahead(next, 0, blockFrames)));
            tape.advance(next);
          }
          const end = expected.findIndex((frame) => frame >= lengthFrames);
          const known = end < 0 ? expected.length : Math.floor(end / blockFrames) * blockFrames;
          compared += known;
          if (expected.slice(0, known).some((frame, n) => frame !== came[n])) return false;
          tape.state = state;
          tape.advance(motion);
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      return true;
    }),
    {numRuns: 40},
  );
  t.true(compared > 100_000);
});

test('in a loop every round sounds alike: each frame of the tape with what its lane says, over the wrap in a ramp that is half done there', async (t) => {
  const loop = {inFrame: 3001, outFrame: 12_345};
  const lanes: Lanes = new Map([['s0 level', laneOf([0, 0], [4500, 0], [11_000, -20], [40_000, -20])]]);
  const rig = await play(
    lanes,
    [{type: 'playback.setLoop', loop}, {type: 'playback.setLooping', looping: true}, {type: 'playback.play'}],
    60,
  );
  const {gains, frames} = heardBy(rig);
  let wraps = 0;
  let worst = 0;
  for (const [n, frame] of frames.entries()) {
    if (frame === loop.inFrame && (frames[n - 1] ?? 0) === loop.outFrame - 1) {
      wraps++;
      // From −20 dB to 0: half way is the mean of both.
      t.true(Math.abs((gains[n] ?? 0) - 0.55) < 1e-4, `${gains[n]}`);
    }
    const isFalling = frame > 5500 && frame < 10_000;
    if (!isFalling && (frame < 3700 || frame > 3900) && (frame < 11_660 || frame > 11_700)) continue;
    const wanted = 10 ** ((-20 * Math.min(1, Math.max(0, (frame - 4500) / 6500))) / 20);
    worst = Math.max(worst, Math.abs(20 * Math.log10((gains[n] ?? 0) / wanted)));
  }
  t.is(wraps, 5);
  t.true(worst < 0.05, `${worst} dB`);
});

test('a start, a stop and a locate land on what the lane says there', async (t) => {
  const lanes: Lanes = new Map([
    ['s0 level', laneOf([0, 0], [20_000, 0], [20_001, -12], [60_000, -12], [60_001, -24])],
  ]);
  const rig = await play(lanes, [{type: 'playback.locate', frame: 30_000}, {type: 'playback.play'}], 12);
  rig.loop.command({type: 'playback.locate', frame: 5000});
  for (let turn = 0; turn < 12; turn++) await rig.turn(1000);
  rig.loop.command({type: 'playback.stop'});
  rig.loop.command({type: 'playback.locate', frame: 70_000});
  for (let turn = 0; turn < 12; turn++) await rig.turn(1000);
  rig.loop.command({type: 'playback.play'});
  for (let turn = 0; turn < 12; turn++) await rig.turn(1000);
  const {gains, frames, moves} = heardBy(rig);
  const levels = new Set<string>();
  let movedFor = 0;
  for (const [n, frame] of frames.entries()) {
    movedFor = moves[n] && (frame === 1 + (frames[n - 1] ?? frame) || movedFor === 0) ? movedFor + 1 : 0;
    // The ramp is over 24 ms after a start, and before a stop comes its look-ahead and the fade.
    const isNearStop = !(moves[n + 700] ?? false) || frames[n + 700] !== frame + 700;
    if (movedFor < 1200 || isNearStop) continue;
    const levelDb = frame <= 20_000 ? 0 : frame <= 60_000 ? -12 : -24;
    if (Math.abs(20 * Math.log10(gains[n] ?? 0) - levelDb) > 0.01) t.fail(`frame ${frame}: ${gains[n]}`);
    levels.add(`${levelDb}`);
  }
  t.deepEqual([...levels].sort(), ['-12', '-24', '0']);
});

test('a tape that was located while it stood starts at the right level from its first frame', async (t) => {
  const lanes: Lanes = new Map([['s0 level', laneOf([0, 0], [20_000, 0], [20_001, -12])]]);
  const rig = await play(lanes, [{type: 'playback.locate', frame: 30_000}], 6);
  rig.loop.command({type: 'playback.play'});
  for (let turn = 0; turn < 8; turn++) await rig.turn(1000);
  const {gains, frames} = heardBy(rig);
  const first = frames.indexOf(30_001) - 1;
  const reference = heardBy(
    await play(new Map(), [{type: 'playback.locate', frame: 30_000}, {type: 'playback.play'}], 14),
  );
  const referenceFirst = reference.frames.indexOf(30_001) - 1;
  for (let n = 0; n < 3000; n++) {
    const wanted = (reference.gains[referenceFirst + n] ?? 0) * 10 ** (-12 / 20);
    if (Math.abs((gains[first + n] ?? 0) - wanted) > 1e-6) t.fail(`${n}: ${gains[first + n]} for ${wanted}`);
  }
  t.pass();
});

test('a lane that is let go, followed again or replaced while it plays makes no step, and what hands set holds where none is', async (t) => {
  const lanes: Lanes = new Map([['s0 level', laneOf([0, -6])]]);
  const rig = await play(lanes, [{type: 'playback.play'}], 10);
  const kept = mixerOf([{levelDb: -6}]);
  const free = following(lanes, [{id: 's0 level', lane: undefined}]);
  rig.loop.setMixer(kept, free);
  for (let turn = 0; turn < 8; turn++) await rig.turn(1000);
  rig.loop.setMixer(mixerOf([{levelDb: -20}]), free);
  for (let turn = 0; turn < 8; turn++) await rig.turn(1000);
  rig.loop.setMixer(mixerOf([{levelDb: -20}]), lanes);
  for (let turn = 0; turn < 12; turn++) await rig.turn(1000);
  const {gains, frames} = heardBy(rig);
  const first = frames.indexOf(1) + 2000;
  const heard = gains.subarray(first, gains.length - 1);
  let step = 0;
  for (let n = 1; n < heard.length; n++) step = Math.max(step, Math.abs((heard[n] ?? 0) - (heard[n - 1] ?? 0)));
  t.true(step < 0.001, `${step}`);
  const isAt = (levelDb: number, n: number): boolean => Math.abs((heard[n] ?? 0) - 10 ** (levelDb / 20)) < 1e-5;
  t.true(isAt(-6, 10) && isAt(-6, heard.length - 100));
  t.true(heard.some((_, n) => isAt(-20, n)));
  const leaves = heard.findIndex((_, n) => !isAt(-6, n));
  t.true(leaves > 8000, 'let go it stays where it was');
});
