import {
  type MeterFrame,
  type masterField,
  masterFields,
  masterMeter,
  type stripField,
  stripFields,
  stripMeter,
} from '../model/meter.ts';
import type {MeterSettings} from '../model/meter-settings.ts';
import {deflectionDb, type MeterSource, type MeterType, markOf, meterTypes} from '../model/meter-type.ts';
import {type Mixer, masterId, type StripId} from '../model/mixer.ts';
import type {ProgramReading} from '../model/program.ts';
import type {ShownLevel} from '../model/reading.ts';
import {type ChosenNeedle, createChosenNeedle, programNeedle} from './chosen-needle.ts';
import type {NeedleReading} from './needle.ts';

/** The meters of all strips and of the mix, of whichever kind the desk has chosen: a strip's at `pre`, the mix's at `out`. */
export interface MeterBridge {
  /** Takes one frame that became audible at that time, in ms of any clock that only rises. Another type, or another fall, begins at rest. */
  push(frame: MeterFrame, mixer: Mixer, settings: MeterSettings, nowMs: number): void;
  /** What the meter of a strip or of the mix (`masterId`) shows; undefined while no frames come: an old level is not a level. */
  shown(strip: StripId, nowMs: number): ShownLevel | undefined;
  /** What the programme meters said last; undefined before the first, and while no frames come. */
  program(nowMs: number): ProgramReading | undefined;
}

const staleMs = 500;

type Sides<Field> = readonly [left: Field, right: Field];

/** What of a block moves the needles of each source: of strips … */
const stripFieldsOf: Readonly<Record<MeterSource, Sides<keyof typeof stripField>>> = {
  peak: ['prePeakLeft', 'prePeakRight'],
  truePeak: ['preTruePeakLeft', 'preTruePeakRight'],
  quasiPeakI: ['preQuasiPeakLeft', 'preQuasiPeakRight'],
  quasiPeakII: ['preQuasiPeakLeft', 'preQuasiPeakRight'],
  average: ['preAverageLeft', 'preAverageRight'],
  rms: ['preEnergyLeft', 'preEnergyRight'],
  momentary: ['preWeightedLeft', 'preWeightedRight'],
};
/** … and of the mix, until its programme meters say more. */
const masterFieldsOf: Readonly<Record<MeterSource, Sides<keyof typeof masterField> | undefined>> = {
  peak: ['outPeakLeft', 'outPeakRight'],
  truePeak: ['outTruePeakLeft', 'outTruePeakRight'],
  quasiPeakI: undefined,
  quasiPeakII: undefined,
  average: undefined,
  rms: ['outEnergyLeft', 'outEnergyRight'],
  momentary: ['outWeightedLeft', 'outWeightedRight'],
};

/** A bridge that has heard nothing. */
export function createMeterBridge(sampleRate: number): MeterBridge {
  let settings: MeterSettings | undefined;
  let type: MeterType = meterTypes.peak;
  let needles = new Map<StripId, ChosenNeedle>();
  let program: ProgramReading | undefined;
  let pushedMs = Number.NEGATIVE_INFINITY;
  let nextFrame = Number.POSITIVE_INFINITY;

  const make = (): ChosenNeedle => createChosenNeedle(sampleRate, type.source, settings?.fallDbPerSecond ?? 0);

  function choose(next: MeterSettings): void {
    const isOther = next.type !== settings?.type || next.fallDbPerSecond !== settings.fallDbPerSecond;
    settings = next;
    if (!isOther) return;
    type = meterTypes[next.type];
    needles = new Map();
  }

  function needleOf(strip: StripId): ChosenNeedle {
    const known = needles.get(strip);
    if (known !== undefined) return known;
    const needle = make();
    needles.set(strip, needle);
    return needle;
  }

  function levelOf([leftDb, rightDb]: NeedleReading, lineUpDb: number): ShownLevel {
    const [left, right] = [markOf(type, leftDb, lineUpDb), markOf(type, rightDb, lineUpDb)];
    return {leftDb: deflectionDb(type, left), rightDb: deflectionDb(type, right), mark: Math.max(left, right)};
  }

  return {
    push(frame, mixer, next, nowMs) {
      choose(next);
      if (frame.values.length !== mixer.strips.length * stripFields + masterFields || !(frame.frames > 0)) return;
      pushedMs = nowMs;
      program = frame.program ?? program;
      const lost = Math.min(frame.atFrame - nextFrame, 10 * sampleRate);
      nextFrame = frame.atFrame + frame.frames;
      if (lost > 0) for (const needle of needles.values()) needle.add(0, 0, lost);
      const [left, right] = stripFieldsOf[type.source];
      let index = 0;
      for (const {id} of mixer.strips) {
        needleOf(id).add(stripMeter(frame, index, left), stripMeter(frame, index, right), frame.frames);
        index++;
      }
      const ofMix = masterFieldsOf[type.source];
      const read = (side: 0 | 1): number => (ofMix === undefined ? 0 : masterMeter(frame, ofMix[side]));
      needleOf(masterId).add(read(0), read(1), frame.frames);
    },

    shown(strip, nowMs) {
      const needle = needles.get(strip);
      if (needle === undefined || settings === undefined || nowMs - pushedMs >= staleMs) return undefined;
      const ofMix = strip === masterId && program !== undefined ? programNeedle(program, type.source) : undefined;
      return levelOf(ofMix ?? needle.reading(), settings.lineUpDb);
    },

    program: (nowMs) => (nowMs - pushedMs >= staleMs ? undefined : program),
  };
}
