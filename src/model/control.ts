/** What a hand can do to a surface, in the desk's own words. */

/** A control of one unit: `fader.1` … `fader.8`, `fader.master`, `encoder.3`, `mute.2`, `play`. Strip controls count from 1. */
export type ControlId = string;

export type ControlEvent =
  /** `position` 0 (bottom) … 1 (top) of the control's own travel. */
  | {readonly type: 'fader.moved'; readonly control: ControlId; readonly position: number}
  | {readonly type: 'fader.touched'; readonly control: ControlId}
  | {readonly type: 'fader.released'; readonly control: ControlId}
  /** `steps` is positive clockwise. */
  | {readonly type: 'encoder.turned'; readonly control: ControlId; readonly steps: number}
  /** A control that springs back: `deflection` −1…1, positive clockwise, to the right or up, 0 at rest; told when it changes, not while it is held. */
  | {readonly type: 'spring.moved'; readonly control: ControlId; readonly deflection: number}
  | {readonly type: 'button.pressed'; readonly control: ControlId}
  | {readonly type: 'button.released'; readonly control: ControlId};
