import type {MixerCommand} from '../model/command.ts';
import type {ControlEvent, ControlId} from '../model/control.ts';
import type {Action} from '../model/layout.ts';
import {masterId, type Strip} from '../model/mixer.ts';
import {levelAt, positionOf, type Taper} from '../model/taper.ts';
import {encoderParameter} from '../model/view.ts';
import {actionOf} from './action.ts';
import type {Intent} from './intent.ts';
import {faderTarget, stripAt, type Target, type UnitContext} from './target.ts';

/** Travel of one encoder tick on a level: 0.4 dB in the upper half of the desk's taper, wider where the taper is. */
export const levelTickTravel = 0.01;
/** Pan of one encoder tick, of the way from centre to one side. */
export const panTick = 1 / 50;
/** Trim of one encoder tick in dB. */
export const trimTickDb = 0.5;

/**
 * What an event of a control asks for. Faders, knobs and touches give nothing here: they go through the fader
 * machines first, then through `faderTarget` and `commandFor`. Speed of turning is in the device's own tick counts.
 */
export function bind(context: UnitContext, event: ControlEvent): readonly Intent[] {
  switch (event.type) {
    case 'button.pressed':
      return pressed(context, event.control);
    case 'button.released':
      // Shift is let go by its own button even if the shifted binding of that button says something else.
      return context.layout.bindings.get(event.control) === 'view.shift' ? [{type: 'view.shift', held: false}] : [];
    case 'encoder.turned':
      return turned(context, event.control, event.steps);
    default:
      return [];
  }
}

function pressed(context: UnitContext, control: ControlId): readonly Intent[] {
  const action = actionOf(context.layout, context.shift, control);
  if (action === undefined) return [];
  if (action.startsWith('layer:')) return [{type: 'view.setLayer', layer: action.slice('layer:'.length)}];
  if (action.startsWith('strip.')) {
    const strip = stripAt(context, context.surface.controls.get(control)?.strip);
    return strip === undefined ? [] : stripPressed(context, action, strip);
  }
  const intent = plainIntents[action];
  return intent === undefined ? [] : [intent];
}

function stripPressed({view}: UnitContext, action: Action, strip: Strip): readonly Intent[] {
  switch (action) {
    case 'strip.mute':
      return [{type: 'strip.setMute', strip: strip.id, muted: !strip.muted}];
    case 'strip.solo':
      return [{type: 'strip.setSolo', strip: strip.id, soloed: !strip.soloed}];
    case 'strip.soloSafe':
      return [{type: 'strip.setSoloSafe', strip: strip.id, soloSafe: !strip.soloSafe}];
    case 'strip.polarity':
      return [{type: 'strip.setPolarity', strip: strip.id, polarityInverted: !strip.polarityInverted}];
    case 'strip.select':
      return [{type: 'view.select', strip: strip.id}];
    case 'strip.warning':
      return [{type: 'warning.acknowledge', strip: strip.id}];
    case 'strip.reset':
      return [resetOf({strip: strip.id, parameter: encoderParameter(view)})];
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
  'view.flip': {type: 'view.flip'},
  'view.toggleValues': {type: 'view.toggleValues'},
  'view.shift': {type: 'view.shift', held: true},
  'playback.play': {type: 'playback.play'},
  'playback.stop': {type: 'playback.stop'},
  'playback.rewind': {type: 'playback.rewind'},
  'playback.forward': {type: 'playback.forward'},
  'playback.loop': {type: 'playback.toggleLooping'},
  'mixer.clearSolo': {type: 'mixer.clearSolo'},
  'warnings.acknowledge': {type: 'warning.acknowledge', strip: 'all'},
  'session.save': {type: 'session.save'},
};

function turned(context: UnitContext, control: ControlId, steps: number): readonly Intent[] {
  if (steps === 0 || !Number.isFinite(steps)) return [];
  if (actionOf(context.layout, context.shift, control) === 'playback.jog') return [{type: 'playback.nudge', steps}];
  const target = faderTarget(context, control);
  if (target === undefined) return [];
  const command = stepOf(context, target, steps);
  return command === undefined ? [] : [command];
}

/** A value moved on by encoder ticks from where the mixer is. */
function stepOf({mixer, surface}: UnitContext, target: Target, steps: number): MixerCommand | undefined {
  const strip = mixer.strips.find(({id}) => id === target.strip);
  switch (target.parameter) {
    case 'level': {
      const levelDb = target.strip === masterId ? mixer.masterLevelDb : strip?.levelDb;
      if (levelDb === undefined) return undefined;
      return {type: 'strip.setLevel', strip: target.strip, levelDb: steppedLevel(surface.faders.taper, levelDb, steps)};
    }
    case 'pan':
      // Counted in whole ticks, so that the way back leads through the exact centre.
      return strip && {type: 'strip.setPan', strip: strip.id, pan: onGrid(strip.pan, panTick, steps, 1)};
    case 'trim':
      return strip && {type: 'strip.setTrim', strip: strip.id, trimDb: onGrid(strip.trimDb, trimTickDb, steps, 24)};
  }
}

/** In travel, not in dB: as a finger on the fader would, fine near 0 dB and quick far below. Rounded to tenths of a dB. */
function steppedLevel(taper: Taper, levelDb: number, steps: number): number {
  const position = positionOf(taper, levelDb) + steps * levelTickTravel;
  if (position <= levelTickTravel / 2) return Number.NEGATIVE_INFINITY;
  return Math.round(levelAt(taper, Math.min(1, position)) * 10) / 10;
}

/** The next grid points from a value, within ±`widest`. */
function onGrid(value: number, grid: number, steps: number, widest: number): number {
  const ticks = Math.round(value / grid) + steps;
  const limit = Math.round(widest / grid);
  return (Math.max(-limit, Math.min(limit, ticks)) * widest) / limit + 0;
}

function resetOf({strip, parameter}: Target): MixerCommand {
  switch (parameter) {
    case 'level':
      return {type: 'strip.setLevel', strip, levelDb: 0};
    case 'pan':
      return {type: 'strip.setPan', strip, pan: 0};
    case 'trim':
      return {type: 'strip.setTrim', strip, trimDb: 0};
  }
}
