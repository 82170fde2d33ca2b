import {blockFrames, createGraph, type Graph} from '../../../src/engine/graph.ts';
import {type Mixer, newMixer, type SoloMode, type Strip, soloModes} from '../../../src/model/mixer.ts';
import {renderBlock} from '../graph/rig.ts';
import {answer, fitted, group, level, multiplier, stem, vca} from '../graph/routing-rig.ts';
import {factor} from './worst.ts';

/**
 * Truth tables of mute, solo, safe, mute groups and VCAs, every cell heard in a graph: `a` runs into the group `g` and follows the VCA `v`, which
 * follows `w`; `b` runs into the mix and is sent to the return `r` after its fader. What is expected is written here anew, from the documentation.
 */
const desk: readonly Strip[] = [
  stem('a', {output: 'g', vcas: ['v'], muteGroups: [1]}),
  stem('b', {parameters: {'send1.on': 1, 'send1.levelDb': 0}}),
  group('g', {muteGroups: [2]}),
  answer('r', {soloSafe: false}),
  vca('v', {vcas: ['w'], levelDb: -6}),
  vca('w', {levelDb: -3, muteGroups: [3]}),
];
const names = ['a', 'b', 'g', 'r', 'v', 'w'] as const;
type Name = (typeof names)[number];
const [levelA, levelB] = [0.25, 0.125];

interface Cell {
  readonly mode: SoloMode;
  readonly muted: ReadonlySet<Name>;
  readonly soloed: ReadonlySet<Name>;
  readonly safe: ReadonlySet<Name>;
  readonly muteGroups: readonly number[];
}

const above: Readonly<Record<Name, readonly Name[]>> = {a: ['v', 'w'], b: [], g: [], r: [], v: ['w'], w: []};
const groupOfMute: Readonly<Partial<Record<Name, number>>> = {a: 1, g: 2, w: 3};

/** Mix and solo bus as the documentation has them. */
function expected({mode, muted, soloed, safe, muteGroups}: Cell): readonly [mix: number, solo: number] {
  const off = (name: Name): boolean => muted.has(name) || muteGroups.includes(groupOfMute[name] ?? 0);
  const isMuted = (name: Name): boolean => off(name) || above[name].some(off);
  const isSoloed = (name: Name): boolean => soloed.has(name) || above[name].some((one) => soloed.has(one));
  const brought = (name: Name): boolean => (name === 'g' && isSoloed('a')) || (name === 'a' && isSoloed('g'));
  const heard = (name: Name): number => {
    if (isMuted(name)) return 0;
    if (mode !== 'in-place' || soloed.size === 0) return 1;
    return safe.has(name) || isSoloed(name) || brought(name) ? 1 : 0;
  };
  const a = levelA * factor(-9) * heard('a');
  const b = levelB * heard('b');
  // A return that is soloed in place is heard with all that is sent to it.
  const sent = mode === 'in-place' && soloed.has('r') && !isMuted('b') ? levelB : b;
  const mix = a * heard('g') + b + sent * heard('r');
  if (mode === 'in-place') return [mix, 0];
  const inputs: readonly (readonly [Name, number, number])[] =
    mode === 'after-fader'
      ? [
          ['a', a, 1],
          ['b', b, 1],
          ['g', a, heard('g')],
          ['r', b, heard('r')],
        ]
      : [
          ['a', levelA, 1],
          ['b', levelB, 1],
          ['g', a, 1],
          ['r', b, 1],
        ];
  return [mix, inputs.reduce((sum, [name, input, gain]) => sum + (isSoloed(name) ? input * gain : 0), 0)];
}

function mixerOf({mode, muted, soloed, safe, muteGroups}: Cell): Mixer {
  const strips = desk.map((strip, index): Strip => {
    const name = names[index] ?? 'a';
    return {...strip, muted: muted.has(name), soloed: soloed.has(name), soloSafe: safe.has(name)};
  });
  return newMixer({strips, soloMode: mode, activeMuteGroups: muteGroups});
}

