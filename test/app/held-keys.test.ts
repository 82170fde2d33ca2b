import test from 'ava';
import {createHeldKeys} from '../../src/app/held-keys.ts';
import type {Intent} from '../../src/surface/intent.ts';

const hand = (control: string) => ({unit: 'X-Touch #1', control, by: 'X-Touch'});

/** Keys of a unit whose place changes, with all that was asked. */
function keysOf(place: () => number) {
  const asked: string[] = [];
  const keys = createHeldKeys(
    {
      perform: (intent: Intent, {control}) =>
        asked.push(`${intent.type} ${'key' in intent ? intent.key : ''} by ${control}`),
    },
    (control) => `${place()} ${control}`,
  );
  return {keys, asked};
}

const hold = (key: string): Intent => ({type: 'gain.hold', key, scope: 's0'});

test('a key that is held is let go once, under the name that it was pressed with', (t) => {
  let firstStrip = 0;
  const {keys, asked} = keysOf(() => firstStrip);
  keys.ask([hold('push.1')], hand('push.1'));
  firstStrip = 8;
  keys.letGo(hand('push.1'));
  keys.letGo(hand('push.1'));
  keys.letGoOfAll();
  t.deepEqual(asked, ['gain.hold 0 push.1 by push.1', 'gain.letGo 0 push.1 by push.1']);
});

test('all that are held are let go with their unit, others are not spoken of', (t) => {
  const {keys, asked} = keysOf(() => 0);
  keys.letGo(hand('push.3'));
  keys.ask([hold('push.1')], hand('push.1'));
  keys.ask([hold('push.2')], hand('push.2'));
  asked.length = 0;
  keys.letGoOfAll();
  keys.letGoOfAll();
  t.deepEqual(asked, ['gain.letGo 0 push.1 by push.1', 'gain.letGo 0 push.2 by push.2']);
});
