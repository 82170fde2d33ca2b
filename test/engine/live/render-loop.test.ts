import test from 'ava';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {loopFadeFrames} from '../../../src/engine/live/loop-read.ts';
import {createRenderLoop} from '../../../src/engine/live/render-loop.ts';
import type {RenderLoop} from '../../../src/engine/live/render-loop-contract.ts';
import type {HeardBlock} from '../../../src/engine/live/renderer.ts';
import {createListening} from '../../../src/engine/monitor/listening.ts';
import type {Stem} from '../../../src/engine/stem.ts';
import {chunkFrames, createStemWindow} from '../../../src/engine/stems/stem-window.ts';
import {createWholeGraph} from '../../../src/engine/whole-graph.ts';
import {masterFields, stripFields, stripMeter} from '../../../src/model/meter.ts';
import {newMixer, newStrip} from '../../../src/model/mixer.ts';
import {newMonitor} from '../../../src/model/monitor.ts';
import {memoryStem} from '../memory-stem.ts';
import {pumped} from './pumped.ts';
import {createTapeOutput, type TapeOutput} from './tape-output.ts';

const sampleRate = 48_000;
const lookAheadFrames = 8 * blockFrames;
const shallow = {shallowFrames: 3 * blockFrames, guardFrames: blockFrames, restFrames: 20 * blockFrames};

/** One that is never 0, so that a gap shows. */
function tone(frames: number): Float32Array {
  return Float32Array.from({length: frames}, (_, frame) => 0.25 + 0.2 * Math.sin(frame / 7));
}

const mixer = newMixer({strips: [newStrip({id: 'one', name: 'One', channels: 2})]});

interface Bench {
  readonly output: TapeOutput;
  readonly loop: RenderLoop;
  /** Turns the clock block by block and pumps; returns what was heard. */
  readonly turn: (blocks: number) => Promise<HeardBlock[]>;
}

async function bench(stem: Stem, lengthFrames: number, deepFrames = lookAheadFrames): Promise<Bench> {
  const output = createTapeOutput();
  const graph = await createGraph({sampleRate, mixer});
  const loop = createRenderLoop({
    graph,
    stems: [stem],
    output,
    lengthFrames,
    lookAheadFrames: deepFrames,
    ...shallow,
    listening: createListening({sampleRate, monitor: newMonitor, mixer, mixLatencyFrames: graph.latencyFrames}),
  });
  const turn = async (blocks: number): Promise<HeardBlock[]> => {
    const heard: HeardBlock[] = [];
    for (let block = 0; block < blocks; block++) {
      heard.push(...pumped(loop));
      await new Promise((resolve) => setImmediate(resolve));
      output.now += blockFrames;
    }
    return heard;
  };
  return {output, loop, turn};
}

/** The blocks in order, without what was rendered while the tape stood still. */
function played(output: Bench['output']): number[] {
  const blocks = output.blocks.flatMap(({left}) => [...left]);
  return blocks.slice(blocks.findIndex((sample) => sample !== 0));
}

test('blocks lie ready for the whole look-ahead, without gap or overlap', async (t) => {
  const {output, turn} = await bench(memoryStem(tone(4096), tone(4096)), 4096);
  await turn(10);
  let endFrame = 0;
  for (const {atFrame, left} of output.blocks) {
    t.is(atFrame, endFrame);
    endFrame = atFrame + left.length;
  }
  t.true(endFrame - output.now >= lookAheadFrames - blockFrames);
});

test('from the start the tape is heard sample for sample, and ends by itself', async (t) => {
  const source = tone(10 * blockFrames);
  const {output, loop, turn} = await bench(memoryStem(source, source), source.length);
  loop.command({type: 'playback.play'});
  await turn(40);
  const sound = played(output);
  t.deepEqual(sound.slice(0, source.length), [...source]);
  t.true(sound.slice(source.length).every((sample) => sample === 0));
  t.false(loop.playing);
});

