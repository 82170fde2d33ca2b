import test from 'ava';
import fc from 'fast-check';
import {createActor, SimulatedClock} from 'xstate';
import {getShortestPaths} from 'xstate/graph';
import {
  type MotorFaderEmitted,
  type MotorFaderEvent,
  type MotorFaderInput,
  motorFaderMachine,
} from '../../src/machines/motor-fader.ts';

const sensed: MotorFaderInput = {touch: 'sensed', settleMs: 300, echo: false};
const inferred: MotorFaderInput = {touch: 'inferred', settleMs: 300, echo: false};

/** A fader with its own clock that writes down what it wishes. */
function startFader(input: MotorFaderInput) {
  const clock = new SimulatedClock();
  const actor = createActor(motorFaderMachine, {input, clock});
  const emitted: MotorFaderEmitted[] = [];
  /** Whether the motor was withheld at each emission, to see that listeners find the state already changed. */
  const withheldThen: boolean[] = [];
  actor.on('*', (event) => {
    emitted.push(event);
    withheldThen.push(actor.getSnapshot().hasTag('withheld'));
  });
  actor.start();
  return {
    clock,
    actor,
    emitted,
    withheldThen,
    send: (...events: readonly MotorFaderEvent[]) => {
      for (const event of events) actor.send(event);
    },
    types: () => emitted.map(({type}) => type),
    isWithheld: () => actor.getSnapshot().hasTag('withheld'),
  };
}

const move = (position: number): MotorFaderEvent => ({type: 'fader.moved', position});
const drive = (position: number): MotorFaderEvent => ({type: 'fader.driven', position});
const rest = (position: number): MotorFaderEvent => ({type: 'motor.rested', position});
const touch: MotorFaderEvent = {type: 'fader.touched'};
const release: MotorFaderEvent = {type: 'fader.released'};
const reassign: MotorFaderEvent = {type: 'fader.reassigned'};
const lose: MotorFaderEvent = {type: 'link.lost'};

test('a touched fader asks for every position it moves to', (t) => {
  const fader = startFader(sensed);
  fader.send(touch, move(0.5), move(0.6), release);
  t.deepEqual(fader.emitted, [
    {type: 'fader.heldNow'},
    {type: 'touch.began'},
    {type: 'fader.asked', position: 0.5},
    {type: 'fader.asked', position: 0.6},
    {type: 'touch.ended'},
    {type: 'fader.freed'},
  ]);
});

test('a listener finds the motor already withheld when it hears of the grip, and no longer when it hears of the release', (t) => {
  const fader = startFader(sensed);
  fader.send(touch, move(0.5), release);
  t.deepEqual(fader.withheldThen, [true, true, true, false, false]);
});

test('release re-sends, even if nothing was moved', (t) => {
  const fader = startFader(sensed);
  fader.send(touch, release);
  t.is(fader.types().at(-1), 'fader.freed');
});

test('a finger that rests without moving holds the fader as long as it rests', (t) => {
  const fader = startFader(sensed);
  fader.send(touch, move(0.5));
  fader.clock.increment(60_000);
  t.true(fader.isWithheld());
});

test('a bank while touched lets go of the old strip, and the new one is not moved until the hand is off', (t) => {
  const fader = startFader(sensed);
  fader.send(touch, move(0.5), reassign, move(0.9));
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'fader.asked', 'touch.ended']);
  t.true(fader.isWithheld());
  fader.send(release);
  t.is(fader.types().at(-1), 'fader.freed');
  t.false(fader.isWithheld());
});

test('a touch that follows a lost release takes hold of what lies under the fader now', (t) => {
  const fader = startFader(sensed);
  fader.send(touch, reassign, touch, move(0.2));
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'touch.ended', 'touch.began', 'fader.asked']);
});

test('a fader without touch sense is touched while it moves and for its settling time', (t) => {
  const fader = startFader(inferred);
  fader.send(move(0.4));
  fader.clock.increment(299);
  t.true(fader.isWithheld());
  fader.clock.increment(1);
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'fader.asked', 'touch.ended', 'fader.freed']);
});

test('each movement refreshes an inferred touch', (t) => {
  const fader = startFader(inferred);
  for (const position of [0.1, 0.2, 0.3, 0.4, 0.5]) {
    fader.send(move(position));
    fader.clock.increment(250);
  }
  t.is(fader.types().filter((type) => type === 'touch.began').length, 1);
  t.true(fader.isWithheld());
});