const subsets = <Item>(items: readonly Item[]): readonly ReadonlySet<Item>[] =>
  Array.from(
    {length: 2 ** items.length},
    (_, bits) => new Set(items.filter((_item, index) => (bits & (1 << index)) > 0)),
  );

/** Every cell of three tables: solo × safe × mode, solo × mute × mode, mute × mute groups × some solos × mode. */
export function* allCells(): Generator<Cell> {
  const none: ReadonlySet<Name> = new Set();
  for (const mode of soloModes) {
    for (const soloed of subsets(names)) {
      for (const safe of subsets<Name>(['a', 'b', 'g', 'r'])) yield {mode, muted: none, soloed, safe, muteGroups: []};
      for (const muted of subsets(names)) yield {mode, muted, soloed, safe: new Set(['r']), muteGroups: []};
    }
    for (const muted of subsets(names)) {
      for (const muteGroups of subsets([1, 2, 3])) {
        for (const soloed of [none, new Set<Name>(['a']), new Set<Name>(['w']), new Set<Name>(['g', 'b'])])
          yield {mode, muted, soloed, safe: none, muteGroups: [...muteGroups]};
      }
    }
  }
}

export interface TruthFigure {
  readonly cells: number;
  readonly wrong: readonly string[];
}

async function openDesk(strips: readonly Strip[]): Promise<Graph> {
  return createGraph({sampleRate: 48_000, mixer: newMixer({strips}), effects: [multiplier(1)]});
}

const isNear = (one: number | undefined, other: number): boolean => Math.abs((one ?? Number.NaN) - other) < 1e-6;

/** Hears every `stride`-th cell. */
export async function truthFigure(stride = 1): Promise<TruthFigure> {
  const graph = await openDesk(desk);
  const sounds = [level(levelA, levelA, blockFrames), level(levelB, levelB, blockFrames)];
  const wrong: string[] = [];
  let cells = 0;
  let index = 0;
  for (const cell of allCells()) {
    if (index++ % stride !== 0) continue;
    cells++;
    const mixer = mixerOf(cell);
    graph.set(mixer, true);
    const {left} = renderBlock(graph, fitted(mixer, sounds), 0);
    const [mix, solo] = expected(cell);
    if (isNear(left[500], mix) && isNear(graph.solo.left[500], solo)) continue;
    const shown = {...cell, muted: [...cell.muted], soloed: [...cell.soloed], safe: [...cell.safe]};
    wrong.push(`${JSON.stringify(shown)}: ${left[500]}, ${graph.solo.left[500]}, not ${mix}, ${solo}`);
  }
  return {cells, wrong};
}

/** Levels of a fader and two VCAs, one over the other, and in a diamond (both above the strip, one above the other): each counts once. */
export async function vcaFigure(): Promise<TruthFigure> {
  const levels = [Number.NEGATIVE_INFINITY, -90, -40, -6, 0, 3.5, 10];
  const sounds = [level(levelB, levelB, blockFrames)];
  const wrong: string[] = [];
  let cells = 0;
  for (const vcas of [['v'], ['v', 'w'], ['w'], []]) {
    const strips = [stem('a', {vcas}), vca('v', {vcas: ['w']}), vca('w')];
    const graph = await openDesk(strips);
    for (const own of levels) {
      for (const v of levels) {
        for (const w of levels) {
          const faders = [own, v, w];
          const mixer = newMixer({strips: strips.map((one, index) => ({...one, levelDb: faders[index] ?? 0}))});
          graph.set(mixer, true);
          const {left} = renderBlock(graph, fitted(mixer, sounds), 0);
          const sum = own + (vcas.includes('v') ? v : 0) + (vcas.length > 0 ? w : 0);
          const wanted = sum < -90 ? 0 : levelB * factor(Math.min(10, sum));
          cells++;
          if (!isNear(left[500], wanted)) wrong.push(`${vcas} ${faders}: ${left[500]}, not ${wanted}`);
        }
      }
    }
  }
  return {cells, wrong};
}
