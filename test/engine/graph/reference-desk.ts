import {rampCurve} from '../../../src/engine/ramp-law.ts';
import {isAudible} from '../../../src/model/audibility.ts';
import {masterField, masterFields, stripField, stripFields} from '../../../src/model/meter.ts';
import type {Mixer, Strip} from '../../../src/model/mixer.ts';
import {referenceMeter} from './reference-meters.ts';

/** The same desk in plain double arithmetic, one sample at a time, written from the model's words and not from the kernel. */
export interface ReferenceDesk {
  set(mixer: Mixer): void;
  render(inputs: readonly (readonly [Float32Array, Float32Array])[]): {
    left: Float64Array;
    right: Float64Array;
    meters: Float64Array;
  };
}

type Factors = readonly [pre: number, left: number, right: number];
type Change = {readonly at: number; readonly from: Factors; readonly to: Factors};

export function referenceDesk(first: Mixer, sampleRate: number, blockFrames: number): ReferenceDesk {
  const curve = rampCurve(sampleRate, blockFrames);
  const clipRuns = first.strips.map(() => [0, 0]);
  /** Left and right of each strip, then of the master. */
  const sideMeters = [...first.strips, undefined].map(() => [referenceMeter(sampleRate), referenceMeter(sampleRate)]);
  const changes: Change[][] = [...first.strips, undefined].map(() => []);
  let mixer = first;
  let now = 0;
  let targets = allFactors(first);
  const starts = targets;

  const factorsAt = (index: number, frame: number): Factors => {
    const gains = [...(starts[index] ?? [0, 0, 0])] as [number, number, number];
    for (const change of changes[index] ?? []) {
      const share = frame - change.at >= curve.length ? 1 : (curve[frame - change.at] ?? 0);
      for (const side of [0, 1, 2] as const) gains[side] += (change.to[side] - change.from[side]) * share;
    }
    return gains;
  };

  /** Gives both sides of a tap to its meters; left × right of what they weighted. */
  const weigh = (index: number, left: number, right: number): number =>
    (sideMeters[index] ?? []).reduce((product, meter, side) => product * meter.add(side === 0 ? left : right), 1);

  return {
    set(next) {
      mixer = next;
      const wanted = allFactors(next);
      wanted.forEach((to, index) => {
        const from = targets[index] ?? to;
        if (to.some((value, side) => value !== from[side])) changes[index]?.push({at: now, from, to});
      });
      targets = wanted;
    },
    render(inputs) {
      const strips = mixer.strips.length;
      const meters = new Float64Array(strips * stripFields + masterFields);
      const left = new Float64Array(blockFrames);
      const right = new Float64Array(blockFrames);
      const note = (at: number, value: number): void => {
        meters[at] = Math.max(meters[at] ?? 0, Math.abs(value));
      };
      const add = (at: number, value: number): void => {
        meters[at] = (meters[at] ?? 0) + value;
      };
      for (const meter of sideMeters.flat()) meter.begin();
      for (let n = 0; n < blockFrames; n++) {
        let busLeft = 0;
        let busRight = 0;
        inputs.forEach(([inLeft, inRight], strip) => {
          const at = strip * stripFields;
          const [pre, toLeft, toRight] = factorsAt(strip, now + n);
          const source = [inLeft[n] ?? 0, inRight[n] ?? 0].map((value) => {
            if (Math.abs(value) <= 2 ** 32) return value;
            add(at + stripField.nonFinite, 1);
            return 0;
          });
          const runs = clipRuns[strip] ?? [];
          source.forEach((value, side) => {
            runs[side] = Math.abs(value) >= 0.998849 ? (runs[side] ?? 0) + 1 : 0;
            note(at + stripField.inClipRun, runs[side] ?? 0);
            note(at + stripField.inPeakLeft + side, value);
            add(at + stripField.inEnergyLeft + side, value ** 2);
          });
          const preLeft = (source[0] ?? 0) * pre;
          const preRight = (source[1] ?? 0) * pre;
          const postLeft = preLeft * toLeft;
          const postRight = preRight * toRight;
          note(at + stripField.prePeakLeft, preLeft);
          note(at + stripField.prePeakRight, preRight);
          add(at + stripField.preEnergyLeft, preLeft ** 2);
          add(at + stripField.preEnergyRight, preRight ** 2);
          add(at + stripField.preProduct, preLeft * preRight);
          add(at + stripField.preWeightedProduct, weigh(strip, preLeft, preRight));
          [preLeft, preRight].forEach((value, side) => {
            add(at + stripField.preSumLeft + side, value);
            add(at + stripField.preAverageLeft + side, Math.abs(value));
          });
          note(at + stripField.postPeakLeft, postLeft);
          note(at + stripField.postPeakRight, postRight);
          add(at + stripField.postEnergyLeft, postLeft ** 2);
          add(at + stripField.postEnergyRight, postRight ** 2);
          busLeft += postLeft;
          busRight += postRight;
        });
        const at = strips * stripFields;
        const fader = factorsAt(strips, now + n)[1];
        const outLeft = busLeft * fader;
        const outRight = busRight * fader;
        note(at + masterField.busPeakLeft, busLeft);
        note(at + masterField.busPeakRight, busRight);
        note(at + masterField.outPeakLeft, outLeft);
        note(at + masterField.outPeakRight, outRight);
        add(at + masterField.outEnergyLeft, outLeft ** 2);
        add(at + masterField.outEnergyRight, outRight ** 2);
        add(at + masterField.outProduct, outLeft * outRight);
        add(at + masterField.outWeightedProduct, weigh(strips, outLeft, outRight));
        add(at + masterField.outSumLeft, outLeft);
        add(at + masterField.outSumRight, outRight);
        add(at + masterField.outOvers, Number(Math.abs(outLeft) >= 1) + Number(Math.abs(outRight) >= 1));
        left[n] = Math.max(-1 + 2 ** -23, Math.min(1 - 2 ** -23, outLeft));
        right[n] = Math.max(-1 + 2 ** -23, Math.min(1 - 2 ** -23, outRight));
      }
      now += blockFrames;
      sideMeters.forEach((sides, strip) => {
        const fields =
          strip < strips
            ? [stripField.preWeightedLeft, stripField.preTruePeakLeft]
            : [masterField.outWeightedLeft, masterField.outTruePeakLeft];
        sides.forEach((meter, side) => {
          meters[strip * stripFields + (fields[0] ?? 0) + side] = meter.weighted;
          meters[strip * stripFields + (fields[1] ?? 0) + side] = meter.truePeak;
        });
      });
      return {left, right, meters};
    },
  };
}

function allFactors(mixer: Mixer): readonly Factors[] {
  return [...mixer.strips.map((strip) => factors(strip, isAudible(mixer, strip))), [1, db(mixer.masterLevelDb), 0]];
}

function factors(strip: Strip, audible: boolean): Factors {
  const fader = audible ? db(strip.levelDb) : 0;
  const turned = Math.cos((strip.pan * Math.PI) / 2);
  const sides =
    strip.channels === 1
      ? [
          Math.sqrt((1 - Math.sin((strip.pan * Math.PI) / 2)) / 2),
          Math.sqrt((1 + Math.sin((strip.pan * Math.PI) / 2)) / 2),
        ]
      : [strip.pan > 0 ? turned : 1, strip.pan < 0 ? turned : 1];
  return [db(strip.trimDb) * (strip.polarityInverted ? -1 : 1), fader * (sides[0] ?? 0), fader * (sides[1] ?? 0)];
}

function db(levelDb: number): number {
  return 10 ** (levelDb / 20);
}
