import {noSnapshots} from '../../model/snapshot-status.ts';
import type {Intent} from '../../surface/intent.ts';
import type {Binding, KeyContext} from './key-map.ts';

/** Fade times that a key goes round, in ms. */
const fadesMs = [0, 1000, 2000, 5000, 10_000];

/** Keys of snapshots; naming a new one belongs to the view itself. */
export const snapshotBindings: readonly Binding[] = [
  {
    keys: ['#', '"'],
    about: 'snapshot: store, store anew',
    ask: ({snapshots = noSnapshots}, key) =>
      key === '"' && snapshots.current !== undefined ? [{type: 'snapshot.store', name: snapshots.current}] : [],
  },
  {keys: ['$', '%', '^', '@'], about: 'one before, next; fade; A/B', ask: recall},
];

function recall({snapshots = noSnapshots}: KeyContext, key: string): readonly Intent[] {
  switch (key) {
    case '@':
      return [{type: 'snapshot.compare'}];
    case '^': {
      const next = fadesMs.find((ms) => ms > snapshots.fadeMs) ?? 0;
      return [{type: 'snapshot.setFade', fadeMs: next}];
    }
    default:
      return [{type: 'snapshot.step', by: key === '%' ? 1 : -1}];
  }
}
