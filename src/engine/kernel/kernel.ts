import {readFile} from 'node:fs/promises';
import {masterFields, stripFields} from '../../model/meter.ts';
import {DeskError} from '../../model/problem.ts';
import type {StripGains} from '../gain-plan.ts';
import {fadeCurve, rampCurve} from '../ramp-law.ts';

/** The part of WebAssembly's interface that is used here; Node has it, its type package has not. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<Compiled>;
  instantiate(module: Compiled, imports: object): Promise<{readonly exports: Exports}>;
};
type Compiled = {readonly brand: 'WebAssembly.Module'};

/** What assembly/kernel.ts exports; formulas and ranges stand there. */
interface Exports {
  readonly memory: {readonly buffer: ArrayBuffer};
  configure(strips: number, maxFrames: number, rampFrames: number, moves: number): number;
  rampTable(): number;
  fadeTable(): number;
  inputAt(channel: number): number;
  outputAt(side: number): number;
  metersAt(): number;
  wantedAt(pair: number): number;
  stateAt(): number;
  stateBytes(): number;
  settle(): void;
  fade(frames: number, rising: boolean): void;
  render(frames: number): void;
}

/** Left and right samples of one block, in the kernel's own memory. */
export interface StereoBlock {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** One instance of the sound kernel: strips summed to a stereo master, a block at a time, latency 0. */
export interface Kernel {
  /** A strip's input, to be written before each block; any values, NaN and infinities too. */
  readonly inputs: readonly StereoBlock[];
  /** What the last block sounded like: finite, within ±(1 − 2⁻²³). */
  readonly output: StereoBlock;
  /** What the last block measured, in the layout of a meter frame. */
  readonly meters: Float32Array;
  /** New gains of a strip, finite; they ramp from the next block on. */
  setStrip(strip: number, gains: StripGains): void;
  /** New gain of the master fader. */
  setMaster(gain: number): void;
  /** Takes all gains at once, before the first block. */
  settle(): void;
  /** Fades all inputs of the coming block in or out over its whole length. */
  fade(frames: number, direction: 'in' | 'out'): void;
  /** Renders a block; `frames` is a multiple of 4, up to the `blockFrames` the kernel was made with. */
  render(frames: number): void;
  /** All that outlives a block, to be given back to this kernel or one of the same shape. */
  snapshot(): Uint8Array;
  /** Goes back to a snapshot: what is rendered from there with the same inputs is the same to the bit. */
  restore(snapshot: Uint8Array): void;
}

export interface KernelOptions {
  /** Number of strips, 0 and more. */
  readonly strips: number;
  /** In hertz; ramps take their length from it. */
  readonly sampleRate: number;
  /** Longest block, a multiple of 4. */
  readonly blockFrames: number;
}

/** The same place from src/engine/kernel and from dist/engine/kernel. */
const builtKernel = new URL('../../../dist/kernel.wasm', import.meta.url);

let compiled: Promise<Compiled> | undefined;

/** Makes a kernel with all gains at 0. Rejects with a DeskError where the kernel has not been built, or no memory is left. */
export async function createKernel({strips, sampleRate, blockFrames}: KernelOptions): Promise<Kernel> {
  compiled ??= compile();
  const {exports} = await WebAssembly.instantiate(await compiled, {});
  const ramp = rampCurve(sampleRate, blockFrames);
  // Room for a change every quarter of a block; what comes faster waits for its turn.
  const moves = Math.ceil((4 * ramp.length) / blockFrames);
  if (!exports.configure(Math.max(1, strips), blockFrames, ramp.length, moves)) {
    throw new DeskError(
      'engine.failed',
      `There is no memory left for ${strips} strips: close other programs and try again.`,
    );
  }
  // The memory never grows again: these views stay.
  const floats = (at: number, length: number): Float32Array => new Float32Array(exports.memory.buffer, at, length);
  floats(exports.rampTable(), ramp.length).set(ramp.map((share) => share - 1));
  floats(exports.fadeTable(), blockFrames).set(fadeCurve(blockFrames));
  const masterPair = Math.ceil(Math.max(1, strips) / 2);
  const wanted = Array.from({length: masterPair + 1}, (_, pair) => floats(exports.wantedAt(pair), 8));
  const state = new Uint8Array(exports.memory.buffer, exports.stateAt(), exports.stateBytes());
  const output = {left: floats(exports.outputAt(0), blockFrames), right: floats(exports.outputAt(1), blockFrames)};
  return {
    inputs: Array.from({length: strips}, (_, strip) => ({
      left: floats(exports.inputAt(2 * strip), blockFrames),
      right: floats(exports.inputAt(2 * strip + 1), blockFrames),
    })),
    output,
    meters: floats(exports.metersAt() + (strips > 0 ? 0 : 4 * stripFields), strips * stripFields + masterFields),
    setStrip(strip, gains) {
      const lane = 2 * (strip % 2);
      wanted[strip >> 1]?.set([gains.pre, gains.pre], lane);
      wanted[strip >> 1]?.set([gains.left, gains.right], 4 + lane);
    },
    setMaster(gain) {
      wanted[masterPair]?.fill(gain, 4);
    },
    settle: () => exports.settle(),
    fade: (frames, direction) => exports.fade(frames, direction === 'in'),
    render: (frames) => exports.render(frames),
    snapshot: () => state.slice(),
    restore(snapshot) {
      if (snapshot.length !== state.length) throw new DeskError('engine.failed', 'This snapshot is of another desk.');
      state.set(snapshot);
    },
  };
}

async function compile(): Promise<Compiled> {
  try {
    return await WebAssembly.compile(await readKernel(builtKernel));
  } catch (error) {
    compiled = undefined;
    throw error;
  }
}

/** The compiled kernel as bytes. Rejects with a DeskError that says how to build it where it is not there. */
export async function readKernel(url: URL): Promise<Uint8Array> {
  try {
    return await readFile(url);
  } catch (error) {
    throw new DeskError(
      'engine.failed',
      `The sound kernel ${url.pathname} is not there: run \`npm run build\`.`,
      error,
    );
  }
}
