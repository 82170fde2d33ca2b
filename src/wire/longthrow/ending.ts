/** ERROR, both ways: 0E, SYSTEM:  0 status: 0 done, 1 unsupported, 2 bad value, 3 busy, 4 refused   1 type of the frame meant   2 its sequence */
export interface ErrorReport {
  readonly type: 'error';
  /** What became of the request; other numbers are of a later version. */
  readonly status: number;
  readonly about: number;
  readonly sequence: number;
}

/** BYE, both ways: 0F, SYSTEM:  0 reason: 0 closing, 1 restarting, 2 going to the boot loader, 3 fault */
export interface Bye {
  readonly type: 'bye';
  readonly reason: number;
}

/** Why a session ends. */
export const byeReasons = {closing: 0, restarting: 1, bootLoader: 2, fault: 3} as const;

/** Reads an ERROR; undefined where it is malformed. */
export function readError(payload: Uint8Array): ErrorReport | undefined {
  const [status = 0, about = 0, sequence = 0] = payload;
  return payload.length === 3 ? {type: 'error', status, about, sequence} : undefined;
}

/** Writes an ERROR. */
export function writeError({status, about, sequence}: ErrorReport): readonly number[] {
  return [status, about, sequence];
}

/** Reads a BYE; undefined where it is malformed. */
export function readBye(payload: Uint8Array): Bye | undefined {
  return payload.length === 1 ? {type: 'bye', reason: payload[0] ?? 0} : undefined;
}
