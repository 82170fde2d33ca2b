import test from 'ava';
import {newMeterSettings} from '../../src/model/meter-settings.ts';
import {newMixer} from '../../src/model/mixer.ts';
import type {Session} from '../../src/model/session.ts';
import {sessionOfFile} from '../../src/session/load.ts';
import {sessionFileOf} from '../../src/session/save.ts';
import {readSessionFile, sessionFileText} from '../../src/session/session-file.ts';

const session: Session = {
  folder: '/s',
  name: 'Song',
  sampleRate: 48_000,
  mixer: newMixer({strips: []}),
  stems: [],
  writable: true,
  problems: [],
};
const textOf = (given: Partial<Session>): string =>
  sessionFileText(sessionFileOf({...session, ...given}, session.mixer));

test('the chosen meter comes back with the session; a pause does not', (t) => {
  const meters = {type: 'ppm2-bbc', lineUpDb: -20, fallDbPerSecond: 8.6, paused: true} as const;
  const read = readSessionFile(textOf({meters}), 'session.json');
  t.is(read.type, 'read');
  if (read.type === 'read') t.deepEqual(sessionOfFile(read.file, '/s').meters, {...meters, paused: false});
});

test('what is as usual is not written, and what is not written is as usual', (t) => {
  t.false(textOf({meters: newMeterSettings}).includes('meters'));
  t.false(textOf({}).includes('meters'));
  t.true(textOf({meters: {...newMeterSettings, type: 'vu'}}).includes('"meters": {"type":"vu"}'));
  const read = readSessionFile(textOf({meters: {...newMeterSettings, type: 'vu'}}), 'session.json');
  if (read.type === 'read') t.deepEqual(sessionOfFile(read.file, '/s').meters, {...newMeterSettings, type: 'vu'});
  else t.fail();
});

const wrong = [
  [{type: 'needle'}, 'meters.type', /must be one of "peak", "true-peak"/],
  [{lineUpDb: -40}, 'meters.lineUpDb', /must be -30 or more/],
  [{fallDbPerSecond: 100}, 'meters.fallDbPerSecond', /must be 60 or less/],
  [{lineup: -18}, 'meters', /"lineup" is not known here/],
] as const;
for (const [meters, place, reason] of wrong) {
  test(`${JSON.stringify(meters)} is refused, with its place and reason`, (t) => {
    const file = {...JSON.parse(textOf({})), meters};
    const read = readSessionFile(JSON.stringify(file), 'session.json');
    const [problem] = read.type === 'refused' ? read.problems : [];
    t.is(problem?.path, `session.json: ${place}`);
    t.regex(problem?.reason ?? '', reason);
  });
}

test('the delivery target stands beside the meters, is written last chosen, and comes back alone', (t) => {
  const meters = {...newMeterSettings, target: 'spotify'};
  const text = textOf({meters});
  t.true(text.includes('"target": "spotify"'));
  t.false(text.includes('"meters"'));
  const read = readSessionFile(text, 'session.json');
  if (read.type === 'read') t.deepEqual(sessionOfFile(read.file, '/s').meters, meters);
  else t.fail();
  t.false(textOf({meters: {...newMeterSettings, type: 'vu', target: undefined}}).includes('target'));
});

for (const [target, reason, hint] of [
  ['spottify', /"spottify" is no delivery target/, /^Did you mean "spotify"\?$/],
  ['ebu', /"ebu" is no delivery target/, /^Did you mean "ebu-r128"\?$/],
  ['cassette', /is no delivery target/, /^Known here: ebu-r128, .*soundcloud\.$/],
] as const) {
  test(`the delivery target ${target} is refused, and what was meant is named`, (t) => {
    const file = {...JSON.parse(textOf({})), target};
    const read = readSessionFile(JSON.stringify(file), 'session.json');
    const [problem] = read.type === 'refused' ? read.problems : [];
    t.is(problem?.path, 'session.json: target');
    t.regex(problem?.reason ?? '', reason);
    t.regex(problem?.hint ?? '', hint);
  });
}

test('that nothing may blink is kept with the session, and only where it was asked for', (t) => {
  t.false(textOf({}).includes('reducedMotion'));
  const text = textOf({reducedMotion: true});
  t.true(text.includes('"reducedMotion": true'));
  const read = readSessionFile(text, 'session.json');
  if (read.type !== 'read') return t.fail();
  t.is(sessionOfFile(read.file, '/s').reducedMotion, true);
  const off = readSessionFile(text.replace('"reducedMotion": true', '"reducedMotion": false'), 'session.json');
  if (off.type !== 'read') return t.fail();
  t.false('reducedMotion' in sessionOfFile(off.file, '/s'));
});

test('of blinking, anything but yes or no is refused with its place', (t) => {
  const read = readSessionFile(textOf({reducedMotion: true}).replace(': true', ': "often"'), 'session.json');
  t.is(read.type === 'refused' && read.problems[0]?.path, 'session.json: reducedMotion');
});
