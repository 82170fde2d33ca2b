import type {EffectKind} from '../../model/effect.ts';
import {DeskError} from '../../model/problem.ts';
import type {EffectSettings} from './effect-settings.ts';
import {instantiateBuilt, readBuilt} from './web-assembly.ts';

/** What the Faust compiler exports of every program; `dsp` is the address of its state, always 0 here. */
interface Exports {
  readonly memory: {readonly buffer: ArrayBuffer; grow(pages: number): number};
  init(dsp: number, sampleRate: number): void;
  setParamValue(dsp: number, setting: number, value: number): void;
  getParamValue(dsp: number, setting: number): number;
  compute(dsp: number, frames: number, inputs: number, outputs: number): void;
}

/** What the build notes beside the compiled program: length of its state and where its settings lie in it. */
interface Layout {
  readonly stateBytes: number;
  readonly settings: Readonly<Record<string, number>>;
}

/** One running Faust program of two inputs and two outputs. */
export interface FaustModule {
  /** All of its memory that outlives a block, settings included; a view. */
  readonly state: Uint8Array;
  /** Views to be filled before and read after `compute`. */
  readonly inputs: readonly [Float32Array, Float32Array];
  readonly outputs: readonly [Float32Array, Float32Array];
  set(settings: EffectSettings): void;
  /** What it is set to now. */
  settings(): EffectSettings;
  /** At most `quantum` frames. */
  compute(frames: number): void;
}

/** The highest sample rates for which there are variants, as in build.mjs. */
const maxRates = [48_000, 96_000, 192_000];

/** What the compiled programs call of JavaScript's mathematics: `_cosf` for the cosine, and so on. */
const mathematics = {
  env: {
    _cosf: Math.cos,
    _powf: Math.pow,
    _sinf: Math.sin,
    _tanf: Math.tan,
    _expf: Math.exp,
    _logf: Math.log,
    _fmodf: (x: number, y: number): number => x % y,
  },
};

/** Starts an effect's program. Rejects with a DeskError where it has not been built, for rates above 192 kHz, or without memory. */
export async function startFaust(kind: EffectKind, sampleRate: number, quantum: number): Promise<FaustModule> {
  const maxRate = maxRates.find((rate) => rate >= sampleRate);
  if (maxRate === undefined)
    throw new DeskError(
      'engine.failed',
      `A ${kind} runs at up to 192 kHz, not ${sampleRate} Hz: lower the session's rate.`,
    );
  const file = (ending: string): URL => new URL(`../../../dist/effects/${kind}-${maxRate}.${ending}`, import.meta.url);
  const layout: Layout = JSON.parse(Buffer.from(await readBuilt(file('json'))).toString());
  const {memory, init, setParamValue, getParamValue, compute} = await instantiateBuilt<Exports>(
    file('wasm'),
    mathematics,
  );
  // After the state: two pairs of addresses, then the four blocks they point to.
  const pointers = (layout.stateBytes + 15) & ~15;
  const blocks = pointers + 16;
  const pages = Math.ceil((blocks + 16 * quantum - memory.buffer.byteLength) / 65_536);
  if (pages > 0 && memory.grow(pages) < 0)
    throw new DeskError('engine.failed', `There is no memory left for a ${kind}: close other programs and try again.`);
  const addresses = [0, 1, 2, 3].map((block) => blocks + 4 * quantum * block);
  new Uint32Array(memory.buffer, pointers, 4).set(addresses);
  const view = (block: number): Float32Array => new Float32Array(memory.buffer, blocks + 4 * quantum * block, quantum);
  init(0, sampleRate);
  return {
    state: new Uint8Array(memory.buffer, 0, layout.stateBytes),
    inputs: [view(0), view(1)],
    outputs: [view(2), view(3)],
    set(settings) {
      for (const [name, value] of Object.entries(settings)) {
        const at = layout.settings[name];
        if (at !== undefined) setParamValue(0, at, value);
      }
    },
    settings: () =>
      Object.fromEntries(Object.entries(layout.settings).map(([name, at]) => [name, getParamValue(0, at)])),
    compute: (frames) => compute(0, frames, pointers, pointers + 8),
  };
}
