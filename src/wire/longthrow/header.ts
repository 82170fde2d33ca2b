import {u16At} from './little-endian.ts';

/**
 * What every body begins with.
 *   0 VC    b7-6 wire major 01   b5-4 class   b3 time stamp follows, only of STATE   b2 further frames follow, only of KEYFRAME   b1-0 reserved, 0
 *   1 sequence, for each class and direction   2 type   3 time stamp u16, only with b3: ticks of the device
 */
export interface Header {
  readonly messageClass: MessageClass;
  readonly sequence: number;
  /** Number of the message type, 0…255. */
  readonly type: number;
  /** Ticks of the device, which wrap at 65,536; undefined without a time stamp. */
  readonly time: number | undefined;
  /** Whether further keyframes follow. */
  readonly more: boolean;
  /** Where the payload begins. */
  readonly length: 3 | 5;
}

/** What a frame is promised, by number. */
const messageClasses = ['state', 'reliable', 'ack', 'system'] as const;
export type MessageClass = (typeof messageClasses)[number];

/** Bytes of the check behind the payload. */
export const checkSize = 2;
/** Bytes of the shortest body: a header and a check. */
export const shortestBody = 5;

const wireMajor = 1;
const timeBit = 0x08;
const moreBit = 0x04;
const reservedBits = 0x03;
const keyframe = 0x1f;

/** Reads the header of a body with a right check, or says why the body is to be dropped. */
export function readHeader(body: Uint8Array): Header | 'version' | 'reserved' | 'malformed' {
  const [first = 0, sequence = 0, type = 0] = body;
  if (first >> 6 !== wireMajor) return 'version';
  const messageClass = messageClasses[(first >> 4) & 3] ?? 'state';
  const timed = (first & timeBit) !== 0;
  const more = (first & moreBit) !== 0;
  const isState = messageClass === 'state';
  if ((first & reservedBits) !== 0 || (timed && !isState) || (more && !(isState && type === keyframe)))
    return 'reserved';
  if (!timed) return {messageClass, sequence, type, time: undefined, more, length: 3};
  if (body.length < shortestBody + 2) return 'malformed';
  return {messageClass, sequence, type, time: u16At(body, 3), more, length: 5};
}

/** Writes a header. */
export function writeHeader({messageClass, sequence, type, time, more}: Omit<Header, 'length'>): readonly number[] {
  const bits = (time === undefined ? 0 : timeBit) | (more ? moreBit : 0);
  const first = (wireMajor << 6) | (messageClasses.indexOf(messageClass) << 4) | bits;
  if (time === undefined) return [first, sequence & 0xff, type];
  return [first, sequence & 0xff, type, time & 0xff, (time >> 8) & 0xff];
}
