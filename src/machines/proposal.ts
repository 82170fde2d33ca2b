import {assign, emit, setup} from 'xstate';
import type {Proposal, TrimScope} from '../model/assistance.ts';

/** What happens to listening and proposals. */
export type ProposalEvent =
  /** A key of auto-trim went down; `key` names it until it is let go. */
  | {readonly type: 'trim.held'; readonly key: string; readonly scope: TrimScope}
  | {readonly type: 'trim.letGo'; readonly key: string}
  /** Something is proposed; of trims the scopes that were listened to. */
  | {readonly type: 'proposal.made'; readonly proposal: Proposal; readonly scopes: readonly TrimScope[]}
  /** A hand decided otherwise on some of its strips: what is left of it. */
  | {readonly type: 'proposal.narrowed'; readonly proposal: Proposal}
  | {readonly type: 'proposal.accepted'}
  | {readonly type: 'proposal.dropped'};

/** What it tells. */
export type ProposalEmitted =
  /** These are to be listened to from now on, beside those before unless it is the first. */
  | {readonly type: 'listening.began'; readonly scope: TrimScope; readonly isFirst: boolean}
  /** The last key was let go: say what was found. */
  | {readonly type: 'listening.ended'; readonly scopes: readonly TrimScope[]}
  /** To be set, as one step. */
  | {readonly type: 'proposal.applied'; readonly proposal: Proposal};

interface ProposalContext {
  /** Keys that are down. */
  readonly held: readonly string[];
  readonly scopes: readonly TrimScope[];
  readonly proposal: Proposal | undefined;
}

/** Whether there is anything in it to be applied. */
export function proposesChange({findings}: Proposal): boolean {
  return [...findings.values()].some(({type}) => type === 'change');
}

/**
 * Listening while keys are held, and what comes of it: a proposal that waits to be accepted or dropped and never applies itself. Where nothing is to be
 * changed, the answer is shown for a moment.
 */
export const proposalMachine = setup({
  types: {
    context: {} as ProposalContext,
    events: {} as ProposalEvent,
    emitted: {} as ProposalEmitted,
    tags: {} as 'listening' | 'proposed',
  },
  actions: {
    forget: assign({held: [], scopes: [], proposal: undefined}),
    take: assign(({event}) =>
      event.type === 'proposal.made' ? {proposal: event.proposal, scopes: event.scopes, held: []} : {},
    ),
    narrow: assign(({event}) => (event.type === 'proposal.narrowed' ? {proposal: event.proposal} : {})),
    begin: assign(({event}) =>
      event.type === 'trim.held' ? {held: [event.key], scopes: [event.scope], proposal: undefined} : {},
    ),
    widen: assign(({context, event}) =>
      event.type === 'trim.held'
        ? {held: [...context.held, event.key], scopes: [...new Set([...context.scopes, event.scope])]}
        : {},
    ),
    letGo: assign(({context, event}) =>
      event.type === 'trim.letGo' ? {held: context.held.filter((key) => key !== event.key)} : {},
    ),
    tellBegan: emit(({event}) => ({
      type: 'listening.began',
      scope: event.type === 'trim.held' ? event.scope : 'shown',
      isFirst: true,
    })),
    tellWidened: emit(({event}) => ({
      type: 'listening.began',
      scope: event.type === 'trim.held' ? event.scope : 'shown',
      isFirst: false,
    })),
    tellEnded: emit(({context: {scopes}}) => ({type: 'listening.ended', scopes})),
    tellApplied: emit(({context: {proposal}}) => ({
      type: 'proposal.applied',
      proposal: proposal ?? {what: 'trim', findings: new Map()},
    })),
  },
  guards: {
    isLastKey: ({context: {held}, event}) => event.type === 'trim.letGo' && held.length === 1 && held[0] === event.key,
    isHeld: ({context, event}) => event.type === 'trim.held' && context.held.includes(event.key),
    isSameScope: ({context, event}) => event.type === 'trim.held' && context.scopes.includes(event.scope),
    changesSomething: ({event}) =>
      (event.type === 'proposal.made' || event.type === 'proposal.narrowed') && proposesChange(event.proposal),
  },
  delays: {answer: 3000},
}).createMachine({
  id: 'proposal',
  context: {held: [], scopes: [], proposal: undefined},
  initial: 'idle',
  on: {
    'proposal.made': [
      {guard: 'changesSomething', target: '.proposed', actions: 'take'},
      {target: '.answered', actions: 'take', reenter: true},
    ],
    'proposal.dropped': '.idle',
  },
  states: {
    idle: {entry: 'forget', on: {'trim.held': {target: 'listening', actions: ['begin', 'tellBegan']}}},
    listening: {
      tags: 'listening',
      on: {
        'trim.held': [{guard: 'isHeld'}, {actions: ['widen', 'tellWidened']}],
        'trim.letGo': [{guard: 'isLastKey', target: 'idle', actions: 'tellEnded'}, {actions: 'letGo'}],
      },
    },
    proposed: {
      tags: 'proposed',
      on: {
        'trim.held': [
          {guard: 'isSameScope', target: 'idle', actions: 'tellApplied'},
          {target: 'listening', actions: ['begin', 'tellBegan']},
        ],
        'proposal.accepted': {target: 'idle', actions: 'tellApplied'},
        'proposal.narrowed': [{guard: 'changesSomething', actions: 'narrow'}, {target: 'idle'}],
      },
    },
    answered: {
      after: {answer: 'idle'},
      on: {'trim.held': {target: 'listening', actions: ['begin', 'tellBegan']}},
    },
  },
});