test('an orphan without touch sense is let go once it has settled', (t) => {
  const fader = startFader(inferred);
  fader.send(move(0.4), reassign, move(0.5));
  fader.clock.increment(299);
  fader.send(move(0.6));
  fader.clock.increment(299);
  t.true(fader.isWithheld());
  fader.clock.increment(1);
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'fader.asked', 'touch.ended', 'fader.freed']);
});

test('a move that the touch sense missed counts as a touch', (t) => {
  const fader = startFader(sensed);
  fader.send(move(0.4));
  fader.clock.increment(300);
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'fader.asked', 'touch.ended', 'fader.freed']);
});

test('a touch that is sensed late makes the inferred one last until the release', (t) => {
  const fader = startFader(sensed);
  fader.send(move(0.4), touch);
  fader.clock.increment(5000);
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'fader.asked']);
  fader.send(release);
  t.deepEqual(fader.types().slice(3), ['touch.ended', 'fader.freed']);
});

for (const input of [sensed, inferred]) {
  test(`what a motor tells on its way asks for nothing (${input.touch})`, (t) => {
    const fader = startFader(input);
    fader.send(drive(0.8), move(0.3), move(0.6), move(0.8), rest(0.8), move(0.801));
    t.deepEqual(fader.emitted, []);
  });
}

test('a motor that did not arrive is sent again, once', (t) => {
  const fader = startFader(inferred);
  fader.send(drive(0.8), move(0.3), rest(0.8));
  t.deepEqual(fader.types(), ['fader.freed']);
  fader.send(drive(0.8), rest(0.8));
  t.deepEqual(fader.types(), ['fader.freed']);
});

test('what a motor told before it was sent on says nothing of where it came to rest, and there it may be reported', (t) => {
  const fader = startFader(sensed);
  fader.send(drive(0.8), move(0.3), rest(0.4));
  t.deepEqual(fader.emitted, []);
  fader.send(move(0.401));
  t.deepEqual(fader.emitted, []);
  fader.send(move(0.8));
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'fader.asked']);
});

test('near where it was sent a fader tells of its motor, beyond that of a hand', (t) => {
  for (const input of [sensed, inferred]) {
    for (const [position, hears] of [
      [0.8039, false],
      [0.7961, false],
      [0.8041, true],
      [0.7959, true],
    ] as const) {
      const fader = startFader(input);
      fader.send(drive(0.8), rest(0.8), move(position));
      t.is(fader.types().includes('fader.asked'), hears, `${input.touch} ${position}`);
    }
  }
});

test('once a hand was on it, where its motor was sent before says nothing: a move there is a hand', (t) => {
  const fader = startFader(sensed);
  fader.send(drive(0.5), rest(0.5), touch, move(0.8), release, move(0.5));
  t.deepEqual(fader.types().slice(-3), ['fader.heldNow', 'touch.began', 'fader.asked']);
});

test('where the motor of a device was sent that is gone says nothing of the one that comes', (t) => {
  const fader = startFader(sensed);
  fader.send(drive(0.5), rest(0.5), lose, move(0.5));
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'fader.asked']);
});

test('small drives, as automation makes them, leave a fader without touch sense open to a hand', (t) => {
  const fader = startFader(inferred);
  fader.send(drive(0.5), rest(0.5));
  for (const position of [0.51, 0.52, 0.53]) fader.send(drive(position));
  fader.send(move(0.6));
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'fader.asked']);
});

test('while the desk drives a fader with touch sense, only a touch is a hand', (t) => {
  const fader = startFader(sensed);
  for (const position of [0.51, 0.52, 0.53]) {
    fader.send(drive(position), move(position - 0.02));
    fader.clock.increment(40);
  }
  t.deepEqual(fader.emitted, []);
  fader.send(touch, move(0.6));
  t.deepEqual(fader.types(), ['fader.heldNow', 'touch.began', 'fader.asked']);
});

test('only a device that needs it gets its positions back', (t) => {
  const echoing = startFader({...sensed, echo: true});
  echoing.send(touch, move(0.5));
  t.deepEqual(echoing.emitted.slice(2), [
    {type: 'fader.asked', position: 0.5},
    {type: 'fader.echoed', position: 0.5},
  ]);
  const plain = startFader(sensed);
  plain.send(touch, move(0.5));
  t.false(plain.types().includes('fader.echoed'));
});

