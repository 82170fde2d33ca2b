import {type AssessorOptions, createAssessor} from '../../gain/assess.ts';
import type {Rule} from '../../gain/rule.ts';
import {ruleTable} from '../../gain/rules.ts';
import type {VerdictChange} from '../../gain/verdict.ts';
import type {MeterFrame} from '../../model/meter.ts';
import type {StripId} from '../../model/mixer.ts';
import type {RuleId, Severity, Warning} from '../../model/warning.ts';
import {createWarningBoard} from '../warning-board.ts';
import {createVirtualClock} from './virtual-clock.ts';

/** Where a warning stood, in seconds from the beginning. */
export interface TimeRange {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** A rule that spoke at a strip, and all the times it did. */
export interface LoggedWarning {
  readonly rule: RuleId;
  /** `masterId` for the bus and the output. */
  readonly strip: StripId;
  readonly severity: Severity;
  readonly short: string;
  readonly advice: string;
  /** In order, without overlaps. */
  readonly ranges: readonly TimeRange[];
}

/** Hears the meters of a session from beginning to end, and notes what the desk would have said. */
export interface WarningLog {
  push(frame: MeterFrame): void;
  /** Ends what still stands, most severe first. Nothing may be pushed after. */
  warnings(): readonly LoggedWarning[];
}

/** How often the desk asks for verdicts. */
const verdictMs = 40;
/** Ranges that lie closer are told as one. */
const nearSeconds = 3;

type Texts = Pick<Warning, 'severity' | 'short' | 'advice'>;

interface Entry {
  readonly rule: RuleId;
  readonly strip: StripId;
  severity: Severity;
  short: string;
  advice: string;
  openSeconds: number | undefined;
  ranges: TimeRange[];
}

/**
 * The desk's own assessor and its own warning statecharts, on a clock that follows the tape. A range begins where the cause was found, not where the warning was raised
 * after its time; of latched rules, which stay until acknowledged, the ranges are those in which the cause lasted.
 */
export function createWarningLog(options: AssessorOptions): WarningLog {
  const {sampleRate, mixer, rules = ruleTable} = options;
  const clock = createVirtualClock();
  const assessor = createAssessor(options);
  const board = createWarningBoard(clock, () => undefined);
  const entries = new Map<string, Entry>();
  const rowOf = (rule: RuleId): Rule | undefined => rules.find(({id}) => id === rule);
  /** What was said last while a rule found something: later texts tell how it gets better. */
  const found = new Map<string, Texts>();
  let standing: readonly Warning[] = [];
  let askedMs = Number.NEGATIVE_INFINITY;
  let endSeconds = 0;

  function entryOf(rule: RuleId, strip: StripId): Entry {
    const key = `${rule} ${strip}`;
    const known = entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = {rule, strip, severity: 1, short: '', advice: '', openSeconds: undefined, ranges: []};
    entries.set(key, entry);
    return entry;
  }

  /** Keeps the texts of the worst. */
  function tell(entry: Entry, texts: Texts | undefined): void {
    if (texts === undefined || texts.advice === '' || weightOf(texts) < weightOf(entry)) return;
    const {severity, short, advice} = texts;
    Object.assign(entry, {severity, short, advice});
  }

  function begin(entry: Entry, seconds: number): void {
    entry.openSeconds ??= Math.max(0, seconds);
  }

  function end(entry: Entry, seconds: number): void {
    if (entry.openSeconds === undefined) return;
    entry.ranges = joined(entry.ranges, {
      fromSeconds: entry.openSeconds,
      toSeconds: Math.max(entry.openSeconds, seconds),
    });
    entry.openSeconds = undefined;
  }

  function note(changes: readonly VerdictChange[], atSeconds: number, sinceSeconds: number): void {
    for (const change of changes) {
      if (change.verdict === 'raise') found.set(`${change.rule} ${change.strip}`, change);
      if (rowOf(change.rule)?.latched !== true) continue;
      if (change.verdict === 'raise') {
        const entry = entryOf(change.rule, change.strip);
        tell(entry, change);
        begin(entry, sinceSeconds);
      } else {
        const entry = entries.get(`${change.rule} ${change.strip}`);
        if (entry !== undefined) end(entry, sinceSeconds);
      }
    }
    endSeconds = atSeconds;
  }

  function follow(): void {
    if (board.standing === standing) return;
    const before = standing;
    standing = board.standing;
    const key = ({rule, strip}: Warning): string => `${rule} ${strip}`;
    const now = new Set(standing.map(key));
    for (const warning of standing) {
      const row = rowOf(warning.rule);
      if (row?.latched === true) continue;
      const entry = entryOf(warning.rule, warning.strip);
      tell(entry, found.get(key(warning)));
      begin(entry, (warning.raisedAtMs - (row?.raiseAfterMs ?? 0)) / 1000);
    }
    for (const warning of before) {
      if (rowOf(warning.rule)?.latched === true || now.has(key(warning))) continue;
      end(entryOf(warning.rule, warning.strip), clock.now() / 1000);
    }
  }

  return {
    push(frame) {
      const startMs = (frame.atFrame * 1000) / sampleRate;
      const endMs = ((frame.atFrame + frame.frames) * 1000) / sampleRate;
      clock.advance(endMs);
      follow();
      assessor.push(frame, mixer, endMs);
      if (endMs - askedMs < verdictMs) return;
      const sinceMs = Math.max(0, Math.min(startMs, askedMs));
      askedMs = endMs;
      const changes = assessor.verdicts(endMs);
      note(changes, endMs / 1000, sinceMs / 1000);
      board.take(changes, endMs);
      follow();
    },
    warnings() {
      for (const entry of entries.values()) end(entry, Math.max(endSeconds, clock.now() / 1000));
      board.end();
      return [...entries.values()]
        .map(({rule, strip, severity, short, advice, ranges}) => ({rule, strip, severity, short, advice, ranges}))
        .sort((one, other) => other.severity - one.severity || start(one) - start(other));
    },
  };
}

/** How bad it is: by severity, then by the amount to be turned, which is the last number of an advice. */
function weightOf({severity, advice}: Texts): number {
  const amount = Number(advice.match(/\d+(?:\.\d+)?(?!.*\d)/)?.[0] ?? 0);
  return severity * 1000 + Math.min(999, amount);
}

function start({ranges}: LoggedWarning): number {
  return ranges[0]?.fromSeconds ?? 0;
}

/** The ranges with one more at the end; what lies near becomes one. */
function joined(ranges: readonly TimeRange[], next: TimeRange): TimeRange[] {
  const last = ranges.at(-1);
  if (last === undefined || next.fromSeconds - last.toSeconds > nearSeconds) return [...ranges, next];
  return [...ranges.slice(0, -1), {fromSeconds: last.fromSeconds, toSeconds: Math.max(last.toSeconds, next.toSeconds)}];
}
