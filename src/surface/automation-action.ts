import {type AutomationMode, automationModes} from '../model/automation.ts';
import type {Action} from '../model/layout.ts';

/** A button that chooses a mode, for the selected strip or the whole desk; `read-off` is read, and off if it is read already. */
export interface ModeButton {
  readonly mode: AutomationMode | 'read-off';
  readonly desk: boolean;
}

const buttons: ReadonlyMap<string, ModeButton> = new Map<string, ModeButton>(
  [...automationModes, 'read-off' as const].flatMap((mode) => {
    const name = mode === 'read-off' ? 'readOff' : mode;
    const capital = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
    return [
      [`automation.${name}`, {mode, desk: false}],
      [`automation.desk${capital}`, {mode, desk: true}],
    ] as const;
  }),
);

/** Which mode an action chooses; undefined for all other actions. */
export function modeButton(action: Action): ModeButton | undefined {
  return buttons.get(action);
}
