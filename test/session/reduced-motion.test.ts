import test from 'ava';
import {newMixer} from '../../src/model/mixer.ts';
import type {Session} from '../../src/model/session.ts';
import {sessionOfFile} from '../../src/session/load.ts';
import {sessionFileOf} from '../../src/session/save.ts';
import {readSessionFile, sessionFileText} from '../../src/session/session-file.ts';

const session: Session = {
  folder: '/s',
  name: 'Calm',
  sampleRate: 48_000,
  mixer: newMixer({strips: []}),
  stems: [],
  writable: true,
  problems: [],
};
const textOf = (given: Partial<Session>): string =>
  sessionFileText(sessionFileOf({...session, ...given}, session.mixer));

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

test('anything but yes or no is refused with its place', (t) => {
  const read = readSessionFile(textOf({reducedMotion: true}).replace(': true', ': "often"'), 'session.json');
  t.is(read.type === 'refused' && read.problems[0]?.path, 'session.json: reducedMotion');
});
