import type {Snapshot} from './snapshot.ts';
import type {CompareSlot} from './snapshot-intent.ts';

/** The snapshots of a running desk, as terminal and page show them. */
export interface SnapshotStatus {
  readonly snapshots: readonly Snapshot[];
  /** Name of the one that was stored or recalled last. */
  readonly current: string | undefined;
  /** How long recalls take, in ms. */
  readonly fadeMs: number;
  /** Which of the two compared mixes is heard; undefined before any was kept. */
  readonly slot: CompareSlot | undefined;
  /** Whether values are on their way. */
  readonly fading: boolean;
}

/** There are none. */
export const noSnapshots: SnapshotStatus = {
  snapshots: [],
  current: undefined,
  fadeMs: 0,
  slot: undefined,
  fading: false,
};
