import test from 'ava';
import fc from 'fast-check';
import {blockFrames, createGraph, type Motion} from '../../../src/engine/graph.ts';
import {loopFadeFrames} from '../../../src/engine/live/loop-read.ts';
import {masterFields, stripFields} from '../../../src/model/meter.ts';
import {type Mixer, newMixer, newStrip} from '../../../src/model/mixer.ts';
import type {PlaybackCommand} from '../../../src/model/playback.ts';
import {isLoop, type LoopRange, shortestLoopFrames} from '../../../src/model/timeline.ts';
import {noise, sine} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';
import {type TapeRig, tapeRig} from './tape-rig.ts';

const plain = newMixer({strips: [newStrip({id: 'one', name: 'One', channels: 2})]});

/** The largest step between two samples. */
function largestStep(sound: Float32Array): number {
  let largest = 0;
  for (let frame = 1; frame < sound.length; frame++)
    largest = Math.max(largest, Math.abs((sound[frame] ?? 0) - (sound[frame - 1] ?? 0)));
  return largest;
}

/** From the first sample that is not 0 on. */
function fromFirst(sound: Float32Array): Float32Array {
  return sound.subarray(sound.findIndex((sample) => sample !== 0));
}

const peak = 0.5;
const hertz = 97;
/** Steps of the tone itself, plus those that fading in a raised cosine over a block, or over into another phase of it in a loop, may add. */
function stepBound(sampleRate: number): number {
  const own = (2 * Math.PI * hertz * peak) / sampleRate;
  return own + Math.max((peak * Math.PI) / (2 * blockFrames), (2 * peak) / (loopFadeFrames + 1)) + 1e-6;
}

for (const sampleRate of [44_100, 48_000, 96_000]) {
  test(`a low tone at ${sampleRate} Hz never steps: not at the wrap, not at a start, a stop or a locate while it plays`, async (t) => {
    const tone = sine(300 * blockFrames, hertz, sampleRate, peak);
    const play = async (loop: LoopRange, jumps: readonly number[]): Promise<Float32Array> => {
      const stems = [memoryStem(tone, tone)];
      const rig = await tapeRig({mixer: plain, sampleRate, stems, lengthFrames: tone.length});
      rig.loop.command({type: 'playback.setLoop', loop});
      rig.loop.command({type: 'playback.setLooping', looping: true});
      rig.loop.command({type: 'playback.locate', frame: loop.inFrame});
      rig.loop.command({type: 'playback.play'});
      for (let turn = 0; turn < 20; turn++) await rig.turn(700);
      for (const frame of jumps) {
        rig.loop.command({type: 'playback.locate', frame});
        for (let turn = 0; turn < 12; turn++) await rig.turn(700);
      }
      rig.loop.command({type: 'playback.stop'});
      for (let turn = 0; turn < 20; turn++) await rig.turn(700);
      return rig.sound();
    };
    // Whatever the phases at in and out point: half a period apart they are at their worst.
    const period = sampleRate / hertz;
    for (const shift of [0, 0.25, 0.5, 0.77]) {
      const inFrame = 10_000 + Math.round(period / 4);
      const outFrame = inFrame + Math.round((12 + shift) * period);
      const sound = await play({inFrame, outFrame}, [inFrame + 1234, 0, outFrame - 300, outFrame + 77]);
      const step = largestStep(sound);
      t.true(step <= stepBound(sampleRate), `${step} over ${stepBound(sampleRate)} at ${shift}`);
      t.true(sound.some((sample) => Math.abs(sample) > 0.4 * peak));
    }
  });
}

test('a loop wraps exactly: frame for frame the same each round, whole from the in point to the fade', async (t) => {
  for (const [inFrame, frames] of [
    [0, shortestLoopFrames],
    [7, shortestLoopFrames + 1],
    [12_345, 5000],
    [blockFrames, 10 * blockFrames],
    [33_333, 20_001],
  ] as const) {
    const tape = noise(60_000, 3, 0.5);
    const loop = {inFrame, outFrame: inFrame + frames};
    const rig = await tapeRig({
      mixer: plain,
      sampleRate: 48_000,
      stems: [memoryStem(tape, tape)],
      lengthFrames: 60_000,
    });
    rig.loop.command({type: 'playback.setLoop', loop});
    rig.loop.command({type: 'playback.setLooping', looping: true});
    rig.loop.command({type: 'playback.play'});
    while (rig.now < inFrame + 4 * frames) await rig.turn(1500);
    const sound = fromFirst(rig.sound());
    const first = tape.findIndex((sample) => sample !== 0);
    for (const round of [0, 1, 2]) {
      const start = inFrame - first + round * frames;
      t.deepEqual(
        sound.slice(start, start + frames - loopFadeFrames),
        tape.slice(inFrame, loop.outFrame - loopFadeFrames),
        `${inFrame} + ${frames}, round ${round}`,
      );
      // Over the fade it leaves the tail and arrives at what leads up to the in point.
      const end = start + frames;
      if (inFrame > 0)
        t.true(Math.abs((sound[end - 1] ?? 0) - (tape[inFrame - 1] ?? 0)) <= 1 / (loopFadeFrames + 1) + 1e-6);
    }
  }
});

