import {type Effect, newEffect} from '../../model/effect.ts';
import {DeskError} from '../../model/problem.ts';
import {effectSettings} from './effect-settings.ts';
import {startFaust} from './faust-module.ts';

/** One effect of a return, with its sound's whole memory: fully wet, stereo in and out. Equal inputs give equal sound, to the bit. */
export interface EffectUnit {
  /** Frames by which the wet sound is late beyond what its parameters ask for. */
  readonly latencyFrames: number;
  /**
   * Replaces a stereo block by what the effect makes of it, in place; both sides equally long, of any length, which makes no difference to
   * the sound. What is not finite in the input, or comes out of the effect, gives silence for the rest of the block and clears the effect.
   */
  process(left: Float32Array, right: Float32Array): void;
  /** New values, which glide from the next block on; of another kind of effect they change nothing. */
  set(effect: Effect): void;
  /** All that outlives a block, settings included, to be given back to this unit or one of the same kind and rate. Not to be written to. */
  snapshot(): Uint8Array;
  /** Goes back to a snapshot: the same blocks and settings then sound the same to the bit. Throws a DeskError for a foreign one. */
  restore(snapshot: Uint8Array): void;
  /** How many blocks have been silenced because something was not finite; snapshots do not turn it back. */
  readonly faults: number;
}

/** An effect that can begin anew: as one that was just made with these values, of its own kind only. */
export interface SingleEffect extends EffectUnit {
  begin(effect: Effect): void;
}

/** The sound is made in steps of this length, counted from the first frame, so that the lengths of blocks make no difference. */
const quantum = 128;
/** An effect whose output stays below −160 dB for as long as its memory reaches after the last sound that went in sleeps. */
const silence = 1e-8;
const memorySeconds = 2.5;
/** Time in which all that glides has arrived. */
const settlingSeconds = 0.5;
/** What is beyond +193 dBFS is no sound. */
const absurd = 2 ** 32;

/** How the effects of a kind and rate begin before and as a rule: kept, since settling takes milliseconds that a block in time may not have. */
const keptStates = new Map<string, {readonly blank: Uint8Array; readonly standard: Uint8Array}>();

