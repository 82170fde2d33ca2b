import {type ActorRef, assign, enqueueActions, fromCallback, type Snapshot, setup} from 'xstate';
import type {Surface} from '../model/surface.ts';

/** What the desk calls one unit for as long as it runs, across replugs: its port's name and a number. */
export type UnitKey = string;

/** A port as the machines know it. */
export interface PortFacts {
  /** May differ after a replug. */
  readonly id: string;
  readonly name: string;
}

/** What a link tells its owner, and everyone who listens. */
export type LinkEmitted =
  /** Usable, and nothing of what it shows is known: paint all. Comes again when the device restarted behind its port. */
  | {readonly type: 'link.ready'; readonly unit: UnitKey}
  /** No longer usable; only after a `link.ready`. */
  | {readonly type: 'link.lost'; readonly unit: UnitKey; readonly reason: string}
  /** There, but not usable yet; `reason` is for people. */
  | {
      readonly type: 'link.waiting';
      readonly unit: UnitKey;
      readonly for: 'retry' | 'busy' | 'refused';
      readonly reason: string;
    }
  /** Away for so long that its place may be given to others. */
  | {readonly type: 'link.expired'; readonly unit: UnitKey};

/** What a link is made for. */
export interface LinkInput {
  readonly unit: UnitKey;
  readonly surface: Surface;
  /** Hears all that the link emits; undefined if nobody does. */
  readonly owner: ActorRef<Snapshot<unknown>, LinkEmitted> | undefined;
}

/** What the port actor says of its connection. */
export type PortEvent =
  | {readonly type: 'link.opened'}
  /** Another program holds it. */
  | {readonly type: 'link.busy'; readonly reason: string}
  | {readonly type: 'link.failed'; readonly reason: string}
  /** The first sign of life since it was opened. */
  | {readonly type: 'link.heard'}
  /** It has confirmed who it is. */
  | {readonly type: 'link.identified'}
  /** It is not what it seemed to be. `again`: what is wrong can be put right without its port going, so it is tried again. */
  | {readonly type: 'link.refused'; readonly reason: string; readonly again?: boolean}
  /** It was switched off and on behind its port, and has forgotten everything. */
  | {readonly type: 'link.restarted'};

/** What happens to a link. */
export type LinkEvent =
  | PortEvent
  /** Sent again and again with the same port it changes nothing. */
  | {readonly type: 'port.appeared'; readonly port: PortFacts}
  | {readonly type: 'port.vanished'}
  /** A person asks to try again at once. */
  | {readonly type: 'link.retry'};

/** What the port actor is started with. */
export interface PortActorInput {
  readonly unit: UnitKey;
  readonly surface: Surface;
  readonly port: PortFacts;
}

/** What a link remembers. */
export interface LinkContext extends LinkInput {
  readonly port: PortFacts | undefined;
  /** Failures since it was last ready. */
  readonly attempt: number;
  /** Why it is not usable. */
  readonly reason: string;
  /** A refusal that is tried again. */
  readonly again: boolean;
}

/** First pause after a failure, and the longest, in ms; each failure doubles it. */
const firstRetryMs = 250;
const longestRetryMs = 8000;
/** A device that is pinged is silent whenever it is switched off: its port stays, and only asking finds it again. */
const longestPingRetryMs = 1000;

/**
 * The life of one connection: from the port's appearing through opening and the handshake to `ready`, and round again
 * after a failure. The app provides the actor `port`, which opens the port, asks the device who it is, and closes it when
 * stopped; it lives as long as the state `attached`. Tag: `usable` while the device may be written to.
 */
