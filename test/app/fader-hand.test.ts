import test from 'ava';
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

test('a fader that ended asks for no more time', (t) => {
  const {timers, fader} = rehearse('sensed');
  fader.driven(0.5);
  fader.stop();
  t.is(timers.pending, 0);
});
