import {createWriteStream} from 'node:fs';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {type Pass, startPass, withSample} from '../../src/automation/pass.ts';
import {createLaneCursor, laneValueAt} from '../../src/automation/read-out.ts';
import {thinned} from '../../src/automation/thin.ts';
import {plainValue} from '../../src/automation/travel.ts';
import {writePass} from '../../src/automation/write-pass.ts';
import {emptyLane, type Lane, type LaneId, type LaneParameter, laneKind, laneTarget} from '../../src/model/lane.ts';
import {type LaneChange, type Lanes, withPart} from '../../src/model/lane-change.ts';
import {automationPieces, parseAutomation} from '../../src/session/automation-file.ts';
import {type Bench, cheapestOf, type Figure} from './bench.ts';
import {spreadOf} from './spread.ts';

const sampleRate = 48_000;
const blockFrames = 512;
const valuesPerBlock = 4;
const laneCount = 256;
const pointCount = 100_000;
const handCount = 64;
const rideSeconds = 10;
const samplesPerSecond = 100;

/** What lanes are for, in turns. */
const parameters: readonly LaneParameter[] = [
  'level',
  'pan',
  'send1.levelDb',
  'eq2.gainDb',
  'eq2.hz',
  'mute',
  'trim',
  'comp.thresholdDb',
];

