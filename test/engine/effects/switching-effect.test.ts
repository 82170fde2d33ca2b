import test from 'ava';
import {createSwitchingEffect} from '../../../src/engine/effects/switching-effect.ts';
import {type EffectKind, effectKinds} from '../../../src/model/effect.ts';
import {samplesOf} from '../../samples.ts';
import {effectOf, noise, peak, type Sound, same, sent} from './effect-rig.ts';

const values: Readonly<Record<EffectKind, Readonly<Record<string, number>>>> = {
  reverb: {decaySeconds: 0.6},
  delay: {timeMs: 90, feedback: 50},
};
const other: Readonly<Record<EffectKind, EffectKind>> = {reverb: 'delay', delay: 'reverb'};
const switching = (kind: EffectKind, kinds: readonly EffectKind[] = effectKinds) =>
  createSwitchingEffect({kind, values: values[kind]}, kinds, 48_000);

const slice = ({left, right}: Sound, from: number, until?: number): Sound => ({
  left: left.slice(from, until),
  right: right.slice(from, until),
});
const fadedIn = (side: Float32Array): Float32Array => side.map((sample, n) => sample * Math.min(1, (n + 0.5) / 512));
const faded = ({left, right}: Sound): Sound => ({left: fadedIn(left), right: fadedIn(right)});

for (const kind of effectKinds) {
  test(`${kind}: until it changes its kind it is the effect itself, to the bit`, async (t) => {
    const sound = noise(6000, 0.3);
    t.true(same(sent(await switching(kind), sound), sent(await effectOf(kind, values[kind]), sound)));
  });

  test(`${kind}: as another it sounds as that does from its beginning, its input faded in, while it fades out itself`, async (t) => {
    const unit = await switching(kind);
    const sound = noise(12 * 512, 0.3);
    sent(unit, slice(sound, 0, 4 * 512));
    const next = other[kind];
    unit.set({kind: next, values: values[next]});
    const heard = sent(unit, slice(sound, 4 * 512));
    const fresh = sent(await effectOf(next, values[next]), faded(slice(sound, 4 * 512)));
    t.true(same(slice(heard, 512), slice(fresh, 512)));
    const old = slice(sent(await effectOf(kind, values[kind]), sound), 4 * 512, 5 * 512);
    const wanted = old.left.map((sample, n) => sample * (1 - (n + 0.5) / 512) + (fresh.left[n] ?? 0));
    t.true(peak(wanted.map((sample, n) => sample - (heard.left[n] ?? 0))) < 1e-6);
  });

  test(`${kind}: a snapshot brings back the change of kind too, to the bit`, async (t) => {
    const unit = await switching(kind);
    const sound = noise(10 * 512, 0.3);
    sent(unit, sound);
    const before = unit.snapshot();
    const rest = sent(unit, sound);
    unit.restore(before);
    unit.set({kind: other[kind], values: values[other[kind]]});
    const atEdge = unit.snapshot();
    const changed = sent(unit, sound, 200);
    unit.restore(atEdge);
    t.true(same(sent(unit, sound, 512), changed));
    unit.restore(before);
    t.true(same(sent(unit, sound), rest));
    t.throws(() => unit.restore(new Uint8Array()), {message: /another effect/});
  });

  test(`${kind}: there and back at one edge changes nothing; there and back later begins anew`, async (t) => {
    const [one, still] = [await switching(kind), await switching(kind)];
    const sound = noise(8 * 512, 0.3);
    const own = {kind, values: values[kind]};
    const foreign = {kind: other[kind], values: {}};
    t.true(same(sent(one, sound), sent(still, sound)));
    one.set(foreign);
    one.set(own);
    still.set(own);
    t.true(same(sent(one, sound), sent(still, sound)));
    one.set(foreign);
    sent(one, sound);
    one.set(own);
    const fresh = sent(await effectOf(kind, values[kind]), faded(sound));
    t.true(same(slice(sent(one, sound), 512), slice(fresh, 512)));
  });
}

test('a change of kind under a tone does not click', async (t) => {
  const unit = await createSwitchingEffect({kind: 'delay', values: {timeMs: 50, feedback: 0}}, effectKinds, 48_000);
  const side = samplesOf(48_000, (n) => Math.sin((2 * Math.PI * 200 * n) / 48_000));
  const tone = {left: side, right: side};
  const first = sent(unit, slice(tone, 0, 23 * 512));
  unit.set({kind: 'reverb', values: {}});
  const second = sent(unit, slice(tone, 23 * 512));
  const heard = [...first.left.slice(5000), ...second.left];
  // The second difference of the tone is at most 0.0007, a jump would make one of the order of 1.
  const bends = heard.slice(2).map((sample, n) => sample - 2 * (heard[n + 1] ?? 0) + (heard[n] ?? 0));
  t.true(peak(bends) < 0.005, `${peak(bends)}`);
});

test('a kind that is not there changes nothing', async (t) => {
  const [one, still] = [await switching('delay', []), await switching('delay')];
  const sound = noise(3000, 0.3);
  one.set({kind: 'reverb', values: {}});
  t.true(same(sent(one, sound), sent(still, sound)));
});

test('what one kind could not take is counted, whichever is heard', async (t) => {
  const unit = await switching('delay');
  const broken = noise(512, 0.3);
  broken.left[3] = Number.NaN;
  sent(unit, broken);
  t.is(unit.faults, 1);
  unit.set({kind: 'reverb', values: {}});
  sent(unit, noise(1024, 0.3));
  t.is(unit.faults, 1);
});
