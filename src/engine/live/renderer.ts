import type {Lanes} from '../../model/lane-change.ts';
import type {MeterFrame} from '../../model/meter.ts';
import {masterFields, stripFields} from '../../model/meter.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {Monitor} from '../../model/monitor.ts';
import {createAutomator} from '../automation/automator.ts';
import {noLanes} from '../automation/followed-lanes.ts';
import type {TapeSpan} from '../automation/lane-plan.ts';
import {blockFrames, type Graph, type Motion} from '../graph.ts';
import type {StereoBlock} from '../kernel/kernel.ts';
import {holdCeiling} from '../monitor/ceiling.ts';
import type {HeardReference, Listening} from '../monitor/listening.ts';
import type {Stem} from '../stem.ts';
import {createTape, type Tape, type TapeState} from './tape.ts';

/** A block that has become audible, behind the latency of the mix and of the device. */
export interface HeardBlock {
  readonly meters: MeterFrame;
  /** How the tape goes through the block. */
  readonly spans: readonly TapeSpan[];
  /** Frame of the tape that is heard at the block's end. */
  readonly tapeFrame: number;
  /** The mix of this block, where mixes are kept. */
  readonly mix: StereoBlock | undefined;
}

/** What is to be heard, from some block edge on. */
export interface Wishes {
  /** What hands set; undefined: what the graph was made with. */
  readonly mixer: Mixer | undefined;
  /** What moves it while the tape plays. */
  readonly lanes: Lanes;
  readonly monitor: readonly [Monitor, HeardReference | undefined] | undefined;
}

/** Nothing was wished yet. */
export const noWishes: Wishes = {mixer: undefined, lanes: noLanes, monitor: undefined};

/** Everything between two blocks; one can go to it from any other, back and forth, any number of times. */
export interface Moment {
  readonly snapshot: Uint8Array;
  readonly tape: TapeState;
  readonly goToEars: () => void;
  readonly wishes: Wishes;
}

/** What the tape did in a block: when it starts depends on the disk, too. */
export interface Step {
  readonly state: TapeState;
  readonly motion: Motion;
}

/** Some blocks on end. */
export interface Rendered {
  /** Valid until the next is rendered. */
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
  readonly blocks: readonly HeardBlock[];
  readonly steps: readonly Step[];
  /** How many of the blocks had something missing. */
  readonly starved: number;
}

/** Tape, graph and ears as one: what renders, and can be taken to another moment. */
export interface Renderer {
  readonly tape: Tape;
  moment(): Moment;
  goTo(moment: Moment): void;
  /** What is wished from the next block on. */
  follow(wishes: Wishes): void;
  /** The next blocks, at most `mostBlocks`; `atFrame` is when they are heard. With `steps` the tape does once more what it did then. */
  render(blocks: number, atFrame: number, steps?: readonly Step[]): Rendered;
}

export interface RendererOptions {
  readonly graph: Graph;
  readonly stems: readonly (Stem | undefined)[];
  readonly listening: Listening;
  /** Whether each heard block brings its mix with it, for who measures it; no if absent. */
  readonly keepsMix?: () => boolean;
  readonly lengthFrames: number;
}

/** `mostBlocks`: how many are rendered on end at the most. */
export function createRenderer(options: RendererOptions, mostBlocks: number): Renderer {
  const {graph, stems, listening, keepsMix = () => false} = options;
  const made = graph.mixer;
  const automator = createAutomator(graph);
  const tape = createTape(stems, options.lengthFrames);
  const left = new Float32Array(mostBlocks * blockFrames);
  const right = new Float32Array(mostBlocks * blockFrames);
  const meterLength = stems.length * stripFields + masterFields;
  let wishes = noWishes;

  const take = (step: Step): Motion => {
    tape.state = step.state;
    return step.motion;
  };
  const renderBlock = (
    place: number,
    atFrame: number,
    known: Step | undefined,
  ): HeardBlock & {readonly starved: boolean; readonly step: Step} => {
    const motion = known ? take(known) : tape.next();
    const step = {state: tape.state, motion};
    const spans = tape.ahead(motion, 0, blockFrames);
    automator.bring((fromFrame, frames) => tape.ahead(motion, fromFrame, frames));
    const values = new Float32Array(meterLength);
    const part = [place * blockFrames, (place + 1) * blockFrames] as const;
    const sides = {left: left.subarray(...part), right: right.subarray(...part)};
    const starved = graph.render(tape.stems, tape.state.frame, motion, sides.left, sides.right, values);
    const mix = keepsMix() ? {left: sides.left.slice(), right: sides.right.slice()} : undefined;
    const ready = listening.process(sides.left, sides.right, graph.solo, tape.state.playing);
    holdCeiling(sides.left);
    holdCeiling(sides.right);
    tape.advance(motion);
    return {
      meters: {atFrame, frames: blockFrames, rolling: motion !== 'still', values},
      spans,
      tapeFrame: tape.state.located ?? tape.state.frame,
      mix,
      starved: motion !== 'still' && (starved > 0 || !ready),
      step,
    };
  };

  return {
    tape,
    moment: () => ({snapshot: graph.snapshot(), tape: tape.state, goToEars: listening.mark(), wishes}),
    goTo(moment) {
      graph.restore(moment.snapshot);
      tape.state = moment.tape;
      moment.goToEars();
      wishes = moment.wishes;
      automator.follow(wishes.mixer ?? made, wishes.lanes);
      automator.forget();
    },
    follow(next) {
      if (next.mixer !== undefined && next.mixer !== wishes.mixer) listening.follow(next.mixer);
      automator.follow(next.mixer ?? made, next.lanes);
      if (next.monitor !== undefined && next.monitor !== wishes.monitor) listening.set(...next.monitor);
      wishes = next;
    },
    render(count, atFrame, steps = []) {
      const blocks = Array.from({length: count}, (_, place) =>
        renderBlock(place, atFrame + place * blockFrames, steps[place]),
      );
      const frames = count * blockFrames;
      return {
        left: left.subarray(0, frames),
        right: right.subarray(0, frames),
        blocks,
        steps: blocks.map(({step}) => step),
        starved: blocks.filter(({starved}) => starved).length,
      };
    },
  };
}
