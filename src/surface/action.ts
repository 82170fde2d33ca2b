import type {ControlId} from '../model/control.ts';
import type {Action, Layout} from '../model/layout.ts';

/** What a control does now: its own binding before its pattern's (`mute.*`), the shifted ones first while shift is held. */
export function actionOf(layout: Layout, shift: boolean, control: ControlId): Action | undefined {
  return (shift ? bound(layout.shifted, control) : undefined) ?? bound(layout.bindings, control);
}

type Bindings = ReadonlyMap<string, Action>;

/** What was looked up in bindings before: every lamp asks for its action with every picture. */
const known = new WeakMap<Bindings, Map<ControlId, Action | undefined>>();

function bound(bindings: Bindings, control: ControlId): Action | undefined {
  let actions = known.get(bindings);
  if (actions === undefined) {
    actions = new Map();
    known.set(bindings, actions);
  }
  if (!actions.has(control)) actions.set(control, lookUp(bindings, control));
  return actions.get(control);
}

function lookUp(bindings: Bindings, control: ControlId): Action | undefined {
  const own = bindings.get(control);
  if (own !== undefined) return own;
  const dot = control.lastIndexOf('.');
  return dot < 0 ? undefined : bindings.get(`${control.slice(0, dot)}.*`);
}
