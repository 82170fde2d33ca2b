import test from 'ava';
import fc from 'fast-check';
import {effectSettings} from '../../../src/engine/effects/effect-settings.ts';
import {createEffect} from '../../../src/engine/effects/effect-unit.ts';
import {type Effect, effectKinds, effectParameterNames, effectRange} from '../../../src/model/effect.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {effectOf, impulse, noise, peak, same, sent} from './effect-rig.ts';

for (const kind of effectKinds) {
  test(`${kind}: equal inputs give equal sound, whatever the lengths of the blocks`, async (t) => {
    // A burst, a silence in which it falls asleep, and a burst that begins in mid-block.
    const sound = {left: new Float32Array(230_000), right: new Float32Array(230_000)};
    const burst = noise(3000, 0.5);
    for (const at of [1000, 222_222]) {
      sound.left.set(burst.left, at);
      sound.right.set(burst.right, at);
    }
    const values = kind === 'reverb' ? {decaySeconds: 0.3} : {timeMs: 120};
    const whole = sent(await effectOf(kind, values), sound, 512);
    for (const block of [128, 2048, 1000])
      t.true(same(sent(await effectOf(kind, values), sound, block), whole), `blocks of ${block}`);
  });

  test(`${kind}: a snapshot brings sound and settings back to the bit, into another unit too`, async (t) => {
    const unit = await effectOf(kind);
    sent(unit, noise(20_000));
    // In mid-glide.
    unit.set({kind, values: kind === 'reverb' ? {decaySeconds: 5, size: 20} : {timeMs: 200, feedback: 80}});
    sent(unit, noise(700, 1, 2));
    const snapshot = unit.snapshot();
    const sound = noise(30_000, 1, 3);
    const first = sent(unit, sound);
    unit.set({kind, values: {}});
    sent(unit, noise(5000, 1, 4));
    unit.restore(snapshot);
    t.true(same(sent(unit, sound), first));
    const other = await effectOf(kind);
    other.restore(snapshot);
    t.true(same(sent(other, sound), first));
  });

  test(`${kind}: while it sleeps it gives silence, and its snapshot is the same object`, async (t) => {
    const unit = await effectOf(kind);
    const snapshot = unit.snapshot();
    t.is(peak(sent(unit, impulse(4096, {})).left), 0);
    t.is(unit.snapshot(), snapshot);
    const sound = noise(2048);
    const first = sent(unit, sound);
    t.not(unit.snapshot(), snapshot);
    unit.restore(snapshot);
    t.true(same(sent(unit, sound), first));
  });

  test(`${kind}: what is no number silences the block and clears the effect; it is counted, and the sound goes on`, async (t) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e38]) {
      const unit = await effectOf(kind);
      sent(unit, noise(9600));
      const sound = noise(512);
      sound.right[300] = bad;
      const wet = sent(unit, sound);
      t.is(unit.faults, 1);
      t.is(peak(wet.left.subarray(300)), 0);
      t.is(peak(wet.right.subarray(300)), 0);
      t.is(peak(sent(unit, impulse(9600, {})).left), 0, 'nothing is left of what was before');
      t.true(peak(sent(unit, noise(48_000)).left) > 0.1);
      t.is(unit.faults, 1);
    }
  });

  test(`${kind}: stays finite and bounded over any sequence of settings, with any numbers`, async (t) => {
    const unit = await effectOf(kind);
    const fresh = unit.snapshot();
    const values = fc.record(
      Object.fromEntries(
        effectParameterNames(kind).map((name) => {
          const range = effectRange(kind, name) ?? {low: 0, high: 1};
          return [name, fc.oneof(fc.double({min: range.low, max: range.high, noNaN: true}), fc.double())];
        }),
      ),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(values, fc.integer({min: 1, max: 4000})), {minLength: 1, maxLength: 8}),
        (steps) => {
          unit.restore(fresh);
          return steps.every(([next, frames], index) => {
            unit.set({kind, values: next});
            const {left, right} = sent(unit, noise(frames, 1, index + 1));
            return [left, right].every((side) => side.every((sample) => Math.abs(sample) < 60));
          });
        },
      ),
      {numRuns: 60},
    );
    t.is(unit.faults, 0);
  });

  test(`${kind}: settings of another kind change nothing, a foreign snapshot is refused`, async (t) => {
    const unit = await effectOf(kind);
    const before = unit.snapshot();
    const [foreign] = effectKinds.filter((other) => other !== kind);
    unit.set({kind: foreign ?? kind, values: {}});
    t.deepEqual(Buffer.compare(unit.snapshot(), before), 0);
    t.throws(() => unit.restore(new Uint8Array(12)), {instanceOf: DeskError});
  });

  test(`${kind}: after the sound there is silence, to the bit`, async (t) => {
    const unit = await effectOf(kind, kind === 'reverb' ? {decaySeconds: 0.2} : {timeMs: 20, feedback: 50});
    sent(unit, noise(4800));
    const wet = sent(unit, impulse(240_000, {}));
    t.is(peak(wet.left.subarray(200_000)), 0);
  });
}

test('settings are taken within their ranges, whatever numbers they hold', (t) => {
  const wild: Effect = {
    kind: 'reverb',
    values: {decaySeconds: Number.NaN, preDelayMs: 1e9, dampingHz: -5, size: Number.POSITIVE_INFINITY},
  };
  t.deepEqual(effectSettings(wild, 48_000), {preDelayFrames: 9600, decaySeconds: 1.8, dampingHz: 1000, size: 1.29});
  const delay = effectSettings({kind: 'delay', values: {timeMs: -1, feedback: 200, pingPong: 0.7}}, 44_100);
  t.is(delay['timeFrames'], 44);
  t.is(delay['feedback'], 0.95);
  t.is(delay['pingPong'], 1);
});

test('rates above 192 kHz are refused in words', async (t) => {
  await t.throwsAsync(createEffect({kind: 'reverb', values: {}}, 384_000), {instanceOf: DeskError, message: /192 kHz/});
});
