import type {DriverWear} from './driver-message.ts';
import {
  isHanging,
  lengthen,
  noSilence,
  type ProcessLook,
  runningPatience,
  type Silence,
  startingPatience,
} from './driver-silence.ts';
import {mustRenew} from './driver-wear.ts';

/** Where a driver's process is in its life. There is a process in every phase but `idle`, `resting` and `ended`. */
export type DriverPhase = 'idle' | 'starting' | 'running' | 'killed' | 'ending' | 'resting' | 'ended';

/** All that is remembered of one driver. Times are ms of a clock that never goes back. */
export interface DriverState {
  readonly phase: DriverPhase;
  /** When the phase began. */
  readonly sinceMs: number;
  /** When the process was heard last. */
  readonly heardMs: number;
  readonly tickedMs: number;
  readonly silence: Silence;
  /** Processor time that loading took: how slow the machine is. */
  readonly loadMs: number;
  /** When a resting driver is started again. */
  readonly untilMs: number;
  /** Nothing is started any more. */
  readonly isClosed: boolean;
  /** Processes in a row that worked for a moment at most. */
  readonly shortLives: number;
  /** Processes that ended though nobody wanted it, since the beginning. */
  readonly failures: number;
  /** Processes that were exchanged for new ones before they could fail, since the beginning. */
  readonly renewals: number;
  /** How the last failure is told to people; empty before the first. */
  readonly reason: string;
}

/** What happens to a driver. */
export type DriverEvent =
  /** Somebody needs it. */
  | {readonly type: 'wanted'}
  /** Its process said something; `usedMs` of processor time went by until then, if the system tells. */
  | {readonly type: 'heard'; readonly usedMs?: number | undefined}
  /** Its process is gone; `how` is its signal, exit code or last words. */
  | {readonly type: 'exited'; readonly how: string}
  /** Too much waits for it. */
  | {readonly type: 'choked'}
  /** Time went on. */
  | ({readonly type: 'ticked'} & DriverTick)
  | {readonly type: 'closed'};

/** How things are at one moment. */
export interface DriverTick {
  readonly wear: DriverWear;
  /** So many are open, and nothing went through them for so long. */
  readonly connections: number;
  readonly quietMs: number;
  /** How the process fares, if it was looked at. */
  readonly look: ProcessLook | undefined;
}

/** What is to be done about it. */
export type DriverOrder =
  | {readonly type: 'start'}
  /** Asks the process to give its ports back and end. */
  | {readonly type: 'end'}
  | {readonly type: 'kill'}
  /** Its connections are lost, and its ports are gone; `failed`: through its own fault. */
  | {readonly type: 'lose'; readonly reason: string; readonly failed: boolean};

export interface DriverStep {
  readonly state: DriverState;
  readonly orders: readonly DriverOrder[];
}

/** How often `ticked` is to come, in ms. */
export const driverTickMs = 100;
/** How long it may take to give its ports back. */
const endMs = 1000;
/** A process that worked no longer than that failed at once. */
const shortLifeMs = 500;
/** The first such one is exchanged without a pause; then pauses double, in ms. */
const firstPauseMs = 250;
const longestPauseMs = 30_000;
/** So many such ones are a driver that does not work. */
const hopelessLives = 4;

export const newDriver: DriverState = {
  phase: 'idle',
  sinceMs: 0,
  heardMs: 0,
  tickedMs: 0,
  silence: noSilence,
  loadMs: 0,
  untilMs: 0,
  isClosed: false,
  shortLives: 0,
  failures: 0,
  renewals: 0,
  reason: '',
};

/** Whether it failed so often in a row that nobody should wait for it. */
export function isHopeless({shortLives, phase}: DriverState): boolean {
  return shortLives >= hopelessLives && phase !== 'running';
}

/**
 * Decides over one driver: never two processes at once; one that ends, is silent or takes nothing any more is exchanged; whoever had a connection is told
 * once. `name` is how its kind is called in sentences.
 */
export function stepDriver(state: DriverState, event: DriverEvent, nowMs: number, name: string): DriverStep {
  switch (event.type) {
    case 'wanted':
      return state.phase === 'idle' && !state.isClosed ? start(state, nowMs) : {state, orders: []};
    case 'heard':
      if (state.phase === 'starting')
        return {state: {...state, ...phased('running', nowMs), heardMs: nowMs, loadMs: event.usedMs ?? 0}, orders: []};
      return {state: {...state, heardMs: nowMs, silence: noSilence}, orders: []};
    case 'choked':
      return state.phase === 'running'
        ? kill(state, nowMs, `the ${name} driver took nothing any more`)
        : {state, orders: []};
    case 'exited':
      return exited(state, event.how, nowMs, name);
    case 'ticked':
      return ticked(state, event, nowMs, name);
    case 'closed':
      return close({...state, isClosed: true}, nowMs);
  }
}

