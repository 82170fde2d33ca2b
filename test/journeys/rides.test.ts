import test from 'ava';
import {renderPassage} from '../../src/engine/bounce-render.ts';
import type {Lanes} from '../../src/model/lane-change.ts';
import {type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import {levelAt, positionOf} from '../../src/model/taper.ts';
import {memoryStem} from '../engine/memory-stem.ts';
import {type Gesture, gestureSeconds, gestures, messagesOf} from './gestures.ts';
import {rate, rideDesk} from './ride-desk.ts';

/** A gain that jumps is brought there so slowly that it does not click: half of it before, half after. */
const rampSeconds = 0.021;
const mixer = newMixer({strips: gestures.map(({name}, index) => newStrip({id: `s${index}`, name}))});
const fromSeconds = 1;
const seconds = fromSeconds + gestureSeconds;

/** All gestures at once, each on a fader of its own: what came of them, and how many messages each was. */
async function written(): Promise<{readonly mixer: Mixer; readonly lanes: Lanes; readonly events: readonly number[]}> {
  const {desk, device, play, stop, roll, pass} = await rideDesk({mixer});
  const {taper} = device.surface.faders;
  const travelDb = (levelDb: number, steps: number): number =>
    levelAt(taper, Math.min(1, Math.max(0, positionOf(taper, levelDb) + steps / 1023)));
  const all = gestures.map((gesture, index) => messagesOf(gesture, index + 1, travelDb));
  const messages = all
    .flatMap((some, index) => some.map((message) => ({...message, fader: `fader.${index + 1}`})))
    .sort((one, other) => one.atSeconds - other.atSeconds);
  play();
  await roll(fromSeconds * 1000 - 300);
  for (const index of gestures.keys()) device.touch(`fader.${index + 1}`);
  await roll(300);
  let atMs = 0;
  for (const {atSeconds, levelDb, fader} of messages) {
    // The wire is looked at once a millisecond.
    const nextMs = Math.round(atSeconds * 1000);
    if (nextMs > atMs) await roll(nextMs - atMs);
    atMs = nextMs;
    device.move(fader, positionOf(taper, levelDb));
  }
  await roll(gestureSeconds * 1000 - atMs + 300);
  for (const index of gestures.keys()) device.release(`fader.${index + 1}`);
  await roll(500);
  stop();
  await pass(300);
  const {kept} = desk.status();
  await desk.close();
  if (kept === undefined) throw new Error('the desk keeps nothing');
  return {mixer: kept.mixer, lanes: kept.automation.lanes, events: all.map((some) => some.length)};
}

/** The level of one strip in a bounce of it alone, in dB, a value a frame. */
async function bounced(
  index: number,
  {mixer: kept, lanes}: Awaited<ReturnType<typeof written>>,
): Promise<Float64Array> {
  const lengthFrames = (seconds + 1) * rate;
  const sound = 0.1;
  const levels: number[] = [];
  await renderPassage(
    {
      mixer: kept,
      moves: [],
      lanes,
      stems: gestures.map((_, place) =>
        place === index
          ? memoryStem(new Float32Array(lengthFrames).fill(sound), new Float32Array(lengthFrames).fill(sound))
          : undefined,
      ),
      sampleRate: rate,
      fromFrame: 0,
      toFrame: lengthFrames,
      lengthFrames,
      tailSeconds: 0,
      onProgress: () => {},
      signal: undefined,
    },
    async (left) => {
      for (const sample of left) levels.push(20 * Math.log10(Math.abs(sample) / sound));
    },
  );
  return Float64Array.from(levels);
}

/** How far a level lies from what the gesture was within 5 ms around: 0 where it is among what it was. */
function distanceDb(gesture: Gesture, atSeconds: number, levelDb: number): number {
  const around = Array.from({length: 11}, (_, step) => gesture.levelDb(atSeconds + (step - 5) / 1000));
  return Math.max(0, Math.min(...around) - levelDb, levelDb - Math.max(...around));
}

/** When a jump near a second is half done, as an amplitude. */
function middleOf(levels: Float64Array, nearSeconds: number): number {
  const amplitude = (seconds: number): number => 10 ** ((levels[Math.round(seconds * rate)] ?? 0) / 20);
  const [before, after] = [amplitude(nearSeconds - 0.05), amplitude(nearSeconds + 0.05)];
  for (let at = nearSeconds - 0.05; at < nearSeconds + 0.05; at += 1 / rate)
    if ((amplitude(at) - (before + after) / 2) * (after - before) >= 0) return at;
  return Number.NaN;
}

const ride = await written();

for (const [index, gesture] of gestures.entries()) {
  test(`${gesture.name}, ridden on a motor fader, is heard in the bounce within 0.3 dB and 5 ms`, async (t) => {
    const levels = await bounced(index, ride);
    const {jumps = []} = gesture;
    let worstDb = 0;
    for (let ms = 10; ms < gestureSeconds * 1000 - 10; ms++) {
      const at = ms / 1000;
      if (jumps.some((jump) => Math.abs(at - jump) <= rampSeconds / 2)) continue;
      worstDb = Math.max(worstDb, distanceDb(gesture, at, levels[Math.round((fromSeconds + at) * rate)] ?? Number.NaN));
    }
    t.true(worstDb <= 0.3, `${worstDb.toFixed(3)} dB off`);
    for (const jump of jumps) {
      const lateMs = 1000 * (middleOf(levels, fromSeconds + jump) - fromSeconds - jump);
      t.true(Math.abs(lateMs) <= 5, `the jump at ${jump} s is ${lateMs.toFixed(1)} ms late`);
    }
    const points = ride.lanes.get(`s${index} level`)?.frames.length ?? Number.NaN;
    const events = ride.events[index] ?? 0;
    t.log(`${worstDb.toFixed(2)} dB off at worst, ${points} points of ${events} messages`);
    // A jump is one message, and has two sides, and what is before it.
    const most = gesture.name === 'steps' ? 3 * events : events / 10;
    t.true(points <= most, `${points} points of ${events} messages`);
  });
}

test('of all messages of all rides a tenth is left as points, at most', (t) => {
  const points = [...ride.lanes.values()].reduce((sum, {frames}) => sum + frames.length, 0);
  const events = ride.events.reduce((sum, count) => sum + count, 0);
  t.log(`${points} points of ${events} messages: ${((100 * points) / events).toFixed(1)} %`);
  t.true(points <= events / 10);
});