test('a stop in mid-tape fades out and leaves the tape where it stopped', async (t) => {
  const source = tone(200 * blockFrames);
  const {output, loop, turn} = await bench(memoryStem(source, source), source.length);
  loop.command({type: 'playback.play'});
  await turn(20);
  loop.command({type: 'playback.stop'});
  const heard = await turn(30);
  const sound = played(output);
  const end = sound.findLastIndex((sample) => sample !== 0);
  t.true(Math.abs(sound[end] ?? 1) < 0.001);
  t.is(heard.at(-1)?.tapeFrame, Math.ceil((end + 1) / blockFrames) * blockFrames);
  t.false(heard.at(-1)?.meters.rolling);
});

test('a locate while playing fades, moves, and plays on from there', async (t) => {
  const source = tone(200 * blockFrames);
  const {loop, turn} = await bench(memoryStem(source, source), source.length);
  loop.command({type: 'playback.play'});
  await turn(20);
  loop.command({type: 'playback.locate', frame: 100 * blockFrames});
  await turn(20);
  const heard = await turn(1);
  const at = (heard.at(-1)?.tapeFrame ?? 0) / blockFrames;
  t.true(at > 100 && at < 125, `${at}`);
  t.true(loop.playing);
});

test('nonsense places are clamped to the tape', async (t) => {
  const {loop, turn} = await bench(memoryStem(tone(8192)), 8192);
  for (const frame of [Number.NaN, -5, Number.POSITIVE_INFINITY, 1e12]) loop.command({type: 'playback.locate', frame});
  const heard = await turn(20);
  t.is(heard.at(-1)?.tapeFrame, 8191);
});

test('a looping tape starts again without a gap, and goes over into its first sample', async (t) => {
  const source = tone(10 * blockFrames);
  const {output, loop, turn} = await bench(memoryStem(source, source), source.length);
  loop.command({type: 'playback.setLooping', looping: true});
  loop.command({type: 'playback.play'});
  await turn(40);
  const whole = source.length - loopFadeFrames;
  const sound = played(output);
  t.deepEqual(sound.slice(source.length, source.length + whole), [...source.subarray(0, whole)]);
  t.true(Math.abs((sound[source.length - 1] ?? 0) - (source[0] ?? 0)) < 0.005);
  t.true(loop.playing);
});

test('a tape without sound stops at once', async (t) => {
  const {loop, turn} = await bench(memoryStem(new Float32Array(0)), 0);
  loop.command({type: 'playback.play'});
  await turn(10);
  t.false(loop.playing);
});

test('a stalled renderer counts late blocks and goes on at the present', async (t) => {
  const {output, loop, turn} = await bench(memoryStem(tone(8192)), 8192);
  await turn(5);
  t.is(loop.lateBlocks, 0);
  output.now += 100 * blockFrames;
  pumped(loop);
  t.true(loop.lateBlocks > 80 && loop.lateBlocks <= 100, `${loop.lateBlocks}`);
  t.true(output.blocks.some(({atFrame}) => atFrame <= output.now + blockFrames && atFrame >= output.now));
});

test('blocks are told only when they are audible, in order and once', async (t) => {
  const {output, loop, turn} = await bench(memoryStem(tone(8192)), 8192);
  const heard = await turn(30);
  t.deepEqual(
    heard.map((block) => block.meters.atFrame),
    heard.map((_, index) => index * blockFrames),
  );
  t.true(heard.every((block) => block.meters.values.length === stripFields + masterFields));
  t.true((heard.at(-1)?.meters.atFrame ?? 0) + blockFrames <= output.now);
  t.deepEqual(pumped(loop).length, 1);
});

