/** Something wrong in a file that a person can mend: where, what, and what to do. */
export interface Problem {
  /** File, or place in it: `mappings/surfaces/x.json: controls[3].cc`. */
  readonly path: string;
  readonly reason: string;
  /** What to do, e.g. the nearest valid name. */
  readonly hint?: string;
  readonly severity: 'error' | 'warning';
}

export type DeskErrorCode =
  | 'usage'
  | 'session.invalid'
  | 'session.missing'
  | 'session.busy'
  | 'mapping.invalid'
  | 'audio.invalid'
  | 'file.unreadable'
  | 'file.unwritable'
  | 'transport.unavailable'
  | 'transport.busy'
  | 'engine.failed';

/** An error whose message is meant for the user: a sentence that says where, what and what to do. */
export class DeskError extends Error {
  readonly code: DeskErrorCode;

  constructor(code: DeskErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : {cause});
    this.name = 'DeskError';
    this.code = code;
  }
}

/** The message of anything thrown, on one line without control characters (it may come from a device or a file). */
export function describeError(error: unknown): string {
  return plainText(error instanceof Error ? error.message : String(error));
}

/** Text from a device or a file made safe to show: control characters become spaces, ends trimmed. */
export function plainText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}
