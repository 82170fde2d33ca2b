import type {StripId} from '../model/mixer.ts';
import type {RuleId, Severity, Verdict} from '../model/warning.ts';
import type {Found} from './moment.ts';
import {isPast, type Rule, type Step, stepBack} from './rule.ts';
import type {Duty} from './rule-override.ts';
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
  /** The times of the rule as it holds at this strip, and whether it waits for an acknowledgement. */
  readonly raiseAfterMs: number;
  readonly clearAfterMs: number;
  readonly latched: boolean;
  /** Our own hand has mended it: it is past at once. */
  readonly mended?: true;
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
  /** What changed, if anything did; times in ms. `trimmedDb` is what the trim was changed by since the last call. */
  judge(
    found: Found | undefined,
    name: string,
    restraint: Restraint,
    nowMs: number,
    trimmedDb?: number,
  ): VerdictChange | undefined;
  /** A latched finding was acknowledged: the next one is a new one, and its worst number its own. */
  forget(): void;
}

/** A number in a text stays at least so long: nobody reads faster. */
const restateEveryMs = 500;
/** A number that leaps over so many steps is another finding, and told at once. */
const leapSteps = 3;

/** A judge that knows nothing yet: its verdict is `unknown` until it says otherwise. */
export function createJudge(strip: StripId, {rule, place}: Duty): Judge {
  const {raiseAfterMs, clearAfterMs, latched} = rule;
  const keepsHighest = latched || rule.keepsHighest === true;
  /** What was told last; undefined after an acknowledgement, so that whatever is found next is told. */
  let told: Verdict | undefined = 'unknown';
  let severity: Severity = rule.severity;
  let step = -1;
  let stated: number | undefined;
  let statedMs = Number.NEGATIVE_INFINITY;
  let statedStep = -1;
  let statedName = '';
  let statedCalm = false;
  let short = '';
  let advice = '';
  /** From a raise on until the next clear (or acknowledgement): the texts follow the number. */
  let speaking = false;
  let speakingSinceMs = 0;
  /** Of what was found since it was raised: what was lost is lost, and what a trim is to mend must mend the highest. */
  let highest = Number.NEGATIVE_INFINITY;

  function silence(): void {
    speaking = false;
    stated = undefined;
    step = -1;
    highest = Number.NEGATIVE_INFINITY;
  }

  /** Whether the texts have to be made anew, and made so. */
  function state(found: Found, value: number, name: string, calm: boolean, nowMs: number): boolean {
    step = stepOf(rule, value, step);
    const least = nowMs - statedMs >= restateEveryMs ? rule.restateStep : leapSteps * rule.restateStep;
    const moved = stated === undefined || Math.abs(value - stated) >= least;
    if (!moved && step === statedStep && name === statedName && calm === statedCalm) return false;
    stated = value;
    statedMs = nowMs;
    statedStep = step;
    statedName = name;
    statedCalm = calm;
    const reached = rule.steps[step];
    const nextSeverity = calm ? (rule.calms?.severity ?? severity) : (reached?.severity ?? rule.severity);
    const nextShort = fillShort(rule.short, value, found.words);
    const nextAdvice = fillAdvice(reached?.advice ?? place.advice, name, value, found.words);
    const changed = nextSeverity !== severity || nextShort !== short || nextAdvice !== advice;
    severity = nextSeverity;
    short = nextShort;
    advice = nextAdvice;
    return changed;
  }

  /** Whether a trim has brought down even the highest that was found. */
  function isMended(trimmedDb: number): boolean {
    if (!speaking || trimmedDb === 0 || rule.followsTrim !== true) return false;
    highest += trimmedDb;
    return isPast(rule.clear, highest);
  }

  return {
    judge(found, name, restraint, nowMs, trimmedDb = 0) {
      const crossed = isMended(trimmedDb) ? 'clear' : sideOf(rule, found);
      const mended = speaking && crossed === 'clear' && (trimmedDb !== 0 || found?.byHand === true);
      if (crossed === 'raise') highest = Math.max(highest, found?.value ?? highest);
      const value = keepsHighest && speaking ? highest : found?.value;
      if (!speaking) stated = undefined;
      const calm = speaking && rule.calms !== undefined && nowMs >= speakingSinceMs + raiseAfterMs + rule.calms.afterMs;
      const tells = crossed === 'raise' || (crossed === 'hold' && speaking);
      const restated = tells && found !== undefined && value !== undefined && state(found, value, name, calm, nowMs);
      const verdict = crossed === 'raise' && isRestrained(severity, restraint) ? 'hold' : crossed;
      if (verdict === 'raise') {
        if (!speaking) speakingSinceMs = nowMs;
        speaking = true;
      }
      if (verdict === 'clear' && !latched) silence();
      if (verdict === told && !(restated && speaking) && !mended) return undefined;
      told = verdict;
      const change = {strip, rule: rule.id, verdict, severity, short, advice, raiseAfterMs, clearAfterMs, latched};
      return mended ? {...change, mended} : change;
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

/** The furthest step the value has reached, −1 for none; a step is left only `stepBack` before its edge. */
function stepOf(rule: Rule, value: number, current: number): number {
  const back = rule.stepBack ?? stepBack;
  return rule.steps.findLastIndex(
    (step, index) => reaches(step, value, 0) || (index <= current && reaches(step, value, back)),
  );
}

function reaches(step: Step, value: number, back: number): boolean {
  const past = 'above' in step ? value - step.above : step.below - value;
  return back === 0 ? past > 0 : past >= -back;
}
