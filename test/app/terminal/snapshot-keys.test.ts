import test from 'ava';
import {automationBindings} from '../../../src/app/terminal/automation-keys.ts';
import {drawHelp} from '../../../src/app/terminal/help-frame.ts';
import {intentsOf, keyBindings} from '../../../src/app/terminal/key-map.ts';
import {drawPrompt, namingIntent} from '../../../src/app/terminal/name-prompt.ts';
import {snapshotBindings} from '../../../src/app/terminal/snapshot-keys.ts';
import {terminalStyle} from '../../../src/app/terminal/style.ts';
import {noSnapshots, type SnapshotStatus} from '../../../src/model/snapshot-status.ts';
import type {Intent} from '../../../src/surface/intent.ts';
import {testDesk, twentyStrips} from '../../journeys/test-desk.ts';

const plain = terminalStyle({TERM: 'xterm', LANG: 'C'}, true);

function asked(key: string, snapshots: Partial<SnapshotStatus> = {}): readonly Intent[] {
  const {mixer, view, layout, playback, monitor, meters} = testDesk(twentyStrips).desk.status();
  return intentsOf(
    {mixer, view, layout, playback, monitor, meters, knob: 0, snapshots: {...noSnapshots, ...snapshots}},
    key,
  );
}

const keys: readonly (readonly [string, Partial<SnapshotStatus>, readonly Intent[]])[] = [
  ['@', {}, [{type: 'snapshot.compare'}]],
  ['$', {}, [{type: 'snapshot.step', by: -1}]],
  ['%', {}, [{type: 'snapshot.step', by: 1}]],
  ['^', {fadeMs: 0}, [{type: 'snapshot.setFade', fadeMs: 1000}]],
  ['^', {fadeMs: 3000}, [{type: 'snapshot.setFade', fadeMs: 5000}]],
  ['^', {fadeMs: 10_000}, [{type: 'snapshot.setFade', fadeMs: 0}]],
  ['"', {current: 'Chorus'}, [{type: 'snapshot.store', name: 'Chorus'}]],
  ['"', {}, []],
  ['#', {}, []],
];
for (const [key, snapshots, intents] of keys) {
  test(`${key} with ${JSON.stringify(snapshots)} asks for ${intents[0]?.type ?? 'nothing'}`, (t) => {
    t.deepEqual(asked(key, snapshots), intents);
  });
}

test('a new snapshot is given a name before it is stored', (t) => {
  t.regex(
    drawPrompt('Snapshot 1', 'snapshot', 80, plain),
    /^ Name of the snapshot: Snapshot 1_ .*Esc leaves all as it is/,
  );
  t.deepEqual(namingIntent('snapshot', 'Hook'), {type: 'snapshot.store', name: 'Hook'});
  t.deepEqual(namingIntent('marker', 'Hook'), {type: 'playback.nameMarker', name: 'Hook'});
});

test('no key means two things, and the help has room for all', (t) => {
  const all = [...keyBindings, ...automationBindings.filter(({keys: [first]}) => first !== 'Z'), ...snapshotBindings];
  const named = all.flatMap((binding) => binding.keys);
  t.is(new Set(named).size, named.length);
  const help = drawHelp({columns: 80, rows: 24}, plain, 2);
  t.true(help.length <= 24 && help.every((line) => line.length <= 80));
  for (const {about} of snapshotBindings) t.true(help.join('\n').includes(about), about);
});
