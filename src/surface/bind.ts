import type {ControlEvent, ControlId} from '../model/control.ts';
import type {Action} from '../model/layout.ts';
import {masterId, type Strip, soloModes} from '../model/mixer.ts';
import {stripViews} from '../model/view.ts';
import {actionOf} from './action.ts';
import {automationIntent} from './automation-bind.ts';
import type {Intent} from './intent.ts';
import {hasParameter} from './ownership.ts';
import {commandsForPush, commandsForReset, pushedParameter} from './push.ts';
import {canSpill, shownStrips} from './shown-strips.ts';
import {channelTarget, commandsForTurn, faderTarget, stripAt, type UnitContext} from './target.ts';

/**
 * What an event of a control asks for. Faders, knobs and touches give nothing here: they go through the fader
 * machines first, then through `faderTarget` and `commandsFor`. Speed of turning is in the device's own tick counts.
 */
export function bind(context: UnitContext, event: ControlEvent): readonly Intent[] {
  switch (event.type) {
    case 'button.pressed':
      return pressed(context, event.control);
    case 'button.released':
      return released(context, event.control);
    case 'encoder.turned':
      return turned(context, event.control, event.steps);
    default:
      return [];
  }
}

function pressed(context: UnitContext, control: ControlId): readonly Intent[] {
  const action = actionOf(context.layout, context.shift, control);
  if (action === undefined) return [];
  if (action === 'strip.push' || action === 'strip.reset') {
    return encoderPressed(context, action, context.surface.controls.get(control)?.strip);
  }
  if (action.startsWith('strip.')) {
    const strip = stripAt(context, context.surface.controls.get(control)?.strip);
    return strip === undefined ? [] : stripPressed(context, action, strip, control);
  }
  if (action === 'gain.autoTrim') return [{type: 'gain.hold', key: control, scope: 'shown'}];
  const intent = plainIntents[action] ?? automationIntent(context, action) ?? namedIntent(context, action);
  return intent === undefined ? [] : [intent];
}

/** Keys that are held are let go by their own button even if the shifted binding of that button says something else. */
function released({layout}: UnitContext, control: ControlId): readonly Intent[] {
  switch (layout.bindings.get(control)) {
    case 'view.shift':
      return [{type: 'view.shift', held: false}];
    case 'playback.marker':
      return [{type: 'playback.markerKey', held: false}];
    default:
      return [];
  }
}

function encoderPressed(context: UnitContext, action: Action, channel: number | undefined): readonly Intent[] {
  const target = channelTarget(context, channel, 'encoder');
  if (target === undefined) return [];
  const pushed = action === 'strip.reset' ? 'reset' : pushedParameter(context.view, context.shift);
  return pushed === 'reset' ? commandsForReset(context.mixer, target) : commandsForPush(context.mixer, target, pushed);
}

/** Actions with a name behind a colon, and those that depend on what is shown. */
function namedIntent({view, mixer, layout}: UnitContext, action: Action): Intent | undefined {
  const name = action.slice(action.indexOf(':') + 1);
  if (action.startsWith('layer:')) return {type: 'view.setLayer', layer: name};
  if (action.startsWith('page:'))
    return layout.pages.some(({id}) => id === name) ? {type: 'view.setPage', page: name} : undefined;
  if (action.startsWith('show:')) {
    const shown = stripViews.find((known) => known === name);
    return shown && {type: 'view.show', shown};
  }
  if (action.startsWith('muteGroup:')) {
    const group = Number(name);
    return {type: 'mixer.setMuteGroup', group, active: !mixer.activeMuteGroups.includes(group)};
  }
  if (action.startsWith('marker:')) return {type: 'playback.toMarker', number: Number(name)};
  if (action === 'mixer.soloMode') {
    const next = soloModes[(soloModes.indexOf(mixer.soloMode) + 1) % soloModes.length];
    return next && {type: 'mixer.setSoloMode', soloMode: next};
  }
  if (action === 'warnings.acknowledgeSelected')
    return view.selected === undefined ? undefined : {type: 'warning.acknowledge', strip: view.selected};
  if (action !== 'view.spill') return undefined;
  if (view.spilled !== undefined) return {type: 'view.spill', strip: view.spilled};
  return view.selected === undefined ? undefined : {type: 'view.spill', strip: view.selected};
}

function stripPressed({view, mixer}: UnitContext, action: Action, strip: Strip, control: ControlId): readonly Intent[] {
  switch (action) {
    case 'strip.mute':
      return [{type: 'strip.setMute', strip: strip.id, muted: !strip.muted}];
    case 'strip.solo':
      return [{type: 'strip.setSolo', strip: strip.id, soloed: !strip.soloed}];
    case 'strip.soloSafe':
      return [{type: 'strip.setSoloSafe', strip: strip.id, soloSafe: !strip.soloSafe}];
    case 'strip.polarity':
      return [{type: 'strip.setPolarity', strip: strip.id, polarityInverted: !strip.polarityInverted}];
    case 'strip.select': {
      const select: Intent = {type: 'view.select', strip: strip.id};
      const reads = view.layer.ring === 'trim' || view.selected === strip.id;
      return reads ? [select, {type: 'advice.read', strip: strip.id}] : [select];
    }
    case 'strip.readAdvice':
      return [{type: 'advice.read', strip: strip.id}];
    case 'strip.autoTrim':
      return hasParameter(mixer, strip, 'trim') ? [{type: 'gain.hold', key: control, scope: strip.id}] : [];
    case 'strip.spill':
      // A strip without members leads back from among the members of another.
      if (canSpill(strip) && strip.id !== masterId) return [{type: 'view.spill', strip: strip.id}];
      return view.spilled === undefined ? [] : [{type: 'view.spill', strip: view.spilled}];
    case 'strip.automation':
      return [{type: 'automation.modeKey', mode: 'touch', strip: strip.id}];
    case 'strip.warning':
      return [{type: 'warning.acknowledge', strip: strip.id}];
    default:
      return [];
  }
}

