import type {Layer} from './view.ts';

/**
 * What controls do. An action names both what a press or move asks for and what the control's own lamp shows.
 * Strip actions are bound to patterns such as `mute.*` and mean the strip under that control.
 */
export const actionNames = [
  'strip.fader',
  'strip.encoder',
  'strip.reset',
  'strip.mute',
  'strip.solo',
  'strip.select',
  'strip.warning',
  'strip.soloSafe',
  'strip.polarity',
  'master.fader',
  'view.bankLeft',
  'view.bankRight',
  'view.channelLeft',
  'view.channelRight',
  'view.flip',
  'view.toggleValues',
  'view.shift',
  'playback.play',
  'playback.stop',
  'playback.rewind',
  'playback.forward',
  'playback.loop',
  'playback.jog',
  'mixer.clearSolo',
  'warnings.acknowledge',
  'session.save',
] as const;

/** A plain action, or a layer to change to (`layer:pan`). */
export type Action = (typeof actionNames)[number] | `layer:${string}`;

export interface Layout {
  readonly id: string;
  readonly name: string;
  /** The first is shown at the start. */
  readonly layers: readonly Layer[];
  /** Control id or `name.*` pattern → action. */
  readonly bindings: ReadonlyMap<string, Action>;
  /** The same while shift is held; what is absent here does nothing else than without shift. */
  readonly shifted: ReadonlyMap<string, Action>;
}
