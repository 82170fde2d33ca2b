import test from 'ava';
import {magnitudeDb} from '../../../src/engine/plan/biquad.ts';
import {channelPlan} from '../../../src/engine/plan/channel-plan.ts';
import type {Section} from '../../../src/engine/plan/plan.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {referenceBiquad} from '../graph/reference-meters.ts';
import {sine, spreadDb} from '../graph/signal.ts';
import {bell, highPass, noProcessing, rendered} from './channel-rig.ts';

/** Response of a channel to an impulse at a frequency, in dB, by the Fourier sum. */
function responseDb(impulse: Float32Array, hertz: number, sampleRate: number): number {
  let re = 0;
  let im = 0;
  for (const [n, value] of impulse.entries()) {
    if (value === 0) continue;
    const phase = (2 * Math.PI * hertz * n) / sampleRate;
    re += value * Math.cos(phase);
    im -= value * Math.sin(phase);
  }
  return 20 * Math.log10(Math.hypot(re, im));
}

const settings: readonly (readonly [string, ParameterValues])[] = [
  ['a high-pass of 12 dB at 80 Hz', {'hp.on': 1}],
  ['a high-pass of 24 dB at 20 Hz', {'hp.on': 1, 'hp.slope': 1, 'hp.hz': 20}],
  ['a high-pass of 24 dB at 2 kHz', {'hp.on': 1, 'hp.slope': 1, 'hp.hz': 2000}],
  ['a low-pass of 12 dB at 16 kHz', {'lp.on': 1}],
  ['a low-pass of 24 dB at 200 Hz', {'lp.on': 1, 'lp.slope': 1, 'lp.hz': 200}],
  ['a bell of +18 dB at 20 Hz', {'eq2.on': 1, 'eq2.hz': 20, 'eq2.gainDb': 18, 'eq2.q': 4}],
  ['a bell of −18 dB at 1 kHz', {'eq2.on': 1, 'eq2.hz': 1000, 'eq2.gainDb': -18, 'eq2.q': 16}],
  ['a wide bell at 20 kHz', {'eq4.on': 1, 'eq4.shape': 0, 'eq4.hz': 20_000, 'eq4.gainDb': 12, 'eq4.q': 0.3}],
  ['a narrow bell at 18 kHz', {'eq4.on': 1, 'eq4.shape': 0, 'eq4.hz': 18_000, 'eq4.gainDb': -12, 'eq4.q': 8}],
  ['shelves at 100 Hz and 8 kHz', {'eq1.on': 1, 'eq1.gainDb': 9, 'eq4.on': 1, 'eq4.gainDb': -9}],
  [
    'all filters',
    {
      ...{'hp.on': 1, 'hp.slope': 1, 'lp.on': 1, 'lp.slope': 1, 'lp.hz': 12_000},
      ...{'eq1.on': 1, 'eq1.gainDb': 6, 'eq2.on': 1, 'eq2.gainDb': -4, 'eq3.on': 1, 'eq3.gainDb': 3},
      ...{'eq4.on': 1, 'eq4.gainDb': 6, 'eq4.hz': 15_000},
    },
  ],
];
const octaves = [20, 31.5, 50, 80, 100, 160, 250, 400, 630, 1000, 1600, 2500, 4000, 6300, 10_000, 14_000, 18_000];

for (const sampleRate of [44_100, 48_000, 96_000]) {
  test(`at ${sampleRate} Hz every filter sounds as its coefficients say, within 0.01 dB`, async (t) => {
    let worst = 0;
    for (const [name, values] of settings) {
      const {sections} = channelPlan(values, sampleRate);
      t.true(sections.length > 0, name);
      // The lowest and narrowest rings for more than two seconds.
      const impulse = new Float32Array(512 * Math.ceil(((name.includes('20 Hz') ? 2.5 : 0.5) * sampleRate) / 512));
      impulse[0] = 1;
      const {left} = await rendered({...noProcessing, sections}, impulse, impulse, sampleRate);
      for (const hertz of octaves) {
        const wanted = sections.reduce((sum, section) => sum + magnitudeDb(section, hertz, sampleRate), 0);
        if (wanted < -60) continue;
        const apart = Math.abs(responseDb(left, hertz, sampleRate) - wanted);
        worst = Math.max(worst, apart);
        t.true(apart < 0.01, `${name} at ${hertz} Hz: ${apart} dB`);
      }
    }
    t.log(`largest difference ${worst.toFixed(5)} dB`);
  });
}

test('the lowest and narrowest filters keep their precision within 0.03 dB: a bell of Q 16 at 20 Hz, up to 192 kHz', async (t) => {
  for (const sampleRate of [48_000, 96_000, 192_000]) {
    const impulse = new Float32Array(512 * Math.ceil((7 * sampleRate) / 512));
    impulse[0] = 1;
    const section: Section = {slot: 4, ...bell(20, 18, 16, sampleRate)};
    const {left} = await rendered({...noProcessing, sections: [section]}, impulse, impulse, sampleRate);
    for (const hertz of [19.5, 20, 22]) {
      const apart = Math.abs(responseDb(left, hertz, sampleRate) - magnitudeDb(section, hertz, sampleRate));
      t.true(apart < 0.03, `${sampleRate} Hz, at ${hertz} Hz: ${apart} dB`);
    }
  }
});

