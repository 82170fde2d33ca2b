import test from 'ava';
import {newAutomationSettings} from '../../src/model/automation.ts';
import {newMixer} from '../../src/model/mixer.ts';
import type {Session} from '../../src/model/session.ts';
import {sessionOfFile} from '../../src/session/load.ts';
import {sessionFileOf} from '../../src/session/save.ts';
import {readSessionFile, sessionFileText} from '../../src/session/session-file.ts';
import {keptFileName, migrated, versionOf} from '../../src/session/session-version.ts';

const first = {longthrow: 1, name: 'Old', sampleRate: 48_000, strips: [], masterLevelDb: -3};

test('a session of the first version is read, and is of the newest then', (t) => {
  const read = readSessionFile(JSON.stringify(first), 'session.json');
  t.deepEqual(read, {type: 'read', file: {...first, longthrow: 2}});
});

test('a version that is newer, or none, is not taken for an older one', (t) => {
  for (const longthrow of [3, 0, -1, 1.5, '1', null, undefined]) {
    const read = readSessionFile(JSON.stringify({...first, longthrow}), 'session.json');
    t.is(read.type, 'refused', String(longthrow));
  }
  t.is(migrated('text'), 'text');
  t.is(migrated(null), null);
  t.is(versionOf({longthrow: '2'}), undefined);
  t.is(keptFileName(1), 'session.json.v1');
});

const given: Session = {
  ...{folder: '/song', name: 'Song', sampleRate: 48_000, mixer: newMixer({strips: []}), stems: []},
  id: '0a1b2c3d-aaaa',
  journal: 17,
  automation: {
    file: 'automation-3.txt',
    journal: 11,
    settings: {
      mode: 'touch',
      stripModes: new Map([['vox', 'latch']]),
      laneModes: new Map([['vox level', 'trim']]),
      safeStrips: new Set(['kick']),
      safeLanes: new Set(['bass pan']),
      glideMs: 0,
    },
  },
  writable: true,
  problems: [],
};

test('id, journal and automation come back from the file as they were written', (t) => {
  const text = sessionFileText(sessionFileOf(given, given.mixer));
  const read = readSessionFile(text, 'session.json');
  if (read.type === 'refused') return t.fail(JSON.stringify(read.problems));
  t.deepEqual({...sessionOfFile(read.file, '/song'), writable: true, problems: []}, given);
  t.regex(text, /^ {2}"automation": \{"file": ?"automation-3.txt"/m, 'on a line of its own');
});

test('automation that is as usual is not written', (t) => {
  const plain = {...given, automation: {settings: newAutomationSettings}};
  t.false(sessionFileText(sessionFileOf(plain, plain.mixer)).includes('automation'));
});

const wrong: readonly (readonly [automation: unknown, told: RegExp])[] = [
  [{file: '../automation-1.txt'}, /automation\.file: must be the name of an automation file/],
  [{file: 'notes.txt'}, /automation\.file: must be the name/],
  [{mode: 'loud'}, /automation\.mode: must be one of "off", "read"/],
  [{laneModes: {'vox loudness': 'read'}}, /automation\.laneModes.*names nothing that can be automated/],
  [{glideMs: 1e9}, /automation\.glideMs: must be 10000 or less/],
  [{glide: 1}, /automation: "glide" is not known here.*"glideMs"/],
  [{safeLanes: ['x']}, /automation\.safeLanes\[0\]: names nothing/],
];

for (const [automation, told] of wrong) {
  test(`automation ${JSON.stringify(automation)} is refused with its place`, (t) => {
    const read = readSessionFile(JSON.stringify({...first, longthrow: 2, automation}), 's');
    t.is(read.type, 'refused');
    const lines =
      read.type === 'refused' ? read.problems.map(({path, reason, hint}) => `${path}: ${reason} ${hint}`) : [];
    t.true(
      lines.some((line) => told.test(line)),
      lines.join('\n'),
    );
  });
}
