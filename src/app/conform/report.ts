import {plainText} from '../../model/problem.ts';
import {type Level, levelNames, levels} from './check.ts';
import type {Outcome, RunResult} from './run.ts';
import type {TargetSource} from './target.ts';

/** What became of the checks of one level. */
export interface LevelReport {
  readonly level: Level;
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly notExercised: number;
}

/** The report of a run as JSON says it. */
export interface ConformReport {
  readonly schemaVersion: 1;
  readonly target: {readonly name: string; readonly kind: string};
  readonly device: {readonly serial: string; readonly firmware: string; readonly descriptorCheck: number} | undefined;
  /** Whether nothing failed. */
  readonly conforms: boolean;
  /** The highest level up to which nothing failed and something was shown at each; undefined if there is none. */
  readonly reached: Level | undefined;
  readonly levels: readonly LevelReport[];
  readonly checks: readonly {
    readonly id: string;
    readonly level: Level;
    readonly requirements: readonly string[];
    readonly law: string;
    readonly state: Outcome['state'];
    readonly faults: readonly string[];
  }[];
}

/** Counts and lists what became of each check. */
export function conformReport({name, kind}: TargetSource, {acquaintance, outcomes}: RunResult): ConformReport {
  const rows = levels.flatMap((level): readonly LevelReport[] => {
    const own = outcomes.filter(({check}) => check.level === level);
    const count = (state: Outcome['state']): number => own.filter((outcome) => outcome.state === state).length;
    if (own.length === 0) return [];
    return [
      {
        level,
        name: levelNames[level],
        passed: count('passed'),
        failed: count('failed'),
        notExercised: count('not exercised'),
      },
    ];
  });
  const stop = rows.findIndex(({passed, failed}) => failed > 0 || passed === 0);
  const hello = acquaintance?.hello;
  return {
    schemaVersion: 1,
    target: {name, kind},
    device: hello && {
      serial: hello.serial,
      firmware: hello.firmware.join('.'),
      descriptorCheck: hello.descriptorCheck,
    },
    conforms: outcomes.every(({state}) => state !== 'failed'),
    reached: (stop < 0 ? rows : rows.slice(0, stop)).at(-1)?.level,
    levels: rows,
    checks: outcomes.map(({check: {id, level, requirements, law}, state, faults}) => ({
      id,
      level,
      requirements,
      law,
      state,
      faults,
    })),
  };
}

/** A check that ended, as a line and its faults below. */
export function outcomeLines({check, state, faults}: Outcome): readonly string[] {
  const mark = state === 'passed' ? 'ok  ' : state === 'failed' ? 'FAIL' : '--  ';
  const head = `${mark} ${check.id.padEnd(28)} ${plainText(check.law)} (${check.requirements.join(', ')})`;
  return [head, ...faults.slice(0, 5).map((fault) => `       ${plainText(fault)}`)];
}

/** The table at the end, and what it comes to. */
export function summaryLines({levels: rows, conforms, reached, target}: ConformReport): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `${(cells[0] ?? '').padEnd(36)}${cells
      .slice(1)
      .map((cell) => cell.padStart(10))
      .join('')}`.trimEnd();
  const failed = rows.reduce((sum, row) => sum + row.failed, 0);
  const end = conforms
    ? `${plainText(target.name)} conforms, shown up to ${reached ?? 'no level'}.`
    : `${plainText(target.name)} does not conform: ${failed} ${failed === 1 ? 'check' : 'checks'} failed.`;
  return [
    line(['level', 'passed', 'failed', 'not exercised'.padStart(15)]),
    ...rows.map((row) =>
      line([`${row.level} ${row.name}`, String(row.passed), String(row.failed), String(row.notExercised).padStart(15)]),
    ),
    end,
  ];
}