test('an orphan is not echoed either: what it did is not where the mixer is', (t) => {
  const fader = startFader({...sensed, echo: true});
  fader.send(touch, reassign, move(0.5));
  t.false(fader.types().includes('fader.echoed'));
});

// Paths: every state that can be reached, without starting a timer.
const events: MotorFaderEvent[] = [touch, release, move(0.5), drive(0.2), rest(0.2), reassign, lose];
const paths = [sensed, inferred].flatMap((input) =>
  getShortestPaths(motorFaderMachine, {
    input,
    events: [...events, ...(['inferred', 'settling'] as const).map(settled)],
    serializeState: (snapshot) => `${input.touch} ${JSON.stringify(snapshot.value)}`,
  }),
);

/** The end of a state's delay, as the path traversal names it. */
function settled(state: 'inferred' | 'settling'): MotorFaderEvent {
  const node = {inferred: 'gripped.held.inferred', settling: 'gripped.orphaned.settling'}[state];
  return {type: `xstate.after.settle.motor-fader.${node}`} as unknown as MotorFaderEvent;
}

test('every state of the machine is reached', (t) => {
  const states = new Set(paths.map(({state}) => JSON.stringify(state.value)));
  t.is(states.size, 6);
});

for (const {state} of paths) {
  const name = `${state.context.touch} ${JSON.stringify(state.value)}`;
  test(`from ${name} a vanished device leads to free`, (t) => {
    const actor = createActor(motorFaderMachine, {snapshot: state, input: sensed}).start();
    actor.send(lose);
    t.false(actor.getSnapshot().hasTag('withheld'));
    actor.stop();
  });

  test(`from ${name} a touch always withholds the motor`, (t) => {
    const actor = createActor(motorFaderMachine, {snapshot: state, input: sensed}).start();
    actor.send(touch);
    t.true(actor.getSnapshot().hasTag('withheld'));
    actor.stop();
  });
}

const anyEvent = fc.oneof(
  fc.constantFrom(touch, release, reassign, lose),
  fc.double({min: 0, max: 1, noNaN: true}).map(move),
  fc.double({min: 0, max: 1, noNaN: true}).map(drive),
  fc.double({min: 0, max: 1, noNaN: true}).map(rest),
  fc.integer({min: 1, max: 400}),
);
const anyInput = fc.record({
  touch: fc.constantFrom('sensed' as const, 'inferred' as const),
  settleMs: fc.integer({min: 50, max: 500}),
  echo: fc.boolean(),
});

/** Plays events, and waits in ms, against a fresh fader. */
function play(input: MotorFaderInput, script: readonly (MotorFaderEvent | number)[]) {
  const fader = startFader(input);
  for (const step of script) {
    if (typeof step === 'number') fader.clock.increment(step);
    else fader.send(step);
  }
  fader.actor.stop();
  return fader;
}

test('whatever happens, touches begin and end in turn, and asks come only within one', (t) => {
  fc.assert(
    fc.property(anyInput, fc.array(anyEvent, {maxLength: 60}), (input, script) => {
      let touching = false;
      for (const {type} of play(input, script).emitted) {
        if (type === 'touch.began') {
          if (touching) return false;
          touching = true;
        } else if (type === 'touch.ended') {
          if (!touching) return false;
          touching = false;
        } else if (type === 'fader.asked' && !touching) return false;
      }
      return true;
    }),
  );
  t.pass();
});

test('whatever happens, a grip is followed by its release before the next grip', (t) => {
  fc.assert(
    fc.property(anyInput, fc.array(anyEvent, {maxLength: 60}), (input, script) => {
      let gripped = false;
      for (const {type} of play(input, script).emitted) {
        if (type === 'fader.heldNow') {
          if (gripped) return false;
          gripped = true;
        } else if (type === 'fader.freed') gripped = false;
        else if (type === 'touch.began' && !gripped) return false;
      }
      return true;
    }),
  );
  t.pass();
});

test('whatever happened, a sensed grip that was reassigned never asks before a new touch', (t) => {
  fc.assert(
    fc.property(
      anyInput,
      fc.array(anyEvent, {maxLength: 30}),
      fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 20}),
      (input, before, moves) => {
        const fader = startFader(input);
        for (const step of before) {
          if (typeof step === 'number') fader.clock.increment(step);
          else fader.send(step);
        }
        fader.send(touch, reassign);
        const asked = fader.emitted.length;
        fader.send(...moves.map(move));
        fader.actor.stop();
        return fader.emitted.length === asked;
      },
    ),
  );
  t.pass();
});
