import type {Colour} from '../../model/mixer.ts';
import type {RingStyle} from '../../model/picture.ts';
import type {ButtonName, LampName} from './buttons.ts';
import type {FourBytes} from './handshake.ts';

/**
 * The messages of the Mackie Control protocol, in both directions. `strip` counts from 0; on faders and touch, 8 is the
 * master. `deviceId` is the id byte of SysEx messages: 10 Logic Control, 11 its extender, 14 Mackie Control, 15 its extender.
 */
export type MackieMessage =
  | SystemMessage
  | SettingMessage
  | DisplayMessage
  | FaderMessage
  | ControlMessage
  | FeedbackMessage;

/** From whom a message comes; some bytes mean different things each way. */
export type Direction = 'from-device' | 'to-device';

/** Handshake, version and state of the whole device: SysEx `F0 00 00 66 id command … F7`. */
export type SystemMessage =
  | {readonly type: 'device-query'; readonly deviceId: number}
  /** The device is there and challenges: seven characters of serial number, four bytes of challenge. */
  | {readonly type: 'host-query'; readonly deviceId: number; readonly serial: string; readonly challenge: FourBytes}
  | {readonly type: 'host-reply'; readonly deviceId: number; readonly serial: string; readonly response: FourBytes}
  /** The device is there and asks nothing: command 01 in a form without a challenge, as some clones send it. */
  | {readonly type: 'announced'; readonly deviceId: number; readonly data: Uint8Array}
  | {readonly type: 'confirmed'; readonly deviceId: number; readonly serial: string}
  | {readonly type: 'refused'; readonly deviceId: number; readonly serial: string}
  /** Answer of some clones to a query: online, and no handshake wanted. */
  | {readonly type: 'ready'; readonly deviceId: number; readonly data: Uint8Array}
  | {readonly type: 'version-request'; readonly deviceId: number}
  | {readonly type: 'version-reply'; readonly deviceId: number; readonly version: string}
  /** Of these six, current devices may ignore any. */
  | {readonly type: SystemCommand; readonly deviceId: number}
  /** Read, for logs, and never written: a wrong one makes the device useless. */
  | {
      readonly type: 'firmware-update';
      readonly deviceId: number;
      readonly phase: 'start' | 'data' | 'end';
      readonly data: Uint8Array;
    };

export type SystemCommand = 'soft-reset' | 'recalibrate-faders' | 'offline' | 'faders-down' | 'lamps-off' | 'reset';

/** How the device behaves: SysEx. */
export type SettingMessage =
  /** Clicks of the transport buttons; whether faders report moves without a touch. */
  | {readonly type: 'button-click' | 'touchless-faders'; readonly deviceId: number; readonly on: boolean}
  /** Minutes until the LCD's light goes out, 1…127; 0 at once. */
  | {readonly type: 'backlight'; readonly deviceId: number; readonly minutes: number}
  /** 0…5. */
  | {
      readonly type: 'touch-sensitivity';
      readonly deviceId: number;
      readonly strip: number;
      readonly sensitivity: number;
    }
  | {
      readonly type: 'meter-mode';
      readonly deviceId: number;
      readonly strip: number;
      readonly lamp: boolean;
      readonly peakHold: boolean;
      readonly onLcd: boolean;
    }
  | {
      readonly type: 'global-meter-mode';
      readonly deviceId: number;
      readonly direction: 'horizontal' | 'vertical';
    };

export type DisplayMessage =
  /** Cells 0…55 are the upper row, 56…111 the lower; text runs on from one to the other. */
  | {readonly type: 'lcd-text'; readonly deviceId: number; readonly offset: number; readonly text: string}
  /** All digits of a display at once, as they are read; a dot stands behind each index in `dots`. */
  | {
      readonly type: 'digits';
      readonly deviceId: number;
      readonly display: DigitDisplay;
      readonly text: string;
      readonly dots: readonly number[];
    }
  /** One digit, counted from the right. */
  | {
      readonly type: 'digit';
      readonly display: DigitDisplay;
      readonly place: number;
      readonly character: string;
      readonly dot: boolean;
    }
  /** Eight scribble strips, one bit a part: command 72 of later devices. */
  | {readonly type: 'colours'; readonly deviceId: number; readonly colours: readonly Colour[]}
  /** Eight scribble strips, each part 0…7F: another maker's message beside the protocol. */
  | {readonly type: 'rgb-colours'; readonly colours: readonly Rgb[]};

/** `time` has ten digits, `assignment` two. */
export type DigitDisplay = 'time' | 'assignment';
export type Rgb = readonly [red: number, green: number, blue: number];

/** Both ways: where the fader stands, where it shall stand; 0…3FFF. */
export type FaderMessage = {readonly type: 'fader-position'; readonly strip: number; readonly value: number};

/** What the hand did. Ticks are positive clockwise, ±1…63. */
export type ControlMessage =
  | {readonly type: 'fader-touch'; readonly strip: number; readonly touched: boolean}
  | {readonly type: 'button'; readonly button: ButtonName; readonly pressed: boolean}
  | {readonly type: 'encoder-turn'; readonly strip: number; readonly ticks: number}
  | {readonly type: 'jog-turn'; readonly ticks: number}
  /** 0…7F. */
  | {readonly type: 'pedal'; readonly value: number};

/** What the device shall show. */
export type FeedbackMessage =
  | {readonly type: 'lamp'; readonly lamp: LampName; readonly state: 'off' | 'flash' | 'on'}
  | RingMessage
  /** Lit steps, 0…12. */
  | {readonly type: 'meter-level'; readonly strip: number; readonly level: number}
  | {readonly type: 'meter-overload'; readonly strip: number; readonly on: boolean}
  | {readonly type: 'master-meter'; readonly side: 'left' | 'right'; readonly level: number};

/** `position` 0 is dark, 1…11 a lamp of the ring (`spread`: 1…6, from the centre outwards); `centre` the lamp under it. */
export interface RingMessage {
  readonly type: 'ring';
  readonly strip: number;
  readonly style: RingStyle;
  readonly position: number;
  readonly centre: boolean;
}