test('a loop is left when it is switched off, but never in the middle of its fade', async (t) => {
  const tape = sine(200_000, 50, 48_000);
  const loop = {inFrame: 20_000, outFrame: 30_000};
  for (let late = -3; late <= 3; late++) {
    const rig = await tapeRig({
      mixer: plain,
      sampleRate: 48_000,
      stems: [memoryStem(tape, tape)],
      lengthFrames: 200_000,
    });
    rig.loop.command({type: 'playback.setLoop', loop});
    rig.loop.command({type: 'playback.setLooping', looping: true});
    rig.loop.command({type: 'playback.play'});
    while (rig.now < 30_000 + late * 200) await rig.turn(100);
    rig.loop.command({type: 'playback.setLooping', looping: false});
    while (rig.now < 60_000) await rig.turn(1000);
    t.true(largestStep(rig.sound()) < (2 * Math.PI * 50 * 0.5) / 48_000 + 1 / loopFadeFrames);
    const frames = rig.heard.map(({tapeFrame}) => tapeFrame);
    t.true((frames.at(-1) ?? 0) > 30_000);
  }
});

test('behind the out point a looping tape plays to its end and starts again at the in point', async (t) => {
  const tape = sine(60_000, 200, 48_000);
  const rig = await tapeRig({mixer: plain, sampleRate: 48_000, stems: [memoryStem(tape, tape)], lengthFrames: 60_000});
  rig.loop.command({type: 'playback.setLoop', loop: {inFrame: 20_000, outFrame: 30_000}});
  rig.loop.command({type: 'playback.setLooping', looping: true});
  rig.loop.command({type: 'playback.locate', frame: 40_000});
  rig.loop.command({type: 'playback.play'});
  while (rig.now < 80_000) await rig.turn(1000);
  const frames = rig.heard.filter(({meters}) => meters.rolling).map(({tapeFrame}) => tapeFrame);
  t.true(frames.some((frame) => frame > 59_000));
  const back = frames.slice(frames.findIndex((frame) => frame > 59_500) + 2);
  t.true(back.length > 20);
  t.true(back.every((frame) => frame >= 20_000 && frame < 30_000));
  t.true(rig.loop.playing);
});

const lengthFrames = 100_000;
const wild = fc.oneof(
  fc.integer({min: 0, max: lengthFrames}),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, lengthFrames + 1, 1e300),
);
const anyCommand: fc.Arbitrary<PlaybackCommand> = fc.oneof(
  {weight: 3, arbitrary: wild.map((frame): PlaybackCommand => ({type: 'playback.locate', frame}))},
  {
    weight: 3,
    arbitrary: fc.tuple(wild, fc.oneof(fc.integer({min: -10, max: 30_000}), wild)).map(
      ([inFrame, frames]): PlaybackCommand => ({
        type: 'playback.setLoop',
        loop: {inFrame, outFrame: inFrame + frames},
      }),
    ),
  },
  fc.constantFrom<PlaybackCommand>(
    {type: 'playback.setLoop', loop: undefined},
    {type: 'playback.setLooping', looping: true},
    {type: 'playback.setLooping', looping: true},
    {type: 'playback.setLooping', looping: false},
    {type: 'playback.play'},
    {type: 'playback.play'},
    {type: 'playback.stop'},
  ),
);
const anyTurns = fc.array(
  fc.record({
    commands: fc.array(anyCommand, {maxLength: 3}),
    level: fc.option(fc.integer({min: -30, max: 6})),
    frames: fc.array(fc.integer({min: 50, max: 1400}), {minLength: 1, maxLength: 25}),
  }),
  {minLength: 1, maxLength: 12},
);

/** With filters and a compressor, which remember what they heard. */
const rich: Mixer = newMixer({
  strips: [
    newStrip({
      id: 'one',
      name: 'One',
      channels: 2,
      parameters: {'hp.on': 1, 'hp.hz': 80, 'eq1.on': 1, 'eq1.gainDb': 6, 'comp.on': 1, 'comp.thresholdDb': -30},
    }),
  ],
});

/** What was asked, with the frames on the device's clock from which it held. */
interface Asked {
  readonly atFrame: number;
  readonly command?: PlaybackCommand;
  readonly mixer?: Mixer;
}

