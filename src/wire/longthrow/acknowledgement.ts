/** ACK, both ways: 00, class ACK:  0 next sequence expected   1 credits 0…4   2 status of the last one taken */
export interface Acknowledgement {
  readonly type: 'ack';
  readonly next: number;
  readonly credits: number;
  readonly status: number;
}

/** Reads an ACK; undefined where it is malformed. */
export function readAcknowledgement(payload: Uint8Array): Acknowledgement | undefined {
  const [next = 0, credits = 0, status = 0] = payload;
  return payload.length === 3 && credits <= 4 ? {type: 'ack', next, credits, status} : undefined;
}

/** Writes an ACK. */
export function writeAcknowledgement({next, credits, status}: Acknowledgement): readonly number[] {
  return [next, credits, status];
}
