import test from 'ava';
import fc from 'fast-check';
import {ruleIds} from '../../../src/model/warning.ts';
import {rgb565} from '../../../src/wire/longthrow/colours.ts';
import {meterLevel, meterLevelDb} from '../../../src/wire/longthrow/levels.ts';
import {textOf, utf8Of} from '../../../src/wire/longthrow/text.ts';
import {travelMessages, travelsOf} from '../../../src/wire/longthrow/travel.ts';
import {reasonNumber, reasons} from '../../../src/wire/longthrow/warning-list.ts';

test('levels of meters are half decibels below full scale', (t) => {
  const table = [
    [0, 0xf0],
    [-0.5, 0xef],
    [-119.5, 1],
    [6, 0xfc],
    [40, 0xfc],
    [-300, 0],
    [Number.NEGATIVE_INFINITY, 0],
  ] as const;
  for (const [levelDb, level] of table) t.is(meterLevel(levelDb), level, `${levelDb}`);
  t.is(meterLevelDb(0xf0), 0);
  t.is(meterLevelDb(0), Number.NEGATIVE_INFINITY);
  t.is(meterLevelDb(0xff), 6);
});

test('an unknown level is never shown as a level', (t) => {
  t.is(meterLevel(Number.NaN), 0xfe);
  t.is(meterLevelDb(0xfe), Number.NaN);
});

test('a level survives the wire within a quarter of a decibel', (t) => {
  fc.assert(
    fc.property(
      fc.double({min: -119.5, max: 6, noNaN: true}),
      (levelDb) => Math.abs(meterLevelDb(meterLevel(levelDb)) - levelDb) <= 0.25,
    ),
  );
  t.pass();
});

test('travels are said in the fewest messages, and the last of several of one fader counts', (t) => {
  const travel = fc.record({index: fc.integer({min: 0, max: 40}), value: fc.integer({min: 0, max: 65_535})});
  fc.assert(
    fc.property(fc.array(travel, {maxLength: 30}), (travels) => {
      const said = travelMessages('motors', travels).flatMap(travelsOf);
      const wanted = [...new Map(travels.map(({index, value}) => [index, value]))].sort(
        ([one], [other]) => one - other,
      );
      t.deepEqual(new Map(said.map(({index, value}) => [index, value])), new Map(wanted));
      t.is(said.length, wanted.length);
    }),
    {numRuns: 50},
  );
  t.is(
    travelMessages(
      'motors',
      Array.from({length: 8}, (_, index) => ({index, value: 1})),
    ).length,
    1,
  );
});

test('a text is cut between characters', (t) => {
  t.is(textOf(utf8Of('Bässe', 2)), 'B');
  t.is(textOf(utf8Of('Bässe', 3)), 'Bä');
  t.is(utf8Of('x'.repeat(99)).length, 32);
});

test('every rule has a reason, and only the nameless share "other"', (t) => {
  for (const rule of ruleIds) t.true(reasonNumber(rule) > 0, rule);
  t.is(reasons.length, 16);
  t.is(reasons[reasonNumber('clip.out')], 'clip');
  t.is(reasons[reasonNumber('bus.head')], 'headroom');
});

test('colours keep the upper bits of each part', (t) => {
  t.deepEqual([rgb565(255, 0, 0), rgb565(0, 255, 0), rgb565(0, 0, 255), rgb565(7, 3, 7)], [0xf800, 0x07e0, 0x001f, 0]);
});
