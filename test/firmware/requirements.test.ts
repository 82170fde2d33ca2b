import {existsSync, readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {projectFile} from '../project.ts';
import {readVectors} from './vector.ts';

interface Row {
  readonly id: string;
  readonly shownBy: string;
}

const rows: readonly Row[] = readFileSync(projectFile('firmware-protocol/README.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, shownBy] = /^\| (R\d+) +\|.*\| ([^|]+) \|$/.exec(line) ?? [];
    return id === undefined || shownBy === undefined ? [] : [{id, shownBy}];
  });
const folder = projectFile('firmware-protocol/transcripts/');
const transcripts = new Map<string, {readonly shows: readonly string[]}>(
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]),
);

/** What stands in backticks behind a word: `transcripts `loss`, `reliable``. */
function named(what: string, {shownBy}: Row): readonly string[] {
  return [...shownBy.matchAll(new RegExp(`${what}s? ((?:\`[a-z-]+\`(?:, )?)+)`, 'g'))].flatMap(
    ([, names]) => names?.match(/[a-z-]+/g) ?? [],
  );
}

test('every requirement R1 to R22 stands in the table once, with what shows it', (t) => {
  t.deepEqual(
    rows.map(({id}) => id),
    Array.from({length: 22}, (_, index) => `R${index + 1}`),
  );
});

for (const row of rows) {
  test(`what shows ${row.id} is there`, (t) => {
    const files = [...row.shownBy.matchAll(/`([\w./-]+\.(?:ts|sh))`/g)].flatMap(([, file]) => file ?? []);
    const [played, vectors] = [named('transcript', row), named('vector', row)];
    t.true(files.length + played.length > 0, row.shownBy);
    for (const file of files) t.true(existsSync(projectFile(file)), file);
    for (const name of played) t.true(transcripts.get(name)?.shows.includes(row.id), `${name} does not show ${row.id}`);
    const {frames, refused, reports, descriptors} = readVectors();
    const groups = new Set([...frames, ...refused].map(({group}) => group));
    const others = new Map([
      ['descriptors', descriptors.length],
      ['reports', reports.length],
    ]);
    for (const group of vectors) t.true(groups.has(group) || (others.get(group) ?? 0) > 0, `no vectors "${group}"`);
  });
}

test('every transcript is named by the requirements that it shows', (t) => {
  for (const [name, {shows}] of transcripts) {
    t.true(
      rows.some((row) => shows.includes(row.id) && named('transcript', row).includes(name)),
      `${name} (${shows.join(', ')})`,
    );
  }
});
