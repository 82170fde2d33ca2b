import test from 'ava';
import fc from 'fast-check';
import {ruleTable} from '../../src/gain/rules.ts';
import {fillAdvice, fillShort} from '../../src/gain/wording.ts';

test('short texts push their number to the right end', (t) => {
  t.is(fillShort('HOT{+value+9}', -5), 'HOT +4');
  t.is(fillShort('HOT{+value+9}', 3), 'HOT+12');
  t.is(fillShort('LOW{+value+9}', -16), 'LOW -7');
  t.is(fillShort('BUS{+value}', -2), 'BUS -2');
  t.is(fillShort('BUS{+value}', -0.02), 'BUS +0');
  t.is(fillShort('CLIP!', 0), 'CLIP!');
});

test('amounts to turn a control by are whole, rounded towards safety, and never nothing', (t) => {
  t.is(
    fillAdvice('{name} peaks at {value} dBFS. Trim down {value+9} dB.', 'Kick', -5),
    'Kick peaks at -5 dBFS. Trim down 4 dB.',
  );
  t.is(fillAdvice('Trim down {value+9} dB.', 'Kick', -4.9999), 'Trim down 4 dB.');
  t.is(fillAdvice('Trim down {value+9} dB.', 'Kick', -4.4), 'Trim down 5 dB.');
  t.is(fillAdvice('Only {-value} dB. Lower {value+6} dB.', '', -5.99), 'Only 6 dB. Lower 1 dB.');
  t.is(fillAdvice('Only {-value} dB. Lower {value+6} dB.', '', -5.4), 'Only 5 dB. Lower 1 dB.');
  t.is(fillAdvice('{value} dB over', '', 0.01), '1 dB over');
  t.is(fillAdvice('Only {-value} dB', '', -0.01), 'Only 0 dB');
});

test('a name is shown as it is, without what would steer a terminal', (t) => {
  t.is(fillAdvice('{name}: no signal', 'Kick $& {value}\u001b[2J', -9), 'Kick $& {value} [2J: no signal');
});

test('whatever was measured, a short text has at most six ASCII characters and no placeholder is left', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...ruleTable), fc.double({min: -200, max: 100, noNaN: true}), (rule, value) => {
      const short = fillShort(rule.short, value);
      const places = [rule.places.strip, rule.places.master].flatMap((place) => place?.advice ?? []);
      const advices = [...places, ...rule.steps.flatMap((step) => step.advice ?? [])].map((advice) =>
        fillAdvice(advice, 'Kick', value),
      );
      return (
        /^[\x20-\x7e]{1,6}$/.test(short) && !advices.some((advice) => /[{}]|NaN|Infinity|undefined|-0\b/.test(advice))
      );
    }),
  );
  t.pass();
});
