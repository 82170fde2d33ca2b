import type {StripId} from './mixer.ts';
import type {SnapshotPart} from './snapshot.ts';

/** Two mixes that are compared. */
export type CompareSlot = 'A' | 'B';

/** What a hand or key asks of snapshots. Names are those of the session's list; case does not count. */
export type SnapshotIntent =
  /** Keeps the mix, or parts of it, under a name; one of that name is replaced. A fresh name, all parts and all strips if absent. */
  | {
      readonly type: 'snapshot.store';
      readonly name?: string;
      readonly parts?: readonly SnapshotPart[];
      readonly strips?: readonly StripId[];
    }
  /** Brings the mix to a snapshot within so many ms, 0…60,000; the chosen fade time if absent. One step to be taken back. */
  | {readonly type: 'snapshot.recall'; readonly name: string; readonly fadeMs?: number}
  /** The snapshot before or after the one that was recalled or stored last; back from a mix that was changed since is to that one. */
  | {readonly type: 'snapshot.step'; readonly by: 1 | -1}
  | {readonly type: 'snapshot.remove'; readonly name: string}
  | {readonly type: 'snapshot.rename'; readonly name: string; readonly to: string}
  /** How long recalls take from now on, in ms, 0…60,000. */
  | {readonly type: 'snapshot.setFade'; readonly fadeMs: number}
  /** Keeps the mix as A or B. */
  | {readonly type: 'snapshot.keep'; readonly slot: CompareSlot}
  /** From A to B or back: what was changed since stays with the one that is left. The first time B begins as the mix is. */
  | {readonly type: 'snapshot.compare'};

export function isSnapshotIntent(intent: {readonly type: string}): intent is SnapshotIntent {
  return intent.type.startsWith('snapshot.');
}
