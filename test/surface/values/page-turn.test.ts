import test from 'ava';
import fc from 'fast-check';
import type {Page} from '../../../src/model/view.ts';
import {canTurnPage, turnedOffset} from '../../../src/surface/page-turn.ts';

/** A page whose slots are written as `x` for a parameter and `-` for none. */
const page = (slots: string): Page => ({
  id: 'p',
  name: 'P',
  short: 'PP',
  slots: Array.from(slots, (slot) => (slot === 'x' ? 'pan' : null)),
});
const two = page('xxxxxxxxxxx-----');

const rows: readonly (readonly [law: string, page: Page, offset: number, bankSize: number, by: 1 | -1, to: number])[] =
  [
    ['eight encoders turn by eight', two, 0, 8, 1, 8],
    ['and back', two, 8, 8, -1, 0],
    ['the last page is the last', two, 8, 8, 1, 8],
    ['the first is the first', two, 0, 8, -1, 0],
    ['what is all in sight needs no turning', two, 0, 16, 1, 0],
    ['sixteen encoders turn three pages by one', page('x'.repeat(24)), 0, 16, 1, 8],
    ['and no further', page('x'.repeat(24)), 8, 16, 1, 8],
    ['a single encoder walks slot by slot', two, 0, 1, 1, 1],
    ['and over gaps', page('x--x----'), 0, 1, 1, 3],
    ['and stops before gaps that lead nowhere', two, 10, 1, 1, 10],
    ['a page without parameters is passed over', page('x------- -------x-------'.replaceAll(' ', '-')), 0, 8, 1, 16],
  ];

for (const [law, shown, pageOffset, bankSize, by, to] of rows) {
  test(law, (t) => {
    const view = {page: shown, pageOffset, bankSize};
    t.is(turnedOffset(view, by), to);
    t.is(canTurnPage(view, by), to !== pageOffset);
  });
}

test('without a page there is nothing to turn', (t) => {
  t.false(canTurnPage({page: undefined, pageOffset: 0, bankSize: 8}, 1));
  t.is(turnedOffset({page: undefined, pageOffset: 0, bankSize: 8}, -1), 0);
});

test('turning never leaves the page, and every parameter can be reached', (t) => {
  const anyPage = fc
    .array(fc.constantFrom('x', '-'), {minLength: 8, maxLength: 32})
    .map((slots) => page(slots.join('')));
  fc.assert(
    fc.property(anyPage, fc.integer({min: 1, max: 24}), (shown, bankSize) => {
      const seen = new Set<number>();
      let pageOffset = 0;
      for (let turn = 0; turn < 40; turn++) {
        for (let place = pageOffset; place < pageOffset + bankSize; place++) seen.add(place);
        const next = turnedOffset({page: shown, pageOffset, bankSize}, 1);
        if (next < 0 || next >= shown.slots.length) return false;
        pageOffset = next;
      }
      return shown.slots.every((slot, place) => slot === null || seen.has(place));
    }),
  );
  t.pass();
});
