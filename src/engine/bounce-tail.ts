import type {Mixer} from '../model/mixer.ts';

/** What rings on after the end, as far as it is wanted. */
export interface TailGate {
  /** Takes the next frames of the tail; returns what is to be written now. */
  pass(left: Float32Array, right: Float32Array): readonly Stereo[];
  /** Whether nothing more can come. */
  isOver(): boolean;
}

export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** −90 dBFS: what stays below is silence. */
const silent = 10 ** (-90 / 20);

/** How long it must be silent: echoes come as late as a delay can be set (2 s), everything else rings without gaps. */
const echoSeconds = 2.5;
const ringSeconds = 0.1;

/**
 * A tail of fixed length passes whole. One that lasts until it is silent ends with its last sample at or above −90 dBFS: quiet frames are kept
 * back until louder ones follow, and dropped if none do.
 */
export function createTailGate(options: {
  readonly mixer: Mixer;
  readonly sampleRate: number;
  readonly tailSeconds: number | 'until-silent';
}): TailGate {
  const {mixer, sampleRate, tailSeconds} = options;
  if (tailSeconds !== 'until-silent') {
    return {pass: (left, right) => (left.length > 0 ? [{left, right}] : []), isOver: () => false};
  }
  const echoes = mixer.strips.some(({kind}) => kind === 'return');
  const patienceFrames = (echoes ? echoSeconds : ringSeconds) * sampleRate;
  let keptBack: Stereo[] = [];
  let quietFrames = 0;
  return {
    pass(left, right) {
      const loud = loudFrames(left, right);
      quietFrames = loud > 0 ? left.length - loud : quietFrames + left.length;
      const quiet = {left: left.subarray(loud), right: right.subarray(loud)};
      if (loud === 0) {
        if (left.length > 0) keptBack.push(quiet);
        return [];
      }
      const ready = [...keptBack, {left: left.subarray(0, loud), right: right.subarray(0, loud)}];
      keptBack = quiet.left.length > 0 ? [quiet] : [];
      return ready;
    },
    isOver: () => quietFrames >= patienceFrames,
  };
}

/** Frames up to and with the last one that is not silent. */
function loudFrames(left: Float32Array, right: Float32Array): number {
  let frame = left.length;
  while (frame > 0 && Math.abs(left[frame - 1] ?? 0) < silent && Math.abs(right[frame - 1] ?? 0) < silent) frame--;
  return frame;
}
