import {u16At, u16Bytes} from './little-endian.ts';

/** TIME_SYNC, host to device: 06, SYSTEM:  0 t0 u16, the host's own */
export interface TimeSync {
  readonly type: 'time-sync';
  readonly t0: number;
}

/** TIME_REPLY, device to host: 07, SYSTEM:  0 t0 u16   2 received at u16   4 sent at u16, in ticks of the device */
export interface TimeReply {
  readonly type: 'time-reply';
  readonly t0: number;
  readonly receivedAt: number;
  readonly sentAt: number;
}

/** Reads a TIME_SYNC; undefined where it is malformed. */
export function readTimeSync(payload: Uint8Array): TimeSync | undefined {
  return payload.length === 2 ? {type: 'time-sync', t0: u16At(payload, 0)} : undefined;
}

/** Writes a TIME_SYNC. */
export function writeTimeSync({t0}: TimeSync): readonly number[] {
  return u16Bytes(t0);
}

/** Reads a TIME_REPLY; undefined where it is malformed. */
export function readTimeReply(payload: Uint8Array): TimeReply | undefined {
  if (payload.length !== 6) return undefined;
  return {type: 'time-reply', t0: u16At(payload, 0), receivedAt: u16At(payload, 2), sentAt: u16At(payload, 4)};
}

/** Writes a TIME_REPLY. */
export function writeTimeReply({t0, receivedAt, sentAt}: TimeReply): readonly number[] {
  return [t0, receivedAt, sentAt].flatMap(u16Bytes);
}
