import type {Lanes} from '../../model/lane-change.ts';
import type {Mixer} from '../../model/mixer.ts';
import {blockFrames, type Graph} from '../graph.ts';
import {rampFrames} from '../ramp-law.ts';
import {noLanes, readersOf} from './followed-lanes.ts';
import {createLaneOverlay} from './lane-overlay.ts';
import {createLanePlan, isGain, type LanePlan, type LaterValue, type TapeSpan} from './lane-plan.ts';

/** Brings what lanes say to a graph, block by block: the same for what is heard and for a bounce. */
export interface Automator {
  /** The mixer without its lanes, and the lanes: both hold from the next block on. */
  follow(base: Mixer, lanes: Lanes): void;
  /** The graph went back to a snapshot: nothing is known of what it is set to. */
  forget(): void;
  /** To be called before each block. `ahead` says where the tape will be from so many frames after the block's start on, for so many frames. */
  bring(ahead: (fromFrame: number, frames: number) => readonly TapeSpan[]): void;
}

/** The mixer with what lanes say while the tape stands at a frame. */
export function mixerAt(base: Mixer, lanes: Lanes, frame: number): Mixer {
  const readers = readersOf(lanes);
  const overlay = createLaneOverlay(readers.map(({target}) => target));
  return overlay.over(
    base,
    Float64Array.from(readers, ({cursor}) => cursor.valueAt(frame)),
  );
}

/** Whether lanes move anything that remembers how it was moved: all but gains. */
export function movesProcessing(lanes: Lanes): boolean {
  return readersOf(lanes).some(({target}) => !isGain(target.parameter));
}

/** So long after a lane moved a gain nothing is left of how it did. */
export function forgottenFrames(sampleRate: number): number {
  return rampFrames(sampleRate, blockFrames) + 2 * blockFrames;
}

/** From a change of a gain until half of its way is done: S(n) = ½ there, and the ramp is symmetric about it. */
function leadFramesOf(sampleRate: number): number {
  return Math.round((rampFrames(sampleRate, blockFrames) - 2) / 2);
}

/** Follows what the graph is set to now, and no lane. What lanes say is set so early that half of its ramp is done at the frame for which it is written. */
export function createAutomator(graph: Graph): Automator {
  const leadFrames = leadFramesOf(graph.sampleRate);
  let base = graph.mixer;
  let lanes = noLanes;
  let plan: LanePlan = createLanePlan(readersOf(lanes), blockFrames);
  let overlay = createLaneOverlay([]);
  let values = new Float64Array();
  /** What the graph was set to last. */
  let brought: Mixer | undefined = base;

  const set = (from: number): void => {
    const mixer = overlay.over(base, values);
    if (mixer === brought) return;
    if (from > 0) graph.gainsFrom(from);
    graph.set(mixer, false);
    brought = mixer;
  };
  /** Values change in the order of their frames: all of one frame are set at once. */
  const setLater = (later: readonly LaterValue[]): void => {
    for (const [index, {from, place, value}] of later.entries()) {
      values[place] = value;
      if (later[index + 1]?.from !== from) set(from);
    }
  };

  return {
    follow(nextBase, nextLanes) {
      base = nextBase;
      if (nextLanes === lanes) return;
      lanes = nextLanes;
      const readers = readersOf(lanes);
      plan = createLanePlan(readers, blockFrames);
      overlay = createLaneOverlay(readers.map(({target}) => target));
      values = new Float64Array(readers.length);
    },
    forget() {
      brought = undefined;
    },
    bring(ahead) {
      if (lanes.size === 0) return set(0);
      const later = plan.read(ahead(leadFrames, blockFrames), values);
      set(0);
      setLater(later);
    },
  };
}
