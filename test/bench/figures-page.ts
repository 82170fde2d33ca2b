/**
 * node --import=tsx test/bench/figures-page.ts figures.json
 *
 * Puts the table of the bench `figures` into docs/measured.md, from what `npm run bench -- figures --json figures.json` wrote: a row for each measure,
 * a column for each sample rate.
 */
import {readFile, writeFile} from 'node:fs/promises';
import type {Figure} from './bench.ts';

const page = new URL('../../docs/measured.md', import.meta.url);
const [from = 'figures.json'] = process.argv.slice(2);
const columns = ['44.1 kHz', '48 kHz', '96 kHz', '192 kHz'];
const [begin, end] = ['<!-- figures -->', '<!-- end of figures -->'];

interface Report {
  readonly machine: {readonly node: string};
  readonly benches: readonly {readonly name: string; readonly figures: readonly (Figure & {readonly ok: boolean})[]}[];
}

const {benches, machine}: Report = JSON.parse(await readFile(from, 'utf8'));
const figures = benches.find(({name}) => name === 'figures')?.figures ?? [];
const rows = new Map<string, {cells: Map<string, string>; bar: string}>();
for (const figure of figures) {
  const rate = columns.find((column) => figure.name.includes(`, ${column}`)) ?? '';
  const name = rate === '' ? figure.name : figure.name.replace(`, ${rate}`, '');
  const row = rows.get(name) ?? {cells: new Map<string, string>(), bar: ''};
  row.cells.set(rate, `${shown(figure.value)} ${figure.unit}`);
  if (figure.bar) row.bar = 'atMost' in figure.bar ? `≤ ${figure.bar.atMost}` : `≥ ${figure.bar.atLeast}`;
  rows.set(name, row);
}
const lines = [
  `| measured | ${columns.join(' | ')} | bar |`,
  '| --- | --- | --- | --- | --- | --- |',
  ...[...rows].map(([name, {cells, bar}]) => {
    const own = columns.map((column) => cells.get(column) ?? '');
    const one = cells.get('');
    return `| ${name} | ${(one === undefined ? own : [one, '', '', '']).join(' | ')} | ${bar} |`;
  }),
  '',
  `${figures.length} figures, ${figures.filter(({ok}) => !ok).length} of them past their bar; Node ${machine.node}.`,
];
const text = await readFile(page, 'utf8');
const [before = '', rest = ''] = text.split(begin);
const [, after = ''] = rest.split(end);
await writeFile(page, `${before}${begin}\n\n${lines.join('\n')}\n\n${end}${after}`);

function shown(value: number | undefined): string {
  if (value === undefined) return '–';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(2)));
}
