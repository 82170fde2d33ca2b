/**
 * npm run bench [-- name…] [-- --json FILE] [-- --strict]
 *
 * Runs all benches, or those named, and prints a table; `--json` writes the figures to a file (`-` for standard output) as well.
 * Exit code 1 if a bench fails, or with `--strict` if a bar is missed; 2 if a name is unknown.
 */
import {writeFile} from 'node:fs/promises';
import os from 'node:os';
import {parseArgs} from 'node:util';
import {automationBench} from './automation.ts';
import {type Bench, type Figure, isOk, type Result} from './bench.ts';
import {bounceBench} from './bounce.ts';
import {deskBench} from './desk.ts';
import {driversBench} from './drivers.ts';
import {engineBench} from './engine.ts';
import {figuresBench} from './figures.ts';
import {gainBench} from './gain.ts';
import {kernelBench} from './kernel.ts';
import {keysBench} from './keys.ts';
import {lampBench} from './lamp.ts';
import {lanesBench} from './lanes.ts';
import {liveBench} from './live.ts';
import {memoryBench} from './memory.ts';
import {metersBench} from './meters.ts';
import {serialBench} from './serial.ts';
import {startBench} from './start.ts';
import {stemsBench} from './stems.ts';
import {surfacesBench} from './surfaces.ts';

const benches: readonly Bench[] = [
  kernelBench,
  lanesBench,
  engineBench,
  gainBench,
  stemsBench,
  deskBench,
  surfacesBench,
  keysBench,
  lampBench,
  serialBench,
  driversBench,
  startBench,
  memoryBench,
  bounceBench,
  metersBench,
  figuresBench,
  automationBench,
  liveBench,
];

interface Report {
  readonly name: string;
  readonly about: string;
  readonly figures: readonly (Figure & {readonly ok: boolean})[];
  readonly error?: string;
}

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {json: {type: 'string'}, strict: {type: 'boolean', default: false}},
});
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No bench is called ${unknown.join(', ')}. There are: ${benches.map(({name}) => name).join(', ')}.\n`,
  );
  process.exit(2);
}

const quiet = values.json === '-';
const reports: Report[] = [];
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
  if (!quiet) process.stdout.write(`${bench.name}: ${bench.about}\n`);
  const report = await runBench(bench);
  reports.push(report);
  if (!quiet) process.stdout.write(`${table(report)}\n`);
}

const machine = {
  processor: os.cpus()[0]?.model ?? '',
  cores: os.cpus().length,
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};
const json = `${JSON.stringify({machine, benches: reports}, null, 2)}\n`;
if (quiet) process.stdout.write(json);
else if (values.json !== undefined) await writeFile(values.json, json);

const broken = reports.some(({error}) => error !== undefined);
const missed = reports.some(({figures}) => figures.some(({ok}) => !ok));
// Native audio threads may outlive their work.
process.exit(broken || (values.strict && missed) ? 1 : 0);

async function runBench({name, about, run}: Bench): Promise<Report> {
  let result: Result = {figures: []};
  try {
    result = await run();
  } catch (error) {
    return {name, about, figures: [], error: error instanceof Error ? error.message : String(error)};
  }
  return {name, about, figures: result.figures.map((figure) => ({...figure, ok: isOk(figure)}))};
}

function table({figures, error}: Report): string {
  if (error !== undefined) return `  failed: ${error}\n`;
  const rows = figures.map((figure) => [figure.name, shown(figure), promised(figure), figure.note ?? '']);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = ([name = '', value = '', bar = '', note = '']: string[]): string =>
    `  ${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${bar.padEnd(widths[2] ?? 0)}  ${note}`.trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}

function shown({value, unit}: Figure): string {
  if (value === undefined) return '–';
  const size = Math.abs(value);
  const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
  return `${value.toFixed(digits)} ${unit}`;
}

function promised(figure: Figure & {readonly ok: boolean}): string {
  if (figure.bar === undefined) return '';
  const bar = 'atMost' in figure.bar ? `at most ${figure.bar.atMost}` : `at least ${figure.bar.atLeast}`;
  return `${bar} ${figure.ok ? 'ok' : 'MISSED'}`;
}
