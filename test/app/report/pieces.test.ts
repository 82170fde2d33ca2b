import test from 'ava';
import fc from 'fast-check';
import {escaped} from '../../../src/app/report/html-text.ts';
import {percentile} from '../../../src/app/report/number-list.ts';
import {timeAxis} from '../../../src/app/report/plot.ts';
import {clock, level, rangesText, signed} from '../../../src/app/report/report-words.ts';
import {cellsOf, cutTo, table, wrapped} from '../../../src/app/report/text-table.ts';
import {proposeTrim} from '../../../src/app/report/trim-proposal.ts';
import {createVirtualClock} from '../../../src/app/report/virtual-clock.ts';
import {anyText} from '../../any-text.ts';

test('a trim is proposed outside the window only, and lands in its middle to half a dB', (t) => {
  for (const level of [-12, -9, -6]) t.is(proposeTrim(level, 3), undefined);
  t.is(proposeTrim(undefined, 0), undefined);
  t.is(proposeTrim(Number.NEGATIVE_INFINITY, 0), undefined);
  t.deepEqual(proposeTrim(-2, 0), {fromDb: 0, toDb: -7, faderDb: 7, limited: false});
  t.deepEqual(proposeTrim(-22.4, 2), {fromDb: 2, toDb: 15.5, faderDb: -13.5, limited: false});
  t.deepEqual(proposeTrim(-48, 0), {fromDb: 0, toDb: 24, faderDb: -24, limited: true});
  fc.assert(
    fc.property(fc.double({min: -40, max: 12, noNaN: true}), fc.integer({min: -24, max: 24}), (peak, trim) => {
      const proposal = proposeTrim(peak, trim);
      if (proposal === undefined || proposal.limited) return true;
      return Math.abs(peak + proposal.toDb - trim + 9) <= 0.25 + 1e-9;
    }),
  );
});

test('on a virtual clock everything falls due at its own time, in order', (t) => {
  const time = createVirtualClock();
  const told: string[] = [];
  time.after(30, () => told.push(`late ${time.now()}`));
  time.after(10, () => {
    told.push(`early ${time.now()}`);
    time.after(5, () => told.push(`chained ${time.now()}`));
  });
  const cancel = time.after(12, () => told.push('never'));
  time.soon(() => told.push(`soon ${time.now()}`));
  cancel();
  time.advance(20);
  t.deepEqual(told, ['soon 0', 'early 10', 'chained 15']);
  time.advance(5);
  t.is(time.now(), 20);
  time.advance(100);
  t.is(told.at(-1), 'late 30');
});

test('times, levels and ranges as people read them', (t) => {
  t.is(clock(62.7), '1:02');
  t.is(clock(4.25, true), '0:04.2');
  t.is(level(Number.NEGATIVE_INFINITY), '-inf');
  t.is(level(undefined), '-');
  t.is(level(0.04), '0.0');
  t.is(signed(2.5), '+2.5');
  const range = (fromSeconds: number, toSeconds: number) => ({fromSeconds, toSeconds});
  t.is(rangesText([range(42.3, 50.2)]), '0:42-0:51');
  t.is(
    rangesText([range(3, 3.1), range(10, 20), range(30, 40), range(50, 60), range(70, 80)]),
    '0:03, 0:10-0:20, 0:30-0:40 and 2 more times',
  );
});

test('no line is wider than 80 cells, and no word is lost', (t) => {
  const word = fc.string({unit: fc.constantFrom('a', 'é', '字', '🎸', '́', '-'), minLength: 1, maxLength: 120});
  fc.assert(
    fc.property(fc.array(word, {minLength: 1, maxLength: 30}), (words) => {
      const lines = wrapped(words.join(' '), '  - ', '    ');
      const kept = lines.map((line, index) => (index === 0 ? line.replace('  - ', '') : line)).join('');
      return lines.every((line) => cellsOf(line) <= 80) && kept.replaceAll(' ', '') === words.join('');
    }),
  );
  fc.assert(
    fc.property(fc.array(word, {minLength: 1, maxLength: 8}), (names) => {
      const rows = names.map((name) => [name, '-12.0', '-inf', '0.0 > +13.5']);
      return table(['name', 'a', 'b', 'trim'], rows).every((line) => cellsOf(line) <= 80);
    }),
  );
  t.is(cutTo('Electric Guitar', 9), 'Electric~');
});

test('no text can leave the place it is written to', (t) => {
  t.is(
    escaped('<script>"a" & \'b\'</script>\u0000\u202e'),
    '&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;',
  );
  fc.assert(fc.property(anyText(), (text) => !/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/.test(escaped(text))));
});

test('an axis of time has a few ticks, whatever its length', (t) => {
  fc.assert(
    fc.property(fc.double({min: 0, max: 100_000, noNaN: true}), (seconds) => {
      const {ticks} = timeAxis(seconds);
      return ticks.length >= 1 && ticks.length <= 9;
    }),
  );
  t.deepEqual(
    timeAxis(31.5).ticks.map(({label}) => label),
    ['0:00', '0:05', '0:10', '0:15', '0:20', '0:25', '0:30'],
  );
});

test('a percentile is one of the values', (t) => {
  t.is(percentile([], 0.5), undefined);
  t.is(percentile([3, 1, 2], 0), 1);
  t.is(percentile([3, 1, 2], 0.5), 2);
  t.is(percentile([3, 1, 2], 1), 3);
});
