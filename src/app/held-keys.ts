import type {ControlId} from '../model/control.ts';
import type {Intent} from '../surface/intent.ts';
import type {Hand} from './automation-touches.ts';
import type {UnitHost} from './unit-contract.ts';

/** What the controls of a unit ask for, and which of its keys are held. */
export interface HeldKeys {
  ask(intents: readonly Intent[], hand: Hand): void;
  /** A button is let go; one that no key is held on is passed over. */
  letGo(hand: Hand): void;
  /** All of them, with the unit. */
  letGoOfAll(): void;
}

/** A key that is held is known by its unit until it is let go, whatever happens to the desk meanwhile; `nameOf` names it for the desk. */
export function createHeldKeys(host: Pick<UnitHost, 'perform'>, nameOf: (control: ControlId) => string): HeldKeys {
  const keys = new Map<ControlId, {readonly key: string; readonly hand: Hand}>();
  const letGo = ({control}: Hand): void => {
    const held = keys.get(control);
    keys.delete(control);
    if (held !== undefined) host.perform({type: 'gain.letGo', key: held.key}, held.hand);
  };
  return {
    ask(intents, hand) {
      for (const intent of intents) {
        if (intent.type !== 'gain.hold') {
          host.perform(intent, hand);
          continue;
        }
        const key = nameOf(intent.key);
        keys.set(intent.key, {key, hand});
        host.perform({...intent, key}, hand);
      }
    },
    letGo,
    letGoOfAll() {
      for (const {hand} of [...keys.values()]) letGo(hand);
    },
  };
}
