import type {Intent} from '../surface/intent.ts';
import type {DeskStatus} from './desk-status.ts';

/** A running desk, as terminal, page and tests see it. */
export interface Desk {
  status(): DeskStatus;
  /** Does what a hand on any surface, or a key, asks for. */
  perform(intent: Intent): void;
  /** Ends surfaces and sound; resolves when both have let go. Idempotent. */
  close(): Promise<void>;
}
