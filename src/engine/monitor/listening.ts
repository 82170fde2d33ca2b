import {anySoloed} from '../../model/audibility.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {Monitor} from '../../model/monitor.ts';
import type {StereoBlock} from '../kernel/kernel.ts';
import {createGlide, type Glide} from './glide.ts';
import {createMonitorPath} from './monitor-path.ts';
import {type Reference, switchSeconds} from './reference.ts';

/** A reference in place of the mix, and what it is turned by in dB. */
export interface HeardReference {
  readonly reference: Reference;
  readonly gainDb: number;
}

/**
 * All that stands between the graph and the ears: which source is heard, and what the monitor does to it. Live only: a bounce never has one, and neither
 * meters nor graph ever see what it does.
 */
export interface Listening {
  /** By how many frames the ears are behind the mix: 0, whatever is set. */
  readonly latencyFrames: number;
  /** Frames that the references have run, as far as they are rendered. */
  readonly ranFrames: number;
  /** New settings, and the reference to be heard instead of the mix, if any; no change makes a click. */
  set(monitor: Monitor, reference: HeardReference | undefined): void;
  /** While something is soloed after or before the fader, the solo bus is heard instead of mix and reference. */
  follow(mixer: Mixer): void;
  /**
   * Makes of the mix what is heard, in place; `solo` is what came to the solo bus in the same block. While the tape is meant to play the references run.
   * False if frames of a heard reference were not prepared. With the mix heard and everything off no bit is changed.
   */
  process(left: Float32Array, right: Float32Array, solo: StereoBlock, playing: boolean): boolean;
  /** All that outlives a block; the way back to it is the function that comes. */
  mark(): () => void;
}

export interface ListeningOptions {
  readonly sampleRate: number;
  readonly monitor: Monitor;
  readonly mixer: Mixer;
  /** By how many frames the mix comes out of the graph later than the solo bus: that of its limiter. */
  readonly mixLatencyFrames: number;
}

/** Makes what stands between a graph and the ears; nothing is faded in at the start. */
export function createListening({sampleRate, monitor, mixer, mixLatencyFrames}: ListeningOptions): Listening {
  const glideFrames = Math.max(2, Math.round(switchSeconds * sampleRate));
  const path = createMonitorPath(sampleRate, monitor);
  const mix = createGlide(1, glideFrames);
  const solo = createGlide(hearsSolo(mixer) ? 1 : 0, glideFrames);
  const running = createGlide(0, glideFrames);
  const soloDelay = createDelay(mixLatencyFrames);
  /** Those that sound: the heard one, and others on their way out. */
  let sounding: readonly Reference[] = [];
  let ranFrames = 0;
  let turn = new Float64Array(0);

  const addReferences = (left: Float32Array, right: Float32Array): boolean => {
    if (turn.length !== left.length) turn = new Float64Array(left.length);
    const still = isAt(running, 0);
    for (let frame = 0; frame < turn.length; frame++) turn[frame] = running.next();
    if (!isAt(mix, 1)) {
      for (let frame = 0; frame < left.length; frame++) {
        const share = mix.next();
        left[frame] = share * (left[frame] ?? 0);
        right[frame] = share * (right[frame] ?? 0);
      }
    }
    let ready = true;
    for (const reference of sounding) ready = reference.add(ranFrames, turn, still, left, right) && ready;
    if (sounding.some(({silent}) => silent)) sounding = sounding.filter(({silent}) => !silent);
    if (!still) ranFrames += left.length;
    return ready;
  };
  const addSolo = (left: Float32Array, right: Float32Array, bus: StereoBlock): void => {
    const {left: soloLeft, right: soloRight} = soloDelay.pass(bus);
    if (isAt(solo, 0)) return;
    for (let frame = 0; frame < left.length; frame++) {
      const share = solo.next();
      left[frame] = (1 - share) * (left[frame] ?? 0) + share * (soloLeft[frame] ?? 0);
      right[frame] = (1 - share) * (right[frame] ?? 0) + share * (soloRight[frame] ?? 0);
    }
  };

  return {
    latencyFrames: path.latencyFrames,
    get ranFrames() {
      return ranFrames;
    },
    set(next, heard) {
      path.set(next);
      for (const reference of sounding) if (reference !== heard?.reference) reference.setHeard(false);
      mix.send(heard === undefined ? 1 : 0);
      if (heard === undefined) return;
      heard.reference.setGain(heard.gainDb);
      heard.reference.setHeard(true);
      if (!sounding.includes(heard.reference)) sounding = [...sounding, heard.reference];
    },
    follow(next) {
      solo.send(hearsSolo(next) ? 1 : 0);
    },
    process(left, right, bus, playing) {
      running.send(playing ? 1 : 0);
      const ready = addReferences(left, right);
      addSolo(left, right, bus);
      path.process(left, right);
      return ready;
    },
    mark() {
      const was = {sounding, ranFrames};
      const back = [path, mix, solo, running, soloDelay, ...sounding].map((part) => part.mark());
      return () => {
        // What came since sounds no more from here on.
        for (const reference of sounding) if (!was.sounding.includes(reference)) reference.silence();
        ({sounding, ranFrames} = was);
        for (const goBack of back) goBack();
      };
    },
  };
}

function hearsSolo(mixer: Mixer): boolean {
  return mixer.soloMode !== 'in-place' && anySoloed(mixer);
}

function isAt(glide: Glide, value: number): boolean {
  return glide.settled && glide.target === value;
}

interface Delay {
  /** The block as it was so many frames ago; valid until the next. */
  pass(block: StereoBlock): StereoBlock;
  mark(): () => void;
}

function createDelay(frames: number): Delay {
  let kept: StereoBlock = {left: new Float32Array(frames), right: new Float32Array(frames)};
  const passed = ({left, right}: StereoBlock): StereoBlock => {
    const whole = {left: joined(kept.left, left), right: joined(kept.right, right)};
    kept = {left: whole.left.slice(left.length), right: whole.right.slice(right.length)};
    return {left: whole.left.subarray(0, left.length), right: whole.right.subarray(0, right.length)};
  };
  return {
    pass: (block) => (frames === 0 ? block : passed(block)),
    mark() {
      // Never written to once it is kept.
      const was = kept;
      return () => {
        kept = was;
      };
    },
  };
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const all = new Float32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
