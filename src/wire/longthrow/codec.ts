import {frameCheck} from './crc.ts';
import {frame} from './framer.ts';
import {checkSize, type MessageClass, readHeader, shortestBody, writeHeader} from './header.ts';
import {u16At} from './little-endian.ts';
import {classOf, kindAt, type Message, messageKinds} from './message.ts';
import {readPayload, writePayload} from './payload.ts';

/** A message on its way. */
export interface Frame {
  readonly message: Message;
  /** 0…255, counted for each class and direction. */
  readonly sequence: number;
  /** Ticks of the device, which wrap at 65,536; only of class state. */
  readonly time?: number;
  /** Further keyframes follow; only of a keyframe. */
  readonly more?: boolean;
}

/** Why a body is dropped, in the order in which it is looked at. */
export type Fault = 'short' | 'crc' | 'version' | 'reserved' | 'malformed' | 'unknown';

export type Decoded =
  | {readonly state: 'good'; readonly frame: Frame}
  /** `unknown` says which type was not known, so that a reliable one can be answered. */
  | {readonly state: 'unknown'; readonly type: number; readonly messageClass: MessageClass; readonly sequence: number}
  | {readonly state: 'bad'; readonly fault: Exclude<Fault, 'unknown'>};

/** What a body says in a session, 0 outside of any; hellos belong to none. Any bytes are decoded, none throw. */
export function decodeBody(body: Uint8Array, session: number): Decoded {
  if (body.length < shortestBody) return {state: 'bad', fault: 'short'};
  const end = body.length - checkSize;
  const check = frameCheck(body, end, sessionOf(body[2] ?? 0, session));
  if (check !== u16At(body, end)) return {state: 'bad', fault: 'crc'};
  const header = readHeader(body);
  if (typeof header === 'string') return {state: 'bad', fault: header};
  const {type, messageClass, sequence, time, more} = header;
  const kind = kindAt(type);
  if (kind === undefined) return {state: 'unknown', type, messageClass, sequence};
  const isEscape = kind === messageKinds.escape;
  const rightClass = messageClass === kind.messageClass || (isEscape && messageClass === 'state');
  const message = rightClass
    ? readPayload(type, messageClass === 'reliable', body.subarray(header.length, end))
    : undefined;
  if (message === undefined) return {state: 'bad', fault: 'malformed'};
  return {state: 'good', frame: frameOf(message, sequence, time, more)};
}

/** The body of a frame in a session, 0 outside of any. */
export function encodeBody({message, sequence, time, more = false}: Frame, session: number): Uint8Array {
  const type = messageKinds[message.type].number;
  const header = writeHeader({messageClass: classOf(message), sequence, type, time, more});
  const payload = writePayload(message);
  const end = header.length + payload.length;
  const body = new Uint8Array(end + checkSize);
  // Loops, since copying a short list by `set` costs more than all the rest.
  for (let at = 0; at < header.length; at++) body[at] = header[at] ?? 0;
  for (let at = 0; at < payload.length; at++) body[header.length + at] = payload[at] ?? 0;
  const check = frameCheck(body, end, sessionOf(type, session));
  body[end] = check & 0xff;
  body[end + 1] = check >> 8;
  return body;
}

/** A frame as it goes on the line, with its delimiters. */
export function encodeFrame(sent: Frame, session: number): Uint8Array {
  return frame(encodeBody(sent, session));
}

function sessionOf(type: number, session: number): number {
  return type === messageKinds['hello-request'].number || type === messageKinds.hello.number ? 0 : session;
}

function frameOf(message: Message, sequence: number, time: number | undefined, more: boolean): Frame {
  if (time === undefined) return more ? {message, sequence, more} : {message, sequence};
  return more ? {message, sequence, time, more} : {message, sequence, time};
}
