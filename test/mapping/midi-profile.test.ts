import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {midiProfiles, openEngine} from '../../src/app/open-engine.ts';
import {mixerValue, wireValue} from '../../src/engine/midi/law.ts';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {checkFile} from '../../src/mapping/load.ts';
import {readMidiProfile} from '../../src/mapping/midi-profile.ts';
import {loadMidiProfiles} from '../../src/mapping/midi-profiles.ts';
import {addressOf, highestValue} from '../../src/model/midi-profile.ts';
import {DeskError} from '../../src/model/problem.ts';
import {loadSession} from '../../src/session/load.ts';
import {channelsOf, composeMidiSession} from '../../src/session/new-midi-session.ts';
import {writeNewSession} from '../../src/session/new-session.ts';
import {saveSession} from '../../src/session/save.ts';
import {readSessionFile, sessionFileText} from '../../src/session/session-file.ts';

const {profiles, problems} = await loadMidiProfiles(shippedMappings);

test('the shipped profiles are well', (t) => {
  t.deepEqual(problems, []);
  t.deepEqual([...profiles.keys()], ['behringer-x-air', 'behringer-x32', 'general-midi-7-bit', 'general-midi']);
});

for (const profile of profiles.values()) {
  test(`${profile.id}: every value of every control comes back as it was, but for the lowest that nobody hears`, (t) => {
    for (const control of [...profile.controls, ...(profile.master === undefined ? [] : [profile.master])]) {
      const {law, parameter} = control;
      const most = highestValue(addressOf(control.address, 1));
      for (let value = 0; value <= most; value++) {
        const unit = mixerValue(law, parameter, value, most);
        const isDim = law.type === 'switch' || (law.type === 'centred' && value === 0) || (value > 0 && unit <= -90);
        if (!isDim && wireValue(law, parameter, unit, most) !== value) t.fail(`${parameter} ${value} of ${most}`);
      }
    }
    t.pass();
  });
}

test('the law of a console is that of its maker’s table', (t) => {
  const level = profiles.get('behringer-x32')?.controls[0];
  if (level === undefined) throw new Error('no fader');
  t.is(wireValue(level.law, 'level', 0, 127), 95);
  t.is(wireValue(level.law, 'level', 10, 127), 127);
  t.is(wireValue(level.law, 'level', Number.NEGATIVE_INFINITY, 127), 0);
});

const profile = (control: object, rest: object = {}): string =>
  JSON.stringify({name: 'X', strips: 16, tested: 'no', controls: {level: control}, ...rest});

const broken: readonly (readonly [why: string, text: string, said: RegExp])[] = [
  ['is no JSON', '{"name": }', /line 1/],
  ['has a word that nobody knows', profile({channel: 1, cc: {from: 0}, ccc: 1}), /no such field/],
  ['names neither controller nor number', profile({channel: 1}), /either cc or nrpn/],
  ['names both', profile({channel: 1, cc: 1, nrpn: [1, 2]}), /either cc or nrpn/],
  ['has two strips at one place', profile({channel: 1, cc: 7}), /go to the same place/],
  ['goes beyond the channels', profile({channel: {from: 2}, cc: 7}), /no MIDI channel 17/],
  ['goes into the mode messages', profile({channel: 1, cc: {from: 110}}), /mode messages/],
  [
    'has marks that fall',
    profile({
      channel: {from: 1},
      cc: 7,
      law: {
        marks: [
          [0, null],
          [1, 0],
          [0.5, 10],
        ],
      },
    }),
    /do not rise/,
  ],
  ['has fine bits where bits belong', profile({channel: {from: 1}, nrpn: [1, 2], fine: 3}), /"bits": 14/],
  [
    'uses a controller of numbers',
    profile({channel: {from: 1}, nrpn: [1, 2]}, {master: {channel: 1, cc: 6}}),
    /belongs to parameter numbers/,
  ],
  [
    'has a law of levels for a pan',
    JSON.stringify({name: 'X', strips: 1, tested: 'no', controls: {pan: {channel: 1, cc: 10, law: 'fader'}}}),
    /law of levels/,
  ],
];
for (const [why, text, said] of broken) {
  test(`a profile that ${why} is refused in words`, (t) => {
    const read = readMidiProfile('x', 'x.json', text);
    t.is(read.type, 'broken');
    t.regex(
      read.type === 'broken' ? read.problems.map(({reason, path, hint}) => `${path} ${reason} ${hint}`).join('\n') : '',
      said,
    );
  });
}

test('any parameter may go to any NRPN', (t) => {
  const controls = {
    level: {channel: 1, nrpn: [{from: 32}, 23], bits: 14},
    'eq1.gainDb': {channel: 2, nrpn: [{from: 32}, 24], law: {low: -12, high: 12}},
    'eq1.hz': {channel: 3, cc: {from: 40}, law: 'range'},
  };
  const read = readMidiProfile('x', 'x.json', JSON.stringify({name: 'X', strips: 16, tested: 'no', controls}));
  if (read.type === 'broken') throw new Error(JSON.stringify(read.problems));
  const [level, frequency, gain] = read.profile.controls;
  t.deepEqual(level && addressOf(level.address, 3), {type: 'nrpn', channel: 1, parameter: (34 << 7) | 23, bits: 14});
  t.is(gain && wireValue(gain.law, 'eq1.gainDb', 12, 127), 127);
  t.is(frequency && Math.round(mixerValue(frequency.law, 'eq1.hz', 127, 127)), 20_000);
});

