import type {Engine} from '../engine/contract.ts';
import {createAssessor} from '../gain/assess.ts';
import {createMeterBridge} from '../gain/meter-bridge.ts';
import type {MeterFrame} from '../model/meter.ts';
import {joinFrames} from '../model/meter-join.ts';
import {masterId, type StripId} from '../model/mixer.ts';
import type {ProgramReading} from '../model/program.ts';
import type {Reading} from '../model/reading.ts';
import type {RuleChange} from '../model/rule-change.ts';
import type {Warning} from '../model/warning.ts';
import type {MixFigures} from '../surface/mix-digits.ts';
import type {Clock} from './clock.ts';
import {factsOf} from './desk-facts.ts';
import {createSlowFigures} from './slow-figures.ts';
import {createWarningBoard} from './warning-board.ts';

/** What the desk makes of its engine's meters: levels, figures of the mix, and the warnings that stand. */
export interface GainWatch {
  /** Samples were lost: the rules are asked with the next look. */
  hurry(): void;
  /**
   * Takes what became audible since the last time. Meters of the chosen kind follow at once; what the rules know is taken in, for `each` too, and they are asked,
   * every other time, or at once when samples were lost.
   */
  look(each: (frame: MeterFrame) => void): void;
  /** What is measured of a strip or of the mix (`masterId`), with what the chosen meter shows of it. */
  readingOf(strip: StripId): Reading | undefined;
  /** What the programme meters say of the mix; undefined while nothing is heard of the engine. */
  program(): ProgramReading | undefined;
  /** The figures of the mix for segment displays at a tick of the lamp clock. */
  figures(lampTick: number): MixFigures;
  /** Most severe first; the same array until something changed. */
  readonly warnings: readonly Warning[];
  /** A hand moved trim or fader of that strip. */
  touched(strip: StripId): void;
  /** The tape starts, or goes on elsewhere. */
  restarted(): void;
  /** A person has seen what stands at that strip, or everywhere. */
  acknowledge(strip: StripId | 'all'): void;
  end(): void;
}

export interface GainWatchOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  /** Whether a strip should be heard at all. */
  readonly hasSound: (strip: StripId) => boolean;
  /** What the session changes in the gain table. */
  readonly ruleChanges: readonly RuleChange[];
  /** Whether somebody looks at what only the rules' measures tell: inputs, or what dynamics take away. Then these follow at every look. */
  readonly isWatchedClosely: () => boolean;
  /** Told when a warning was raised, acknowledged or cleared. */
  readonly changed: () => void;
}

/** A watch that has heard nothing yet. */
export function createGainWatch(options: GainWatchOptions): GainWatch {
  const {engine, clock, hasSound, ruleChanges, isWatchedClosely, changed} = options;
  const {sampleRate} = engine.status;
  const assessor = createAssessor({
    sampleRate,
    mixer: engine.mixer,
    expected: hasSound,
    changes: ruleChanges,
    facts: () => factsOf(engine),
  });
  const bridge = createMeterBridge(sampleRate);
  const board = createWarningBoard(clock, changed);
  const program = (): ProgramReading | undefined => bridge.program(clock.now());

  /** What was asked for since frames were last taken in, and in which look it was completed with what the chosen meter shows. Made anew each time: see docs/decisions/garbage.md. */
  let asked = new Map<StripId, {readonly measured: Reading; whole: Reading; inLook: number}>();
  let looks = 0;
  const readingOf = (strip: StripId): Reading | undefined => {
    const known = asked.get(strip);
    if (known?.inLook === looks) return known.whole;
    const measured = known?.measured ?? assessor.reading(strip);
    if (measured === undefined) return undefined;
    const shown = bridge.shown(strip, clock.now());
    // The copy last: docs/decisions/garbage.md.
    const whole = shown === undefined ? measured : {shown, ...measured};
    if (known === undefined) asked.set(strip, {measured, whole, inLook: looks});
    else {
      known.whole = whole;
      known.inLook = looks;
    }
    return whole;
  };

  let frames: readonly MeterFrame[] = [];
  let isAsked = false;
  let isDue = true;

  return {
    hurry() {
      isDue = true;
    },
    look(each) {
      const atMs = clock.now();
      looks++;
      const heard = joinFrames(engine.takeMeters());
      for (const frame of heard) bridge.push(frame, engine.mixer, engine.meters, atMs);
      frames = joinFrames([...frames, ...heard]);
      isAsked = isDue || !isAsked;
      isDue = false;
      if (!isAsked && !isWatchedClosely()) return;
      asked = new Map();
      for (const frame of frames) {
        assessor.push(frame, engine.mixer, atMs);
        each(frame);
      }
      frames = [];
      if (isAsked) board.take(assessor.verdicts(atMs), atMs);
    },
    readingOf,
    program,
    figures: createSlowFigures(program, () => assessor.reading(masterId)),
    get warnings() {
      return board.standing;
    },
    touched: (strip) => assessor.touched(strip, clock.now()),
    restarted: () => assessor.restarted(clock.now()),
    acknowledge(strip) {
      asked = new Map();
      isDue = true;
      assessor.acknowledge(strip);
      board.acknowledge(strip);
    },
    end: () => board.end(),
  };
}
