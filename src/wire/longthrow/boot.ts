import {u32At, u32Bytes} from './little-endian.ts';

/** BOOT_ARM, host to device: 40, RELIABLE, empty */
export interface BootArm {
  readonly type: 'boot-arm';
}

/** BOOT_ENTER, host to device: 41, RELIABLE:  0 token u32   4 kind: 0 the board's own boot loader, 1 plain restart */
export interface BootEnter {
  readonly type: 'boot-enter';
  readonly token: number;
  readonly kind: 'boot-loader' | 'restart';
}

/** BOOT_TOKEN, device to host: 42, RELIABLE:  0 token u32, good once and for 10 s */
export interface BootToken {
  readonly type: 'boot-token';
  readonly token: number;
}

/** Reads a BOOT_ENTER; undefined where it is malformed. */
export function readBootEnter(payload: Uint8Array): BootEnter | undefined {
  const kind = payload[4] ?? 0;
  if (payload.length !== 5 || kind > 1) return undefined;
  return {type: 'boot-enter', token: u32At(payload, 0), kind: kind === 0 ? 'boot-loader' : 'restart'};
}

/** Writes a BOOT_ENTER. */
export function writeBootEnter({token, kind}: BootEnter): readonly number[] {
  return [...u32Bytes(token), kind === 'boot-loader' ? 0 : 1];
}

/** Reads a BOOT_TOKEN; undefined where it is malformed. */
export function readBootToken(payload: Uint8Array): BootToken | undefined {
  return payload.length === 4 ? {type: 'boot-token', token: u32At(payload, 0)} : undefined;
}
