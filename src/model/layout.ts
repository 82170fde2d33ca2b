import type {DeskSection} from './desk-section.ts';
import type {DigitContents} from './digit-display.ts';
import type {Takeover} from './surface.ts';
import type {Layer, Page, StripView} from './view.ts';

/**
 * What controls do. An action names both what a press or move asks for and what the control's own lamp shows.
 * Strip actions are bound to patterns such as `mute.*` and mean the strip under that control.
 */
export const actionNames = [
  'strip.fader',
  'strip.encoder',
  'strip.push',
  'strip.reset',
  'strip.mute',
  'strip.solo',
  'strip.select',
  'strip.spill',
  'strip.warning',
  'strip.readAdvice',
  'strip.autoTrim',
  'strip.soloSafe',
  'strip.polarity',
  'master.fader',
  'selected.fader',
  'selected.encoder',
  'selected.choose',
  'view.scroll',
  'view.bankLeft',
  'view.bankRight',
  'view.channelLeft',
  'view.channelRight',
  'view.pageLeft',
  'view.pageRight',
  'view.pageUp',
  'view.pageDown',
  'view.spill',
  'view.flip',
  'view.toggleValues',
  'view.toggleMeters',
  'display.cycle',
  'display.cycleAssignment',
  'view.shift',
  'playback.play',
  'playback.stop',
  'playback.rewind',
  'playback.forward',
  'playback.loop',
  'playback.jog',
  'playback.setIn',
  'playback.setOut',
  'playback.loopSection',
  'playback.marker',
  'playback.mark',
  'playback.unmark',
  'playback.previousMarker',
  'playback.nextMarker',
  'mixer.clearSolo',
  'meters.next',
  'meters.nextTarget',
  'meters.pause',
  'meters.resetLoudness',
  'mixer.soloMode',
  'mixer.tapTempo',
  'monitor.level',
  'monitor.louder',
  'monitor.quieter',
  'monitor.dim',
  'monitor.mono',
  'monitor.swap',
  'monitor.polarity',
  'monitor.speaker',
  'monitor.reference',
  'monitor.nextReference',
  'warnings.acknowledge',
  'warnings.acknowledgeSelected',
  'gain.autoTrim',
  'gain.roughBalance',
  'gain.apply',
  'gain.cancel',
  'strip.automation',
  'automation.readOff',
  'automation.off',
  'automation.read',
  'automation.touch',
  'automation.latch',
  'automation.write',
  'automation.trim',
  'automation.deskReadOff',
  'automation.deskOff',
  'automation.deskRead',
  'automation.deskTouch',
  'automation.deskLatch',
  'automation.deskWrite',
  'automation.deskTrim',
  'automation.punch',
  'automation.writeToStart',
  'automation.writeToEnd',
  'automation.writeToLoop',
  'automation.writeToNextPoint',
  'automation.preview',
  'automation.punchPreview',
  'automation.mergeTrim',
  'automation.mergeAllTrims',
  'automation.safe',
  'session.save',
  'session.undo',
  'session.redo',
] as const;

/** Mute groups that a mixer has, counted from 1. */
export const muteGroupCount = 8;

/** Markers that have an action of their own, counted from 1. */
export const numberedMarkers = 9;

/**
 * A plain action, or one with a name: a layer to change to (`layer:pan`), a page of the selected strip (`page:eq`), strips to show
 * (`show:returns`), a mute group to switch (`muteGroup:3`), a marker to go to by its number in order (`marker:2`), a parameter of the strip under the control whatever the layer (`value:send1.levelDb`).
 */
export type Action =
  | (typeof actionNames)[number]
  | `layer:${string}`
  | `page:${string}`
  | `show:${StripView}`
  | `muteGroup:${number}`
  | `marker:${number}`
  | `value:${string}`;

export interface Layout {
  readonly id: string;
  readonly name: string;
  /** The first is shown at the start. */
  readonly layers: readonly Layer[];
  /** Pages of the selected strip; none is shown at the start. */
  readonly pages: readonly Page[];
  /** What the segment displays step through; all there is if absent. */
  readonly digits?: DigitContents;
  /** How surfaces stand together; one section of all if absent. */
  readonly sections?: readonly DeskSection[];
  /** How faders and knobs that stand elsewhere take their values over, on surfaces that do not say it themselves; `pick-up` if absent. */
  readonly takeover?: Takeover;
  /** Control id or `name.*` pattern → action. */
  readonly bindings: ReadonlyMap<string, Action>;
  /** The same while shift is held; what is absent here does nothing else than without shift. */
  readonly shifted: ReadonlyMap<string, Action>;
}
