import {fileURLToPath} from 'node:url';

/** The part of WebAssembly's interface that is used here; Node has it, its type package has not. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{readonly instance: {readonly exports: Exports}}>;
};

interface Exports {
  readonly memory: {readonly buffer: ArrayBuffer; grow(pages: number): number};
  init(dsp: number, sampleRate: number): void;
  compute(dsp: number, frames: number, inputs: number, outputs: number): void;
}

/** One strip as a Faust program: two inputs; left and right of the mix and of two sends. */
export interface FaustStrip {
  readonly inputs: readonly [Float32Array, Float32Array];
  readonly outputs: readonly Float32Array[];
  compute(): void;
}

/**
 * High-pass and low-pass of 12 dB, two bells, two shelves, a compressor with linked sides, a fader, two sends; all by the standard libraries and with
 * controls, as a desk has them. No meters.
 */
const source = `
import("stdfaust.lib");
filters = fi.highpass(2, hslider("hp", 80, 20, 2000, 0.01))
  : fi.lowpass(2, hslider("lp", 16000, 200, 20000, 0.01))
  : fi.low_shelf(hslider("eq1", 3, -18, 18, 0.01), hslider("eq1hz", 100, 20, 20000, 0.01))
  : fi.peak_eq_cq(hslider("eq2", -3, -18, 18, 0.01), hslider("eq2hz", 400, 20, 20000, 0.01), hslider("eq2q", 0.71, 0.1, 16, 0.01))
  : fi.peak_eq_cq(hslider("eq3", 2, -18, 18, 0.01), hslider("eq3hz", 2500, 20, 20000, 0.01), hslider("eq3q", 0.71, 0.1, 16, 0.01))
  : fi.high_shelf(hslider("eq4", 2, -18, 18, 0.01), hslider("eq4hz", 8000, 20, 20000, 0.01));
squeeze = co.compressor_stereo(hslider("ratio", 3, 1, 20, 0.01), hslider("threshold", -24, -60, 0, 0.01),
  hslider("attack", 0.01, 0, 1, 0.001), hslider("release", 0.12, 0, 2, 0.001));
level = hslider("level", -12, -90, 10, 0.01) : ba.db2linear : si.smoo;
first = hslider("send1", -10, -90, 10, 0.01) : ba.db2linear : si.smoo;
second = hslider("send2", -14, -90, 10, 0.01) : ba.db2linear : si.smoo;
process = filters, filters : squeeze <: (*(level), *(level)), (*(first), *(first)), (*(second), *(second));
`;

/** Compiles the strip and starts so many of it. Rejects if the compiler is not there. */
export async function faustStrips(count: number, sampleRate: number, blockFrames: number): Promise<FaustStrip[]> {
  const {FaustCompiler, instantiateFaustModuleFromFile, LibFaust} = await import('@grame/faustwasm/dist/esm/index.js');
  const library = fileURLToPath(import.meta.resolve('@grame/faustwasm/libfaust-wasm/libfaust-wasm.js'));
  const compiler = new FaustCompiler(new LibFaust(await instantiateFaustModuleFromFile(library)));
  const compiled = await compiler.createMonoDSPFactory('strip', source, '-ftz 2');
  if (!compiled) throw new Error(compiler.getErrorMessage());
  const {size}: {size: number} = JSON.parse(compiled.json);
  return Promise.all(Array.from({length: count}, () => startStrip(compiled.code, size, sampleRate, blockFrames)));
}

async function startStrip(
  code: Uint8Array,
  stateBytes: number,
  sampleRate: number,
  blockFrames: number,
): Promise<FaustStrip> {
  const {memory, init, compute} = (await WebAssembly.instantiate(code, mathematics)).instance.exports;
  // After the state: the addresses of two inputs and six outputs, then these blocks.
  const pointers = (stateBytes + 15) & ~15;
  const blocks = pointers + 32;
  const pages = Math.ceil((blocks + 8 * 4 * blockFrames - memory.buffer.byteLength) / 65_536);
  if (pages > 0) memory.grow(pages);
  const addresses = Array.from({length: 8}, (_, block) => blocks + 4 * blockFrames * block);
  new Uint32Array(memory.buffer, pointers, 8).set(addresses);
  const [left, right, ...outputs] = addresses.map((at) => new Float32Array(memory.buffer, at, blockFrames));
  if (left === undefined || right === undefined) throw new Error('no inputs');
  init(0, sampleRate);
  return {inputs: [left, right], outputs, compute: () => compute(0, blockFrames, pointers, pointers + 8)};
}

/** What compiled programs call of JavaScript's mathematics: `_cosf` for the cosine, and so on. */
const mathematics = {
  env: Object.fromEntries(
    (['abs', 'cos', 'exp', 'log', 'log10', 'pow', 'sin', 'tan', 'tanh', 'floor', 'round', 'sqrt'] as const).map(
      (name) => [`_${name}f`, Math[name]],
    ),
  ),
};
