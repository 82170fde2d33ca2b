import type {PadByte, PadColours, PaletteEntry, Rgb} from '../model/pad.ts';
import {readHexMessage} from './hex-message.ts';
import type {ColumnsFile, PadColourFile} from './pad-schema.ts';

/** A template of a message for pads, or what is wrong with it. */
export type PadTemplate =
  | {readonly state: 'good'; readonly bytes: readonly PadByte[]}
  | {readonly state: 'bad'; readonly reason: string};

const places: ReadonlyMap<string, PadByte> = new Map(
  (['number', 'red', 'green', 'blue', 'value', 'brightness'] as const).map((name) => [`{${name}}`, name]),
);

/** Reads a whole MIDI message in hex in which `{number}`, `{red}`, `{green}`, `{blue}`, `{value}` and `{brightness}` may stand for data bytes. */
export function readPadTemplate(text: string): PadTemplate {
  const words = text.trim().split(/\s+/);
  const unknown = words.find((word) => word.startsWith('{') && !places.has(word));
  if (unknown !== undefined) {
    return {state: 'bad', reason: `"${unknown.slice(0, 20)}" is none of ${[...places.keys()].join(', ')}`};
  }
  const message = readHexMessage(words.map((word) => (places.has(word) ? '00' : word)).join(' '));
  if (message.state === 'bad') return message;
  return {state: 'good', bytes: words.map((word, index) => places.get(word) ?? message.bytes[index] ?? 0)};
}

/** The colours of a checked file. */
export function padColoursOf({palette, messages, offsets, brightness, full = 127}: PadColourFile): PadColours {
  const entriesOf = (colours: readonly string[] | Readonly<Record<string, string>>): readonly PaletteEntry[] =>
    Object.entries(colours).map(([value, hex]) => ({value: Number(value), rgb: rgbOf(hex)}));
  if (offsets !== undefined) return {type: 'offsets', entries: entriesOf(offsets)};
  const templates = (messages ?? [])
    .map(readPadTemplate)
    .flatMap((read) => (read.state === 'good' ? [read.bytes] : []));
  if (palette === undefined) return {type: 'messages', templates, full};
  return {
    type: 'palette',
    entries: entriesOf(palette),
    ...(messages === undefined ? {} : {templates}),
    ...(brightness === undefined ? {} : {brightness}),
  };
}

/** The number of one pad of the columns: strip and row from 0. */
export function padNumber({cc, note, step = 1, rowStep}: ColumnsFile, strip: number, row: number): number {
  return (cc ?? note ?? 0) + strip * step + row * rowStep;
}

function rgbOf(hex: string): Rgb {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}
