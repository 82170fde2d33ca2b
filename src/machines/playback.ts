import {assign, emit, setup} from 'xstate';
import type {Playback, PlaybackCommand} from '../model/playback.ts';
import type {PlaybackIntent} from '../surface/intent.ts';

/** Where the tape stood when a hand asked; freshly read from the engine each time. */
export type PlaybackEvent =
  | {readonly type: 'playback.asked'; readonly intent: PlaybackIntent; readonly playback: Playback}
  /** The engine told of a change. */
  | {readonly type: 'playback.changed'; readonly playback: Playback};

/** A command for the engine. */
export interface PlaybackEmitted {
  readonly type: 'playback.commanded';
  readonly command: PlaybackCommand;
}

/** What the playback remembers. */
export interface PlaybackContext {
  /** Where the last jump went; the engine may not have heard of it yet. */
  readonly headFrame: number;
}

/** Rewind and forward jump to whole multiples of this, in seconds. */
export const jumpSeconds = 5;
/** So soon after a multiple, in seconds, rewind means the one before it. */
const rewindGraceSeconds = 1;
/** One detent of the jog wheel, in seconds: five frames of the time display. */
export const nudgeSeconds = 0.2;

/**
 * What hands ask of the tape, turned into commands. Half `tape` follows the engine and decides what a button means now;
 * play at the end begins anew. Half `head` jumps, and stop while stopped is a jump to the start; jumps that follow each
 * other faster than the engine answers go on each from where the one before went.
 */
export const playbackMachine = setup({
  types: {
    context: {} as PlaybackContext,
    events: {} as PlaybackEvent,
    emitted: {} as PlaybackEmitted,
    tags: {} as 'playing' | 'locating',
  },
  actions: {
    jump: assign({
      headFrame: ({context, event}, {from}: {from: 'tape' | 'head'}) =>
        event.type === 'playback.asked'
          ? (jumpFrom(from === 'head' ? context.headFrame : event.playback.frame, event) ?? context.headFrame)
          : context.headFrame,
    }),
    rewindToStart: assign({headFrame: 0}),
    tellJump: emit(({context}) => command({type: 'playback.locate', frame: context.headFrame})),
    tellPlay: emit(command({type: 'playback.play'})),
    tellStop: emit(command({type: 'playback.stop'})),
    tellLooping: emit(({event}) => command({type: 'playback.setLooping', looping: loopingOf(event)})),
  },
  guards: {
    isPlaying: ({event}) => event.playback.state === 'playing',
    isStopped: ({event}) => event.playback.state === 'stopped',
    asksPlay: ({event}) => asks(event, 'playback.play', 'playback.toggle'),
    asksPlayAtEnd: ({event}) =>
      asks(event, 'playback.play', 'playback.toggle') && event.playback.frame >= event.playback.lengthFrames,
    asksStop: ({event}) => asks(event, 'playback.stop', 'playback.toggle'),
    asksJump: ({event}) => event.type === 'playback.asked' && jumpFrom(0, event) !== undefined,
    asksLooping: ({event}) => asks(event, 'playback.setLooping', 'playback.toggleLooping'),
  },
  delays: {
    /** Longer than any engine looks ahead: by then it has heard of the jump. */
    locateSettle: 300,
  },
}).createMachine({
  id: 'playback',
  context: {headFrame: 0},
  type: 'parallel',
  on: {'playback.asked': {guard: 'asksLooping', actions: 'tellLooping'}},
  states: {
    tape: {
      initial: 'stopped',
      states: {
        stopped: {
          on: {
            'playback.asked': [
              {guard: 'asksPlayAtEnd', actions: ['rewindToStart', 'tellJump', 'tellPlay']},
              {guard: 'asksPlay', actions: 'tellPlay'},
            ],
            'playback.changed': {guard: 'isPlaying', target: 'playing'},
          },
        },
        playing: {
          tags: 'playing',
          on: {
            'playback.asked': {guard: 'asksStop', actions: 'tellStop'},
            'playback.changed': {guard: 'isStopped', target: 'stopped'},
          },
        },
      },
    },
    head: {
      initial: 'settled',
      states: {
        settled: {
          on: {
            'playback.asked': {
              guard: 'asksJump',
              target: 'locating',
              actions: [{type: 'jump', params: {from: 'tape'}}, 'tellJump'],
            },
          },
        },
        locating: {
          tags: 'locating',
          after: {locateSettle: 'settled'},
          on: {
            'playback.asked': {
              guard: 'asksJump',
              target: 'locating',
              reenter: true,
              actions: [{type: 'jump', params: {from: 'head'}}, 'tellJump'],
            },
          },
        },
      },
    },
  },
});

type AskedEvent = Extract<PlaybackEvent, {type: 'playback.asked'}>;

function asks(event: PlaybackEvent, ...types: readonly PlaybackIntent['type'][]): boolean {
  return event.type === 'playback.asked' && types.includes(event.intent.type);
}

/** Where a jump from a frame leads, within the tape; undefined if the event asks for none. */
function jumpFrom(frame: number, {intent, playback}: AskedEvent): number | undefined {
  const {sampleRate, lengthFrames} = playback;
  const jumpFrames = jumpSeconds * sampleRate;
  const target = () => {
    switch (intent.type) {
      case 'playback.locate':
        return intent.frame;
      case 'playback.stop':
        return playback.state === 'stopped' ? 0 : undefined;
      case 'playback.rewind':
        return Math.floor((frame - rewindGraceSeconds * sampleRate) / jumpFrames) * jumpFrames;
      case 'playback.forward':
        return (Math.floor(frame / jumpFrames) + 1) * jumpFrames;
      case 'playback.nudge':
        return frame + intent.steps * nudgeSeconds * sampleRate;
      default:
        return undefined;
    }
  };
  const to = target();
  return to === undefined || Number.isNaN(to) ? undefined : Math.max(0, Math.min(Math.round(to), lengthFrames));
}

function loopingOf(event: PlaybackEvent): boolean {
  if (event.type === 'playback.asked' && event.intent.type === 'playback.setLooping') return event.intent.looping;
  return !event.playback.looping;
}

function command(asked: PlaybackCommand): PlaybackEmitted {
  return {type: 'playback.commanded', command: asked};
}
