import type {TextByte} from '../model/surface.ts';
import {readHexMessage} from './hex-message.ts';

/** A template of a message for a display, or what is wrong with it. */
export type TextTemplate =
  | {readonly state: 'good'; readonly bytes: readonly TextByte[]}
  | {readonly state: 'bad'; readonly reason: string};

/** Reads a whole MIDI message in hex in which `{top}` and `{bottom}` stand for lines of text and `{strip}` or `{strip+n}` for a number. */
export function readTextTemplate(text: string): TextTemplate {
  const words = text.trim().split(/\s+/);
  const places = words.map(placeOf);
  const unknown = words.find((word, index) => word.startsWith('{') && places[index] === undefined);
  if (unknown !== undefined) {
    return {state: 'bad', reason: `"${unknown.slice(0, 20)}" is none of {top}, {bottom}, {strip}, {strip+16}`};
  }
  const message = readHexMessage(words.map((word, index) => (places[index] === undefined ? word : '00')).join(' '));
  if (message.state === 'bad') return message;
  if (message.bytes[0] !== 0xf0) return {state: 'bad', reason: 'texts travel in messages that begin with F0'};
  return {state: 'good', bytes: words.map((_, index) => places[index] ?? message.bytes[index] ?? 0)};
}

function placeOf(word: string): TextByte | undefined {
  if (word === '{top}') return 'top';
  if (word === '{bottom}') return 'bottom';
  const counted = /^\{strip(?:\+(\d{1,2}))?\}$/.exec(word);
  return counted === null ? undefined : {stripFrom: Number(counted[1] ?? 0)};
}
