import test from 'ava';
import {mayLoop} from '../../src/app/loop-watch.ts';
import {type Mixer, newMixer} from '../../src/model/mixer.ts';
import type {Surface} from '../../src/model/surface.ts';
import {dice} from './gestures.ts';
import {type PluggedUnit, portNameOf, surfaces, type TestDesk, testDesk, twentyStrips} from './test-desk.ts';

const delayMs = 20;
const jitterMs = 8;
/** Traffic is over within this time. */
const diesWithinMs = 1000;
/** After a refusal the desk looks again so much later. */
const looksAgainMs = 30_000;

const mixerFor = ({strips}: Surface): Mixer => newMixer({strips: twentyStrips.strips.slice(0, strips + 2)});

/** Everything that is sent comes back, late and unevenly, but in its order, as in any cable. Tells how many bytes went out since it was last asked. */
function loopBack({after}: TestDesk, {cable}: PluggedUnit, seed: number): () => number {
  const roll = dice(seed);
  let sent = 0;
  const waiting: Uint8Array[] = [];
  cable.onHeard((bytes) => {
    sent += bytes.length;
    waiting.push(bytes);
    after(delayMs + roll() * jitterMs, () => {
      const next = waiting.shift();
      if (next !== undefined) cable.say(next, 2);
    });
  });
  return () => {
    const taken = sent;
    sent = 0;
    return taken;
  };
}

/** Music plays meanwhile, so that there is always something to show: a block now and then is enough for that. */
async function played({engine, pass}: TestDesk, ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 50) {
    engine.hear(0.01, new Map([[0, {peak: 0.1 + (at % 400) / 1000}]]), 0.3);
    await pass(50);
  }
}

/** What speaks MIDI can be patched into itself; HID cannot. */
for (const [index, surface] of surfaces.filter(mayLoop).entries()) {
  test(`${surface.id}: on a loop-back cable traffic dies within a second, nothing moves, and people are told`, async (t) => {
    const bench = testDesk(mixerFor(surface));
    const {desk, engine} = bench;
    const before = engine.mixer;
    const unit = bench.plug(surface, portNameOf(surface));
    unit.device.powerOff();
    const takeSent = loopBack(bench, unit, index + 1);
    desk.perform({type: 'playback.play'});
    await played(bench, diesWithinMs);
    t.true(takeSent() > 0);
    t.regex(desk.status().units[0]?.state ?? '', /^refused: It hears itself: a loop-back cable or MIDI thru/);
    await played(bench, 500);
    t.is(takeSent(), 0);
    t.is(engine.mixer, before);
    await desk.close();
  });

  test(`${surface.id}: a cable that takes the place of the device amid the show is found out`, async (t) => {
    const bench = testDesk(mixerFor(surface));
    const {desk, engine, pass} = bench;
    const unit = bench.plug(surface, portNameOf(surface));
    await pass(800);
    t.is(desk.status().units[0]?.state, 'ready');
    desk.perform({type: 'playback.play'});
    await played(bench, 100);
    unit.device.powerOff();
    const takeSent = loopBack(bench, unit, index + 1);
    desk.perform({type: 'strip.setMute', strip: 's0', muted: true});
    const muted = engine.mixer;
    await played(bench, diesWithinMs);
    // Where nothing is shown nothing comes back.
    t.regex(desk.status().units[0]?.state ?? '', takeSent() > 0 ? /^refused: It hears itself/ : /^ready$/);
    await played(bench, 300);
    t.is(takeSent(), 0);
    t.is(engine.mixer, muted);
    await desk.close();
  });
}

test('when the cable is taken away the desk finds the surface by itself', async (t) => {
  const surface = surfaces.find(({dialect}) => dialect === 'mackie');
  if (surface === undefined) return t.fail('there is none');
  const bench = testDesk(mixerFor(surface));
  const {desk, pass} = bench;
  const unit = bench.plug(surface, portNameOf(surface));
  unit.device.powerOff();
  let isLooped = true;
  unit.cable.onHeard((bytes) => {
    if (isLooped) bench.after(delayMs, () => unit.cable.say(bytes));
  });
  await pass(1000);
  t.regex(desk.status().units[0]?.state ?? '', /^refused/);
  isLooped = false;
  unit.device.powerOn();
  await pass(looksAgainMs + 1000);
  t.is(desk.status().units[0]?.state, 'ready');
  await desk.close();
});
