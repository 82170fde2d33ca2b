import {renderPassage} from '../../../src/engine/bounce-render.ts';
import {blockFrames} from '../../../src/engine/graph.ts';
import {createWholeGraph} from '../../../src/engine/whole-graph.ts';
import {type Mixer, newMixer} from '../../../src/model/mixer.ts';
import type {ParameterValues} from '../../../src/model/parameter.ts';
import {everything} from '../graph/full-desk.ts';
import {renderBlock} from '../graph/rig.ts';
import {answer, fitted, group, stem} from '../graph/routing-rig.ts';
import {noise} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';

/** Blocks with a stage on, blocks in which it may fade, blocks that are compared. */
const [blocksOn, blocksFading, blocksCompared] = [12, 12, 12];
const blocks = blocksOn + blocksFading + blocksCompared;

export interface NullFigure {
  readonly name: string;
  /** Samples compared, and those of them that are another number than what went in. */
  readonly samples: number;
  readonly differing: number;
  /** Bytes of state that the graph keeps more than one in which nothing was ever on. */
  readonly bytesKept: number;
}

const stages: readonly (readonly [string, readonly string[]])[] = [
  ['never on', []],
  ['filters', ['hp', 'lp']],
  ['EQ', ['eq']],
  ['gate', ['gate']],
  ['compressor', ['comp']],
  ['saturator', ['sat']],
  ['width', ['width']],
  ['sends', ['send']],
  ['everything', ['']],
];

/** A stem in a group with two returns, all with the same processing, and the mix bus with its own and a limiter. */
function mixerWith(parameters: ParameterValues, master: ParameterValues): Mixer {
  const own = Object.fromEntries(Object.entries(parameters).filter(([id]) => !id.startsWith('send')));
  // Nothing comes back from returns that are fed nothing; a group in the way of the stem.
  const strips = [
    stem('a', {output: 'g', parameters}),
    group('g', {parameters: own}),
    answer('r', {parameters: own}),
    answer('s'),
  ];
  return newMixer({strips, masterParameters: master});
}

/** What is off passes every bit, and keeps nothing: also after it was on. The limiter's delay is taken off. */
export async function nullFigures(sampleRate: number): Promise<readonly NullFigure[]> {
  const left = noise(blocks * blockFrames, 5, 0.9);
  const right = noise(blocks * blockFrames, 6, 0.9);
  const figures: NullFigure[] = [];
  let plainBytes = 0;
  for (const [name, prefixes] of stages) {
    const on = Object.fromEntries(
      Object.entries(everything).filter(([id]) => prefixes.some((prefix) => id.startsWith(prefix))),
    );
    const dynamics = Object.keys(on).some((id) => id.startsWith('comp'));
    const master = dynamics ? {'comp.on': 1, 'limiter.on': 1, 'limiter.ceilingDb': -9, 'limiter.releaseMs': 10} : {};
    // Echoes that ring on would be heard: here the effects answer nothing.
    const mixer = mixerWith(on, master);
    const muted = {...mixer, strips: mixer.strips.map((one) => (one.kind === 'return' ? {...one, muted: true} : one))};
    const {graph} = await createWholeGraph({sampleRate, mixer: muted});
    const stems = fitted(muted, [memoryStem(left, right)]);
    const out = {left: new Float32Array(left.length), right: new Float32Array(left.length)};
    for (let block = 0; block < blocks; block++) {
      if (block === blocksOn) {
        const off = mixerWith({}, {});
        graph.set(
          {...off, strips: off.strips.map((one) => (one.kind === 'return' ? {...one, muted: true} : one))},
          false,
        );
      }
      const rendered = renderBlock(graph, stems, block * blockFrames);
      out.left.set(rendered.left, block * blockFrames);
      out.right.set(rendered.right, block * blockFrames);
    }
    const from = (blocksOn + blocksFading) * blockFrames;
    let differing = 0;
    for (let n = from; n < left.length; n++) {
      if (!Object.is(out.left[n], left[n - graph.latencyFrames])) differing++;
      if (!Object.is(out.right[n], right[n - graph.latencyFrames])) differing++;
    }
    const bytes = graph.snapshot().length;
    if (name === 'never on') plainBytes = bytes;
    figures.push({name, samples: 2 * (left.length - from), differing, bytesKept: bytes - plainBytes});
  }
  return figures;
}

/** Frames by which a click in a stem lies elsewhere in the bounce, with and without a limiter that works. */
export async function bounceOffset(sampleRate: number, limited: boolean): Promise<number> {
  const frames = 16 * blockFrames;
  const click = new Float32Array(frames);
  const at = 3000;
  click[at] = limited ? 4 : 0.5;
  const strips = [stem('a'), stem('b')];
  const found: number[] = [];
  let first = 0;
  await renderPassage(
    {
      mixer: newMixer({strips, masterParameters: limited ? {'limiter.on': 1} : {}}),
      moves: [],
      stems: [memoryStem(click, click), undefined],
      sampleRate,
      fromFrame: 0,
      toFrame: frames,
      lengthFrames: frames,
      tailSeconds: 0,
      onProgress: () => {},
      signal: undefined,
    },
    async (left) => {
      found.push(...[...left.keys()].filter((n) => (left[n] ?? 0) !== 0).map((n) => n + first));
      first += left.length;
    },
  );
  return found.length === 1 ? (found[0] ?? Number.NaN) - at : Number.NaN;
}

/** Frames by which an echo comes elsewhere than its time after the sound that was sent, at its worst. */
export async function echoOffset(sampleRate: number): Promise<{readonly frames: number; readonly cases: number}> {
  let worst = 0;
  const times = [10, 50.5, 125, 375, 333.3, 1000, 2000];
  for (const timeMs of times) {
    const delay = Math.round((timeMs * sampleRate) / 1000);
    const mixer = newMixer({
      strips: [
        stem('a', {parameters: {'send1.on': 1, 'send1.levelDb': 0}}),
        answer('r', {effect: {kind: 'delay', values: {timeMs, feedback: 0, highCutHz: 20_000, lowCutHz: 20}}}),
      ],
    });
    const {graph} = await createWholeGraph({sampleRate, mixer});
    const click = new Float32Array(blockFrames);
    click[100] = 0.5;
    const stems = fitted(mixer, [memoryStem(click, click)]);
    const blocksHeard = Math.ceil((delay + 600) / blockFrames) + 1;
    const out = new Float32Array(blocksHeard * blockFrames);
    for (let block = 0; block < blocksHeard; block++) {
      out.set(renderBlock(graph, stems, block * blockFrames).left, block * blockFrames);
    }
    const dry = out.findIndex((sample) => Math.abs(sample) > 0.4);
    const rest = out.subarray(dry + 1);
    // Its high cut spreads an echo over a few samples: it begins with the first large one.
    const loudest = rest.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
    const echo = rest.findIndex((sample) => Math.abs(sample) > 0.3 * loudest) + 1;
    worst = Math.max(worst, Math.abs(echo - delay), Math.abs(dry - 100 - graph.latencyFrames));
  }
  return {frames: worst, cases: times.length};
}
