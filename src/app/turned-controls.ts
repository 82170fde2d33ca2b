import type {ControlId} from '../model/control.ts';
import {isSameTarget, type Target} from '../surface/target.ts';
import type {Hand} from './automation-touches.ts';
import type {UnitHost} from './unit-contract.ts';

/** What the encoders of a unit were turned for, until something else lies under them. */
export interface TurnedControls {
  turned(control: ControlId): void;
  /** Lets go of those that stand for something else now. */
  follow(): void;
  /** Forgets all of them; who lost the unit has told it. */
  clear(): void;
}

export function createTurnedControls(
  host: Pick<UnitHost, 'hands' | 'handMoved'>,
  targetOf: (control: ControlId) => Target | undefined,
  handAt: (control: ControlId) => Hand,
): TurnedControls {
  const turned = new Map<ControlId, Target>();
  return {
    turned(control) {
      const target = targetOf(control);
      if (target === undefined) return;
      turned.set(control, target);
      host.handMoved(target.strip);
    },
    follow() {
      for (const [control, target] of turned) {
        if (isSameTarget(targetOf(control), target)) continue;
        turned.delete(control);
        host.hands.leave(handAt(control), 'left');
      }
    },
    clear: () => turned.clear(),
  };
}
