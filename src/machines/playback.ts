import {assign, emit, enqueueActions, setup} from 'xstate';
import type {Playback, PlaybackCommand} from '../model/playback.ts';
import {freshMarkerName} from '../model/timeline.ts';
import type {PlaybackIntent} from '../surface/intent.ts';
import {jumpTarget, rewindGraceSeconds, timelineEdits} from './playback-moves.ts';

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
  /** Where the tape was when the marker key went down. */
  readonly markedFrame: number;
  /** The marker key is held: rewind and forward go by markers. */
  readonly byMarkers: boolean;
}

/**
 * What hands ask of the tape, turned into commands. `tape` follows the engine and decides what a button means now;
 * play at the end begins anew. `head` jumps, and stop while stopped is a jump to the start; jumps that follow each
 * other faster than the engine answers go on each from where the one before went. `markerKey` is what its button means: held it
 * makes rewind and forward go by markers, alone it sets one.
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
      headFrame: ({context, event}, {from}: {from: Origin}) => jump(context, event, from) ?? context.headFrame,
    }),
    rewindToStart: assign({headFrame: 0}),
    tellJump: emit(({context}) => command({type: 'playback.locate', frame: context.headFrame})),
    tellPlay: emit(command({type: 'playback.play'})),
    tellStop: emit(command({type: 'playback.stop'})),
    tellLooping: emit(({event}) => command({type: 'playback.setLooping', looping: loopingOf(event)})),
    tellEdits: enqueueActions(({enqueue, event}) => {
      for (const edit of editsOf(event)) enqueue.emit(command(edit));
    }),
    rememberFrame: assign({markedFrame: ({event}) => event.playback.frame}),
    goByMarkers: assign({byMarkers: true}),
    goByTime: assign({byMarkers: false}),
    tellMarker: emit(({context, event}) =>
      command({
        type: 'playback.addMarker',
        frame: context.markedFrame,
        name: freshMarkerName(event.playback.markers),
      }),
    ),
  },
  guards: {
    isPlaying: ({event}) => event.playback.state === 'playing',
    isStopped: ({event}) => event.playback.state === 'stopped',
    asksPlay: ({event}) => asks(event, 'playback.play', 'playback.toggle'),
    asksPlayAtEnd: ({event}) =>
      asks(event, 'playback.play', 'playback.toggle') && event.playback.frame >= event.playback.lengthFrames,
    asksStop: ({event}) => asks(event, 'playback.stop', 'playback.toggle'),
    asksJump: ({context, event}, {from}: {from: Origin}) => jump(context, event, from) !== undefined,
    asksLooping: ({event}) => asks(event, 'playback.setLooping', 'playback.toggleLooping'),
    asksEdit: ({event}) => editsOf(event).length > 0,
    asksStep: ({event}) => asks(event, 'playback.rewind', 'playback.forward', 'playback.nudge'),
    pressesMarker: ({event}) => isMarkerKey(event, true),
    releasesMarker: ({event}) => isMarkerKey(event, false),
  },
  delays: {
    /** Longer than any engine looks ahead: by then it has heard of the jump. */
    locateSettle: 300,
    /** Nobody holds the marker key so long: its surface was pulled meanwhile. */
    markerKeyLost: 10_000,
  },
}).createMachine({
  id: 'playback',
  context: {headFrame: 0, markedFrame: 0, byMarkers: false},
  type: 'parallel',
  on: {
    'playback.asked': [
      {guard: 'asksLooping', actions: 'tellLooping'},
      {guard: 'asksEdit', actions: 'tellEdits'},
    ],
  },
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
              guard: {type: 'asksJump', params: {from: 'tape'}},
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
              guard: {type: 'asksJump', params: {from: 'head'}},
              target: 'locating',
              reenter: true,
              actions: [{type: 'jump', params: {from: 'head'}}, 'tellJump'],
            },
          },
        },
      },
    },
    markerKey: {
      initial: 'up',
      states: {
        up: {
          entry: 'goByTime',
          exit: 'goByMarkers',
          on: {'playback.asked': {guard: 'pressesMarker', target: 'held', actions: 'rememberFrame'}},
        },
        held: {
          after: {markerKeyLost: 'up'},
          on: {
            'playback.asked': [
              {guard: 'releasesMarker', target: 'up', actions: 'tellMarker'},
              {guard: 'pressesMarker', actions: 'rememberFrame'},
              {guard: 'asksStep', target: 'used'},
            ],
          },
        },
        used: {
          after: {markerKeyLost: 'up'},
          on: {
            'playback.asked': [
              {guard: 'releasesMarker', target: 'up'},
              {guard: 'pressesMarker', target: 'held', actions: 'rememberFrame'},
            ],
          },
        },
      },
    },
  },
});

/** Where a jump starts: where the tape is, or where the jump before it went. */
type Origin = 'tape' | 'head';

function asks(event: PlaybackEvent, ...types: readonly PlaybackIntent['type'][]): boolean {
  return event.type === 'playback.asked' && types.includes(event.intent.type);
}

function isMarkerKey(event: PlaybackEvent, held: boolean): boolean {
  return event.type === 'playback.asked' && event.intent.type === 'playback.markerKey' && event.intent.held === held;
}

function jump({headFrame, byMarkers}: PlaybackContext, event: PlaybackEvent, from: Origin): number | undefined {
  if (event.type !== 'playback.asked') return undefined;
  const {intent, playback} = event;
  // A tape that plays runs away from the marker just passed; where a jump went it stands exactly.
  const graceSeconds = from === 'tape' && playback.state === 'playing' ? rewindGraceSeconds : 0;
  return jumpTarget(intent, playback, from === 'head' ? headFrame : playback.frame, {byMarkers, graceSeconds});
}

function editsOf(event: PlaybackEvent): readonly PlaybackCommand[] {
  return event.type === 'playback.asked' ? timelineEdits(event.intent, event.playback) : [];
}

function loopingOf(event: PlaybackEvent): boolean {
  if (event.type === 'playback.asked' && event.intent.type === 'playback.setLooping') return event.intent.looping;
  return !event.playback.looping;
}

function command(asked: PlaybackCommand): PlaybackEmitted {
  return {type: 'playback.commanded', command: asked};
}
