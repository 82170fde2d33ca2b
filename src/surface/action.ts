import type {ControlId} from '../model/control.ts';
import type {Action, Layout} from '../model/layout.ts';

/** What a control does now: its own binding before its pattern's (`mute.*`), the shifted ones first while shift is held. */
export function actionOf(layout: Layout, shift: boolean, control: ControlId): Action | undefined {
  return (shift ? bound(layout.shifted, control) : undefined) ?? bound(layout.bindings, control);
}

function bound(bindings: ReadonlyMap<string, Action>, control: ControlId): Action | undefined {
  const own = bindings.get(control);
  if (own !== undefined) return own;
  const dot = control.lastIndexOf('.');
  return dot < 0 ? undefined : bindings.get(`${control.slice(0, dot)}.*`);
}
