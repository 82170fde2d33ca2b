import type {PlaybackCommand} from '../../model/playback.ts';
import {isLoop, type LoopRange} from '../../model/timeline.ts';
import type {TapeSpan} from '../automation/lane-plan.ts';
import {blockFrames, type Motion} from '../graph.ts';
import type {Stem} from '../stem.ts';
import {chunkFrames} from '../stems/stem-window.ts';
import {fadeFramesOf, frameAfter, loopFadeFrames, readLooped, spansFrom} from './loop-read.ts';

/**
 * How far ahead of the tape stems are asked for: as much as they read at a time, so that out and in point of a looping tape fit into their memory
 * together. Each is asked twice in that time.
 */
const prepareFrames = chunkFrames;
const askEveryFrames = chunkFrames / 2;
/** Stems that are read together before the tape starts. */
const cuedAtOnce = 4;

/** Where the tape stands and what it is meant to do; a value, so that one can go back to it. */
export interface TapeState {
  /** `cueing`: waits for the first samples of the cue `token`. */
  readonly type: 'still' | 'cueing' | 'rolling';
  readonly token: number;
  readonly frame: number;
  /** Where it goes as soon as it has stopped. */
  readonly located: number | undefined;
  readonly playing: boolean;
  readonly looping: boolean;
  /** Undefined: from the start to the end. */
  readonly loop: LoopRange | undefined;
  /** The wrap whose fade has begun: it is gone through, whatever is commanded meanwhile. */
  readonly turning: LoopRange | undefined;
}

/**
 * The tape moves through the stems in whole blocks. None of its moves clicks: starts in mid-tape, stops and locates fade over one block, and at the out
 * point of a loop the sound goes over into the in point's (loop-read.ts), exactly `outFrame − inFrame` frames a round. A loop is entered only before its fade:
 * from behind that the tape plays on to the end and starts again at the in point.
 */
export interface Tape {
  state: TapeState;
  /** The stems as the tape reads them. */
  readonly stems: readonly (Stem | undefined)[];
  command(command: PlaybackCommand): void;
  /** Decides what the next block does, and asks for what it will need. */
  next(): Motion;
  /** Where the tape is from so many frames after the start of a block of that motion on, for so many frames, if nothing else is commanded. */
  ahead(motion: Motion, fromFrame: number, frames: number): readonly TapeSpan[];
  /** A block of that motion was rendered. */
  advance(motion: Motion): void;
}

/** Part of the tape that will be needed. */
interface Span {
  readonly frame: number;
  readonly frames: number;
  readonly how: 'onwards' | 'around';
}

