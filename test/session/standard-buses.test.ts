import test from 'ava';
import {masterId} from '../../src/model/mixer.ts';
import type {StemInspection} from '../../src/model/stem-facts.ts';
import {sessionOfFile} from '../../src/session/load.ts';
import {composeSession} from '../../src/session/new-session.ts';
import {readSessionFile, sessionFileText} from '../../src/session/session-file.ts';

const stem = (name: string): StemInspection => ({
  type: 'stem',
  facts: {
    path: `/songs/one/${name}.wav`,
    format: 'wav',
    channels: 2,
    sampleRate: 48_000,
    lengthFrames: 48_000,
    bits: 24,
    peakDb: -9,
    clippedRuns: 0,
    digest: name,
  },
});
const compose = (names: readonly string[], buses: boolean) =>
  composeSession({folder: '/songs/one', inspections: names.map(stem), buses});

test('stems of an instrument that has several go to its group, the others to the mix', (t) => {
  const {file} = compose(['Kick', 'Snare', 'Bass'], true);
  const outputs = new Map(file.strips.map(({id, output}) => [id, output ?? masterId]));
  t.is(outputs.get('kick'), 'group-drums');
  t.is(outputs.get('snare'), 'group-drums');
  t.is(outputs.get('bass'), masterId);
});

test('groups and returns come after the stems, and the file reads back whole', (t) => {
  const {file} = compose(['Kick', 'Snare', 'Bass'], true);
  t.deepEqual(
    file.strips.slice(3).map(({kind}) => kind),
    ['group', 'return', 'return'],
  );
  const read = readSessionFile(sessionFileText(file), '/songs/one/session.json');
  t.is(read.type, 'read');
  if (read.type !== 'read') return;
  const {mixer} = sessionOfFile(read.file, '/songs/one');
  t.deepEqual(
    mixer.strips.map(({name}) => name),
    ['Kick', 'Snare', 'Bass', 'Drums', 'Reverb', 'Delay'],
  );
  t.deepEqual(
    mixer.strips.map(({effect}) => effect?.kind),
    [undefined, undefined, undefined, undefined, 'reverb', 'delay'],
  );
  t.true(mixer.strips.filter(({kind}) => kind === 'return').every(({soloSafe}) => soloSafe));
});

test('a stem that is called like a bus keeps its id', (t) => {
  const {file} = compose(['Reverb', 'Delay'], true);
  const ids = file.strips.map(({id}) => id);
  t.is(new Set(ids).size, ids.length);
  t.true(ids.includes('reverb') && ids.includes('reverb-2'));
});

test('without being asked nothing is added', (t) => {
  t.is(compose(['Kick', 'Snare'], false).file.strips.length, 2);
});
