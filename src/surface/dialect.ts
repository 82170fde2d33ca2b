import type {ControlEvent} from '../model/control.ts';
import type {Change} from '../model/picture.ts';
import type {Surface} from '../model/surface.ts';
import {createDeejDialect} from './deej.ts';
import {createHuiDialect} from './hui.ts';
import {createLongthrowDialect} from './longthrow.ts';
import {createMackieDialect} from './mackie.ts';
import {createPlainDialect} from './plain.ts';
import {createReportDialect} from './reports.ts';

/** What a device says: what the hand did, and how the connection stands. */
export type Heard =
  | ControlEvent
  /** The device wants an answer now: send these, in order, past any queue. */
  | {readonly type: 'link.asked'; readonly reply: readonly Uint8Array[]}
  /**
   * The device is there and listens: it confirmed, answered, is ready, or spoke for the first time. Said again when it
   * announces itself again, as after a loss of power: what it showed is then gone.
   */
  | {readonly type: 'link.confirmed'}
  /** It answered again whether it is still there: nothing changed. */
  | {readonly type: 'link.answered'}
  /** `reason` is a sentence for the user. */
  | {readonly type: 'link.refused'; readonly reason: string};

/** `meter` may come late or never, `picture` (a drawn level) some times a second, `text` late; `state` neither. */
export type Lane = 'state' | 'text' | 'meter' | 'picture';

/** What to send in one piece, replacing what still waits under the same key: one MIDI message, or several between which nothing may come. */
export interface Outgoing {
  readonly key: string;
  readonly lane: Lane;
  /** May be drawn when they are asked for. */
  readonly bytes: Uint8Array;
  readonly because: string;
}

/** The question whether a device is still there: sent again and again, and the device is lost when nothing was answered for so long. */
export interface Pulse {
  readonly everyMs: number;
  readonly lostAfterMs: number;
  readonly messages: readonly Uint8Array[];
}

/**
 * How one product speaks, between bytes and the desk's words. One for each connection: it holds the reader's state and
 * what was last written to displays. Only the controls and outputs of the surface are heard and driven. Never throws.
 * Each array of bytes it gives is one whole MIDI message.
 */
export interface Dialect {
  /** Of a device that must go on answering; absent where silence means nothing. */
  readonly pulse?: Pulse;
  /** To send on opening, and again to ask anew: queries and the greeting of the mapping. Forgets what was written. */
  hello(): readonly Uint8Array[];
  /** What these bytes say, in order; they may end anywhere in a message and be used again afterwards. */
  read(bytes: Uint8Array): readonly Heard[];
  /** The messages of these changes; what a surface does not have is left out. */
  write(changes: readonly Change[]): readonly Outgoing[];
  /** To send before closing: lamps, rings, meters and displays dark, motors where they are, then the mapping's farewell. */
  goodbye(): readonly Uint8Array[];
}

/** The dialect of a surface, for one connection. */
export function createDialect(surface: Surface): Dialect {
  switch (surface.dialect) {
    case 'mackie':
      return createMackieDialect(surface);
    case 'hui':
      return createHuiDialect(surface);
    case 'plain':
      return createPlainDialect(surface);
    case 'longthrow':
      return createLongthrowDialect(surface);
    case 'deej':
      return createDeejDialect(surface);
    case 'reports':
    case 'image-keys':
      return createReportDialect(surface);
  }
}
