import {colourNames} from '../../model/mixer.ts';
import {lcdText, segmentCharacter, segmentCode} from './characters.ts';
import type {DigitDisplay, DisplayMessage, Rgb} from './message.ts';

/**
 * The data of SysEx messages to the displays, Mackie Control protocol (`F0 00 00 66 id command … F7`) and two makers' own.
 *
 *   10 d×1…10    time digits, the rightmost first, see characters.ts
 *   11 d×1…2     assignment digits, right then left
 *   12 oo t…     LCD text from cell oo on: 00–37 the upper row, 38–6F the lower
 *   72 c×8       colours of the scribble strips (later devices): bit 0 red, bit 1 green, bit 2 blue
 *
 *   F0 00 02 4E 16 14 (r g b)×8 F7   the same, each part 00–7F (maker 00 02 4E)
 */

/** Cells of one LCD row; both rows together are the whole display. */
export const lcdRowCells = 56;
const lcdCells = 2 * lcdRowCells;
const displayCommands = {'lcd-text': 0x12, colours: 0x72, time: 0x10, assignment: 0x11} as const;
const rgbBeginning: readonly number[] = [0x00, 0x02, 0x4e, 0x16, 0x14];

/** What the data after a command byte says to a display; undefined for other commands and damaged data. */
export function decodeDisplay(deviceId: number, command: number, rest: Uint8Array): DisplayMessage | undefined {
  switch (command) {
    case displayCommands['lcd-text']: {
      const offset = rest[0];
      if (offset === undefined || offset >= lcdCells) return undefined;
      return {type: 'lcd-text', deviceId, offset, text: textOf(rest.subarray(1, 1 + lcdCells - offset))};
    }
    case displayCommands.time:
      return decodeDigits(deviceId, 'time', rest.subarray(0, digitCount('time')));
    case displayCommands.assignment:
      return decodeDigits(deviceId, 'assignment', rest.subarray(0, digitCount('assignment')));
    case displayCommands.colours:
      if (rest.length !== 8) return undefined;
      return {type: 'colours', deviceId, colours: Array.from(rest, (bits) => colourNames[bits & 7] ?? 'white')};
    default:
      return undefined;
  }
}

function decodeDigits(deviceId: number, display: DigitDisplay, bytes: Uint8Array): DisplayMessage {
  const digits = Array.from(bytes, segmentCharacter).reverse();
  const dots = digits.flatMap((digit, index) => (digit.dot ? [index] : []));
  return {type: 'digits', deviceId, display, text: digits.map((digit) => digit.character).join(''), dots};
}

/** The colours of a message with a byte for each part (what stands between F0 and F7); undefined for every other SysEx. */
export function decodeRgbColours(data: Uint8Array): DisplayMessage | undefined {
  const parts = data.subarray(rgbBeginning.length);
  if (parts.length !== 24 || !rgbBeginning.every((byte, at) => data[at] === byte)) return undefined;
  const colours = Array.from(
    {length: 8},
    (_, strip): Rgb => [parts[3 * strip] ?? 0, parts[3 * strip + 1] ?? 0, parts[3 * strip + 2] ?? 0],
  );
  return {type: 'rgb-colours', colours};
}

/** The command and data bytes of LCD text, a message for each row it touches; none outside the display. */
export function encodeLcdText(offset: number, characters: string): readonly (readonly number[])[] {
  if (!Number.isInteger(offset) || offset < 0 || offset >= lcdCells) return [];
  const codes = codesOf(characters).slice(0, lcdCells - offset);
  const rowEnd = offset < lcdRowCells ? lcdRowCells - offset : codes.length;
  const row = (from: number, cells: readonly number[]): readonly number[] => [
    displayCommands['lcd-text'],
    from,
    ...cells,
  ];
  const first = row(offset, codes.slice(0, rowEnd));
  return codes.length <= rowEnd ? [first] : [first, row(lcdRowCells, codes.slice(rowEnd))];
}

/** The command and data bytes of all digits of a display; what is too long loses its left end. */
export function encodeDigits(display: DigitDisplay, text: string, dots: readonly number[]): readonly number[] {
  const codes = Array.from(text, (character, index) => segmentCode(character, dots.includes(index)));
  return [displayCommands[display], ...codes.reverse().slice(0, digitCount(display))];
}

/** The command and data bytes of the colours of eight scribble strips. */
export function encodeColours(colours: readonly (typeof colourNames)[number][]): readonly number[] {
  return [displayCommands.colours, ...colours.map((colour) => colourNames.indexOf(colour))];
}

/** What stands between F0 and F7 of colours with a byte for each part. */
export function encodeRgbColours(colours: readonly Rgb[]): readonly number[] {
  return [...rgbBeginning, ...colours.flat()];
}

/** Digits of a display. */
export function digitCount(display: DigitDisplay): number {
  return display === 'time' ? 10 : 2;
}

/** Bytes 00–7F as characters. */
export function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

/** Characters as bytes 00–7F; all others are transliterated. */
export function codesOf(characters: string): readonly number[] {
  const plain = /^[\0-\x7f]*$/.test(characters) ? characters : lcdText(characters);
  return Array.from(plain, (character) => character.charCodeAt(0));
}
