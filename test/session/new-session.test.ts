import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import type {StemFacts, StemInspection} from '../../src/model/stem-facts.ts';
import {loadSession} from '../../src/session/load.ts';
import {composeSession, stripIds, writeNewSession} from '../../src/session/new-session.ts';
import {readSessionFile, sessionFileText} from '../../src/session/session-file.ts';
import {anyText} from '../any-text.ts';

let work = '';
test.before(async () => {
  work = await mkdtemp(join(tmpdir(), 'longthrow-new-session-'));
});
test.after.always(() => rm(work, {recursive: true, force: true}));

let digests = 0;
function stem(file: string, facts: Partial<StemFacts> = {}): StemInspection {
  digests += 1;
  const path = join('/songs/My Song', file);
  return {
    type: 'stem',
    facts: {
      path,
      format: 'wav',
      channels: 1,
      sampleRate: 48_000,
      lengthFrames: 48_000 * 200,
      bits: 24,
      peakDb: -9,
      clippedRuns: 0,
      digest: `d${digests}`,
      ...facts,
    },
  };
}

function compose(...inspections: readonly StemInspection[]) {
  return composeSession({folder: '/songs/My Song', inspections});
}

function told(...inspections: readonly StemInspection[]): readonly string[] {
  return compose(...inspections).problems.map(({path, reason}) => `${basename(path)} ${reason}`);
}

test('stems become strips with names, groups, colours, ids and relative files, in desk order', (t) => {
  const {file, problems} = compose(
    stem('stems/Vox_lead.wav'),
    stem('01 KICK in.wav'),
    stem('Bass DI.wav', {channels: 2}),
  );
  t.deepEqual(problems, []);
  t.is(file.name, 'My Song');
  t.deepEqual(
    file.strips.map(({id, name, file: path, group, colour, channels}) => [id, name, path, group, colour, channels]),
    [
      ['kick-in', 'Kick In', '01 KICK in.wav', 'drums', 'red', 1],
      ['bass-di', 'Bass DI', 'Bass DI.wav', 'bass', 'yellow', 2],
      ['vox-lead', 'Vox Lead', 'stems/Vox_lead.wav', 'vocals', 'magenta', 1],
    ],
  );
});

test('a session may be given a name; control characters and what is too long go', (t) => {
  t.is(composeSession({folder: '/songs/x', inspections: [], name: 'My\tHit'}).file.name, 'My Hit');
  t.is(composeSession({folder: '/songs/x', inspections: [], name: 'x'.repeat(999)}).file.name.length, 200);
});

test('a stem outside the folder is named by its whole path', (t) => {
  t.is(compose(stem('x', {path: '/elsewhere/Kick.wav'})).file.strips[0]?.file, '/elsewhere/Kick.wav');
  t.is(compose(stem('x', {path: '/songs/My Song 2/Kick.wav'})).file.strips[0]?.file, '/songs/My Song 2/Kick.wav');
});

test('the session has the most common sample rate, of two equally common ones the higher', (t) => {
  const at = (sampleRate: number): StemInspection => stem('a.wav', {sampleRate, lengthFrames: sampleRate});
  t.is(compose(at(44_100), at(44_100), at(96_000)).file.sampleRate, 44_100);
  t.is(compose(at(44_100), at(48_000)).file.sampleRate, 48_000);
  t.is(compose().file.sampleRate, 48_000);
});

test('the two mono halves of a stereo recording are panned apart; one half alone, or a stereo one, is not', (t) => {
  const pans = (...stems: readonly StemInspection[]): readonly number[] =>
    compose(...stems).file.strips.map((strip) => strip.pan);
  t.deepEqual(pans(stem('OH.L.wav'), stem('OH.R.wav')), [-1, 1]);
  t.deepEqual(pans(stem('Guitar Left.wav'), stem('Guitar Right.wav')), [-1, 1]);
  t.deepEqual(pans(stem('OH L.wav'), stem('Kick.wav')), [0, 0]);
  t.deepEqual(pans(stem('OH L.wav', {channels: 2}), stem('OH R.wav', {channels: 2})), [0, 0]);
});

test('a default name is warned of', (t) => {
  t.deepEqual(told(stem('Audio_07.wav')), ['Audio_07.wav has a default name ("Audio 07")']);
});

test('a silent file is warned of, and two silent files are not called doubles', (t) => {
  const silent = {peakDb: Number.NEGATIVE_INFINITY, digest: 'zero'};
  t.deepEqual(told(stem('Kick.wav', silent), stem('Bass.wav', silent)), [
    'Kick.wav is silent: every sample is zero',
    'Bass.wav is silent: every sample is zero',
  ]);
});

test('the same recording under two names is warned of, once for each further one', (t) => {
  t.deepEqual(told(stem('Kick.wav', {digest: 'x'}), stem('Bass.flac', {digest: 'x'})), [
    'Bass.flac is the same recording as Kick.wav',
  ]);
});