/** Dense lanes, some 17 minutes long: points every 5 to 15 ms, values that wander as hands do. */
function denseLanes(): Lanes {
  const lanes = new Map<LaneId, Lane>();
  for (let index = 0; index < laneCount; index++) {
    const parameter = parameters[index % parameters.length] ?? 'level';
    const {low, high, curve} = laneKind(parameter);
    const random = generator(index + 1);
    const frames = new Int32Array(pointCount);
    const values = new Float64Array(pointCount);
    let frame = 0;
    for (let point = 0; point < pointCount; point++) {
      frame += 240 + Math.floor(random() * 480);
      frames[point] = frame;
      const share = 0.5 + 0.4 * Math.sin(point / (30 + index)) + 0.05 * random();
      values[point] = curve === 'steps' ? Math.round(share) : plainValue(low + (high - low) * share);
    }
    lanes.set(`strip${Math.floor(index / parameters.length)} ${parameter}`, {frames, values});
  }
  return lanes;
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** What automation costs where it is dense: read, found again, written, opened. */
export const automationBench: Bench = {
  name: 'automation',
  about: `${laneCount} lanes of ${pointCount.toLocaleString('en')} points: seek, read-out as the engine does, ${handCount} rides at once, opening`,
  async run() {
    const lanes = denseLanes();
    return {
      figures: [
        ...seekFigures(lanes),
        ...(await readFigures(lanes)),
        ...(await writeFigures(lanes)),
        ...(await openFigures(lanes)),
      ],
    };
  },
};

const lastFrameOf = (lanes: Lanes): number => Math.min(...[...lanes.values()].map(({frames}) => frames.at(-1) ?? 0));

function cursorsOf(lanes: Lanes): readonly ReturnType<typeof createLaneCursor>[] {
  return [...lanes].map(([id, lane]) => createLaneCursor(lane, curveOf(id)));
}

function curveOf(id: LaneId): 'line' | 'octaves' | 'steps' {
  const target = laneTarget(id);
  return target === undefined ? 'line' : laneKind(target.parameter).curve;
}

/** What was read goes here, so that reading is not optimised away. */
const sink = {sum: 0};

function seekFigures(lanes: Lanes): readonly Figure[] {
  const cursors = cursorsOf(lanes);
  const random = generator(7);
  const last = lastFrameOf(lanes);
  const wallMs: number[] = [];
  const processorMs = Array.from({length: 500}, () => {
    const frame = Math.floor(random() * last);
    const before = process.cpuUsage();
    const startedMs = performance.now();
    for (const cursor of cursors) sink.sum += cursor.valueAt(frame);
    wallMs.push(performance.now() - startedMs);
    const {user, system} = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  const note = `by the clock p50 ${spreadOf(wallMs).p50.toFixed(2)} ms, p99 ${spreadOf(wallMs).p99.toFixed(2)} ms`;
  return [
    {name: 'seek, all lanes to any frame, p99', value: spreadOf(processorMs).p99, unit: 'ms', bar: {atMost: 5}, note},
  ];
}

async function readFigures(lanes: Lanes): Promise<readonly Figure[]> {
  const seconds = 120;
  const last = lastFrameOf(lanes) - seconds * sampleRate;
  const random = generator(11);
  const play = (read: (lane: number, frame: number) => number) => (): void => {
    const start = Math.floor(random() * last);
    const step = blockFrames / valuesPerBlock;
    for (let frame = start; frame < start + seconds * sampleRate; frame += blockFrames) {
      for (let lane = 0; lane < laneCount; lane++) {
        for (let part = 0; part < valuesPerBlock; part++) sink.sum += read(lane, frame + part * step);
      }
    }
  };
  const cursors = cursorsOf(lanes);
  const all = [...lanes].map(([id, lane]) => ({lane, curve: curveOf(id)}));
  const byCursor = await cheapestOf(
    5,
    play((lane, frame) => cursors[lane]?.valueAt(frame) ?? 0),
  );
  const bySearch = await cheapestOf(
    2,
    play((lane, frame) => {
      const one = all[lane];
      return one === undefined ? 0 : laneValueAt(one.lane, one.curve, frame);
    }),
  );
  const share = (cpuSeconds: number): number => (cpuSeconds / seconds) * 100;
  return [
    {name: 'read-out, four values a block', value: share(byCursor.cpuSeconds), unit: '% of one core', bar: {atMost: 2}},
    {name: 'the same by search each time', value: share(bySearch.cpuSeconds), unit: '% of one core'},
  ];
}

async function writeFigures(lanes: Lanes): Promise<readonly Figure[]> {
  const ids = [...lanes.keys()].slice(0, handCount);
  const startFrame = Math.floor(lastFrameOf(lanes) / 2);
  const samples = rideSeconds * samplesPerSecond;
  let passes: readonly Pass[] = [];
  const ride = await cheapestOf(5, () => {
    passes = ids.map((id) => startPass(id, startFrame, rideAt(id, 0)));
    for (let sample = 1; sample < samples; sample++) {
      const frame = startFrame + (sample * sampleRate) / samplesPerSecond;
      passes = passes.map((pass, hand) => withSample(pass, frame, rideAt(pass.lane, sample / samplesPerSecond + hand)));
    }
  });
  let changes: readonly (LaneChange | undefined)[] = [];
  const end = {endFrame: startFrame + rideSeconds * sampleRate, glideFrames: 0.3 * sampleRate, sampleRate, standing: 0};
  const merge = await cheapestOf(10, () => {
    changes = passes.map((pass) => {
      const lane = lanes.get(pass.lane) ?? emptyLane;
      const change = writePass(lane, pass, end);
      if (change !== undefined)
        sink.sum += withPart(lane, change.fromFrame, change.toFrame, change.after).frames.length;
      return change;
    });
  });
  const points = changes.reduce((sum, change) => sum + (change?.after.frames.length ?? 0), 0);
  const events = passes.reduce((sum, {count}) => sum + count, 0);
  const dense = [...lanes.values()][0] ?? emptyLane;
  const thin = await cheapestOf(3, () => {
    sink.sum += thinned(dense, laneKind('level')).frames.length;
  });
  return [
    {
      name: `${handCount} hands at ${samplesPerSecond} Hz, growing passes`,
      value: (ride.cpuSeconds / rideSeconds) * 100,
      unit: '% of one core',
    },
    {
      name: `${handCount} rides of ${rideSeconds} s thinned and merged into their lanes`,
      value: merge.cpuSeconds * 1000,
      unit: 'ms',
    },
    {
      name: 'points of events',
      value: (points / events) * 100,
      unit: '%',
      bar: {atMost: 10},
      note: `${points} of ${events}`,
    },
    {name: `thinning a lane of ${pointCount.toLocaleString('en')} points`, value: thin.cpuSeconds * 1000, unit: 'ms'},
  ];

  function rideAt(id: LaneId, second: number): number {
    const target = laneTarget(id);
    const {low, high, curve} = laneKind(target?.parameter ?? 'level');
    // Fourteen bits of a slow ride: two swells of different length.
    const share = Math.round((0.6 + 0.2 * Math.sin(second * 0.8) + 0.05 * Math.sin(second * 2.1)) * 16_383) / 16_383;
    return curve === 'steps' ? Math.round(share * 10) % 2 : low + (high - low) * share;
  }
}

async function openFigures(lanes: Lanes): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'longthrow-bench-'));
  try {
    const file = join(folder, 'automation-1.txt');
    await pipeline(Readable.from(automationPieces(lanes)), createWriteStream(file));
    let bytes = 0;
    let read = 0;
    const open = await cheapestOf(3, async () => {
      const text = await readFile(file);
      bytes = text.length;
      read = [...parseAutomation(text).lanes.values()].reduce((sum, {frames}) => sum + frames.length, 0);
    });
    const note = `${(bytes / 1e6).toFixed(0)} MB of text, ${(read / 1e6).toFixed(1)} million points; by the clock ${open.wallSeconds.toFixed(2)} s`;
    return [{name: 'opening the automation file', value: open.cpuSeconds, unit: 's', bar: {atMost: 1}, note}];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
