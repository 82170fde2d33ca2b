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
import type {Takeover} from '../../src/model/surface.ts';

function startFader(target: number, takeover: Takeover = 'pick-up') {
  const actor = createActor(plainFaderMachine, {input: {target, takeover}});
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
    law: 'where the fader of a device stood that is gone says nothing: the next first position only tells the side',
    target: 0.5,
    events: [move(0.2), {type: 'link.lost'}, move(0.8), move(0.9)],
    asked: [],
    pickups: ['below', 'unknown', 'above'],
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

const takeovers: readonly {
  readonly law: string;
  readonly takeover: Takeover;
  readonly target: number;
  readonly moves: readonly number[];
  readonly asked: readonly number[];
  readonly pickups: readonly string[];
}[] = [
  {
    law: 'a value that may jump is where the fader is, at its first move',
    takeover: 'jump',
    target: 0.75,
    moves: [0.25, 0.5],
    asked: [0.25, 0.5],
    pickups: ['caught'],
  },
  {
    law: 'a scaled value reaches the top with the fader',
    takeover: 'scaled',
    target: 0.5,
    moves: [0, 0.25, 1],
    asked: [0.625, 1],
    pickups: ['below', 'caught'],
  },
  {
    law: 'a scaled value reaches the bottom with the fader',
    takeover: 'scaled',
    target: 0.5,
    moves: [1, 0.75, 0],
    asked: [0.375, 0],
    pickups: ['above', 'caught'],
  },
  {
    law: 'a parallel value moves as far as the hand',
    takeover: 'parallel',
    target: 0.5,
    moves: [0.125, 0.25, 0.125],
    asked: [0.625, 0.5],
    pickups: ['below'],
  },
  {
    law: 'a parallel value waits at the end until the fader comes to it',
    takeover: 'parallel',
    target: 0.875,
    moves: [0.5, 0.75, 1],
    asked: [1, 1],
    pickups: ['below', 'caught'],
  },
  {
    law: 'a gliding value comes a part of the way with every move, wherever the hand goes',
    takeover: 'glide',
    target: 1,
    moves: [0.25, 0.5, 0.25],
    asked: [0.75, 0.5],
    pickups: ['below'],
  },
  {
    law: 'picked up, nothing moves before',
    takeover: 'pick-up',
    target: 0.75,
    moves: [0.25, 0.5],
    asked: [],
    pickups: ['below'],
  },
];

for (const {law, takeover, target, moves, asked, pickups} of takeovers) {
  test(law, (t) => {
    const fader = startFader(target, takeover);
    fader.send(...moves.map(move));
    t.deepEqual(fader.asked(), asked);
    t.deepEqual(fader.pickups(), pickups);
  });
}

test('after a sweep over the whole travel the fader has its value, however it is taken over, and none ever leaves the travel', (t) => {
  const travel = fc.integer({min: 0, max: 127}).map((step) => step / 127);
  fc.assert(
    fc.property(
      fc.constantFrom<Takeover>('scaled', 'parallel', 'glide', 'pick-up'),
      travel,
      fc.array(travel, {minLength: 1, maxLength: 30}),
      (takeover, target, wild) => {
        const fader = startFader(target, takeover);
        // Both ends in small steps: from there any value is had.
        const sweep = Array.from({length: 128}, (_, step) => step / 127);
        fader.send(...[...wild, ...sweep, ...[...sweep].reverse()].map(move));
        fader.send(move(0.5));
        const asked = fader.asked();
        const within = asked.every((position) => position >= 0 && position <= 1);
        return within && (takeover === 'glide' || asked.at(-1) === 0.5);
      },
    ),
    {numRuns: 40},
  );
  t.pass();
});