test('a clipped recording is warned of with how often', (t) => {
  t.deepEqual(told(stem('Kick.wav', {clippedRuns: 12})), ['Kick.wav is clipped: it stays at full scale 12 times']);
  t.deepEqual(told(stem('Kick.wav', {clippedRuns: 1})), ['Kick.wav is clipped: it stays at full scale once']);
});

test('a very different length is warned of, by time and not by frames', (t) => {
  const short = {lengthFrames: 48_000 * 8};
  t.deepEqual(told(stem('Kick.wav'), stem('Bass.wav'), stem('Vox.wav', short)), [
    'Vox.wav is 8.0 s long, most others are 3:20',
  ]);
  t.deepEqual(
    told(stem('Kick.wav'), stem('Bass.wav'), stem('Vox.wav', {sampleRate: 96_000, lengthFrames: 96_000 * 200})),
    [],
  );
  t.deepEqual(told(stem('Kick.wav'), stem('Vox.wav', short)), []);
});

test('a refused file is told of with its reason, one of six channels is left out', (t) => {
  const problem = {path: '/songs/My Song/Bad.wav', reason: 'is cut off', severity: 'error'} as const;
  const {file, problems} = compose({type: 'refused', problem}, stem('Kick.wav'), stem('Surround.wav', {channels: 6}));
  t.is(file.strips.length, 1);
  t.deepEqual(
    problems.map((one) => one.reason),
    ['is cut off', 'has 6 channels and was left out'],
  );
});

test('a file whose name cannot be kept in a session is left out with a reason', (t) => {
  const {file, problems} = compose(stem('Kick\n.wav'), stem('..\\Vox.wav'), stem('Bass.wav'));
  t.deepEqual(
    file.strips.map((strip) => strip.name),
    ['Bass'],
  );
  t.is(problems.filter((one) => one.reason.startsWith('has a name that cannot be kept')).length, 2);
});

test('a folder without a usable stem is an error', (t) => {
  t.deepEqual(told(), ['My Song has no stem that can be used']);
});

test('ids are made of names, each its own, and never that of the mix bus', (t) => {
  t.deepEqual(stripIds(['Kick In', 'Kick-In', 'Master', 'Flöte', 'ギター', '!!']), [
    'kick-in',
    'kick-in-2',
    'master-2',
    'flote',
    'strip-5',
    'strip-6',
  ]);
});

test('any names give valid ids, each its own', (t) => {
  fc.assert(
    fc.property(fc.array(anyText({maxLength: 90}), {maxLength: 40}), (names) => {
      const ids = stripIds(names);
      return new Set(ids).size === names.length && ids.every((id) => /^[a-z0-9][a-z0-9-]{0,63}$/.test(id));
    }),
  );
  t.pass();
});

test('whatever the files are called, the composed session is one that can be read again', (t) => {
  const anyFile = fc.oneof(anyText({maxLength: 80}), fc.stringMatching(/^[A-Za-z0-9 _.-]{1,30}\.wav$/));
  fc.assert(
    fc.property(fc.array(anyFile, {maxLength: 10}), (names) => {
      // A file system has no names with slashes or zero bytes, and none that is a folder's own.
      const real = names
        .map((name) => name.replace(/[/\u0000]/g, ''))
        .filter((name) => !['', '.', '..'].includes(name));
      const {file} = compose(...real.map((name) => stem(name)));
      const read = readSessionFile(sessionFileText(file), 'session.json');
      return read.type === 'read' && file.strips.length <= real.length;
    }),
    {numRuns: 300},
  );
  t.pass();
});

test('a new session is written and opens; one that is there is left alone unless told, and kept then', async (t) => {
  const {file} = composeSession({folder: work, inspections: [stem('Kick.wav')]});
  t.deepEqual(await writeNewSession(work, file), {type: 'written', path: join(work, 'session.json')});
  const loaded = await loadSession(work);
  t.is(loaded.type, 'session');
  const again = await writeNewSession(work, {...file, name: 'Other'});
  t.is(again.type === 'failed' ? again.problem.reason : '', 'is there already');
  t.is(await readFile(join(work, 'session.json'), 'utf8'), sessionFileText(file));
  t.is((await writeNewSession(work, {...file, name: 'Other'}, {replace: true})).type, 'written');
  t.is(await readFile(join(work, 'session.json.bak'), 'utf8'), sessionFileText(file));
});

test('a folder that is not there is a reason, not a throw', async (t) => {
  const {file} = composeSession({folder: work, inspections: [stem('Kick.wav')]});
  const written = await writeNewSession(join(work, 'nix'), file);
  t.regex(written.type === 'failed' ? written.problem.reason : '', /the session folder is gone/);
});