function phased(phase: DriverPhase, nowMs: number): Pick<DriverState, 'phase' | 'sinceMs' | 'silence'> {
  return {phase, sinceMs: nowMs, silence: noSilence};
}

function start(state: DriverState, nowMs: number): DriverStep {
  return {state: {...state, ...phased('starting', nowMs), tickedMs: nowMs}, orders: [{type: 'start'}]};
}

/** Ends a process that has to be made to; what it was is told when it is gone. */
function kill(state: DriverState, nowMs: number, reason: string): DriverStep {
  // That it hangs is noticed late: it worked for as long as it was heard.
  const failed = {...failure(state, state.heardMs), reason, ...phased('killed', nowMs)};
  return {state: failed, orders: [...losses(state, reason, true), {type: 'kill'}]};
}

/** It worked until then at most. */
function failure(state: DriverState, workedMs: number): DriverState {
  const isShort = state.phase !== 'running' || workedMs - state.sinceMs < shortLifeMs;
  return {...state, failures: state.failures + 1, shortLives: isShort ? state.shortLives + 1 : 0};
}

function losses({phase}: DriverState, reason: string, failed: boolean): readonly DriverOrder[] {
  return phase === 'running' ? [{type: 'lose', reason, failed}] : [];
}

function exited(state: DriverState, how: string, nowMs: number, name: string): DriverStep {
  if (state.phase === 'idle' || state.phase === 'resting' || state.phase === 'ended') return {state, orders: []};
  if (state.isClosed) return {state: {...state, ...phased('ended', nowMs)}, orders: []};
  if (state.phase === 'ending') return start(state, nowMs);
  if (state.phase === 'killed') return rest(state, nowMs, []);
  const reason = `the ${name} driver stopped (${how})`;
  return rest({...failure(state, nowMs), reason}, nowMs, losses(state, reason, true));
}

/** Starts the next process, at once or after a pause. */
function rest(state: DriverState, nowMs: number, orders: readonly DriverOrder[]): DriverStep {
  const pauseMs = state.shortLives < 2 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (state.shortLives - 2));
  if (pauseMs > 0)
    return {state: {...state, ...phased('resting', nowMs), untilMs: nowMs + pauseMs, tickedMs: nowMs}, orders};
  const started = start(state, nowMs);
  return {...started, orders: [...orders, ...started.orders]};
}

function ticked(
  before: DriverState,
  {wear, connections, quietMs, look}: DriverTick,
  nowMs: number,
  name: string,
): DriverStep {
  // A tick that comes late says that this program, or the whole machine, stood still: nobody could be heard then.
  const spanMs = Math.min(nowMs - before.tickedMs, 2 * driverTickMs);
  const lateMs = nowMs - before.tickedMs - spanMs;
  const state = {
    ...before,
    tickedMs: nowMs,
    heardMs: before.heardMs + lateMs,
    sinceMs: before.sinceMs + lateMs,
    silence: lengthen(before.silence, spanMs, look),
  };
  const lastedMs = nowMs - state.sinceMs;
  switch (state.phase) {
    case 'resting':
      return nowMs >= state.untilMs ? start(state, nowMs) : {state, orders: []};
    case 'starting':
      if (!isHanging(state.silence, lastedMs, startingPatience(state.shortLives))) return {state, orders: []};
      return kill(state, nowMs, `the ${name} driver did not start in time`);
    case 'running':
      if (isHanging(state.silence, nowMs - state.heardMs, runningPatience(state.loadMs)))
        return kill(state, nowMs, `the ${name} driver stopped answering`);
      if (!mustRenew(wear, connections, quietMs, lastedMs)) return {state, orders: []};
      return {
        state: {...state, ...phased('ending', nowMs), renewals: state.renewals + 1, shortLives: 0},
        orders: [...losses(state, `the ${name} driver is being renewed`, false), {type: 'end'}],
      };
    case 'ending':
      if (lastedMs <= endMs) return {state, orders: []};
      return {state: {...state, ...phased('killed', nowMs), shortLives: 0}, orders: [{type: 'kill'}]};
    default:
      return {state, orders: []};
  }
}

function close(state: DriverState, nowMs: number): DriverStep {
  switch (state.phase) {
    case 'idle':
    case 'resting':
    case 'ended':
      return {state: {...state, ...phased('ended', nowMs)}, orders: []};
    case 'starting':
      return {state: {...state, ...phased('killed', nowMs)}, orders: [{type: 'kill'}]};
    case 'running':
      return {state: {...state, ...phased('ending', nowMs)}, orders: [{type: 'end'}]};
    case 'killed':
    case 'ending':
      return {state, orders: []};
  }
}
