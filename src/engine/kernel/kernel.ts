import type {QuasiPeakBallistics} from '../../gain/quasi-peak.ts';
import {masterField, masterFields, stripFields} from '../../model/meter.ts';
import type {Sides} from '../../model/pan-law.ts';
import {DeskError} from '../../model/problem.ts';
import {instantiateBuilt, readBuilt} from '../effects/web-assembly.ts';
import type {StripGains} from '../gain-plan.ts';
import {type ChannelPlan, sectionSlots} from '../plan/plan.ts';
import {fadeCurve, rampCurve} from '../ramp-law.ts';
import {type ChannelMemory, writeChannel} from './channel-writer.ts';
import {halfbandNumbers} from './halfband-numbers.ts';
import type {KernelExports} from './kernel-exports.ts';
import {meterNumbers} from './meter-numbers.ts';
import {quasiPeakNumbers} from './quasi-peak-numbers.ts';

/** Left and right samples of one block, in the kernel's own memory. */
export interface StereoBlock {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** What others do in the middle of a block, in place. */
export interface Stages {
  /** Makes of what was sent to a return (counted from 0) what its strip gets. Without it returns are silent. */
  readonly answer?: (index: number, sent: StereoBlock) => void;
  /** Limits the mix before the safety ceiling; returns by how many dB at most it was turned down. */
  readonly limit?: (mix: StereoBlock) => number;
}

/** One instance of the sound kernel: strips, groups and returns summed to a stereo master, a block at a time, latency 0. */
export interface Kernel {
  /** A stem's input, to be written before each block; any values, NaN and infinities too. After the stems those of groups and returns. */
  readonly inputs: readonly StereoBlock[];
  /** What the last block sounded like: finite, within ±(1 − 2⁻²³). */
  readonly output: StereoBlock;
  /** What the last block brought to the solo bus: the same. */
  readonly solo: StereoBlock;
  /** What the last block measured, in the layout of a meter frame. */
  readonly meters: Float32Array;
  /** New gains of a strip, finite; they ramp from the next block on, as all that follows. */
  setStrip(strip: number, gains: StripGains): void;
  /** New gains of a strip's eight sends, finite. */
  setSends(strip: number, sends: readonly Sides[]): void;
  /** New gains of a strip's way to the solo bus, finite. */
  setSolo(strip: number, solo: Sides): void;
  /** New processing of a strip or of the mix; stages that come or go are faded. */
  setChannel(strip: number | 'master', plan: ChannelPlan): void;
  /** Where a strip goes: a group (in the count of `buses`) or, undefined, the mix. It crosses over in a ramp. */
  setOutput(strip: number, group: number | undefined): void;
  /** The order in which groups and returns are rendered, each after all that feed it, in the count of `buses`. */
  setOrder(order: readonly number[]): void;
  /** Whether one of `buses` is still heard in another. */
  isFeeding(from: number, to: number): boolean;
  /** New gain of the master fader. */
  setMaster(gain: number): void;
  /** How the quasi-peak meters of the strips move; undefined turns them off. Where that changes they begin at rest. */
  setQuasiPeak(ballistics: QuasiPeakBallistics | undefined): void;
  /** Takes everything at once, before the first block. */
  settle(): void;
  /** Leaves gates and compressors as long silence does; once settled, before the first block. */
  rest(): void;
  /** Gains and sends that are set from here on hold from a frame of the coming block on, in rising order; what was set before holds from the frame given before, or from the block edge. */
  gainsFrom(frame: number): void;
  /** The coming block is the first of something: what sounds from here on does not depend on how long nothing did before. */
  begin(): void;
  /** Fades the inputs of all stems in the coming block in or out over its whole length. */
  fade(frames: number, direction: 'in' | 'out'): void;
  /** Renders a block; `frames` is a multiple of 4, up to the `blockFrames` the kernel was made with. */
  render(frames: number, stages?: Stages): void;
  /** All that outlives a block, to be given back to this kernel or one of the same shape. */
  snapshot(): Uint8Array;
  /** Goes back to a snapshot: what is rendered from there with the same inputs is the same to the bit. Throws a DeskError for a foreign one. */
  restore(snapshot: Uint8Array): void;
}

export interface KernelOptions {
  /** Number of stems, 0 and more. */
  readonly strips: number;
  /** Groups and returns; the first return answers send 1, the second send 2 and so on to the eighth. */
  readonly buses?: readonly ('group' | 'return')[];
  /** In hertz; ramps take their length from it. */
  readonly sampleRate: number;
  /** Longest block, a multiple of 4. */
  readonly blockFrames: number;
  /** Place of each stem, group and return in a meter frame of so many strips; without it they stand one after the other. */
  readonly meterPlaces?: {readonly places: readonly number[]; readonly strips: number};
}

/** The same place from src/engine/kernel and from dist/engine/kernel. */
const builtKernel = new URL('../../../dist/kernel.wasm', import.meta.url);
/** Numbers of buses: the mix, sends from 1, the solo bus, groups from 10. */
const firstSend = 1;
const firstGroup = 10;
const sendsBit = 1 << 13;

/** Makes a kernel with all gains at 0. Rejects with a DeskError where the kernel has not been built, or no memory is left. */
export async function createKernel(options: KernelOptions): Promise<Kernel> {
  const {strips, buses = [], sampleRate, blockFrames} = options;
  const exports = await instantiateBuilt<KernelExports>(builtKernel, {});
  const ramp = rampCurve(sampleRate, blockFrames);
  // A kernel has one stem at least; where there is none it is silent, and measured where nobody looks.
  const stems = Math.max(1, strips);
  const {places, strips: meterStrips} = options.meterPlaces ?? {
    places: Array.from({length: strips + buses.length}, (_, place) => place),
    strips: strips + buses.length,
  };
  /** The number of each of `buses` among its kind. */
  const numbers = buses.map((kind, index) => buses.slice(0, index).filter((one) => one === kind).length);
  exports.shape(stems, buses.length, buses.filter((kind) => kind === 'group').length, blockFrames);
  // Room for a change of gain every quarter of a block and some between, until the end of the block in which it arrives; of all else once a block.
  const gainMoves = Math.ceil((4 * ramp.length) / blockFrames) + 4 + 8;
  const otherMoves = Math.ceil(ramp.length / blockFrames) + 1;
  const windowFrames = 4 * Math.max(1, Math.round(sampleRate / 1600));
  if (!exports.layOut(ramp.length, gainMoves, otherMoves, windowFrames, meterStrips)) {
    throw new DeskError(
      'engine.failed',
      `There is no memory left for ${strips} strips: close other programs and try again.`,
    );
  }
  // The memory never grows again: these views stay.
  const {buffer} = exports.memory;
  const floats = (at: number, length: number): Float32Array => new Float32Array(buffer, at, length);
  const integers = (at: number, length: number): Int32Array => new Int32Array(buffer, at, length);
  const block = (at: (side: number) => number): StereoBlock => ({
    left: floats(at(0), blockFrames),
    right: floats(at(1), blockFrames),
  });
  floats(exports.rampTable() - 4 * blockFrames, blockFrames).fill(-1);
  floats(exports.rampTable(), ramp.length).set(ramp.map((share) => share - 1));
  floats(exports.fadeTable(), blockFrames).set(fadeCurve(blockFrames));
  floats(exports.metersTable(), 104).set(meterNumbers(sampleRate));
  floats(exports.halfbandTable(), 24).set(halfbandNumbers());
  integers(exports.placesAt(), stems + buses.length + 1).set([
    ...(strips > 0 ? [] : [meterStrips + 1]),
    ...[...places, meterStrips],
  ]);

  const pairs = Array.from({length: exports.pairOf(stems + buses.length) + 1}, (_, pair) => ({
    inUse: integers(exports.recordAt(pair) + 16, 1),
    route: integers(exports.recordAt(pair) + 32, 2),
    gains: floats(exports.gainsAt(pair), 8),
    sends: floats(exports.sendsAt(pair), 36),
    dynamics: floats(exports.dynamicsAt(pair), 52),
    plain: floats(exports.plainDynamicsAt(pair), 40),
    sections: Array.from({length: sectionSlots}, (_, slot) => floats(exports.sectionAt(pair, slot), 36)),
  })) satisfies ChannelMemory[];
  /** A strip's number in the kernel: behind a stem that is not there if there is none. */
  const inKernel = (strip: number): number => strip + stems - strips;
  const placeOf = (strip: number): {pair: (typeof pairs)[number] | undefined; lane: 0 | 2} => ({
    pair: pairs[exports.pairOf(inKernel(strip))],
    lane: exports.laneOf(inKernel(strip)) === 0 ? 0 : 2,
  });
  const master = strips + buses.length;
  const busOf = (index: number): number => (buses[index] === 'return' ? firstSend : firstGroup) + (numbers[index] ?? 0);

  const order = integers(exports.orderAt(), buses.length);
  order.set([...buses.keys()]);
  const inputs = Array.from({length: strips + buses.length}, (_, strip) =>
    block((side) => exports.inputAt(inKernel(strip), side)),
  );
  const output = block(exports.outputAt);
  const meters = floats(exports.metersAt(), meterStrips * stripFields + masterFields);
  const part = (whole: StereoBlock, frames: number): StereoBlock =>
    frames === blockFrames ? whole : {left: whole.left.subarray(0, frames), right: whole.right.subarray(0, frames)};

  const setSends = (strip: number, gains: readonly Sides[], first: number): void => {
    const {pair, lane} = placeOf(strip);
    if (pair === undefined) return;
    const inUse = pair.inUse[0] ?? 0;
    if ((inUse & sendsBit) === 0 && gains.every(({left, right}) => left === 0 && right === 0)) return;
    pair.inUse[0] = inUse | sendsBit;
    for (const [index, {left, right}] of gains.entries()) {
      pair.sends[4 * (first + index) + lane] = left;
      pair.sends[4 * (first + index) + lane + 1] = right;
    }
  };

  const renderBus = (index: number, frames: number, stages: Stages): void => {
    const input = inputs[strips + index];
    const number = numbers[index] ?? 0;
    if (input === undefined) return;
    if (buses[index] === 'group' || (number < 8 && stages.answer !== undefined)) {
      exports.gather(busOf(index), inKernel(strips + index), frames);
      if (buses[index] === 'return') stages.answer?.(number, part(input, frames));
    } else {
      input.left.fill(0);
      input.right.fill(0);
    }
    exports.renderBusStrip(inKernel(strips + index), frames);
  };

  return {
    inputs,
    output,
    solo: block(exports.soloAt),
    meters,
    setStrip(strip, gains) {
      const {pair, lane} = placeOf(strip);
      if (pair === undefined) return;
      pair.gains[lane] = gains.pre;
      pair.gains[lane + 1] = gains.pre;
      pair.gains[4 + lane] = gains.left;
      pair.gains[5 + lane] = gains.right;
    },
    setSends: (strip, sends) => setSends(strip, sends.slice(0, 8), 0),
    setSolo: (strip, solo) => setSends(strip, [solo], 8),
    setChannel(strip, plan) {
      const {pair, lane} = placeOf(strip === 'master' ? master : strip);
      if (pair !== undefined) writeChannel(pair, lane, plan);
    },
    setOutput(strip, group) {
      const {pair, lane} = placeOf(strip);
      const bus = group === undefined ? 0 : busOf(group);
      // A strip that has a pair for itself takes both places, so that they never differ.
      const isAlone = strip >= strips || strip === strips - 1;
      pair?.route.fill(bus, lane / 2, isAlone ? 2 : lane / 2 + 1);
    },
    setOrder: (next) => order.set(next),
    isFeeding: (from, to) => exports.isFeeding(inKernel(strips + from), busOf(to)) !== 0,
    setMaster(gain) {
      placeOf(master).pair?.gains.fill(gain, 4);
    },
    setQuasiPeak: (ballistics) => exports.setQuasiPeak(...quasiPeakNumbers(sampleRate, ballistics)),
    settle: () => exports.settle(),
    rest: () => exports.rest(),
    gainsFrom: (frame) => exports.gainsFrom(frame),
    begin: () => exports.begin(),
    fade: (frames, direction) => exports.fade(frames, direction === 'in'),
    render(frames, stages = {}) {
      exports.renderStems(frames);
      for (const index of order) renderBus(index, frames, stages);
      exports.renderMix(frames);
      const limited = stages.limit?.(part(output, frames)) ?? 0;
      exports.finish(frames);
      meters[meterStrips * stripFields + masterField.limiterReductionDb] = limited;
    },
    snapshot: () => new Uint8Array(buffer, exports.snapshotAt(), exports.save()).slice(),
    restore(snapshot) {
      const area = exports.snapshotAt();
      const fits = snapshot.length <= buffer.byteLength - area;
      if (fits) new Uint8Array(buffer, area).set(snapshot);
      if (!fits || exports.restore(snapshot.length) === 0) {
        throw new DeskError('engine.failed', 'This snapshot is of another desk.');
      }
    },
  };
}

/** The compiled kernel as bytes. Rejects with a DeskError that says how to build it where it is not there. */
export const readKernel = (url: URL): Promise<Uint8Array> => readBuilt(url);
