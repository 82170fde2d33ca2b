import test from 'ava';
import {sessionOfFile} from '../../src/session/load.ts';
import {checkRules, ruleChangesOf, type WrittenGain, writtenRules} from '../../src/session/rule-file.ts';
import {sessionFileOf} from '../../src/session/save.ts';
import {readSessionFile} from '../../src/session/session-file.ts';

const gain = (rules: Readonly<Record<string, unknown>>): WrittenGain => ({rules});

test('rules are changed one by one or in lists, and written back as they were', (t) => {
  const written = gain({
    hot: {raise: -4},
    low: {only: 'drums', on: false},
    'vox.bal': {raise: [-8, 0]},
    dc: [{raise: -45}, {only: 'bass', raise: -40, clear: -46, raiseAfterMs: 5000, severity: 1}],
  });
  t.deepEqual(checkRules(written, 's.json'), []);
  const changes = ruleChangesOf(written);
  t.deepEqual(changes[0], {rule: 'hot', raise: -4});
  t.deepEqual(changes.at(-1), {rule: 'dc', only: 'bass', raise: -40, clear: -46, raiseAfterMs: 5000, severity: 1});
  t.deepEqual(writtenRules(changes), {gain: written});
  t.deepEqual(writtenRules([]), {});
  t.deepEqual(ruleChangesOf(undefined), []);
});

const wrong: readonly (readonly [
  rules: Readonly<Record<string, unknown>>,
  where: string,
  reason: RegExp,
  hint?: RegExp,
])[] = [
  [{hott: {}}, 'gain.rules["hott"]', /"hott" is no rule/, /Did you mean "hot"\?/],
  [{hot: {raise: 40}}, 'gain.rules["hot"].raise', /must be -100 to 24 dBFS/],
  [{hot: {raise: '-4 dB'}}, 'gain.rules["hot"].raise', /must be a number/],
  [{hot: {raise: [-4, -3]}}, 'gain.rules["hot"].raise', /must be one number in dBFS/],
  [{'vox.bal': {raise: -4}}, 'gain.rules["vox.bal"].raise', /must be a range, \[low, high\], in LU/],
  [{'vox.bal': {raise: [-1, -6]}}, 'gain.rules["vox.bal"].raise', /lower end first/],
  [{'vox.bal': {raise: [-6, -1], clear: [-7, -2]}}, 'gain.rules["vox.bal"].clear', /within "raise"/],
  [{hot: {only: 'drum'}}, 'gain.rules["hot"].only', /must be one of .*"drums"/],
  [{hot: {rise: -4}}, 'gain.rules["hot"]', /"rise" is not known here/, /Did you mean "raise"\?/],
  [{low: [{on: true}, {severity: 5}]}, 'gain.rules["low"][1].severity', /must be one of 1, 2, 3, 4/],
  [{low: {raiseAfterMs: -1}}, 'gain.rules["low"].raiseAfterMs', /must be 0 or more/],
  [{'clip.out': {raise: -1}}, 'gain.rules["clip.out"].raise', /cannot be changed/],
  [{hot: 3}, 'gain.rules["hot"]', /must be/],
];

test('what is wrong is told with its place, its unit and the nearest name', (t) => {
  for (const [rules, where, reason, hint] of wrong) {
    const [first, ...others] = checkRules(gain(rules), 's.json');
    t.is(first?.path, `s.json: ${where}`, where);
    t.regex(first?.reason ?? '', reason);
    if (hint !== undefined) t.regex(first?.hint ?? '', hint);
    t.is(others.length, 0, where);
    t.is(first?.severity, 'error');
  }
});

test('a session keeps what it changes in the rules, from its file and back', (t) => {
  const written = gain({hot: {raise: -4}, low: {only: 'drums', on: false}});
  const file = {longthrow: 1, name: 'S', sampleRate: 48_000, strips: [], masterLevelDb: 0, gain: written};
  const read = readSessionFile(JSON.stringify(file), 's.json');
  t.is(read.type, 'read');
  if (read.type !== 'read') return;
  const session = {...sessionOfFile(read.file, '/s'), writable: true, problems: []};
  t.is(session.rules?.length, 2);
  t.deepEqual(sessionFileOf(session, session.mixer).gain, written);
  const bad = readSessionFile(JSON.stringify({...file, gain: {rule: {}}}), 's.json');
  t.is(bad.type, 'refused');
  if (bad.type === 'refused') t.like(bad.problems[0], {path: 's.json: gain', hint: 'Did you mean "rules"?'});
});
