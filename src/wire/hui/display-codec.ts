import {lcdText} from '../mackie/characters.ts';
import type {Digit, DisplayMessage} from './message.ts';

/**
 * The displays of the HUI protocol, all to the device: `F0 00 00 66 05 00 command … F7`.
 *
 *   10 dd c×4          four characters: dd 0–7 the strips, 8 what the encoders are assigned to
 *   11 d×1…8           time digits, the rightmost first; 00–0F are 0–9 and A–F, bit 4 a dot, bit 5 blank
 *   12 (zz c×10)×n     the large display in quarters of a row: zz 0–3 above, 4–7 below
 *
 * Characters are 20–7E as ASCII; the others differ from display to display and are never sent.
 */
const beginning: readonly number[] = [0x00, 0x00, 0x66, 0x05, 0x00];
const commands = {'strip-text': 0x10, time: 0x11, 'main-text': 0x12} as const;
/** Characters of a small display. */
export const stripCells = 4;
/** Small displays: eight strips and the assignment. */
export const stripDisplays = 9;
/** Characters of one quarter of the large display's row, and its quarters in both rows. */
export const quarterCells = 10;
export const quarters = 8;
/** Digits of the time display. */
export const timeDigits = 8;
const figures = '0123456789ABCDEF';

/** What a SysEx (its bytes between F0 and F7) says to a display; undefined for all that this protocol does not know. */
export function decodeDisplay(data: Uint8Array): DisplayMessage | undefined {
  if (!beginning.every((byte, at) => data[at] === byte)) return undefined;
  const rest = data.subarray(beginning.length + 1);
  switch (data[beginning.length]) {
    case commands['strip-text']: {
      const display = rest[0];
      if (display === undefined || display >= stripDisplays || rest.length !== 1 + stripCells) return undefined;
      return {type: 'strip-text', display, text: textOf(rest.subarray(1))};
    }
    case commands.time:
      if (rest.length === 0 || rest.length > timeDigits) return undefined;
      return {type: 'time', digits: Array.from(rest, digitOf)};
    case commands['main-text']: {
      const part = 1 + quarterCells;
      if (rest.length === 0 || rest.length % part !== 0) return undefined;
      const parts = Array.from({length: rest.length / part}, (_, index) => ({
        quarter: rest[index * part] ?? 0,
        text: textOf(rest.subarray(index * part + 1, (index + 1) * part)),
      }));
      return parts.some(({quarter}) => quarter >= quarters) ? undefined : {type: 'main-text', parts};
    }
    default:
      return undefined;
  }
}

/** What stands between F0 and F7 of a display's message; undefined for a display or quarter that is not there. */
export function encodeDisplay(message: DisplayMessage): Uint8Array | undefined {
  switch (message.type) {
    case 'strip-text':
      if (!isIndex(message.display, stripDisplays)) return undefined;
      return data(commands['strip-text'], [message.display, ...cellsOf(message.text, stripCells)]);
    case 'time':
      if (message.digits.length === 0) return undefined;
      return data(commands.time, message.digits.slice(0, timeDigits).map(digitByte));
    case 'main-text':
      if (message.parts.length === 0 || !message.parts.every(({quarter}) => isIndex(quarter, quarters)))
        return undefined;
      return data(
        commands['main-text'],
        message.parts.flatMap(({quarter, text}) => [quarter, ...cellsOf(text, quarterCells)]),
      );
  }
}

/** The byte of a digit; characters that seven segments of this display cannot show are blank. */
function digitByte({character, dot}: Digit): number {
  const figure = character === '' ? -1 : figures.indexOf(character.toUpperCase());
  return (figure < 0 ? 0x20 : figure) | (dot ? 0x10 : 0);
}

function digitOf(byte: number): Digit {
  const character = (byte & 0x20) !== 0 ? ' ' : (figures[byte & 0x0f] ?? ' ');
  return {character, dot: (byte & 0x10) !== 0};
}

function data(command: number, rest: readonly number[]): Uint8Array {
  return Uint8Array.of(...beginning, command, ...rest);
}

/** Text as so many bytes: transliterated, cut, or filled up with blanks. */
function cellsOf(text: string, cells: number): readonly number[] {
  return Array.from(lcdText(text).slice(0, cells).padEnd(cells), (character) => character.charCodeAt(0));
}

function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function isIndex(index: number, count: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < count;
}
