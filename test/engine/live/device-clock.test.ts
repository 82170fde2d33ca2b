import test from 'ava';
import {createDeviceClock, type DeviceClock} from '../../../src/engine/live/device-clock.ts';

const sampleRate = 48_000;

/** A device that takes `cycleFrames` at once, first at `startMs`; `look` lets time pass and looks at its clock. */
function device(cycleFrames: number, startMs: number) {
  let ms = 0;
  const frameAt = (at: number): number =>
    Math.max(0, (1 + Math.floor(((at - startMs) * sampleRate) / 1000 / cycleFrames)) * cycleFrames);
  let heldFrame: number | undefined;
  const clock: DeviceClock = createDeviceClock({
    sampleRate,
    clockFrame: () => heldFrame ?? frameAt(ms),
    nowMs: () => ms,
  });
  return {
    clock,
    frameAt,
    get ms() {
      return ms;
    },
    hold: () => (heldFrame = frameAt(ms)),
    look(forMs: number, everyMs: number, asked: () => void = () => {}) {
      for (const endMs = ms + forMs; ms < endMs; ms += everyMs) {
        clock.frame();
        asked();
      }
    },
  };
}

const aheadFrames = 288;
const seenWithinMs = 1;

for (const cycleFrames of [128, 256, 480, 512, 1024, 2048]) {
  for (const everyMs of [8, 7.3]) {
    test(`cycles of ${cycleFrames} frames looked at every ${everyMs} ms: the clock is never further than foreseen, nor two cycles short of it`, (t) => {
      let worst = 0;
      let asks = 0;
      const one = device(cycleFrames, 3.7);
      one.look(1500, everyMs);
      one.look(3000, everyMs, () => {
        const foreseen = one.clock.frameIn(aheadFrames);
        // When a cycle begins is known only as well as it was seen.
        const will = one.frameAt(one.ms + (aheadFrames * 1000) / sampleRate - seenWithinMs);
        if (foreseen < will) t.fail(`${will} at ${one.ms}, not ${foreseen}`);
        worst = Math.max(worst, foreseen - will);
        asks++;
      });
      t.true(asks > 100);
      t.true(worst <= 2 * cycleFrames, `${worst}`);
    });
  }
}

test('right after a long cycle the next frame can still be changed; right before the next it cannot', (t) => {
  const cycleFrames = 1024;
  const one = device(cycleFrames, 0);
  one.look(2000, 5);
  const cycleMs = (cycleFrames * 1000) / sampleRate;
  const seen: boolean[] = [];
  one.look(500, 1, () => {
    const sinceMs = one.ms % cycleMs;
    const free = one.clock.frameIn(aheadFrames) === one.clock.frame();
    if (sinceMs < cycleMs - 6 - 1.5) seen.push(free);
    else if (sinceMs > cycleMs - 6 + 0.5) t.false(free, `${sinceMs} ms after the cycle`);
  });
  t.true(seen.length > 200);
  t.true(seen.every((free) => free));
});

test('a device that stands still is not run ahead of for long', (t) => {
  const one = device(1024, 0);
  one.look(2000, 8);
  one.hold();
  one.look(3000, 8);
  const frame = one.clock.frame();
  t.true(one.clock.frameIn(aheadFrames) - frame <= aheadFrames + 2 * 1024);
});

test('a clock that was just made is never behind itself', (t) => {
  const one = device(1024, 0);
  t.true(one.clock.frameIn(0) >= one.clock.frame());
  t.true(one.clock.frameIn(aheadFrames) <= one.clock.frame() + aheadFrames + 2048);
});

for (const cycleFrames of [256, 1024, 2048]) {
  test(`between the steps of a clock that moves ${cycleFrames} frames at once it goes on evenly`, (t) => {
    const one = device(cycleFrames, 0);
    one.look(2000, 3);
    let last = one.clock.steadyFrame();
    let worst = 0;
    one.look(1000, 1.3, () => {
      const now = one.clock.steadyFrame();
      if (now < last) t.fail(`back from ${last} to ${now}`);
      last = now;
      worst = Math.max(worst, Math.abs(now - cycleFrames - (one.ms * sampleRate) / 1000));
    });
    // As exactly as its steps were seen.
    t.true(worst < (3 * sampleRate) / 1000, `${worst}`);
  });
}
