import type {StripId} from '../model/mixer.ts';
import type {RuleId, Severity, Verdict} from '../model/warning.ts';
import type {Found} from './measures.ts';
import {isPast, type Place, type Rule, stepBack} from './rule.ts';
import {fillAdvice, fillShort} from './wording.ts';

/** What a rule says of a strip from now on. The texts are empty until there is a number to tell. */
export interface VerdictChange {
  /** `masterId` for the mix bus, the output and the meters as a whole. */
  readonly strip: StripId;
  readonly rule: RuleId;
  /** Without the times of the rule's row: those are the warning's business. */
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** At most six ASCII characters. */
  readonly short: string;
  readonly advice: string;
}

/** Which severities may not be found now, because something was just started or a hand is still at work. */
export interface Restraint {
  /** The first seconds after a start, a locate, a reconnect: alarms only. */
  readonly starting: boolean;
  /** The first seconds after a hand moved trim or fader of the strip: no advice yet. */
  readonly touched: boolean;
}

/** One rule at one strip. Mutable: it belongs to one assessor. */
export interface Judge {
  /** What changed, if anything did. */
  judge(found: Found | undefined, name: string, restraint: Restraint): VerdictChange | undefined;
  /** A latched finding was acknowledged: the next one is a new one, and its worst number its own. */
  forget(): void;
}

/** A judge that knows nothing yet: its verdict is `unknown` until it says otherwise. */
export function createJudge(strip: StripId, rule: Rule, place: Place): Judge {
  /** What was told last; undefined after an acknowledgement, so that whatever is found next is told. */
  let told: Verdict | undefined = 'unknown';
  let severity: Severity = rule.severity;
  let step = -1;
  let stated: number | undefined;
  let statedStep = -1;
  let statedName = '';
  let short = '';
  let advice = '';
  /** From a raise on until the next clear (or acknowledgement): the texts follow the number. */
  let speaking = false;
  /** What was lost is lost: a latched rule tells the worst it found. */
  let worst = Number.NEGATIVE_INFINITY;

  function silence(): void {
    speaking = false;
    stated = undefined;
    step = -1;
    worst = Number.NEGATIVE_INFINITY;
  }

  /** Whether the texts have to be made anew, and made so. */
  function state(value: number, name: string): boolean {
    step = stepOf(rule, value, step);
    const moved = stated === undefined || Math.abs(value - stated) >= rule.restateStep;
    if (!moved && step === statedStep && name === statedName) return false;
    stated = value;
    statedStep = step;
    statedName = name;
    const reached = rule.steps[step];
    const nextSeverity = reached?.severity ?? rule.severity;
    const nextShort = fillShort(rule.short, value);
    const nextAdvice = fillAdvice(reached?.advice ?? place.advice, name, value);
    const changed = nextSeverity !== severity || nextShort !== short || nextAdvice !== advice;
    severity = nextSeverity;
    short = nextShort;
    advice = nextAdvice;
    return changed;
  }

  return {
    judge(found, name, restraint) {
      const crossed = sideOf(rule, found);
      if (crossed === 'raise' && rule.latched) worst = Math.max(worst, found?.value ?? worst);
      const value = rule.latched && speaking ? worst : found?.value;
      if (!speaking) stated = undefined;
      const restated =
        (crossed === 'raise' || (crossed === 'hold' && speaking)) && value !== undefined && state(value, name);
      const verdict = crossed === 'raise' && isRestrained(severity, restraint) ? 'hold' : crossed;
      if (verdict === 'raise') speaking = true;
      if (verdict === 'clear' && !rule.latched) silence();
      if (verdict === told && !(restated && speaking)) return undefined;
      told = verdict;
      return {strip, rule: rule.id, verdict, severity, short, advice};
    },
    forget() {
      silence();
      told = undefined;
    },
  };
}

function sideOf(rule: Rule, found: Found | undefined): Verdict {
  if (found === undefined) return 'unknown';
  if (found.toClear !== undefined && isPast(rule.clear, found.toClear)) return 'clear';
  if (found.toRaise !== undefined && isPast(rule.raise, found.toRaise)) return 'raise';
  return 'hold';
}

function isRestrained(severity: Severity, {starting, touched}: Restraint): boolean {
  return (starting && severity < 4) || (touched && severity < 3);
}

/** The highest step the value has reached, −1 for none; a step is left only 1.5 below its edge. */
function stepOf(rule: Rule, value: number, current: number): number {
  return rule.steps.findLastIndex(({above}, index) => value > above || (index <= current && value >= above - stepBack));
}