/** The actions of buttons that mean no strip and need no state. */
const plainIntents: {readonly [action: string]: Intent | undefined} = {
  'view.bankLeft': {type: 'view.bankLeft'},
  'view.bankRight': {type: 'view.bankRight'},
  'view.channelLeft': {type: 'view.channelLeft'},
  'view.channelRight': {type: 'view.channelRight'},
  'view.pageLeft': {type: 'view.pageLeft'},
  'view.pageRight': {type: 'view.pageRight'},
  'view.pageUp': {type: 'view.pageUp'},
  'view.pageDown': {type: 'view.pageDown'},
  'view.flip': {type: 'view.flip'},
  'view.toggleValues': {type: 'view.toggleValues'},
  'view.toggleMeters': {type: 'view.toggleMeters'},
  'display.cycle': {type: 'view.cycleDigits', display: 'time'},
  'display.cycleAssignment': {type: 'view.cycleDigits', display: 'assignment'},
  'view.shift': {type: 'view.shift', held: true},
  'playback.play': {type: 'playback.play'},
  'playback.stop': {type: 'playback.stop'},
  'playback.rewind': {type: 'playback.rewind'},
  'playback.forward': {type: 'playback.forward'},
  'playback.loop': {type: 'playback.toggleLooping'},
  'playback.setIn': {type: 'playback.setIn'},
  'playback.setOut': {type: 'playback.setOut'},
  'playback.loopSection': {type: 'playback.loopSection'},
  'playback.marker': {type: 'playback.markerKey', held: true},
  'playback.mark': {type: 'playback.mark'},
  'playback.unmark': {type: 'playback.unmark'},
  'playback.previousMarker': {type: 'playback.previousMarker'},
  'playback.nextMarker': {type: 'playback.nextMarker'},
  'mixer.clearSolo': {type: 'mixer.clearSolo'},
  'mixer.tapTempo': {type: 'mixer.tapTempo'},
  'meters.next': {type: 'meters.nextType'},
  'meters.nextTarget': {type: 'meters.nextTarget'},
  'meters.pause': {type: 'meters.togglePaused'},
  'meters.resetLoudness': {type: 'meters.resetLoudness'},
  'monitor.louder': {type: 'monitor.changeLevel', byDb: 1},
  'monitor.quieter': {type: 'monitor.changeLevel', byDb: -1},
  'monitor.dim': {type: 'monitor.toggle', what: 'dim'},
  'monitor.mono': {type: 'monitor.toggle', what: 'mono'},
  'monitor.swap': {type: 'monitor.toggle', what: 'swap'},
  'monitor.polarity': {type: 'monitor.toggle', what: 'polarity'},
  'monitor.speaker': {type: 'monitor.nextSpeaker'},
  'monitor.reference': {type: 'monitor.toggle', what: 'reference'},
  'monitor.nextReference': {type: 'monitor.nextReference'},
  'warnings.acknowledge': {type: 'warning.acknowledge', strip: 'all'},
  'gain.roughBalance': {type: 'gain.balance'},
  'gain.apply': {type: 'gain.apply'},
  'gain.cancel': {type: 'gain.cancel'},
  'session.save': {type: 'session.save'},
  'session.undo': {type: 'session.undo'},
  'session.redo': {type: 'session.redo'},
};

function turned(context: UnitContext, control: ControlId, steps: number): readonly Intent[] {
  if (steps === 0 || !Number.isFinite(steps)) return [];
  const action = actionOf(context.layout, context.shift, control);
  if (action === 'playback.jog') return [{type: 'playback.nudge', steps}];
  if (action === 'monitor.level') return [{type: 'monitor.changeLevel', byDb: steps / 2}];
  if (action === 'selected.choose') return chosen(context, steps);
  if (action === 'view.scroll') {
    const intent: Intent = {type: steps < 0 ? 'view.channelLeft' : 'view.channelRight'};
    return Array.from({length: Math.min(Math.abs(steps), mostScrolled)}, () => intent);
  }
  const target = faderTarget(context, control);
  return target === undefined ? [] : commandsForTurn(context.mixer, target, steps, context.surface.faders.taper);
}

/** No hand means more strips at once. */
const mostScrolled = 16;

/** The strip so many places on among the shown ones; without a selection the first, or from the end the last. */
function chosen({mixer, view}: UnitContext, steps: number): readonly Intent[] {
  const shown = shownStrips(mixer, view);
  const at = shown.findIndex(({id}) => id === view.selected);
  const from = at < 0 ? (steps > 0 ? -1 : shown.length) : at;
  const strip = shown[Math.max(0, Math.min(shown.length - 1, from + steps))];
  return strip === undefined || strip.id === view.selected ? [] : [{type: 'view.select', strip: strip.id}];
}
