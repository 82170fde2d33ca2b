import test from 'ava';
import fc from 'fast-check';
import {motorFaderHand} from '../../src/app/fader-hand.ts';
import {fullSurface} from '../surface/render/small-desk.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';

/** A motor fader in virtual time, with what it tells its unit. */
function rehearse(touch: 'sensed' | 'inferred') {
  const timers = new VirtualTimers();
  const clock = {now: timers.now, after: timers.after, soon: (call: () => void) => timers.after(0, call)};
  const told: string[] = [];
  const surface = fullSurface();
  const fader = motorFaderHand({...surface, faders: {...surface.faders, touch, settleMs: 300, echo: false}}, clock, {
    asked: (position) => told.push(`asked ${position}`),
    echoed: (position) => told.push(`echoed ${position}`),
    held: () => told.push('held'),
    freed: () => told.push('freed'),
    touched: (touching) => told.push(touching ? 'touched' : 'left'),
    pickedUp: () => {},
  });
  const moved = (position: number): void => fader.heard({type: 'fader.moved', control: 'fader.1', position});
  return {timers, told, fader, moved};
}

test('a motor that rides for long travels all the time, and untouched reports are its own', (t) => {
  const {timers, told, fader, moved} = rehearse('sensed');
  for (let step = 0; step < 300; step++) {
    fader.driven(step / 300);
    timers.advance(33);
    moved(Math.max(0, step - 3) / 300);
  }
  t.deepEqual(told, []);
});

test('250 ms after its last step it has come to rest there, whatever it was told in between', (t) => {
  const {timers, told, fader, moved} = rehearse('sensed');
  for (const position of [0.1, 0.2, 0.3]) {
    fader.driven(position);
    timers.advance(100);
  }
  timers.advance(160);
  moved(0.3);
  t.deepEqual(told, [], 'its own report');
  moved(0.5);
  t.deepEqual(told, ['held', 'touched', 'asked 0.5'], 'a hand that the touch sense missed');
});

test('a motor that was held back is sent again once it should have come to rest', (t) => {
  const {timers, told, fader, moved} = rehearse('sensed');
  fader.driven(0.4);
  fader.driven(0.8);
  moved(0.3);
  timers.advance(249);
  t.deepEqual(told, []);
  timers.advance(2);
  t.deepEqual(told, ['freed']);
});

test('a touch in the middle of a ride is felt at once, and after it the ride is heard of anew', (t) => {
  const {timers, told, fader, moved} = rehearse('sensed');
  for (const position of [0.1, 0.2, 0.3]) {
    fader.driven(position);
    timers.advance(33);
  }
  fader.heard({type: 'fader.touched', control: 'fader.1'});
  moved(0.6);
  fader.heard({type: 'fader.released', control: 'fader.1'});
  t.deepEqual(told, ['held', 'touched', 'asked 0.6', 'left', 'freed']);
  fader.driven(0.9);
  moved(0.7);
  timers.advance(300);
  t.is(told.at(-1), 'freed', 'it travels again, and has strayed');
});

test('without touch sense a hand is felt in the middle of a ride, also of one that began with a jump', (t) => {
  for (const isJump of [false, true]) {
    const {timers, told, fader, moved} = rehearse('inferred');
    fader.driven(0.5);
    timers.advance(400);
    let at = isJump ? 0.2 : 0.5;
    fader.driven(at);
    for (let step = 0; step < 90; step++) {
      timers.advance(33);
      at += 0.002;
      fader.driven(at);
    }
    t.deepEqual(told, []);
    moved(0.05);
    t.deepEqual(told, ['held', 'touched', 'asked 0.05'], isJump ? 'after a jump' : 'without one');
  }
});

test('without touch sense untouched moves are the motor’s for 250 ms after its last journey, whatever steps and moves come meanwhile', (t) => {
  const drive = fc.record({
    afterMs: fc.integer({min: 1, max: 260}),
    by: fc.oneof(fc.double({min: -0.019, max: 0.019, noNaN: true}), fc.constantFrom(-0.1, 0.1)),
    isMoved: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(drive, {minLength: 1, maxLength: 20}), (drives) => {
      const {timers, told, fader, moved} = rehearse('inferred');
      let at = 0.5;
      let deafMs = 250;
      fader.driven(at);
      for (const {afterMs, by, isMoved} of drives) {
        timers.advance(afterMs);
        deafMs -= afterMs;
        if (deafMs <= 0 && isMoved) {
          moved(1);
          return told.at(-1) === 'asked 1';
        }
        // Until then it tells where it passes.
        if (isMoved) moved(at);
        at += at + by > 0.9 || at + by < 0.1 ? -by : by;
        fader.driven(at);
        if (Math.abs(by) > 0.02) deafMs = 250;
        if (told.includes('held')) return false;
      }
      moved(1);
      return (told.at(-1) === 'asked 1') === deafMs <= 0;
    }),
  );
  t.pass();
});

test('a fader that ended asks for no more time', (t) => {
  const {timers, fader} = rehearse('sensed');
  fader.driven(0.5);
  fader.stop();
  t.is(timers.pending, 0);
});
