import test from 'ava';
import fc from 'fast-check';
import {createActor} from 'xstate';
import {getShortestPaths} from 'xstate/graph';
import {
  type PlainFaderEmitted,
  type PlainFaderEvent,
  pickupTolerance,
  plainFaderMachine,
} from '../../src/machines/plain-fader.ts';

function startFader(target: number) {
  const actor = createActor(plainFaderMachine, {input: {target}});
  const emitted: PlainFaderEmitted[] = [];
  actor.start();
  actor.on('*', (event) => emitted.push(event));
  return {
    actor,
    emitted,
    send: (...events: readonly PlainFaderEvent[]) => {
      for (const event of events) actor.send(event);
    },
    asked: () => emitted.flatMap((event) => (event.type === 'fader.asked' ? [event.position] : [])),
    pickups: () => emitted.flatMap((event) => (event.type === 'pickup.changed' ? [event.pickup] : [])),
  };
}

const move = (position: number): PlainFaderEvent => ({type: 'fader.moved', position});
const aim = (target: number): PlainFaderEvent => ({type: 'target.moved', target});
const reassign = (target: number): PlainFaderEvent => ({type: 'fader.reassigned', target});

const rows: readonly {
  readonly law: string;
  readonly target: number;
  readonly events: readonly PlainFaderEvent[];
  readonly asked: readonly number[];
  readonly pickups: readonly string[];
}[] = [
  {
    law: 'the first position after connecting only tells the side',
    target: 0.75,
    events: [move(0.2)],
    asked: [],
    pickups: ['below'],
  },
  {
    law: 'a first position near the value has it at once',
    target: 0.75,
    events: [move(0.74)],
    asked: [0.74],
    pickups: ['caught'],
  },
  {
    law: 'a fader below stays silent until it comes near',
    target: 0.75,
    events: [move(0.2), move(0.5), move(0.73), move(0.8)],
    asked: [0.73, 0.8],
    pickups: ['below', 'caught'],
  },
  {
    law: 'a fader above says so and is pulled down to the value',
    target: 0.25,
    events: [move(0.9), move(0.6), move(0.26)],
    asked: [0.26],
    pickups: ['above', 'caught'],
  },
  {
    law: 'a fast swipe across the value catches it',
    target: 0.5,
    events: [move(0.3), move(0.7)],
    asked: [0.7],
    pickups: ['below', 'caught'],
  },
  {
    law: 'a change by others lets go',
    target: 0.5,
    events: [move(0.5), aim(0.8), move(0.55)],
    asked: [0.5],
    pickups: ['caught', 'below'],
  },
  {
    law: 'the answer to its own ask does not let go',
    target: 0.5,
    events: [move(0.5), move(0.6), aim(0.6), move(0.9)],
    asked: [0.5, 0.6, 0.9],
    pickups: ['caught'],
  },
  {
    law: 'a bank lets go',
    target: 0.5,
    events: [move(0.5), reassign(0.1), move(0.45)],
    asked: [0.5],
    pickups: ['caught', 'above'],
  },
  {
    law: 'a bank back to where the fader still stands has it again',
    target: 0.5,
    events: [move(0.5), reassign(0.1), reassign(0.5), move(0.52)],
    asked: [0.5, 0.52],
    pickups: ['caught', 'above', 'caught'],
  },
  {
    law: 'a value that passes the fader changes the side',
    target: 0.2,
    events: [move(0.5), aim(0.9)],
    asked: [],
    pickups: ['above', 'below'],
  },
  {
    law: 'after a reconnect the position is unknown again',
    target: 0.5,
    events: [move(0.5), {type: 'link.lost'}, move(0.9), move(0.8)],
    asked: [0.5],
    pickups: ['caught', 'unknown', 'above'],
  },
];

for (const {law, target, events, asked, pickups} of rows) {
  test(law, (t) => {
    const fader = startFader(target);
    fader.send(...events);
    t.deepEqual(
      {asked: fader.asked(), pickups: fader.pickups()},
      {asked: [...asked], pickups: [...pickups] as never[]},
    );
  });
}

const paths = getShortestPaths(plainFaderMachine, {
  input: {target: 0.5},
  events: [move(0.1), move(0.5), move(0.9), aim(0.1), aim(0.9), reassign(0.5), {type: 'link.lost'}],
  serializeState: (snapshot) => JSON.stringify(snapshot.value),
});

test('every state of the machine is reached', (t) => {
  t.deepEqual(paths.map(({state}) => state.value).sort(), ['above', 'below', 'caught', 'unknown']);
});

for (const {state} of paths) {
  test(`from ${JSON.stringify(state.value)} a vanished device leads to unknown`, (t) => {
    const actor = createActor(plainFaderMachine, {snapshot: state, input: {target: 0}}).start();
    actor.send({type: 'link.lost'});
    t.is(actor.getSnapshot().value, 'unknown');
  });
}

const anyPosition = fc.double({min: 0, max: 1, noNaN: true});

test('whatever happens, a value never jumps further than the tolerance or than the hand itself moved', (t) => {
  const anyEvent = fc.oneof(
    anyPosition.map(move),
    anyPosition.map(move),
    anyPosition.map(aim),
    anyPosition.map(reassign),
    fc.constant<PlainFaderEvent>({type: 'link.lost'}),
  );
  fc.assert(
    fc.property(anyPosition, fc.array(anyEvent, {maxLength: 60}), (start, events) => {
      const fader = startFader(start);
      let value = start;
      let hand: number | undefined;
      for (const event of events) {
        const before = fader.asked().length;
        fader.send(event);
        const asked = fader.asked().slice(before);
        if (event.type === 'link.lost') hand = undefined;
        if (event.type === 'target.moved' || event.type === 'fader.reassigned') value = event.target;
        if (event.type !== 'fader.moved') {
          if (asked.length > 0) return false;
          continue;
        }
        const [position] = asked;
        if (position !== undefined) {
          const travel = Math.abs(event.position - (hand ?? event.position));
          if (Math.abs(position - value) > pickupTolerance + travel + 1e-12) return false;
          value = position;
        }
        hand = event.position;
      }
      return true;
    }),
  );
  t.pass();
});

test('whatever happens, the same side is never told twice in a row', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(anyPosition.map(move), anyPosition.map(aim), anyPosition.map(reassign)), {maxLength: 60}),
      (events) => {
        const fader = startFader(0.5);
        fader.send(...events);
        const pickups = fader.pickups();
        return pickups.every((pickup, index) => pickup !== pickups[index - 1]);
      },
    ),
  );
  t.pass();
});
