import {DeskError} from '../../model/problem.ts';
import type {Check, Level} from '../conform/check.ts';
import {allChecks} from '../conform/checks.ts';
import {conformReport, outcomeLines, summaryLines} from '../conform/report.ts';
import {runChecks} from '../conform/run.ts';
import {sourceOf} from '../conform/source.ts';
import {readKitData} from '../conform/vectors.ts';
import {exitCode} from '../exit-code.ts';

export interface ConformOptions {
  readonly json?: boolean;
  /** The highest level to be tried. */
  readonly level?: Level;
  /** Names of checks; all if absent. */
  readonly only?: readonly string[];
}

/** Holds a firmware against the specification: behind a serial port, or as a program. Status 3 if it does not conform. */
export async function conformFirmware(
  name: string,
  given: readonly string[],
  {json, level, only}: ConformOptions,
): Promise<number> {
  const data = await readKitData();
  const checks = chosen(allChecks(data), only);
  const source = await sourceOf(name, given);
  const write = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
  try {
    const result = await runChecks({
      source,
      checks,
      data,
      ...(level !== undefined && {upTo: level}),
      ask: process.stdin.isTTY && !json ? (please) => write([`     ${please}`]) : undefined,
      ...(!json && {told: (outcome) => write(outcomeLines(outcome))}),
    });
    const report = conformReport(source, result);
    if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else write(['', ...summaryLines(report)]);
    return report.conforms ? exitCode.ok : exitCode.problemsFound;
  } finally {
    await source.close();
  }
}

function chosen(checks: readonly Check[], only: readonly string[] | undefined): readonly Check[] {
  if (only === undefined) return checks;
  const missing = only.find((name) => !checks.some(({id}) => id === name));
  if (missing === undefined) return checks.filter(({id}) => only.includes(id));
  const alike = checks.filter(({id}) => id.includes(missing)).map(({id}) => id);
  const names = alike.length > 0 ? alike : checks.map(({id}) => id);
  throw new DeskError('usage', `There is no check "${missing}"\nThere are: ${names.join(', ')}.`);
}
