import type {ControlId} from './control.ts';
import type {PadColours} from './pad.ts';
import type {OutputId, RingStyle} from './picture.ts';
import type {HidId, ReportTraits} from './report-traits.ts';
import type {Taper} from './taper.ts';

/** A compiled surface: what one product is and can do. Only roles and capabilities; the product's name is for people. */
export interface Surface {
  /** Name of the mapping file without its ending. */
  readonly id: string;
  readonly name: string;
  readonly maker: string;
  /** `longthrow`: a device that describes itself; its link reads and writes for it. */
  readonly dialect: 'mackie' | 'hui' | 'plain' | 'longthrow' | 'deej' | 'reports' | 'image-keys';
  /** Regular expressions, ignoring case, on port names that have been stripped of their numbers. */
  readonly ports: readonly string[];
  /** The USB devices it is on HID; absent for none. */
  readonly hid?: readonly HidId[];
  /** Of a surface on HID: what its reports mean. */
  readonly reports?: ReportTraits;
  /** A main unit carries transport and master; extenders only add strips. */
  readonly unit: 'main' | 'extender';
  /** Its place among units of its kind, from 0, where the device itself knows it; by name if absent. */
  readonly bank?: number;
  /** Channel strips of this unit. */
  readonly strips: number;
  readonly controls: ReadonlyMap<ControlId, Control>;
  readonly outputs: ReadonlyMap<OutputId, Output>;
  readonly faders: FaderTraits;
  readonly handshake: Handshake;
  readonly meters: MeterTraits | undefined;
  /** How fast the device swallows bytes. */
  readonly pace: {readonly bytesPerSecond: number};
  /** How colours of scribble strips travel; undefined without colours. */
  readonly palette: 'rgb-bits' | 'rgb-bytes' | undefined;
  /** How colours travel to pads and keys; absent without any. */
  readonly pads?: {
    readonly colours: PadColours;
    readonly rows: number;
    /** Keys that select show their strip's colour, and its warning, too, where no other lamp does. */
    readonly tints?: 'colour' | 'warning';
  };
  /** Of a device that says itself what it is: what it said, so that it can be made again of a recording. */
  readonly told?: ToldSurface;
  /** Of a device that describes itself: where its controls and outputs live on its wire. */
  readonly numbers?: DeviceNumbers;
  /** The ways in which the rings can draw; absent for all of them. */
  readonly ringStyles?: readonly RingStyle[];
  /** Messages that bring a text to a display of a plain surface. */
  readonly texts?: readonly (readonly TextByte[])[];
  /** A device that goes to sleep unless it hears this so often. */
  readonly keepAlive?: {readonly message: Uint8Array; readonly everyMs: number};
  /** The device changes the lamp of a key itself when it is pressed or let go: it is told again. */
  readonly ownLamps?: boolean;
  /** Messages sent as they are after opening and before closing. */
  readonly greeting: readonly Uint8Array[];
  readonly farewell: readonly Uint8Array[];
}

/** What a home-made surface says of itself. */
export type ToldSurface =
  | {
      readonly type: 'longthrow';
      /** Its descriptor, in hex. */
      readonly descriptor: string;
      readonly serial: string;
      readonly label: string;
      readonly bank?: number;
    }
  | {readonly type: 'deej'; readonly id: string; readonly sliders: number};

export interface Control {
  readonly id: ControlId;
  /** A knob is absolute, an encoder is endless, a jog is an encoder for time, a spring comes back to rest by itself. */
  readonly kind: 'fader' | 'knob' | 'encoder' | 'jog' | 'spring' | 'button';
  /** Channel strip of the unit, from 0; undefined for master and global controls. */
  readonly strip: number | undefined;
  /** Where it lives on the wire; only in the plain dialect, others know by name. */
  readonly address: Address | undefined;
  /** Where it lives, too: in other layers of the device itself. */
  readonly also?: readonly Address[];
  /** Where its cap tells that a hand is on it. */
  readonly touch?: Address;
  /** Where it tells so, too: in other layers of the device itself. */
  readonly alsoTouch?: readonly Address[];
}

export interface Output {
  readonly id: OutputId;
  readonly type:
    | 'fader'
    | 'ring'
    | 'lamp'
    | 'text'
    | 'colour'
    | 'meter'
    | 'overload'
    | 'digits'
    | 'pad'
    | 'warning'
    | 'key';
  readonly strip: number | undefined;
  /** Cells of a text line or digits of a display, 0 for the others. */
  readonly cells: number;
  readonly address: Address | undefined;
  /** Of a text: a single line, which names and values share; two if absent. */
  readonly lines?: 1;
  /** Of segment digits: they show figures and A to F only; any character if absent. */
  readonly figures?: boolean;
  /** Of a pad in a column: its place from 0 at the bottom. */
  readonly row?: number;
  /** Of a ring at an address. */
  readonly ring?: RingValues;
  /** The control around which it stands, where its own name does not say it. */
  readonly around?: ControlId;
}