export function createTape(stems: readonly (Stem | undefined)[], lengthFrames: number): Tape {
  const asked = stems.filter((stem) => stem !== undefined);
  const askedABlock = Math.ceil((asked.length * blockFrames) / askEveryFrames);
  const cued = new Set<number>();
  let nextAsked = 0;
  let lastToken = 0;

  /** The loop that a block from here on goes round in, if any. */
  const courseOf = ({frame, looping, loop, turning}: TapeState): LoopRange | undefined => {
    if (turning !== undefined || !looping) return turning;
    const range = loop ?? {inFrame: 0, outFrame: lengthFrames};
    return frame <= range.outFrame - fadeFramesOf(range) ? range : undefined;
  };
  /** Where a start from here begins: in the short fade before the out point there is only the wrap left. */
  const startOf = ({frame, looping, loop}: TapeState): number => {
    const range = loop ?? {inFrame: 0, outFrame: lengthFrames};
    const isInFade = looping && frame < range.outFrame && frame > range.outFrame - fadeFramesOf(range);
    return isInFade ? range.inFrame : frame;
  };
  const spansAhead = (state: TapeState): readonly Span[] => {
    const course = courseOf(state);
    if (course === undefined) return [{frame: state.frame, frames: prepareFrames, how: 'onwards'}];
    const {inFrame, outFrame} = course;
    const frames = Math.min(prepareFrames, outFrame - state.frame);
    const behind = Math.min(prepareFrames - frames, outFrame - inFrame + loopFadeFrames);
    const tail = {frame: state.frame, frames, how: 'around'} as const;
    return behind === 0 ? [tail] : [tail, {frame: inFrame - loopFadeFrames, frames: behind, how: 'around'}];
  };

  /** All stems, a few at a time: what they bring from the disk must be converted here, and all at once it would hold up moves. */
  const prepareAll = async (spans: readonly Span[]): Promise<void> => {
    for (let first = 0; first < asked.length; first += cuedAtOnce) {
      const some = asked.slice(first, first + cuedAtOnce);
      await Promise.allSettled(
        some.flatMap((stem) => spans.map(({frame, frames, how}) => stem.prepare(frame, frames, how))),
      );
    }
  };
  const cue = (state: TapeState): number => {
    const token = ++lastToken;
    void prepareAll(spansAhead(state)).then(() => cued.add(token));
    return token;
  };
  /** Again a few stems a block, in turn. */
  const prepareAhead = (state: TapeState): void => {
    const spans = spansAhead(state);
    for (let ask = 0; ask < askedABlock; ask++) {
      const stem = asked[nextAsked++ % asked.length];
      for (const {frame, frames, how} of spans) stem?.prepare(frame, frames, how).catch(failedLater);
    }
  };
  /** A new loop may wrap sooner than each stem is asked again; a tape that has not started yet may start elsewhere. */
  const enter = (state: TapeState): void => {
    tape.state = state.type === 'cueing' ? {...state, type: 'still'} : state;
    const spans = state.type === 'rolling' ? spansAhead(state) : [];
    if (spans.length > 1) void prepareAll(spans);
  };

  const looped = stems.map(
    (stem): Stem | undefined =>
      stem && {
        ...stem,
        read(atFrame, left, right) {
          const course = courseOf(tape.state);
          return course === undefined
            ? stem.read(atFrame, left, right)
            : readLooped(stem, atFrame, course, left, right);
        },
      },
  );

  const tape: Tape = {
    stems: looped,
    state: {
      type: 'still',
      token: 0,
      frame: 0,
      located: undefined,
      playing: false,
      looping: false,
      loop: undefined,
      turning: undefined,
    },
    command(command) {
      const {state} = tape;
      switch (command.type) {
        case 'playback.play':
          tape.state = {...state, playing: true};
          break;
        case 'playback.stop':
          tape.state = {...state, playing: false};
          break;
        case 'playback.locate': {
          if (Number.isNaN(command.frame)) return;
          const located = Math.min(Math.max(0, Math.round(command.frame)), Math.max(0, lengthFrames - 1));
          tape.state = {...state, located, type: state.type === 'cueing' ? 'still' : state.type};
          break;
        }
        case 'playback.setLooping':
          enter({...state, looping: command.looping});
          break;
        case 'playback.setLoop':
          if (command.loop === undefined || isLoop(command.loop, lengthFrames)) enter({...state, loop: command.loop});
          break;
      }
    },
    next() {
      let {state} = tape;
      if (state.type === 'rolling') {
        prepareAhead(state);
        return !state.playing || state.located !== undefined ? 'stopping' : 'rolling';
      }
      if (state.located !== undefined) state = {...state, type: 'still', frame: state.located, located: undefined};
      if (!state.playing) state = {...state, type: 'still'};
      else if (state.type === 'still') {
        state = {...state, frame: startOf(state)};
        state = {...state, type: 'cueing', token: cue(state)};
      }
      const isCued = state.type === 'cueing' && cued.has(state.token);
      tape.state = isCued ? {...state, type: 'rolling'} : state;
      if (!isCued) return 'still';
      return state.frame === 0 ? 'rolling' : 'starting';
    },
    ahead(motion, fromFrame, frames) {
      const {state} = tape;
      const stands = (frame: number, so: number): TapeSpan => ({frame, frames: so, moves: false});
      if (motion === 'still') return [stands(state.frame, frames)];
      const rolls = motion === 'stopping' ? Math.min(frames, Math.max(0, blockFrames - fromFrame)) : frames;
      const spans = spansFrom(state.frame, fromFrame, rolls, courseOf(state));
      if (rolls === frames) return spans;
      const {located, playing} = state;
      const stopped = frameAfterBlock(state, courseOf(state));
      const next = located === undefined ? (stopped < lengthFrames ? stopped : 0) : located;
      return [...spans, stands(playing ? startOf({...state, frame: next}) : next, frames - rolls)];
    },
    advance(motion) {
      if (motion === 'still') return;
      const {state} = tape;
      const course = courseOf(state);
      const frame = frameAfterBlock(state, course);
      const stops = motion === 'stopping';
      const turning = course && !stops && frame > course.outFrame - fadeFramesOf(course) ? course : undefined;
      const type = stops ? 'still' : state.type;
      if (frame < lengthFrames) tape.state = {...state, type, frame, turning};
      else if (stops) tape.state = {...state, type, frame: 0, turning};
      else if (state.looping)
        tape.state = {...state, type: 'still', frame: 0, located: state.loop?.inFrame ?? 0, turning};
      else tape.state = {...state, type: 'still', frame: 0, playing: false, turning};
    },
  };
  return tape;
}

function frameAfterBlock({frame}: TapeState, course: LoopRange | undefined): number {
  return course ? frameAfter(frame, blockFrames, course) : frame + blockFrames;
}

/** What a stem cannot bring is missing when it is read, and counted then; its source has told why. */
function failedLater(): void {}
