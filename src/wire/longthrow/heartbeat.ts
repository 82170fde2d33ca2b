import {u16At, u16Bytes} from './little-endian.ts';

/**
 * HEARTBEAT, both ways: 05, SYSTEM, at least every 250 ms
 *   0 session   1 state   2 last STATE sequence heard   3 CRC faults u16   5 overruns u16   7 resyncs u16   9 descriptor CRC, low u16
 *   state of a device  b0 configuration changed, not committed   b1 calibrating   b2 running on defaults, what was stored is lost
 *   state of a host    b0 live: sound plays or records
 *   b7-3 are reserved, 0
 */
export interface Heartbeat {
  readonly type: 'heartbeat';
  readonly session: number;
  /** As above; of a host `hostStates`. */
  readonly state: number;
  readonly heard: number;
  readonly crcFaults: number;
  readonly overruns: number;
  readonly resyncs: number;
  readonly descriptor: number;
}

/** What a host says of itself. */
export const hostStates = {live: 1} as const;

/** Longest pause between heartbeats, and what counts as dead. */
export const heartbeatTimes = {everyMs: 250, deadMs: 750} as const;

/** Reads a HEARTBEAT; undefined where it is malformed. */
export function readHeartbeat(payload: Uint8Array): Heartbeat | undefined {
  const [session = 0, state = 0, heard = 0] = payload;
  if (payload.length !== 11 || (state & 0xf8) !== 0) return undefined;
  return {
    type: 'heartbeat',
    session,
    state,
    heard,
    crcFaults: u16At(payload, 3),
    overruns: u16At(payload, 5),
    resyncs: u16At(payload, 7),
    descriptor: u16At(payload, 9),
  };
}

/** Writes a HEARTBEAT. */
export function writeHeartbeat(beat: Heartbeat): readonly number[] {
  const counts = [beat.crcFaults, beat.overruns, beat.resyncs, beat.descriptor];
  return [beat.session, beat.state, beat.heard, ...counts.flatMap(u16Bytes)];
}