test('nothing that stands in a profile makes it throw', (t) => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      readMidiProfile('x', 'x.json', text);
      return true;
    }),
    {numRuns: 50},
  );
  t.pass();
});

test('check looks at profiles by their folder', async (t) => {
  t.deepEqual(await checkFile(join(shippedMappings, 'midi-profiles', 'general-midi.json')), []);
});

test('channels are written as people write them', (t) => {
  t.deepEqual(channelsOf('1-4', 16), [1, 2, 3, 4]);
  t.deepEqual(channelsOf('10, 1-2,1', 16), [10, 1, 2]);
  t.is(channelsOf(undefined, 16).length, 16);
  for (const text of ['0', '17', '4-2', 'x', '', '1--3']) t.throws(() => channelsOf(text, 16), {instanceOf: DeskError});
});

test('profiles in a folder of mappings of one’s choice are found, too, and win', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'longthrow-profiles-'));
  const own = join(folder, 'midi-profiles');
  await mkdir(own);
  const text = await readFile(join(shippedMappings, 'midi-profiles', 'general-midi.json'), 'utf8');
  const named = (name: string): string => JSON.stringify({...JSON.parse(text), name, $schema: undefined});
  await writeFile(join(own, 'mine.json'), named('Mine'));
  await writeFile(join(own, 'general-midi.json'), named('Better'));
  const found = await midiProfiles(folder);
  t.deepEqual(found.problems, []);
  t.deepEqual([found.profiles.get('mine')?.name, found.profiles.get('general-midi')?.name], ['Mine', 'Better']);
  t.false((await midiProfiles()).profiles.has('mine'));

  const mine = found.profiles.get('mine');
  if (mine === undefined) throw new Error('no profile');
  await writeNewSession(folder, composeMidiSession({folder, port: 'Synth', profile: mine, channels: [1]}));
  const loaded = await loadSession(folder);
  if (loaded.type === 'refused') throw new Error(JSON.stringify(loaded.problems));
  const wire = {
    ...{portName: undefined, reason: 'not there', cure: undefined},
    ...{send() {}, close() {}, listen: () => () => {}},
  };
  const lines = {line: () => wire, notices: () => [], close() {}};
  const clock = {now: () => 0, after: () => () => {}, soon() {}};
  const options = {
    session: loaded.session,
    cacheFolder: folder,
    lookAheadMs: 0,
    device: 'none',
    onProblem() {},
  } as const;
  const {engine} = await openEngine(options, () => lines, clock, folder);
  t.is(engine.mixer.strips[0]?.id, 'channel-1');
  await engine.close();
  await t.throwsAsync(
    openEngine(options, () => lines, clock),
    {message: /no MIDI profile "mine"/},
  );
  await rm(folder, {recursive: true});
});

test('a session of a device is written, read, saved and read again', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'longthrow-midi-'));
  const general = profiles.get('general-midi');
  if (general === undefined) throw new Error('no profile');
  const file = composeMidiSession({folder, port: 'Synth', profile: general, channels: [3, 1], seconds: 90});
  t.deepEqual(
    file.strips.map(({id, channel, kind}) => [id, channel, kind]),
    [
      ['channel-3', 3, undefined],
      ['channel-1', 1, undefined],
      ['return-1', undefined, 'return'],
      ['return-2', undefined, 'return'],
    ],
  );
  t.is((await writeNewSession(folder, file)).type, 'written');
  for (let times = 0; times < 2; times++) {
    const loaded = await loadSession(folder);
    if (loaded.type === 'refused') throw new Error(JSON.stringify(loaded.problems));
    const {session} = loaded;
    t.deepEqual(session.problems, []);
    t.deepEqual(session.midi, {
      port: 'Synth',
      profile: 'general-midi',
      seconds: 90,
      channels: new Map([
        ['channel-3', 3],
        ['channel-1', 1],
      ]),
    });
    t.is(session.mixer.strips.length, 4);
    t.deepEqual(await saveSession(session, session.mixer), {type: 'saved'});
  }
  await rm(folder, {recursive: true});
  const strips = file.strips.map((strip) => ({...strip, ...(strip.channel === undefined ? {} : {channel: 1})}));
  const twice = readSessionFile(sessionFileText({...file, strips}), 'session.json');
  t.regex(twice.type === 'refused' ? (twice.problems[0]?.reason ?? '') : '', /already the channel of "channel-3"/);
  const {engine: _, ...bare} = file;
  const without = readSessionFile(sessionFileText(bare), 'session.json');
  t.regex(without.type === 'refused' ? (without.problems[0]?.reason ?? '') : '', /needs an engine/);
});