test('the lowest and narrowest filters are clean: 110 dB under full scale beside the same in doubles', async (t) => {
  const input = sine(32_768, 15, 48_000, 0.4).map((value, n) => value + 0.4 * (noiseAt(n) - 0.5));
  for (const [name, biquad] of [
    ['a bell of Q 16 at 20 Hz', bell(20, 18, 16, 48_000)],
    ['a bell of Q 0.1 at 20 Hz', bell(20, 18, 0.1, 48_000)],
    ['a high-pass at 20 Hz', highPass(20, 0.71, 48_000)],
  ] as const) {
    const {left} = await rendered({...noProcessing, sections: [{slot: 3, ...biquad}]}, input);
    const wanted = Float64Array.from(input).map(referenceBiquad(biquad));
    const energy = left.reduce((sum, value, n) => sum + (value - (wanted[n] ?? 0)) ** 2, 0);
    const errorDb = 10 * Math.log10(energy / input.length);
    t.log(`${name}: ${errorDb.toFixed(1)} dB`);
    t.true(errorDb < -110, `${name}: ${errorDb} dB`);
  }
});

/** A number of 0…1 for each frame, as if by chance. */
function noiseAt(n: number): number {
  return (Math.imul(n + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
}

test('the place of a section makes no difference to its sound, nor how many are on', async (t) => {
  const tone = sine(4096, 997, 48_000, 0.3);
  const section = bell(1000, 6, 1, 48_000);
  const first = await rendered({...noProcessing, sections: [{slot: 0, ...section}]}, tone);
  for (const slot of [1, 5, 11]) {
    const {left} = await rendered({...noProcessing, sections: [{slot, ...section}]}, tone);
    t.deepEqual(left, first.left);
  }
  for (const count of [2, 3, 4, 5, 7, 12]) {
    const neutral = {b0: 1, b1: 0.5, b2: 0.25, a1: 0.5, a2: 0.25};
    const sections = Array.from({length: count}, (_, slot) => ({slot, ...(slot === 0 ? section : neutral)}));
    const {left} = await rendered({...noProcessing, sections}, tone);
    t.true(left.every((value, n) => Math.abs(value - (first.left[n] ?? 0)) < 1e-6));
  }
});

/** Where a swept filter stands in a block, from `from` to `to` in a second, straight in octaves, in the middle of the analysis. */
function swept(block: number, from: number, to: number): number {
  const share = Math.min(1, Math.max(0, (block - 64) / 94 + 0.5));
  return from * (to / from) ** share;
}

for (const [name, sectionAt] of [
  [
    'a bell of +12 dB sweeps from 200 Hz to 5 kHz in a second',
    (at: number) => bell(swept(at, 200, 5000), 12, 2, 48_000),
  ],
  ['a high-pass sweeps from 20 Hz to 2 kHz in a second', (at: number) => highPass(swept(at, 20, 2000), 0.71, 48_000)],
  ['a bell goes from −18 to +18 dB in a second', (at: number) => bell(1200, swept(at, 1, 37) - 19, 1, 48_000)],
  ['a bell jumps from −6 to +6 dB', (at: number) => bell(1200, at < 64 ? -6 : 6, 1, 48_000)],
  ['a high-pass jumps from 50 to 400 Hz', (at: number) => highPass(at < 64 ? 50 : 400, 0.71, 48_000)],
] as const) {
  test(`no zipper: ${name}, and beyond ±200 Hz a 1 kHz tone stays 90 dB clean`, async (t) => {
    const tone = sine(65_536, 1000, 48_000, 0.1);
    const {left} = await rendered((block) => ({...noProcessing, sections: [{slot: 4, ...sectionAt(block)}]}), tone);
    const spread = spreadDb(left, tone, 1000, 200, 48_000);
    t.log(`${spread.toFixed(1)} dB`);
    t.true(spread < -90, `${spread} dB`);
  });
}

test('a section that is not stable, or not finite, stays off', async (t) => {
  const tone = sine(2048, 997, 48_000, 0.3);
  for (const bad of [
    {b0: 1, b1: 0, b2: 0, a1: 0, a2: 1.01},
    {b0: 1, b1: 0, b2: 0, a1: -2, a2: 1},
    {b0: Number.NaN, b1: 0, b2: 0, a1: 0, a2: 0},
    {b0: 1e300, b1: 0, b2: 0, a1: 0, a2: 0},
    {b0: 1, b1: 0, b2: 0, a1: Number.POSITIVE_INFINITY, a2: 0},
  ]) {
    const {left} = await rendered({...noProcessing, sections: [{slot: 3, ...bad}]}, tone);
    t.deepEqual(left, tone);
  }
});
