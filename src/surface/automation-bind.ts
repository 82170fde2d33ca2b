import type {AutomationScope} from '../model/automation.ts';
import type {AutomationIntent} from '../model/automation-intent.ts';
import {noAutomationStatus} from '../model/automation-status.ts';
import type {Action} from '../model/layout.ts';
import {type ModeButton, modeButton} from './automation-action.ts';
import type {UnitContext} from './target.ts';

type Context = Pick<UnitContext, 'view' | 'automation'>;

/** What a button of automation asks for; nothing where it means the selected strip and none is. */
export function automationIntent(context: Context, action: Action): AutomationIntent | undefined {
  const button = modeButton(action);
  if (button !== undefined) return chosenMode(context, button);
  const {
    view: {selected},
    automation: {settings} = noAutomationStatus,
  } = context;
  switch (action) {
    case 'automation.safe':
      return selected === undefined
        ? undefined
        : {
            type: 'automation.setSafe',
            scope: {type: 'strip', strip: selected},
            safe: !settings.safeStrips.has(selected),
          };
    case 'automation.mergeTrim':
      return selected === undefined ? undefined : {type: 'automation.mergeTrim', strips: [selected]};
    case 'automation.mergeAllTrims':
      return {type: 'automation.mergeTrim', strips: 'all'};
    case 'automation.writeToStart':
      return {type: 'automation.writeTo', to: 'start'};
    case 'automation.writeToEnd':
      return {type: 'automation.writeTo', to: 'end'};
    case 'automation.writeToLoop':
      return {type: 'automation.writeTo', to: 'loop'};
    case 'automation.writeToNextPoint':
      return {type: 'automation.writeTo', to: 'next-point'};
    case 'automation.punch':
    case 'automation.preview':
    case 'automation.punchPreview':
      return {type: action};
    default:
      return undefined;
  }
}

function chosenMode(
  {view, automation: {settings} = noAutomationStatus}: Context,
  {mode, desk}: ModeButton,
): AutomationIntent | undefined {
  const strip = desk ? 'desk' : view.selected;
  if (strip === undefined) return undefined;
  if (mode !== 'read-off') return {type: 'automation.modeKey', mode, strip};
  const scope: AutomationScope = strip === 'desk' ? {type: 'desk'} : {type: 'strip', strip};
  const now = strip === 'desk' ? settings.mode : (settings.stripModes.get(strip) ?? settings.mode);
  const next = now === 'read' ? 'off' : 'read';
  // A strip that wants what the desk has goes with the desk from then on.
  return {type: 'automation.setMode', scope, mode: !desk && next === settings.mode ? undefined : next};
}
