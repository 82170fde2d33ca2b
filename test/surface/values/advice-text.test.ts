import test from 'ava';
import fc from 'fast-check';
import {
  type AdvicePage,
  advicePages,
  pageAt,
  pageTicks,
  readingTicks,
  type TextArea,
  textAreaOf,
} from '../../../src/surface/advice-text.ts';
import {proposalText} from '../../../src/surface/proposal-text.ts';
import {fullSurface} from '../render/small-desk.ts';

const hot = 'Kick peaks at -5 dBFS. Trim down 4 dB.';

const rows: readonly (readonly [text: string, area: TextArea, pages: readonly AdvicePage[]])[] = [
  [
    hot,
    {strips: 8, cells: 6},
    [
      [
        ['Kick', ''],
        ['peaks', ''],
        ['at -5', ''],
        ['dBFS.', ''],
        ['Trim', ''],
        ['down 4', ''],
        ['dB.', ''],
        ['', ''],
      ],
    ],
  ],
  [hot, {strips: 1, cells: 7}, [[['Kick', 'peaks']], [['at -5', 'dBFS.']], [['Trim', 'down 4']], [['dB.', '']]]],
  [
    hot,
    {strips: 2, cells: 14},
    [
      [
        ['Kick peaks at', 'down 4 dB.'],
        ['-5 dBFS. Trim', ''],
      ],
    ],
  ],
  [
    'Only modelled processors',
    {strips: 3, cells: 6},
    [
      [
        ['Only', 'proce-'],
        ['model-', 'ssors'],
        ['led', ''],
      ],
    ],
  ],
  ['', {strips: 8, cells: 6}, []],
  [hot, {strips: 0, cells: 6}, []],
];

for (const [text, area, pages] of rows) {
  test(`“${text.slice(0, 12)}…” on ${area.strips} × ${area.cells}`, (t) => t.deepEqual(advicePages(text, area), pages));
}

const area = fc.record({strips: fc.integer({min: 1, max: 16}), cells: fc.integer({min: 3, max: 14})});
const sentence = fc.array(fc.stringMatching(/^[A-Za-z0-9.,]{1,20}$/), {minLength: 1, maxLength: 30});

function spelled(pages: readonly AdvicePage[]): string {
  const islands = pages.flatMap((page) => [...page.map(([top]) => top), ...page.map(([, bottom]) => bottom)]);
  return islands.filter((island) => island !== '').join(' ');
}

test('nothing is lost and nothing overflows, whatever the sentence and the displays', (t) => {
  fc.assert(
    fc.property(sentence, area, (words, at) => {
      const pages = advicePages(words.join(' '), at);
      const fits = pages.every(
        (page) => page.length === at.strips && page.flat().every((line) => line.length <= at.cells),
      );
      return fits && spelled(pages).replace(/- /g, '') === words.join(' ');
    }),
  );
  t.pass();
});

test('what no display can show is shown by its likeness', (t) => {
  t.regex(spelled(advicePages('Größe −3 dB – ok', {strips: 8, cells: 7})), /^[ -~]+$/);
});

test('each page stays long enough to be read, and after the last comes the first', (t) => {
  fc.assert(
    fc.property(sentence, area, fc.nat(5000), (words, at, ticks) => {
      const pages = advicePages(words.join(' '), at);
      const shown = pageAt(pages, ticks);
      return (
        shown !== undefined &&
        pageTicks(shown) >= 30 &&
        pageAt(pages, ticks + readingTicks(pages)) === shown &&
        pageAt(pages, 0) === pages[0] &&
        pageAt(pages, readingTicks(pages) - 1) === pages.at(-1)
      );
    }),
  );
  t.is(pageAt([], 7), undefined);
});

test('a unit spells on all its scribble strips, or has none', (t) => {
  t.deepEqual(textAreaOf(fullSurface(4)), {strips: 4, cells: 7});
  t.is(textAreaOf({...fullSurface(), outputs: new Map()}), undefined);
});

const change = (toDb: number) => ({type: 'change', fromDb: 0, toDb, limited: false}) as const;

for (const [what, toDb, cells, text] of [
  ['trim', -4, 7, 'TRIM-4?'],
  ['trim', -4, 6, 'TR-4?'],
  ['trim', 6.5, 7, 'TR+6.5?'],
  ['trim', 6.5, 6, 'T+6.5?'],
  ['trim', -12.5, 6, '-12.5?'],
  ['trim', -12.5, 14, 'TRIM-12.5?'],
  ['trim', 0, 6, 'TRIM0?'],
  ['level', -4, 6, 'LEV-4?'],
  ['level', -4, 8, 'LEVEL-4?'],
] as const) {
  test(`${what} ${toDb} dB proposed on ${cells} cells is ${text}`, (t) => {
    t.is(proposalText(what, change(toDb), cells), text);
  });
}

test('no proposal of half a dB is cut short of its number on six cells', (t) => {
  for (let halves = -180; halves <= 48; halves++) {
    const text = proposalText('level', change(halves / 2), 6);
    t.true(text.endsWith('?') && text.length <= 6 && Number(text.replace(/^[A-Z]*|\?/g, '')) === halves / 2, text);
  }
  t.is(proposalText('trim', {type: 'fine'}, 6), 'FITS');
  t.is(proposalText('trim', {type: 'silent'}, 6), 'SILENT');
});
