import test from 'ava';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import {parameterIds} from '../../src/model/parameter.ts';
import {findLane, findParameter, findStripNamed, parameterNamed} from '../../src/session/lane-name.ts';

const mixer = newMixer({
  strips: [
    newStrip({id: 'vox', name: 'Lead Vocal'}),
    newStrip({id: 'kick-1', name: 'Kick'}),
    newStrip({id: 'kick-2', name: 'Kick'}),
    newStrip({id: 'pan', name: 'Pan Flute'}),
  ],
});

const lanes: readonly (readonly [string, string])[] = [
  ['vox level', 'vox level'],
  ['VOX Level', 'vox level'],
  ['Lead Vocal level', 'vox level'],
  ['lead vocal  volume', 'vox level'],
  ['lead vocal send 1', 'vox send1.levelDb'],
  ['vox send1.level', 'vox send1.levelDb'],
  ['vox send1.levelDb', 'vox send1.levelDb'],
  ['vox Send 2 Pan', 'vox send2.pan'],
  ['vox comp threshold', 'vox comp.thresholdDb'],
  ['vox eq2.hz', 'vox eq2.hz'],
  ['vox level offset', 'vox level.offset'],
  ['master level', 'master level'],
  ['mix comp.ratio', 'master comp.ratio'],
  ['pan pan', 'pan pan'],
  ['Pan Flute level', 'pan level'],
  ['kick-2 mute', 'kick-2 mute'],
];
for (const [written, id] of lanes) {
  test(`"${written}" is the lane ${id}`, (t) => {
    const found = findLane(mixer, written);
    t.is(found.type === 'found' ? `${found.what.strip} ${found.what.parameter}` : found.reason, id);
  });
}

const unknown: readonly (readonly [string, RegExp, RegExp])[] = [
  ['voxx level', /"voxx" is no strip/, /Did you mean "vox"/],
  ['vocal level', /"vocal" is no strip/, /Did you mean "Lead Vocal"/],
  ['vox lvel', /"lvel" is no parameter/, /Did you mean "level"/],
  ['level', /names no lane/, /"vox level"/],
  ['', /names no lane/, /"vox level"/],
  ['Kick level', /the name of several strips/, /kick-1, kick-2/],
  ['master pan', /master has no pan/, /mix bus/],
  ['xyzzy plugh', /no parameter/, /Such are/],
];
for (const [written, reason, hint] of unknown) {
  test(`"${written}" is no lane, and what may be meant is said`, (t) => {
    const found = findLane(mixer, written);
    t.is(found.type, 'unknown');
    if (found.type !== 'unknown') return;
    t.regex(found.reason, reason);
    t.regex(found.hint, hint);
  });
}

test('every parameter is found by its own name', (t) => {
  for (const id of parameterIds) {
    t.is(parameterNamed(id), id);
    t.deepEqual(findParameter(id), {type: 'found', what: id});
  }
});

test('a strip is found by id before it is by name', (t) => {
  t.deepEqual(findStripNamed(mixer, 'pan'), {type: 'found', what: 'pan'});
  t.deepEqual(findStripNamed(mixer, 'Master'), {type: 'found', what: 'master'});
});
