import type {RingStyle} from '../../model/picture.ts';

/**
 * The messages of the HUI protocol, in both directions. `strip` counts from 0 to 7, on faders to 8: a ninth fader that
 * some later devices have. `encoder` is 0…7 for the strips, 8…11 for the four of the parameter section, 12 for its scroll knob.
 */
export type HuiMessage =
  | LinkMessage
  | {readonly type: 'fader-position'; readonly strip: number; readonly value: number}
  | HandMessage
  | FeedbackMessage
  | DisplayMessage;

/** From whom a message comes; some bytes mean different things each way. */
export type Direction = 'from-device' | 'to-device';

/** Whether the device is there. */
export type LinkMessage =
  /** Once a second from the host. */
  | {readonly type: 'ping'}
  /** The device's answer to it. */
  | {readonly type: 'ping-answer'}
  /** The device was switched on, or began anew: everything it showed is gone. */
  | {readonly type: 'reset'};

/** What the hand did. Ticks are positive clockwise, ±1…63. */
export type HandMessage =
  | {readonly type: 'switch'; readonly zone: number; readonly port: number; readonly pressed: boolean}
  | {readonly type: 'encoder-turn'; readonly encoder: number; readonly ticks: number}
  | {readonly type: 'jog-turn'; readonly ticks: number};

/** What lamps, rings and meters shall show. */
export type FeedbackMessage =
  | {readonly type: 'lamp'; readonly zone: number; readonly port: number; readonly on: boolean}
  /** `position` 0 is dark, 1…11 a lamp of the ring (`spread`: 1…6, from the centre outwards); `centre` the lamp under it. */
  | {
      readonly type: 'ring';
      readonly encoder: number;
      readonly style: RingStyle;
      readonly position: number;
      readonly centre: boolean;
    }
  /** Lit steps of one side, 0…11; 12 is the clip lamp. */
  | {readonly type: 'meter-level'; readonly strip: number; readonly side: 'left' | 'right'; readonly level: number};

/** What displays shall show: SysEx `F0 00 00 66 05 00 command … F7`. */
export type DisplayMessage =
  /** Four characters; `display` 0…7 are the strips', 8 says what the encoders are assigned to. */
  | {readonly type: 'strip-text'; readonly display: number; readonly text: string}
  /** Quarters of the large display, ten characters each: 0…3 the upper row, 4…7 the lower. */
  | {readonly type: 'main-text'; readonly parts: readonly {readonly quarter: number; readonly text: string}[]}
  /** Digits of the time display from the right, up to eight; those left of them stay as they are. */
  | {readonly type: 'time'; readonly digits: readonly Digit[]};

/** One seven-segment digit: 0…9, A…F or blank, with the dot behind it. */
export interface Digit {
  readonly character: string;
  readonly dot: boolean;
}
