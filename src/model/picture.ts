import type {Colour} from './mixer.ts';
import type {Hue, Tint} from './pad.ts';
import type {RuleId, Severity} from './warning.ts';

/**
 * What a surface shows: one cell an output. The desk renders the picture it wants, compares it with the picture it
 * believes to be shown, and sends the difference. An output that is absent from the shown picture is unknown.
 */

/**
 * An output of one unit, named as its control where it has one: `fader.1`, `ring.1`, `lamp.mute.1`, `lamp.play`, `text.1`,
 * `colour.1`, `meter.1`, `pad.rec.1` (a key in colours), `column.1.3` (third pad from below of a column of the first strip), `overload.1`, `digits.time`, `digits.assignment`, `meter.left`, `meter.right`, `warning.1`, `warning.master`,
 * `key.select.1` (a picture on the key of that control).
 */
export type OutputId = string;

/** How a ring of lamps draws its value. */
export type RingStyle = 'dot' | 'boost-cut' | 'wrap' | 'spread';

/** What a meter says that is no level, where the device can show it: samples are being lost, or nothing is known, which is never silence. */
export type MeterMark = 'clipped' | 'unknown';

export type Cell =
  /** Motor position 0…1 of the fader's travel. */
  | {readonly type: 'fader'; readonly position: number}
  /** `position` 0…1, or undefined for a dark ring; `centre` is the small lamp under it. */
  | {readonly type: 'ring'; readonly style: RingStyle; readonly position: number | undefined; readonly centre: boolean}
  | {readonly type: 'lamp'; readonly on: boolean}
  /** A lamp in colours; `brightness` 0…1, dark with `off`. */
  | {readonly type: 'pad'; readonly hue: Hue | Tint; readonly brightness: number}
  /** Two lines of one scribble strip, already cut to its cells. */
  | {readonly type: 'text'; readonly top: string; readonly bottom: string}
  | {readonly type: 'colour'; readonly colour: Colour}
  /** A key that is drawn: its strip's colour, two lines, a lamp in colours, and a level of 0…`keyLevels` where it shows one. */
  | {
      readonly type: 'key';
      readonly top: string;
      readonly bottom: string;
      readonly colour: Colour;
      readonly hue: Hue;
      readonly brightness: number;
      readonly level: number | undefined;
    }
  /** Lit steps of a level meter, 0 dark … the meter's number of steps. */
  | {readonly type: 'meter'; readonly step: number; readonly mark?: MeterMark}
  | {readonly type: 'overload'; readonly on: boolean}
  /** The gravest warning of a strip itself, for devices that show it their own way; `unknown` where nothing is known, which is never fine. */
  | {readonly type: 'warning'; readonly severity: 0 | Severity | 'unknown'; readonly rule: RuleId | undefined}
  /** Right-aligned characters of a segment display; a dot stands behind the character at each index in `dots`. */
  | {readonly type: 'digits'; readonly text: string; readonly dots: readonly number[]};

/** Steps of a drawn level. */
export const keyLevels = 24;

export type Picture = ReadonlyMap<OutputId, Cell>;

/** One thing to send, with the reason, for logs and tests. */
export interface Change {
  readonly output: OutputId;
  readonly cell: Cell;
  readonly because: string;
}
