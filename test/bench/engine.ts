import type {EffectUnit} from '../../src/engine/effects/effect-unit.ts';
import {blockFrames, createGraph} from '../../src/engine/graph.ts';
import type {Stem} from '../../src/engine/stem.ts';
import {masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import type {MeterTypeName} from '../../src/model/meter-type.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import type {ParameterValues} from '../../src/model/parameter.ts';
import {describeError} from '../../src/model/problem.ts';
import {noise} from '../engine/graph/signal.ts';
import {memoryStem} from '../engine/memory-stem.ts';
import {type Bench, cheapestOf, type Figure} from './bench.ts';
import {faustStrips} from './faust-strip.ts';

const sampleRate = 48_000;
const seconds = 4;
const frames = Math.floor((seconds * sampleRate) / blockFrames) * blockFrames;
const middle = Math.floor(frames / 2 / blockFrames) * blockFrames;
const strips = 64;
const runs = 6;

/** Eight recordings serve all strips: noise that swells, with peaks of −9 dBFS. */
const recordings = Array.from({length: 8}, (_, index) => {
  const swelling = (seed: number): Float32Array =>
    noise(frames, seed, 0.35).map(
      (value, n) => value * (0.55 + 0.45 * Math.sin((2 * Math.PI * n * (index + 1)) / frames)),
    );
  return {left: swelling(2 * index), right: swelling(2 * index + 1)};
});

const everything: ParameterValues = {
  ...{'hp.on': 1, 'lp.on': 1},
  ...{
    'eq1.on': 1,
    'eq1.gainDb': 3,
    'eq2.on': 1,
    'eq2.gainDb': -3,
    'eq3.on': 1,
    'eq3.gainDb': 2,
    'eq4.on': 1,
    'eq4.gainDb': 2,
  },
  ...{'comp.on': 1, 'comp.thresholdDb': -24},
  ...{'send1.on': 1, 'send1.levelDb': -10, 'send2.on': 1, 'send2.levelDb': -14, 'send2.pre': 1},
};

/** What a full desk costs, against native nodes and against the same strip by a compiler of sound programs. */
export const engineBench: Bench = {
  name: 'engine',
  about:
    `${strips} stereo strips, each with high-pass, low-pass, 4 bands, compressor, 2 sends, fader, balance, five taps, K-weighted loudness, true peak where ` +
    `near; ${seconds} s at ${sampleRate} Hz from memory; times real time by processor time, best of ${runs}.`,
  async run() {
    const full = await ours(strips, everything);
    const hot = await ours(strips, {...everything, 'comp.makeUpDb': 18});
    const figures: Figure[] = [
      {name: 'ours, everything on', ...full, bar: {atLeast: 20}},
      {name: 'ours, and true peak on all', ...hot},
      {
        name: 'ours, and a gate and side chain each',
        ...(await ours(strips, {...everything, 'gate.on': 1, 'comp.sidechainHz': 100})),
      },
      {name: 'ours, and a saturator each', ...(await ours(strips, {...everything, 'sat.on': 1, 'sat.driveDb': 6}))},
      {name: 'ours, and a quasi-peak meter each', ...(await ours(strips, everything, 'ppm2-ebu'))},
      {name: 'ours, faders and meters only', ...(await ours(strips, {}))},
    ];
    figures.push(
      ...(await against(
        'node-web-audio-api',
        native,
        full.value,
        '4 biquads, compressor, panner, gain; no meters, no sends',
        6,
      )),
    );
    figures.push(
      ...(await against(
        'Faust',
        faust,
        full.value,
        '6 filters, compressor, fader, 2 sends; no meters, nothing summed',
      )),
    );
    for (const count of [1, 4, 16, 64, 128, 256]) {
      const {value} = await ours(count, everything);
      figures.push({
        name: `ours, ${count} ${count === 1 ? 'strip' : 'strips'}`,
        value,
        unit: '× real time',
        note: `${((1e6 * blockFrames) / sampleRate / value / count).toFixed(1)} µs a strip and block`,
      });
    }
    return {figures};
  },
};

async function against(
  name: string,
  measured: () => Promise<number>,
  full: number,
  note: string,
  atLeast?: number,
): Promise<readonly Figure[]> {
  try {
    const value = await measured();
    const ratio = {name: `ours against ${name}`, value: full / value, unit: '×'};
    return [{name, value, unit: '× real time', note}, atLeast === undefined ? ratio : {...ratio, bar: {atLeast}}];
  } catch (error) {
    return [{name, value: undefined, unit: '', note: `cannot be loaded: ${describeError(error)}`}];
  }
}

/** What comes to a return comes back from it: effects have a bench of their own. */
const passing: EffectUnit = {
  latencyFrames: 0,
  faults: 0,
  process() {},
  set() {},
  snapshot: () => new Uint8Array(),
  restore() {},
};

function recordingOf(index: number): (typeof recordings)[number] {
  return recordings[index % recordings.length] ?? {left: new Float32Array(), right: new Float32Array()};
}

/** A stem that lies in memory: reading it is one copy, and every read lies within. */
function stemOf(left: Float32Array, right: Float32Array): Stem {
  return {
    ...memoryStem(left, right),
    read(atFrame, intoLeft, intoRight) {
      intoLeft.set(left.subarray(atFrame, atFrame + intoLeft.length));
      intoRight.set(right.subarray(atFrame, atFrame + intoRight.length));
      return true;
    },
  };
}

/** Times real time, and on how many strips the true peak was looked for in the middle of the recordings. */
async function ours(
  count: number,
  parameters: ParameterValues,
  shown: MeterTypeName = 'peak',
): Promise<Pick<Figure, 'unit' | 'note'> & {value: number}> {
  const mixer = newMixer({
    strips: [
      ...Array.from({length: count}, (_, index) =>
        newStrip({
          id: `s${index}`,
          name: `Strip ${index}`,
          levelDb: -12 - (index % 13),
          pan: (index % 9) / 4 - 1,
          // Of eight strips one comes near full scale.
          parameters: index % 8 === 7 ? {...parameters, 'comp.makeUpDb': 18} : parameters,
        }),
      ),
      newStrip({id: 'r1', name: 'Return 1', kind: 'return'}),
      newStrip({id: 'r2', name: 'Return 2', kind: 'return'}),
    ],
  });
  const graph = await createGraph({sampleRate, mixer, effects: [passing, passing]});
  graph.setMeters(shown);
  const stems = mixer.strips.map(({kind}, index) => {
    const {left, right} = recordingOf(index);
    return kind === 'stem' ? stemOf(left, right) : undefined;
  });
  const left = new Float32Array(blockFrames);
  const right = new Float32Array(blockFrames);
  const meters = new Float32Array(stems.length * stripFields + masterFields);
  let near = 0;
  const {cpuSeconds} = await cheapestOf(runs, () => {
    near = 0;
    for (let atFrame = 0; atFrame < frames; atFrame += blockFrames) {
      graph.render(stems, atFrame, 'rolling', left, right, meters);
      if (atFrame !== middle) continue;
      for (let strip = 0; strip < count; strip++) {
        if ((meters[strip * stripFields + stripField.prePeakLeft] ?? 0) > 0.501187) near++;
      }
    }
  });
  return {value: frames / sampleRate / cpuSeconds, unit: '× real time', note: `true peak on ${near} of ${count}`};
}

async function faust(): Promise<number> {
  const all = await faustStrips(strips, sampleRate, blockFrames);
  const {cpuSeconds} = await cheapestOf(runs, () => {
    for (let atFrame = 0; atFrame < frames; atFrame += blockFrames) {
      all.forEach(({inputs, compute}, index) => {
        const {left, right} = recordingOf(index);
        inputs[0].set(left.subarray(atFrame, atFrame + blockFrames));
        inputs[1].set(right.subarray(atFrame, atFrame + blockFrames));
        compute();
      });
    }
  });
  const peak = Math.max(...all.flatMap(({outputs}) => outputs.map((output) => Math.max(...output.map(Math.abs)))));
  if (!(peak > 0.001 && peak < 2)) throw new Error(`the strip makes no sound that could be right: ${peak}`);
  return frames / sampleRate / cpuSeconds;
}

async function native(): Promise<number> {
  const {AudioBuffer, OfflineAudioContext} = await import('node-web-audio-api');
  const buffers = recordings.map(({left, right}) => {
    const buffer = new AudioBuffer({numberOfChannels: 2, length: frames, sampleRate});
    buffer.copyToChannel(Float32Array.from(left), 0);
    buffer.copyToChannel(Float32Array.from(right), 1);
    return buffer;
  });
  const built = (): InstanceType<typeof OfflineAudioContext> => {
    const context = new OfflineAudioContext(2, frames, sampleRate);
    for (let index = 0; index < strips; index++) {
      const source = context.createBufferSource();
      source.buffer = buffers[index % buffers.length] ?? null;
      const bands = (['lowshelf', 'peaking', 'peaking', 'highshelf'] as const).map((type, band) => {
        const filter = context.createBiquadFilter();
        filter.type = type;
        filter.frequency.value = [100, 400, 2500, 8000][band] ?? 1000;
        filter.gain.value = [3, -3, 2, 2][band] ?? 0;
        return filter;
      });
      const compressor = context.createDynamicsCompressor();
      compressor.threshold.value = -24;
      compressor.ratio.value = 3;
      const panner = context.createStereoPanner();
      panner.pan.value = (index % 9) / 4 - 1;
      const fader = context.createGain();
      fader.gain.value = 10 ** ((-12 - (index % 13)) / 20);
      const last = bands.reduce<AudioNodeLike>((from, band) => from.connect(band), source);
      last.connect(compressor).connect(panner).connect(fader).connect(context.destination);
      source.start();
    }
    return context;
  };
  // A context renders once. Making its nodes is not counted, as making our graph is not.
  const contexts = Array.from({length: runs + 1}, built);
  let rendered: Float32Array | undefined;
  const {cpuSeconds} = await cheapestOf(runs, async () => {
    rendered = (await contexts.pop()?.startRendering())?.getChannelData(0);
  });
  const peak = rendered?.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0) ?? 0;
  if (!(peak > 0.1)) throw new Error(`the nodes make no sound that could be right: ${peak}`);
  return frames / sampleRate / cpuSeconds;
}

type AudioNodeLike = import('node-web-audio-api').AudioNode;
