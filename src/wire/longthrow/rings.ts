import type {RingStyle} from '../../model/picture.ts';
import {readCounted} from './counted.ts';
import {u16Bytes} from './little-endian.ts';

/** RING, host to device: 26, STATE:  0 first   1 count   2 u16 × count: b15-14 style, b13 small lamp, b12 lit, b11-0 position, 0 unless lit */
export interface Rings {
  readonly type: 'rings';
  readonly first: number;
  readonly rings: readonly Ring[];
}

/** What one ring shows. */
export interface Ring {
  readonly style: RingStyle;
  readonly centre: boolean;
  /** 0…4,095, undefined for dark. */
  readonly position: number | undefined;
}

/** Styles by their numbers. */
export const ringStyles: readonly RingStyle[] = ['dot', 'boost-cut', 'wrap', 'spread'];
/** Position of a full ring. */
export const ringTop = 0x0fff;
const centreBit = 0x2000;
const litBit = 0x1000;

/** Reads a RING; undefined where it is malformed. */
export function readRings(payload: Uint8Array): Rings | undefined {
  const row = readCounted(payload, 2);
  if (row?.values.some((value) => (value & litBit) === 0 && (value & ringTop) !== 0) !== false) return undefined;
  return {type: 'rings', first: row.first, rings: row.values.map(ringOf)};
}

/** Writes a RING. */
export function writeRings({first, rings}: Rings): readonly number[] {
  return [first, rings.length, ...rings.flatMap((ring) => u16Bytes(numberOf(ring)))];
}

function ringOf(value: number): Ring {
  return {
    style: ringStyles[value >> 14] ?? 'dot',
    centre: (value & centreBit) !== 0,
    position: (value & litBit) === 0 ? undefined : value & ringTop,
  };
}

function numberOf({style, centre, position}: Ring): number {
  const lit = position === undefined ? 0 : litBit | (position & ringTop);
  return (Math.max(0, ringStyles.indexOf(style)) << 14) | (centre ? centreBit : 0) | lit;
}
