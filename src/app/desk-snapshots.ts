import {laneId} from '../model/lane.ts';
import type {Mixer} from '../model/mixer.ts';
import type {AutomationDesk, KeptDesk} from './automation-contract.ts';
import type {DeskOptions} from './desk-contract.ts';
import {createSnapshotDesk, type SnapshotDesk} from './snapshot-desk.ts';

/** The snapshots of a desk, and what is kept of it with them. */
export interface DeskSnapshots extends SnapshotDesk {
  /** What outlives the desk: values on their way have arrived in it. */
  readonly kept: KeptDesk;
}

/** Snapshots on a desk's engine and automation: steps go into its one history, what lanes or hands have is left to them. */
export function createDeskSnapshots(
  {engine, clock, snapshots = [], journal = () => {}}: DeskOptions,
  automation: AutomationDesk,
  tell: (sentence: string) => void,
  changed: () => void,
): DeskSnapshots {
  const mixer = (): Mixer => automation.kept.mixer;
  const desk = createSnapshotDesk({
    engine,
    clock,
    snapshots,
    mixer,
    journal,
    tell,
    changed,
    isMoved: automation.isMoved,
    isHeld: (target) => automation.isTouched(laneId(target)),
    wrote: automation.history.wrote,
  });
  return {
    ...desk,
    get status() {
      return desk.status;
    },
    get kept() {
      const {kept} = automation;
      return {...kept, mixer: desk.arrived(kept.mixer)};
    },
  };
}