/** Makes an effect at its settings. Rejects with a DeskError where it has not been built, for rates above 192 kHz, or without memory. */
export async function createEffect(effect: Effect, sampleRate: number): Promise<SingleEffect> {
  const {kind} = effect;
  const module = await startFaust(kind, sampleRate, quantum);
  const [inLeft, inRight] = module.inputs;
  const [outLeft, outRight] = module.outputs;
  const memoryFrames = Math.ceil(memorySeconds * sampleRate);
  /** Frames since the first one, modulo the quantum; whether anything sounded in this quantum; silent frames before it. */
  let phase = 0;
  let sounded = false;
  let silentFrames = memoryFrames;
  let faults = 0;
  /** The last snapshot, as long as the state is still what it says. */
  let latest: Uint8Array | undefined;

  const kept = keptStates.get(`${kind} ${sampleRate}`);
  const blank = kept?.blank ?? module.state.slice();
  /** Leaves the program as long silence with these values does. */
  const settle = (values: Effect): void => {
    module.state.set(blank);
    module.set(effectSettings(values, sampleRate));
    inLeft.fill(0);
    inRight.fill(0);
    for (let frame = 0; frame < settlingSeconds * sampleRate; frame += quantum) module.compute(quantum);
  };
  const isStandard = ({values}: Effect): boolean => Object.keys(values).length === 0;
  if (kept === undefined) settle(newEffect(kind));
  const standard = kept?.standard ?? module.state.slice();
  keptStates.set(`${kind} ${sampleRate}`, {blank, standard});
  if (isStandard(effect)) module.state.set(standard);
  else settle(effect);
  const settled = isStandard(effect) ? standard : module.state.slice();

  /** Computes a part of a quantum in place; false if something in it was no sound. */
  const compute = (left: Float32Array, right: Float32Array): boolean => {
    const arriving = loudest(left, right);
    if (!(arriving <= absurd)) return false;
    latest = undefined;
    inLeft.set(left);
    inRight.set(right);
    module.compute(left.length);
    left.set(outLeft.subarray(0, left.length));
    right.set(outRight.subarray(0, right.length));
    const leaving = loudest(left, right);
    if (arriving > 0 || leaving >= silence) sounded = true;
    return leaving <= absurd;
  };

  /** A part of a quantum; an effect that sleeps wakes at the first sample that is not 0. */
  const step = (left: Float32Array, right: Float32Array): boolean => {
    if (silentFrames < memoryFrames) return compute(left, right);
    const first = left.findIndex((sample, frame) => sample !== 0 || right[frame] !== 0);
    const asleep = first < 0 ? left.length : first;
    left.fill(0, 0, asleep);
    right.fill(0, 0, asleep);
    if (first < 0) return true;
    silentFrames = 0;
    return compute(left.subarray(first), right.subarray(first));
  };

  const advance = (frames: number): void => {
    phase = (phase + frames) % quantum;
    if (phase !== 0) return;
    silentFrames = sounded ? 0 : Math.min(memoryFrames, silentFrames + quantum);
    sounded = false;
  };

  const clear = (): void => {
    const settings = module.settings();
    module.state.set(settled);
    module.set(settings);
    silentFrames = memoryFrames;
    sounded = false;
    latest = undefined;
  };

  return {
    latencyFrames: 0,
    get faults() {
      return faults;
    },
    process(left, right) {
      for (let from = 0; from < left.length; ) {
        const until = Math.min(left.length, from + quantum - phase);
        if (!step(left.subarray(from, until), right.subarray(from, until))) {
          faults++;
          left.fill(0, from);
          right.fill(0, from);
          clear();
          advance(left.length - from);
          return;
        }
        advance(until - from);
        from = until;
      }
    },
    set(next) {
      if (next.kind !== kind) return;
      module.set(effectSettings(next, sampleRate));
      latest = undefined;
    },
    begin(next) {
      if (next.kind !== kind) return;
      if (isStandard(next)) module.state.set(standard);
      else settle(next);
      phase = 0;
      sounded = false;
      silentFrames = memoryFrames;
      latest = undefined;
    },
    snapshot() {
      if (latest && tailOf(latest).phase === phase) return latest;
      latest = new Uint8Array(module.state.length + tailBytes);
      latest.set(module.state);
      new Uint32Array(latest.buffer, module.state.length).set([phase, sounded ? 1 : 0, silentFrames]);
      return latest;
    },
    restore(snapshot) {
      if (snapshot.length !== module.state.length + tailBytes)
        throw new DeskError('engine.failed', `This snapshot is of another effect than this ${kind}: make a new one.`);
      const tail = tailOf(snapshot);
      if (snapshot !== latest) module.state.set(snapshot.subarray(0, module.state.length));
      ({phase, sounded, silentFrames} = tail);
      latest = snapshot;
    },
  };
}

/** What a snapshot holds after the program's own state: three numbers of 32 bits. */
const tailBytes = 12;

function tailOf(snapshot: Uint8Array): {phase: number; sounded: boolean; silentFrames: number} {
  const view = new DataView(snapshot.buffer, snapshot.byteOffset + snapshot.length - tailBytes, tailBytes);
  return {
    phase: view.getUint32(0, true),
    sounded: view.getUint32(4, true) === 1,
    silentFrames: view.getUint32(8, true),
  };
}

/** Highest magnitude of a stereo block; NaN if anything in it is NaN. */
function loudest(left: Float32Array, right: Float32Array): number {
  let peak = 0;
  for (let frame = 0; frame < left.length; frame++) {
    const size = Math.max(Math.abs(left[frame] ?? 0), Math.abs(right[frame] ?? 0));
    if (!(size <= peak)) peak = size;
    if (Number.isNaN(peak)) return peak;
  }
  return peak;
}
