import test from 'ava';
import fc from 'fast-check';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {heardLevelDb, isAudible, isMuted, isSoloed} from '../../../src/model/audibility.ts';
import {newMixer, type SoloMode, type Strip, soloModes} from '../../../src/model/mixer.ts';
import {renderBlock} from './rig.ts';
import {answer, fitted, group, level, multiplier, stem, vca} from './routing-rig.ts';

/** Two stems of which one goes to a group, a return that answers the other, and two VCAs, one of which follows the other. */
const desk: readonly Strip[] = [
  stem('a', {output: 'g', vcas: ['v'], muteGroups: [1]}),
  stem('b', {parameters: {'send1.on': 1, 'send1.levelDb': 0, 'send1.pre': 1}, muteGroups: [2]}),
  group('g'),
  answer('r', {soloSafe: false}),
  vca('v', {vcas: ['w'], levelDb: -6}),
  vca('w', {levelDb: -3}),
];
const sources = [level(0.25), level(0.125)];
const flags = fc.array(fc.nat(7), {minLength: desk.length, maxLength: desk.length});

test('mutes, mute groups, solos and safes of strips, groups, returns and VCAs sound as the model says, in every solo mode', async (t) => {
  const graph = await createGraph({sampleRate: 48_000, mixer: newMixer({strips: desk}), effects: [multiplier(1)]});
  fc.assert(
    fc.property(flags, fc.constantFrom(...soloModes), fc.subarray([1, 2]), (bits, soloMode, activeMuteGroups) => {
      const strips = desk.map((strip, index) => {
        const bit = bits[index] ?? 0;
        return {...strip, muted: (bit & 1) > 0, soloed: (bit & 2) > 0, soloSafe: (bit & 4) > 0};
      });
      const mixer = newMixer({strips, soloMode, activeMuteGroups});
      graph.set(mixer, true);
      const {left} = renderBlock(graph, fitted(mixer, sources), 0);
      const [a, b, g, r] = strips;
      if (!a || !b || !g || !r) return false;
      const gain = (strip: Strip): number => (isAudible(mixer, strip) ? 10 ** (heardLevelDb(mixer, strip) / 20) : 0);
      const isAnswered = soloMode === 'in-place' && r.soloed && !isMuted(mixer, b);
      const sentB = isAnswered || isAudible(mixer, b) ? 0.125 : 0;
      const mix = 0.25 * gain(a) * gain(g) + 0.125 * gain(b) + sentB * gain(r);
      const solo = soloed(soloMode, [
        [0.25, a],
        [0.125, b],
        [0.25 * gain(a), g],
        [sentB, r],
      ]);
      return Math.abs((left[500] ?? 0) - mix) < 1e-6 && Math.abs((graph.solo.left[500] ?? 0) - solo) < 1e-6;

      /** What of these strips is on the solo bus: each with its input. */
      function soloed(mode: SoloMode, inputs: readonly (readonly [number, Strip])[]): number {
        if (mode === 'in-place') return 0;
        return inputs.reduce((sum, [input, strip]) => {
          if (!isSoloed(mixer, strip)) return sum;
          return sum + input * (mode === 'after-fader' ? gain(strip) : 1);
        }, 0);
      }
    }),
    {numRuns: 600},
  );
  t.pass();
});

test('before the fader a soloed strip is heard whatever its fader, pan and mute; after it as in the mix', async (t) => {
  const strips = [stem('a', {soloed: true, levelDb: -20, pan: 1}), stem('b', {soloed: true, muted: true})];
  for (const [soloMode, left, right] of [
    ['pre-fader', 0.375, 0.375],
    ['after-fader', 0, 0.025],
    ['in-place', 0, 0],
  ] as const) {
    const graph = await createGraph({sampleRate: 48_000, mixer: newMixer({strips, soloMode})});
    renderBlock(graph, sources, 0);
    t.true(Math.abs((graph.solo.left[100] ?? 0) - left) < 1e-7, soloMode);
    t.true(Math.abs((graph.solo.right[100] ?? 0) - right) < 1e-7, soloMode);
  }
});

test('the solo bus holds the ceiling, too', async (t) => {
  const strips = [stem('a', {soloed: true}), stem('b', {soloed: true})];
  const graph = await createGraph({sampleRate: 48_000, mixer: newMixer({strips, soloMode: 'pre-fader'})});
  renderBlock(graph, [level(0.9), level(0.9, -7)], 0);
  t.is(graph.solo.left[0], 1 - 2 ** -23);
  t.is(graph.solo.right[0], -1 + 2 ** -23);
});

test('a strip follows all its VCAs, through others, each once, and they ramp like faders', async (t) => {
  const at = (strips: readonly Strip[]) => newMixer({strips});
  const strips = [stem('a', {vcas: ['v', 'w']}), vca('v', {vcas: ['w'], levelDb: -6}), vca('w', {levelDb: -3})];
  const graph = await createGraph({sampleRate: 48_000, mixer: at(strips)});
  const stems = fitted(at(strips), [level(0.5)]);
  const first = renderBlock(graph, stems, 0).left;
  t.true(Math.abs((first[0] ?? 0) - 0.5 * 10 ** (-9 / 20)) < 1e-6);
  graph.set(
    at(strips.map((strip) => (strip.id === 'w' ? {...strip, levelDb: Number.NEGATIVE_INFINITY} : strip))),
    false,
  );
  const falling = renderBlock(graph, stems, blockFrames).left;
  t.true(falling.every((value, n) => n === 0 || value <= (falling[n - 1] ?? 0)));
  for (let block = 2; block < 4; block++) renderBlock(graph, stems, block * blockFrames);
  t.is(renderBlock(graph, stems, 4 * blockFrames).left[0], 0);
});