test('meters and the place on the tape are told when they are heard, behind the latency of mix and device, never sooner', async (t) => {
  const latencyFrames = 300;
  for (const rate of [48_000, 192_000]) {
    const source = new Float32Array(20 * blockFrames);
    const clickFrame = 7 * blockFrames - 40;
    source[clickFrame] = 0.5;
    const output = createTapeOutput(latencyFrames);
    const {graph} = await createWholeGraph({sampleRate: rate, mixer});
    const listening = createListening({
      sampleRate: rate,
      monitor: newMonitor,
      mixer,
      mixLatencyFrames: graph.latencyFrames,
    });
    const stems = [memoryStem(source, source)];
    const given = {graph, stems, output, listening, lengthFrames: source.length, lookAheadFrames, ...shallow};
    const loop = createRenderLoop(given);
    loop.command({type: 'playback.play'});
    const step = 32;
    let told: number | undefined;
    const places: {readonly atFrame: number; readonly tapeFrame: number}[] = [];
    for (; output.now < 40 * blockFrames; output.now += step) {
      for (const {meters, tapeFrame} of pumped(loop)) {
        if (stripMeter(meters, 0, 'inPeakLeft') > 0) told = output.now;
        places.push({atFrame: output.now, tapeFrame});
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    // Where the click is in the sound, and when that sounds.
    const block = output.blocks.find(({left}) => left.some((sample) => sample > 0.4));
    const heard = (block?.atFrame ?? 0) + (block?.left.findIndex((sample) => sample > 0.4) ?? 0) + latencyFrames;
    t.true(graph.latencyFrames > 100);
    t.true(told !== undefined && told >= heard && told <= heard + blockFrames + step, `${told} for ${heard}`);
    for (const {atFrame: now, tapeFrame} of places.filter(
      ({tapeFrame}) => tapeFrame > 0 && tapeFrame < source.length,
    )) {
      const place = clickFrame + now - heard;
      t.true(tapeFrame <= place && tapeFrame > place - step, `${tapeFrame} is told for ${place}`);
    }
  }
});

test('a move is in the sound within the look-ahead', async (t) => {
  const source = tone(400 * blockFrames);
  const {output, loop, turn} = await bench(memoryStem(source, source), source.length);
  loop.command({type: 'playback.play'});
  await turn(20);
  const atFrame = loop.setMixer({...mixer, strips: mixer.strips.map((strip) => ({...strip, muted: true}))});
  t.true(atFrame <= output.now + lookAheadFrames);
  const heard = await turn(40);
  const after = heard.filter((block) => block.meters.atFrame >= atFrame + 4 * blockFrames);
  t.true(after.length > 10);
  t.true(after.every((block) => stripMeter(block.meters, 0, 'postPeakLeft') === 0));
});

test('stems that are not ready start the tape only when they are', async (t) => {
  const source = tone(50 * blockFrames);
  const plain = memoryStem(source, source);
  let ready: () => void = () => {};
  const slow: Stem = {...plain, prepare: () => new Promise((resolve) => (ready = resolve))};
  const {loop, output, turn} = await bench(slow, source.length);
  loop.command({type: 'playback.play'});
  await turn(20);
  t.true(output.blocks.every(({left}) => left.every((sample) => sample === 0)));
  ready();
  await turn(20);
  t.deepEqual(played(output).slice(0, blockFrames), [...source.subarray(0, blockFrames)]);
});

for (const [what, extra] of [
  ['ends at a chunk', 0],
  ['ends just after a chunk', 100],
  ['ends in mid-chunk', 20_000],
] as const) {
  test(`a looping tape that ${what} reads each chunk once a round, and never waits for it`, async (t) => {
    const lengthFrames = 6 * chunkFrames + extra;
    const loads: number[] = [];
    const stem = createStemWindow({
      channels: 1,
      lengthFrames,
      encoding: {kind: 'int', bytes: 1, littleEndian: true},
      async load(atFrame, frames, into) {
        loads.push(atFrame / chunkFrames);
        into.fill(64, 0, frames);
      },
      close: async () => {},
    });
    const {loop, turn} = await bench(stem, lengthFrames);
    loop.command({type: 'playback.setLooping', looping: true});
    loop.command({type: 'playback.play'});
    const rounds = 4;
    await turn(Math.ceil((rounds * lengthFrames) / blockFrames));
    t.is(loop.starvedBlocks, 0);
    const chunks = Math.ceil(lengthFrames / chunkFrames);
    t.true(loads.length >= (rounds - 1) * chunks);
    t.true(loads.length <= (rounds + 1) * chunks, `${loads.length} loads of ${chunks} chunks in ${rounds} rounds`);
  });
}

/** Blocks that are rendered in one turn at the most while nothing moves. */
const deepest = 4;

test('stems are not all asked at once, and each is asked in time', async (t) => {
  const source = tone(8 * chunkFrames);
  const plain = memoryStem(source, source);
  let turnNumber = 0;
  const asks: {stem: number; turn: number; until: number}[] = [];
  const many = Array.from(
    {length: 64},
    (_, stem): Stem => ({
      ...plain,
      async prepare(atFrame, frames) {
        asks.push({stem, turn: turnNumber, until: atFrame + frames});
      },
    }),
  );
  const output = createTapeOutput();
  const strips = many.map((_, index) => newStrip({id: `s${index}`, name: `S${index}`}));
  const graph = await createGraph({sampleRate, mixer: {...mixer, strips}});
  const loop = createRenderLoop({
    graph,
    stems: many,
    output,
    lengthFrames: source.length,
    lookAheadFrames,
    ...shallow,
    listening: createListening({sampleRate, monitor: newMonitor, mixer, mixLatencyFrames: graph.latencyFrames}),
  });
  loop.command({type: 'playback.play'});
  for (; turnNumber < 200; turnNumber++) {
    pumped(loop);
    await new Promise((resolve) => setImmediate(resolve));
    output.now += blockFrames;
  }
  const later = asks.filter(({turn}) => turn > 20);
  for (let turn = 21; turn < 200; turn++) t.true(later.filter((ask) => ask.turn === turn).length <= 4 * deepest);
  for (const [index] of many.entries()) {
    const own = later.filter(({stem}) => stem === index);
    for (const [at, {turn, until}] of own.entries()) {
      const next = own[at + 1];
      if (next !== undefined)
        t.true(until > next.turn * blockFrames + lookAheadFrames, `stem ${index} at turn ${turn}`);
    }
    t.true(own.length > 3);
  }
});

/** Frames that lie ready, and how many of them on end are at most so loud. */
function ahead({blocks, now}: TapeOutput, most: number): {readonly all: number; readonly quiet: number} {
  const sound = blocks.flatMap(({atFrame, left}) => [...left.slice(Math.max(0, now - atFrame))]);
  const loud = sound.findIndex((sample) => Math.abs(sample) > most);
  return {all: sound.length, quiet: loud < 0 ? sound.length : loud};
}

test('sound always lies deep; while something moves only what is near has the move in it, until the hand rests', async (t) => {
  const source = tone(400 * blockFrames);
  const deepFrames = 24 * blockFrames;
  const {output, loop, turn} = await bench(memoryStem(source, source), source.length, deepFrames);
  loop.command({type: 'playback.play'});
  await turn(40);
  t.true(ahead(output, 1).all >= deepFrames - blockFrames);
  const silent = {...mixer, masterLevelDb: Number.NEGATIVE_INFINITY};
  loop.setMixer(silent);
  await turn(8);
  const {all, quiet} = ahead(output, 0);
  t.true(all >= deepFrames - 4 * blockFrames, `${all} lie ready`);
  t.true(quiet >= shallow.shallowFrames - blockFrames && quiet < all - blockFrames, `${quiet} of ${all} are new`);
  for (let moves = 0; moves < 60; moves++) {
    loop.setMixer({...silent});
    await turn(1);
    t.true(ahead(output, 1).all >= deepFrames - 4 * blockFrames);
  }
  await turn(40);
  const rested = ahead(output, 0);
  t.true(rested.all >= deepFrames - blockFrames);
  t.is(rested.quiet, rested.all);
});

test('a change replaces what was scheduled, from the edge it was promised for', async (t) => {
  const source = tone(400 * blockFrames);
  const {output, loop, turn} = await bench(memoryStem(source, source), source.length);
  loop.command({type: 'playback.play'});
  await turn(40);
  const before = new Map(output.blocks.map(({atFrame, left}) => [atFrame, left]));
  const edge = loop.setMixer({...mixer, masterLevelDb: -20});
  t.true(edge - output.now <= 3 * blockFrames, `${edge - output.now}`);
  await turn(1);
  for (const {atFrame, left} of output.blocks) {
    const old = before.get(atFrame);
    if (old !== undefined && atFrame + left.length <= edge) t.deepEqual(left, old.slice(0, left.length));
  }
  await turn(40);
  const after = output.blocks.filter(({atFrame}) => atFrame >= edge + 8 * blockFrames).flatMap(({left}) => [...left]);
  t.true(after.length > 0);
  t.true(after.every((sample) => sample < 0.06));
});

test('a stall while something moves lets the old sound be heard, in its place on the tape, and then the new', async (t) => {
  const source = tone(400 * blockFrames);
  const {output, loop, turn} = await bench(memoryStem(source, source), source.length);
  loop.command({type: 'playback.play'});
  const heard = await turn(40);
  const tapeAhead = (from: readonly HeardBlock[]): readonly number[] => [
    ...new Set(from.filter(({meters}) => meters.rolling).map(({tapeFrame, meters}) => meters.atFrame - tapeFrame)),
  ];
  loop.setMixer({...mixer, masterLevelDb: -20});
  heard.push(...(await turn(2)));
  output.now += lookAheadFrames - 4 * blockFrames;
  heard.push(...(await turn(30)));
  t.is(loop.lateBlocks, 0);
  t.is(tapeAhead(heard).length, 1, 'the tape neither stood still nor jumped');
  t.deepEqual(
    heard.map(({meters}) => meters.atFrame),
    heard.map((_, index) => index * blockFrames),
  );
  const sound = played(output);
  const jump = sound.findIndex((sample, frame) => frame > 0 && sample > 4 * Math.max(0.05, sound[frame - 1] ?? 0));
  t.true(jump > 0, 'the old level is heard again');
  t.deepEqual(sound.slice(jump, jump + 100), [...source.subarray(jump, jump + 100)]);
  t.true(sound.slice(-lookAheadFrames).every((sample) => sample > 0 && sample < 0.06));
});

test('what is old is heard no more after the tape was commanded', async (t) => {
  const source = tone(400 * blockFrames);
  const {output, loop, turn} = await bench(memoryStem(source, source), source.length);
  loop.command({type: 'playback.play'});
  await turn(40);
  loop.setMixer({...mixer, masterLevelDb: -20});
  await turn(3);
  loop.command({type: 'playback.stop'});
  await turn(1);
  const {all, quiet} = ahead({...output, blocks: output.blocks, now: output.now + 3 * blockFrames}, 0);
  t.true(all > 0);
  t.is(quiet, all);
});

test('a stall that is shorter than what lies ready is not heard', async (t) => {
  const source = tone(400 * blockFrames);
  const {output, loop, turn} = await bench(memoryStem(source, source), source.length);
  loop.command({type: 'playback.play'});
  await turn(40);
  output.now += lookAheadFrames - 2 * blockFrames;
  await turn(10);
  t.is(loop.lateBlocks, 0);
});

test('silence never lies ready because a stem was not', async (t) => {
  const source = tone(400 * blockFrames);
  const plain = memoryStem(source, source);
  let blocked = false;
  const slow: Stem = {
    ...plain,
    read: (atFrame, left, right) => {
      const ready = plain.read(atFrame, left, right);
      return ready && !blocked;
    },
  };
  const {output, loop, turn} = await bench(slow, source.length);
  loop.command({type: 'playback.play'});
  await turn(40);
  blocked = true;
  await turn(2);
  t.is(loop.starvedBlocks, 0);
  blocked = false;
  await turn(20);
  t.is(loop.starvedBlocks, 0);
  const sound = played(output);
  t.deepEqual(sound.slice(0, 30 * blockFrames), [...source.subarray(0, 30 * blockFrames)]);
});
