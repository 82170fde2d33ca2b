import {blockFrames, createGraph} from '../../src/engine/graph.ts';
import type {Stem} from '../../src/engine/stem.ts';
import {masterFields, stripFields} from '../../src/model/meter.ts';
import {describeError} from '../../src/model/problem.ts';
import {mixerOf} from '../engine/graph/rig.ts';
import {noise} from '../engine/graph/signal.ts';
import {memoryStem} from '../engine/memory-stem.ts';
import {type Bench, cheapestOf, type Figure} from './bench.ts';

const strips = 64;
const sampleRate = 48_000;
const seconds = 10;
const frames = Math.floor((seconds * sampleRate) / blockFrames) * blockFrames;
const runs = 5;

/** Eight different recordings serve 64 strips: more would measure the memory. */
const recordings = Array.from({length: 8}, (_, index) => ({
  left: noise(frames, 2 * index, 0.1),
  right: noise(frames, 2 * index + 1, 0.1),
}));
const settings = Array.from({length: strips}, (_, index) => ({
  trimDb: (index % 7) - 3,
  levelDb: -(index % 13),
  pan: (index % 9) / 4 - 1,
}));

/** 64 stereo strips with trim, fader, balance, mute, five meter taps and the master: the graph that is heard and bounced, against native Web Audio nodes. */
export const kernelBench: Bench = {
  name: 'kernel',
  about: `${strips} stereo strips, ${seconds} s at ${sampleRate} Hz from memory; times real time by processor time, best of ${runs}.`,
  async run() {
    const rest = await ours('rest');
    const figures: Figure[] = [
      {name: 'ours, all meters on', value: rest, unit: '× real time', bar: {atLeast: 40}},
      {
        name: 'ours, every fader moved in every block',
        value: await ours('moving'),
        unit: '× real time',
        bar: {atLeast: 40},
      },
      {
        name: 'ours, every strip muted',
        value: await ours('muted'),
        unit: '× real time',
        note: 'in and pre are metered still',
      },
      {name: 'ours, no tape rolling', value: await ours('still'), unit: '× real time'},
    ];
    try {
      const plain = await native(false);
      const metered = await native(true);
      figures.push(
        {
          name: 'node-web-audio-api, no meters',
          value: plain,
          unit: '× real time',
          note: 'gain, stereo panner, gain, sum',
        },
        {
          name: 'node-web-audio-api, with analysers',
          value: metered,
          unit: '× real time',
          note: 'two a strip, never read',
        },
        {name: 'ours against native without meters', value: rest / plain, unit: '×'},
        {name: 'ours against native with analysers', value: rest / metered, unit: '×'},
      );
    } catch (error) {
      figures.push({
        name: 'node-web-audio-api',
        value: undefined,
        unit: '',
        note: `cannot be loaded: ${describeError(error)}`,
      });
    }
    return {figures};
  },
};

async function ours(state: 'rest' | 'moving' | 'muted' | 'still'): Promise<number> {
  const mixers = [0, 1].map((shift) =>
    mixerOf(
      settings.map((given) => ({...given, levelDb: given.levelDb - 3 * shift, muted: state === 'muted'})),
      -6 - shift,
    ),
  );
  const [first = mixerOf([]), second = first] = mixers;
  const graph = await createGraph({sampleRate, mixer: first});
  const stems: readonly Stem[] = settings.map((_, index) => {
    const {left, right} = recordings[index % recordings.length] ?? {
      left: new Float32Array(),
      right: new Float32Array(),
    };
    return memoryStem(left, right);
  });
  const left = new Float32Array(blockFrames);
  const right = new Float32Array(blockFrames);
  const meters = new Float32Array(strips * stripFields + masterFields);
  const {cpuSeconds} = await cheapestOf(runs, () => {
    for (let atFrame = 0; atFrame < frames; atFrame += blockFrames) {
      if (state === 'moving') graph.set((atFrame / blockFrames) % 2 === 0 ? first : second, false);
      graph.render(stems, atFrame, state === 'still' ? 'still' : 'rolling', left, right, meters);
    }
  });
  return frames / sampleRate / cpuSeconds;
}

async function native(analysers: boolean): Promise<number> {
  const {AudioBuffer, OfflineAudioContext} = await import('node-web-audio-api');
  const buffers = recordings.map(({left, right}) => {
    const buffer = new AudioBuffer({numberOfChannels: 2, length: frames, sampleRate});
    buffer.copyToChannel(Float32Array.from(left), 0);
    buffer.copyToChannel(Float32Array.from(right), 1);
    return buffer;
  });
  /** Analysers that nobody holds might be forgotten before they are rendered. */
  const kept: object[] = [];
  const built = (): InstanceType<typeof OfflineAudioContext> => {
    const context = new OfflineAudioContext(2, frames, sampleRate);
    const master = context.createGain();
    master.gain.value = 10 ** (-6 / 20);
    master.connect(context.destination);
    settings.forEach(({trimDb, levelDb, pan}, index) => {
      const source = context.createBufferSource();
      source.buffer = buffers[index % buffers.length] ?? null;
      const trim = context.createGain();
      trim.gain.value = 10 ** (trimDb / 20);
      const panner = context.createStereoPanner();
      panner.pan.value = pan;
      const fader = context.createGain();
      fader.gain.value = 10 ** (levelDb / 20);
      source.connect(trim).connect(panner).connect(fader).connect(master);
      if (analysers) {
        kept.push(trim.connect(context.createAnalyser()), fader.connect(context.createAnalyser()));
      }
      source.start();
    });
    return context;
  };
  // A context renders once. Making its nodes is not counted, as making our graph is not.
  const contexts = Array.from({length: runs + 1}, built);
  const {cpuSeconds} = await cheapestOf(runs, async () => {
    await contexts.pop()?.startRendering();
  });
  return frames / sampleRate / cpuSeconds;
}
