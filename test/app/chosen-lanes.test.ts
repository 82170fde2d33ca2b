import test from 'ava';
import {chosenLanes} from '../../src/app/chosen-lanes.ts';
import {emptyLane, type Lane, type LaneId} from '../../src/model/lane.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';

const mixer = newMixer({strips: [newStrip({id: 'vox', name: 'Lead Vocal'}), newStrip({id: 'bass', name: 'Bass'})]});
const lanes: ReadonlyMap<LaneId, Lane> = new Map([
  ['vox level', emptyLane],
  ['vox pan', emptyLane],
  ['bass level', emptyLane],
]);

const chosen: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['vox level'], ['vox level']],
  [['vox', 'level'], ['vox level']],
  [['lead', 'vocal', 'send', '1'], ['vox send1.levelDb']],
  [['vox'], ['vox level', 'vox pan']],
  [['Lead Vocal'], ['vox level', 'vox pan']],
  [['all'], ['vox level', 'vox pan', 'bass level']],
  [
    ['vox level', 'bass level'],
    ['vox level', 'bass level'],
  ],
  [
    ['vox', 'bass'],
    ['vox level', 'vox pan', 'bass level'],
  ],
  [
    ['vox level', 'vox'],
    ['vox level', 'vox pan'],
  ],
  [['master level'], ['master level']],
];
for (const [words, ids] of chosen) {
  test(`${words.map((word) => `"${word}"`).join(' ')} stands for ${ids.join(', ')}`, (t) => {
    t.deepEqual(
      chosenLanes(words, mixer, lanes).map(({id}) => id),
      ids,
    );
  });
}

test('lanes of a strip, or of all, are not named themselves', (t) => {
  t.deepEqual(
    chosenLanes(['bass', 'vox pan'], mixer, lanes).map(({named}) => named),
    [false, true],
  );
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [['voxx'], /"voxx" is no strip of this session.\n {4}Did you mean "vox"/],
  [['vox lvel'], /"lvel" is no parameter that has lanes.\n {4}Did you mean "level"/],
  [['master'], /"master" has no lanes yet/],
  [['vox level', 'nobody pan'], /"nobody" is no strip/],
];
for (const [words, message] of wrong) {
  test(`${words.join(', ')}: what stands for nothing is said`, (t) => {
    t.throws(() => chosenLanes(words, mixer, lanes), {message});
  });
}
