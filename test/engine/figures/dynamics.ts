import {stripField} from '../../../src/model/meter.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {loweredDb, openStrip, type StripRig} from './strip-rig.ts';
import {createWorst, db, factor, type Worst} from './worst.ts';

/** Frames of a period of the test tone, peaks on samples; 25 periods and more a level. */
const period = 40;
const stepMs = 60;

/** Gain in dB that a strip has for each level of a tone that rises in steps. */
function stairsDb(rig: StripRig, parameters: ParameterValues, levelsDb: readonly number[]): readonly number[] {
  const step = Math.ceil((stepMs * rig.sampleRate) / 1000 / period) * period;
  const tone = new Float32Array(step * levelsDb.length);
  for (let n = 0; n < tone.length; n++) {
    tone[n] = factor(levelsDb[Math.floor(n / step)] ?? 0) * Math.cos((2 * Math.PI * n) / period);
  }
  const {left} = rig.hear({parameters, levelDb: loweredDb}, tone);
  return levelsDb.map((_, index) => {
    let got = 0;
    let given = 0;
    for (let n = (index + 1) * step - 10 * period; n < (index + 1) * step; n++) {
      got += (left[n] ?? 0) * (tone[n] ?? 0);
      given += (tone[n] ?? 0) ** 2;
    }
    return db(got / given) - loweredDb;
  });
}

const range = (from: number, to: number, step: number): readonly number[] =>
  Array.from({length: Math.floor((to - from) / step) + 1}, (_, index) => from + index * step);

/** The static curve as it stands in the documentation, against the sound. */
export async function compressorCurve(sampleRate: number): Promise<Worst> {
  const rig = await openStrip(sampleRate);
  const worst = createWorst();
  const levels = range(-70, 12, 2);
  for (const threshold of [-60, -40, -18, 0]) {
    for (const ratio of [1, 1.5, 3, 8, 20]) {
      for (const knee of [0, 1, 6, 24]) {
        const parameters: ParameterValues = {
          ...{'comp.on': 1, 'comp.thresholdDb': threshold, 'comp.ratio': ratio, 'comp.kneeDb': knee},
          ...{'comp.attackMs': 0.1, 'comp.releaseMs': 5},
        };
        for (const [index, gainDb] of stairsDb(rig, parameters, levels).entries()) {
          const x = (levels[index] ?? 0) - threshold;
          const k = 1 / ratio - 1;
          const wanted = x <= -knee / 2 ? 0 : x >= knee / 2 ? k * x : (k * (x + knee / 2) ** 2) / (2 * knee);
          worst.tell(gainDb - wanted, `${threshold} dB ${ratio}:1 knee ${knee} at ${levels[index]} dB`);
        }
      }
    }
  }
  return worst.found;
}

export async function gateCurve(sampleRate: number): Promise<Worst> {
  const rig = await openStrip(sampleRate);
  const worst = createWorst();
  const levels = range(-100, 0, 2.5);
  for (const threshold of [-80, -50, -20, 0]) {
    for (const ratio of [1, 1.5, 3, 20]) {
      for (const rangeDb of [-80, -40, -6, 0]) {
        const parameters: ParameterValues = {
          ...{'gate.on': 1, 'gate.thresholdDb': threshold, 'gate.ratio': ratio, 'gate.rangeDb': rangeDb},
          ...{'gate.attackMs': 0.05, 'gate.holdMs': 1, 'gate.releaseMs': 5},
        };
        for (const [index, gainDb] of stairsDb(rig, parameters, levels).entries()) {
          const x = (levels[index] ?? 0) - threshold;
          const wanted = x >= 0 ? 0 : Math.max(rangeDb, (ratio - 1) * x);
          worst.tell(gainDb - wanted, `${threshold} dB 1:${ratio} range ${rangeDb} at ${levels[index]} dB`);
        }
      }
    }
  }
  return worst.found;
}

/** Make-up, and what the meter of the gain reduction says, against the sound. */
export async function makeUp(sampleRate: number): Promise<{readonly makeUp: Worst; readonly meter: Worst}> {
  const rig = await openStrip(sampleRate);
  const [gains, meters] = [createWorst(), createWorst()];
  for (const makeUpDb of range(0, 24, 1.5)) {
    const parameters: ParameterValues = {
      ...{'comp.on': 1, 'comp.thresholdDb': -40, 'comp.kneeDb': 0, 'comp.ratio': 4, 'comp.attackMs': 1},
      'comp.makeUpDb': makeUpDb,
    };
    const [soft = 0] = stairsDb(rig, parameters, [-60]);
    gains.tell(soft - makeUpDb, `${makeUpDb} dB`);
    const tone = Float32Array.from({length: 24_000}, (_, n) => factor(-10) * Math.cos((2 * Math.PI * n) / period));
    const {meters: values} = rig.hear({parameters, levelDb: loweredDb}, tone);
    meters.tell((values[stripField.compressorReductionDb] ?? 0) - 22.5, `make-up ${makeUpDb} dB`);
  }
  return {makeUp: gains.found, meter: meters.found};
}

/** The sidechain's high-pass as it shows in the gain: 12 dB an octave, Butterworth, −3 dB at its frequency. */
export async function sidechain(sampleRate: number): Promise<Worst> {
  const rig = await openStrip(sampleRate);
  const worst = createWorst();
  for (const corner of [30, 80, 150, 400, 1000]) {
    for (const share of [0.25, 0.5, 0.7, 1, 1.5, 3, 8]) {
      // A whole number of frames a quarter of a period, so that a peak is on a sample.
      const quarter = Math.round(sampleRate / (4 * corner * share));
      const hertz = sampleRate / (4 * quarter);
      // Below 67 Hz the detector's window is shorter than half a period, high up the peak of a wave lies between samples.
      if (hertz < 67 || hertz > 1100) continue;
      // The tone's beginning is a step that the high-pass lets through: by the end the gain has come back from it.
      const frames = 4 * quarter * Math.ceil(0.9 * hertz);
      const tone = Float32Array.from({length: frames}, (_, n) => Math.cos((Math.PI * n) / (2 * quarter)));
      const parameters: ParameterValues = {
        ...{'comp.on': 1, 'comp.thresholdDb': -60, 'comp.kneeDb': 0, 'comp.ratio': 20, 'comp.attackMs': 1},
        ...{'comp.releaseMs': 40, 'comp.sidechainHz': corner},
      };
      const {left} = rig.hear({parameters, levelDb: loweredDb}, tone);
      let got = 0;
      let given = 0;
      for (let n = frames - 40 * quarter; n < frames; n++) {
        got += (left[n] ?? 0) * (tone[n] ?? 0);
        given += (tone[n] ?? 0) ** 2;
      }
      const gainDb = db(got / given) - loweredDb;
      const heardDb = gainDb / (1 / 20 - 1) - 60;
      const ratio = (corner / hertz) ** 4;
      worst.tell(heardDb + 10 * Math.log10(1 + ratio), `${corner} Hz at ${hertz.toFixed(0)} Hz`);
    }
  }
  return worst.found;
}