export const linkMachine = setup({
  types: {
    context: {} as LinkContext,
    input: {} as LinkInput,
    events: {} as LinkEvent,
    emitted: {} as LinkEmitted,
    tags: {} as 'usable',
  },
  actors: {
    port: fromCallback<{type: 'none'}, PortActorInput>(() => {
      throw new Error('The link machine has no port: provide an actor "port" that opens one.');
    }),
  },
  actions: {
    takePort: assign({port: ({context, event}) => (event.type === 'port.appeared' ? event.port : context.port)}),
    losePort: assign({port: undefined, attempt: 0, reason: 'unplugged'}),
    countFailure: assign({attempt: ({context}) => context.attempt + 1}),
    forgetFailures: assign({attempt: 0, reason: ''}),
    noteReason: assign({
      reason: ({context, event}) => ('reason' in event && event.reason !== '' ? event.reason : context.reason),
    }),
    noteRefusal: assign({
      reason: ({context, event}) => (event.type === 'link.refused' ? event.reason : context.reason),
      again: ({event}) => event.type === 'link.refused' && event.again === true,
    }),
    noteSilence: assign({reason: 'it did not answer'}),
    noteError: assign({reason: ({event}) => errorText(event)}),
    tell: enqueueActions(({context, enqueue}, told: LinkEmitted) => {
      enqueue.emit(told);
      if (context.owner !== undefined) enqueue.sendTo(context.owner, told);
    }),
  },
  guards: {
    needsNoHandshake: ({context}) => context.surface.handshake.kind === 'none',
    mayStaySilent: ({context}) => context.surface.handshake.kind === 'answer',
    isTriedAgain: ({context}) => context.again,
    isOtherPort: ({context, event}) => event.type === 'port.appeared' && event.port.id !== context.port?.id,
  },
  delays: {
    openTimeout: 5000,
    /** A device that answers at all answers at once; one that must confirm may be starting up. */
    identifyTimeout: ({context}) => (context.surface.handshake.kind === 'answer' ? 300 : 3000),
    retryDelay: ({context: {attempt, surface}}) =>
      Math.min(
        surface.handshake.kind === 'ping' ? longestPingRetryMs : longestRetryMs,
        firstRetryMs * 2 ** Math.max(0, attempt - 1),
      ),
    busyDelay: 2000,
    refusedDelay: 30_000,
    placeKept: 30_000,
  },
}).createMachine({
  id: 'link',
  context: ({input}) => ({...input, port: undefined, attempt: 0, reason: 'not there yet', again: false}),
  initial: 'absent',
  on: {'port.vanished': {target: '.absent', actions: 'losePort'}},
  states: {
    absent: {
      after: {
        placeKept: {actions: {type: 'tell', params: ({context}) => ({type: 'link.expired', unit: context.unit})}},
      },
      on: {
        'port.vanished': {},
        'port.appeared': {target: 'attached', actions: 'takePort'},
      },
    },
    attached: {
      invoke: {
        id: 'port',
        src: 'port',
        input: ({context: {unit, surface, port}}) => ({unit, surface, port: port ?? {id: '', name: ''}}),
        onError: {target: 'backoff', actions: 'noteError'},
      },
      initial: 'opening',
      on: {
        'port.appeared': {guard: 'isOtherPort', target: 'attached', reenter: true, actions: 'takePort'},
        'link.failed': {target: 'backoff', actions: 'noteReason'},
        'link.busy': {target: 'busy', actions: 'noteReason'},
        'link.refused': {target: 'refused', actions: 'noteRefusal'},
      },
      states: {
        opening: {
          after: {openTimeout: {target: '#link.backoff', actions: 'noteSilence'}},
          on: {'link.opened': [{guard: 'needsNoHandshake', target: 'ready'}, {target: 'identifying'}]},
        },
        identifying: {
          after: {
            identifyTimeout: [
              {guard: 'mayStaySilent', target: 'ready'},
              {target: '#link.backoff', actions: 'noteSilence'},
            ],
          },
          on: {'link.identified': 'ready', 'link.heard': {guard: 'mayStaySilent', target: 'ready'}},
        },
        ready: {
          tags: 'usable',
          entry: ['forgetFailures', {type: 'tell', params: ({context}) => ({type: 'link.ready', unit: context.unit})}],
          exit: {
            type: 'tell',
            params: ({context, event}) => ({type: 'link.lost', unit: context.unit, reason: lossText(event)}),
          },
          on: {
            'link.restarted': {
              actions: {type: 'tell', params: ({context}) => ({type: 'link.ready', unit: context.unit})},
            },
            // It answers only now: what was sent while it started up it has not heard.
            'link.identified': {
              actions: {type: 'tell', params: ({context}) => ({type: 'link.ready', unit: context.unit})},
            },
          },
        },
      },
    },
    backoff: {
      entry: [
        'countFailure',
        {type: 'tell', params: ({context: {unit, reason}}) => ({type: 'link.waiting', unit, for: 'retry', reason})},
      ],
      after: {retryDelay: 'attached'},
      on: {
        'link.retry': 'attached',
        'port.appeared': {guard: 'isOtherPort', target: 'attached', actions: 'takePort'},
      },
    },
    busy: {
      entry: {type: 'tell', params: ({context: {unit, reason}}) => ({type: 'link.waiting', unit, for: 'busy', reason})},
      after: {busyDelay: 'attached'},
      on: {
        'link.retry': 'attached',
        'port.appeared': {guard: 'isOtherPort', target: 'attached', actions: 'takePort'},
      },
    },
    refused: {
      entry: {
        type: 'tell',
        params: ({context: {unit, reason}}) => ({type: 'link.waiting', unit, for: 'refused', reason}),
      },
      after: {refusedDelay: {guard: 'isTriedAgain', target: 'attached'}},
      on: {
        'link.retry': 'attached',
        'port.appeared': {guard: 'isOtherPort', target: 'attached', actions: 'takePort'},
      },
    },
  },
});

/** Why a usable link ended, for people. */
function lossText(event: {readonly type: string; readonly reason?: string}): string {
  if (event.type === 'port.vanished') return 'unplugged';
  if (event.type === 'port.appeared') return 'plugged in elsewhere';
  return event.reason ?? errorText(event);
}

/** What a port actor threw. */
function errorText(event: {readonly type: string; readonly error?: unknown}): string {
  return event.error instanceof Error ? event.error.message : 'the port failed';
}