/** The same tape by another way: one block after the other, without going back, and sample by sample. Only how long the cues took is taken over. */
async function renderAnew(tape: Float32Array, rig: TapeRig, asked: readonly Asked[]): Promise<Float32Array> {
  const graph = await createGraph({sampleRate: 48_000, mixer: rich});
  const sound = new Float32Array(rig.heard.length * blockFrames);
  const [right, meters] = [new Float32Array(blockFrames), new Float32Array(stripFields + masterFields)];
  let frame = 0;
  let located: number | undefined;
  let [isPlaying, isLooping, isRolling] = [false, false, false];
  let loop: LoopRange = {inFrame: 0, outFrame: lengthFrames};
  let turning: LoopRange | undefined;
  for (const [index, {meters: heard}] of rig.heard.entries()) {
    for (const {command, mixer} of asked.filter(({atFrame}) => atFrame === heard.atFrame)) {
      if (mixer) graph.set(mixer, false);
      if (command?.type === 'playback.play') isPlaying = true;
      if (command?.type === 'playback.stop') isPlaying = false;
      if (command?.type === 'playback.setLooping') isLooping = command.looping;
      if (command?.type === 'playback.locate' && !Number.isNaN(command.frame))
        located = Math.min(lengthFrames - 1, Math.max(0, Math.round(command.frame)));
      if (command?.type === 'playback.setLoop') {
        const whole = {inFrame: 0, outFrame: lengthFrames};
        if (command.loop === undefined || isLoop(command.loop, lengthFrames)) loop = command.loop ?? whole;
      }
    }
    let motion: Motion = 'still';
    if (isRolling) motion = isPlaying && located === undefined ? 'rolling' : 'stopping';
    else {
      frame = located ?? frame;
      located = undefined;
      const inFade = isLooping && frame < loop.outFrame && frame > loop.outFrame - loopFadeFrames;
      if (isPlaying && inFade) frame = loop.inFrame;
      if (heard.rolling) motion = frame === 0 ? 'rolling' : 'starting';
    }
    const course = turning ?? (isLooping && frame <= loop.outFrame - loopFadeFrames ? loop : undefined);
    const samples = new Float32Array(blockFrames);
    let at = frame;
    for (let n = 0; n < blockFrames; n++) {
      const into = course ? at - (course.outFrame - loopFadeFrames) : -1;
      const tail = tape[at] ?? 0;
      if (course && into >= 0) {
        const weight = (into + 1) / (loopFadeFrames + 1);
        const lead = tape[Math.max(0, course.inFrame - loopFadeFrames + into)] ?? 0;
        samples[n] = tail * (1 - weight) + lead * weight;
      } else samples[n] = tail;
      at++;
      if (at === course?.outFrame) at = course.inFrame;
    }
    graph.render(
      [memoryStem(samples)],
      0,
      motion,
      sound.subarray(index * blockFrames, (index + 1) * blockFrames),
      right,
      meters,
    );
    if (motion === 'still') continue;
    isRolling = motion !== 'stopping';
    turning = isRolling && course && at > course.outFrame - loopFadeFrames ? course : undefined;
    frame = at < lengthFrames ? at : 0;
    if (at >= lengthFrames && isRolling) {
      isRolling = false;
      if (isLooping) located = loop.inFrame;
      else isPlaying = false;
    }
  }
  return sound;
}

test('whatever is located, looped and mixed: the tape stays within its ends, never waits, and a rendering made anew is the same, bit for bit', async (t) => {
  const tape = noise(lengthFrames, 11, 0.4);
  await fc.assert(
    fc.asyncProperty(anyTurns, async (turns) => {
      const rig = await tapeRig({mixer: rich, sampleRate: 48_000, stems: [memoryStem(tape)], lengthFrames});
      const asked: Asked[] = [];
      rig.loop.command({type: 'playback.play'});
      asked.push({atFrame: 0, command: {type: 'playback.play'}});
      for (const {commands, level, frames} of turns) {
        for (const command of commands) asked.push({atFrame: rig.loop.command(command), command});
        if (level !== null) {
          const mixer = {...rich, masterLevelDb: level};
          asked.push({atFrame: rig.loop.setMixer(mixer), mixer});
        }
        for (const step of frames) await rig.turn(step);
      }
      await rig.turn(0);
      const inside = rig.heard.every(({tapeFrame}) => tapeFrame >= 0 && tapeFrame < lengthFrames);
      const anew = await renderAnew(tape, rig, asked);
      const sound = rig.sound();
      const differs = sound.findIndex((sample, frame) => !Object.is(sample, anew[frame]));
      if (differs >= 0) throw new Error(`differs at ${differs} of ${sound.length}`);
      return inside && rig.loop.starvedBlocks + rig.loop.lateBlocks === 0;
    }),
    {
      numRuns: 40,
      examples: [
        // A loop that is switched on while the tape waits for its first samples in what becomes the fade.
        [
          [
            {commands: [{type: 'playback.locate', frame: lengthFrames}], level: null, frames: [50]},
            {commands: [{type: 'playback.setLooping', looping: true}], level: null, frames: [50, 286, 151, 999]},
          ],
        ],
      ],
    },
  );
  t.pass();
});