/** The numbers that a device of the dialect `longthrow` gives to its controls and outputs. */
export interface DeviceNumbers {
  readonly faders: ReadonlyMap<number, ControlId>;
  readonly buttons: ReadonlyMap<number, ControlId>;
  readonly encoders: ReadonlyMap<number, ControlId>;
  readonly outputs: ReadonlyMap<OutputId, DeviceNumber>;
}

/** Which message shows an output, and at which number. */
export interface DeviceNumber {
  readonly message: 'motors' | 'meters' | 'lamps' | 'colours' | 'rings' | 'text' | 'warnings';
  readonly index: number;
  /** Lines of a text, 0 for all others. */
  readonly lines: number;
}

/** Which message carries a value: one of seven bits (`cc` … `program`), or one of fourteen (`cc14`, `nrpn`, `rpn`, `bend`). */
export type AddressMessage =
  | 'cc'
  | 'note'
  | 'poly'
  | 'pressure'
  | 'program'
  /** Two controllers, coarse at `number`, fine 32 above. */
  | 'cc14'
  | 'nrpn'
  | 'rpn'
  | 'bend';

/** A MIDI address: `channel` 1…16, undefined for any (input) or 1 (output); `number` 0…127, of `nrpn` and `rpn` 0…16383, 0 where the channel is all. */
export interface Address {
  readonly message: AddressMessage;
  readonly channel: number | undefined;
  readonly number: number;
  /** Value when lit or pressed, and when dark or released; of an endless encoder one step clockwise and one step back. */
  readonly on: number;
  readonly off: number;
  /** Value at the end of the travel, if it is not the faders' own. */
  readonly top?: number;
  /** A fader or knob whose values fall as it goes up or to the right: 0 is at the top of its travel. */
  readonly reverse?: true;
  /** A key that does not tell its release: it sends `on` and `off` by turns, or only ever one message. Both if absent. */
  readonly press?: 'toggle' | 'trigger';
  /** The custom of an endless encoder is found out while it is turned. */
  readonly relative?: 'auto';
}

/** The values of a ring of lamps at a plain address. */
export interface RingValues {
  /** The value of a dark ring. */
  readonly dark: number;
  /** First and last value of each way of drawing, from left to right. */
  readonly styles: Readonly<Partial<Record<RingStyle, readonly [first: number, last: number]>>>;
  /** Added while the small lamp is lit. */
  readonly centre: number;
  /** Where the way of drawing is told apart from the value, and its value for each; `dark` where darkness is one of them, else it is a value of the ring. */
  readonly styleAt?: {
    readonly address: Address;
    readonly values: Readonly<Partial<Record<RingStyle, number>>>;
    readonly dark?: number;
  };
}

/** A byte of a message for a display, or what stands for it: a line of text in ASCII, or the strip's number, counted on. */
export type TextByte = number | 'top' | 'bottom' | {readonly stripFrom: number};

/** How fast takeover brings a value to a fader or knob that stands elsewhere. */
export type Takeover =
  /** At once. */
  | 'jump'
  /** When the hand meets the value or passes over it; nothing moves until then. */
  | 'pick-up'
  /** Both reach the end of the travel together. */
  | 'scaled'
  /** The value moves as far as the hand. */
  | 'parallel'
  /** Every move takes the value a part of the way to the hand. */
  | 'glide';

export interface FaderTraits {
  readonly motor: boolean;
  /** `sensed`: the cap feels the hand. `inferred`: touched while it moves and `settleMs` after. */
  readonly touch: 'sensed' | 'inferred';
  readonly settleMs: number;
  /** Whether the device must be sent back what the hand does, lest its servo pulls the fader home. */
  readonly echo: boolean;
  /** Wire value of the top of the travel; what lies above counts as the top. */
  readonly topValue: number;
  /** Steps smaller than this are not sent to the motor. */
  readonly stepValue: number;
  /** The scale printed beside the faders. */
  readonly taper: Taper;
  /** How a fader or knob that stands elsewhere takes its value over; as the layout says if absent. */
  readonly takeover?: Takeover;
}

export interface Handshake {
  /**
   * `none`: speaks at once. `answer`: queried, and answered if it asks. `challenge`: silent until it has confirmed. `ping`: asked again and
   * again, there as long as it answers.
   */
  readonly kind: 'none' | 'answer' | 'challenge' | 'ping';
  /** Device id byte of the dialect's SysEx messages. */
  readonly deviceId: number;
}

export interface MeterTraits {
  readonly steps: number;
  /** The device lets a level fall by itself; undefined if it holds what it was sent. */
  readonly decayMsPerStep: number | undefined;
  /** A level that stays is sent again after this time. */
  readonly resendMs: number;
  readonly overload: boolean;
  /** A stereo pair for the mix bus beside the strips'. */
  readonly master: boolean;
  /** It tells clipping and the unknown from any level. */
  readonly marks?: boolean;
  /** Values of a meter at an address, from dark to full, one more than steps; even shares of seven bits if absent. */
  readonly values?: readonly number[];
}
