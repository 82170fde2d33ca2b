import type {ControlId} from './control.ts';
import type {OutputId} from './picture.ts';

/** A HID device by its USB numbers, four lower-case hexadecimal digits each. */
export interface HidId {
  readonly vendor: string;
  readonly product: string;
  /** Usage page of the interface, where the device has several. */
  readonly usagePage: number | undefined;
}

/** How a surface speaks in HID reports: where its controls lie in those it sends, and what is written to its outputs. */
export interface ReportTraits {
  /** Each control's places; in a report that several fit the first one that fits counts. */
  readonly places: ReadonlyMap<ControlId, readonly ReportPlace[]>;
  readonly lamps: ReadonlyMap<OutputId, LampReport>;
  readonly pictures: ReadonlyMap<OutputId, PicturePlace>;
  readonly touch: TouchTraits | undefined;
}

/** Where one control lies: at byte `at` (from 0, the report's number counted where there is one) of reports that begin with `start`. */
export interface ReportPlace {
  /** Undefined stands for any byte. */
  readonly start: readonly (number | undefined)[];
  readonly at: number;
  readonly field: ReportField;
}

export type ReportField =
  /** Pressed while set; bits count on from the lowest of byte `at`. */
  | {readonly type: 'bit'; readonly bit: number}
  /** Pressed while the byte is this value: keys that are told by a number, one at a time. */
  | {readonly type: 'code'; readonly code: number}
  /** A counter of 8 bits that wraps; its first value tells nothing. */
  | {readonly type: 'counter'; readonly reverse: boolean}
  /** Signed steps since the last report. */
  | {readonly type: 'relative'; readonly reverse: boolean}
  /** Signed, at rest in the middle: `span` at its ends; what is no more than `dead` is rest. Low byte first. */
  | {
      readonly type: 'spring';
      readonly bytes: 1 | 2;
      readonly span: number;
      readonly dead: number;
      readonly reverse: boolean;
    }
  /** Absolute, `bottom` … `top`, low byte first; what is beyond counts as the end. */
  | {
      readonly type: 'position';
      readonly bytes: 1 | 2;
      readonly bottom: number;
      readonly top: number;
      readonly reverse: boolean;
    };

/** A report to write, with places for what changes, padded with zeros to `size`. */
export interface ReportTemplate {
  readonly way: 'output' | 'feature';
  readonly bytes: readonly ReportByte[];
  readonly size: number;
}

/** A byte of a template: as it is, or what stands for it; 16-bit values are two bytes. */
export type ReportByte = number | (typeof reportWords)[number];
export const reportWords = [
  'level',
  'red',
  'green',
  'blue',
  'key',
  'last',
  'part-low',
  'part-high',
  'length-low',
  'length-high',
  'x-low',
  'x-high',
  'y-low',
  'y-high',
  'width-low',
  'width-high',
  'height-low',
  'height-high',
] as const;

/** How a lamp is lit: `level` 0…`full`, colours 0…`full` each. */
export interface LampReport {
  readonly template: ReportTemplate;
  readonly full: number;
}

/** A drawn picture of a device: what it is and how it travels. */
export interface PictureTraits {
  /** As the eye sees it, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly format: 'jpeg' | 'bmp';
  /** Turned clockwise by so many degrees before it is sent, then mirrored. */
  readonly turn: 0 | 90 | 180 | 270;
  readonly mirror: 'none' | 'left-right' | 'up-down';
  /** The head of each packet; what follows in it is the picture. */
  readonly packet: ReportTemplate;
  /** Bytes of the picture in one packet. */
  readonly body: number;
  /** Number of the first packet of a picture. */
  readonly firstPart: number;
}

/** A place for a picture: a key by its number on the wire, or an area of a display by its corner in pixels. */
export interface PicturePlace {
  readonly traits: PictureTraits;
  readonly key: number;
  readonly x: number;
  readonly y: number;
}

/** A touch strip, divided evenly into areas for the strips of the unit. */
export interface TouchTraits {
  readonly start: readonly (number | undefined)[];
  /** Where its kind of touch lies (1 short, 2 long, 3 swipe), the column in pixels, and where a swipe ended; 16 bits, low byte first. */
  readonly kindAt: number;
  readonly xAt: number;
  readonly endAt: number;
  readonly width: number;
  /** What a touch presses: a control, or for `name.*` the one of the area touched. */
  readonly short: ControlId | undefined;
  readonly long: ControlId | undefined;
  readonly swipeLeft: ControlId | undefined;
  readonly swipeRight: ControlId | undefined;
}
