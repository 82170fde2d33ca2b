import {isSafe} from '../model/automation.ts';
import {stripMode, writingOn} from '../model/automation-status.ts';
import {laneTarget} from '../model/lane.ts';
import type {Action} from '../model/layout.ts';
import type {StripId} from '../model/mixer.ts';
import {modeButton} from './automation-action.ts';
import type {LampFacts} from './lamp.ts';

type Facts = Pick<LampFacts, 'automation' | 'view' | 'tick' | 'reducedMotion'>;

/** Dark of each 10 ticks (half a second) while something is being written: a lamp that winks, where alarms are lit and dark alike. */
const winkTicks = 2;
const winkPeriodTicks = 10;
/** Lit of each 20 ticks while something waits to be punched in. */
const waitingTicks = 10;

/** Whether the lamp of a button of automation is lit. */
export function isAutomationLit(action: Action, facts: Facts): boolean {
  const {automation, view} = facts;
  const {settings, lanes, writing, previewing, previewed} = automation;
  const {selected} = view;
  const button = modeButton(action);
  if (button !== undefined) {
    const isDesk = button.desk || selected === undefined;
    const mode = isDesk ? settings.mode : stripMode(settings, selected);
    const isWritten = isDesk ? writing.length > 0 : writingOn(automation, selected) !== undefined;
    return mode === (button.mode === 'read-off' ? 'read' : button.mode) && !(isWritten && isWink(facts));
  }
  switch (action) {
    case 'automation.safe':
      return selected !== undefined && isSafe(settings, {strip: selected, parameter: 'level'});
    case 'automation.punch':
      return writing.length > 0 && !isWink(facts);
    case 'automation.preview':
      return previewing;
    case 'automation.punchPreview':
      return previewed.size > 0 && (facts.reducedMotion || facts.tick % 20 < waitingTicks);
    case 'automation.writeToStart':
    case 'automation.writeToEnd':
    case 'automation.writeToLoop':
    case 'automation.writeToNextPoint':
      return writing.length > 0 || previewed.size > 0;
    case 'automation.mergeTrim':
      return selected !== undefined && lanes.has(`${selected} level.offset`);
    case 'automation.mergeAllTrims':
      return [...lanes].some((lane) => laneTarget(lane)?.parameter === 'level.offset');
    default:
      return false;
  }
}

/** The lamp that tells the mode of a strip: lit while a touch would be written, winking while it is written. */
export function isModeLampLit(strip: StripId, facts: Facts): boolean {
  const {automation} = facts;
  if (writingOn(automation, strip) !== undefined) return !isWink(facts);
  const mode = stripMode(automation.settings, strip);
  return mode !== 'off' && mode !== 'read' && !isSafe(automation.settings, {strip, parameter: 'level'});
}

function isWink({tick, reducedMotion}: Facts): boolean {
  return !reducedMotion && tick % winkPeriodTicks >= winkPeriodTicks - winkTicks;
}
