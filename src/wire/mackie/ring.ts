import type {Cell, RingStyle} from '../../model/picture.ts';

/**
 * The byte of one encoder's ring of eleven lamps, `B0 30+strip vv` in the Mackie Control protocol.
 *
 *   0 p mm vvvv   p     the small lamp under the ring
 *                 mm    0 dot, 1 boost and cut (lit from the centre), 2 wrap (lit from the left), 3 spread (from the centre both ways)
 *                 vvvv  0 dark, 1…11 the lamp (6 is the centre); spread 1…6
 */
const styles: readonly RingStyle[] = ['dot', 'boost-cut', 'wrap', 'spread'];

/** The ring byte; a position beyond the last lamp is the last lamp. */
export function ringByte(style: RingStyle, position: number, centre: boolean): number {
  const lamp = Math.min(ringLamps(style), Math.max(0, Math.round(position) || 0));
  return (centre ? 0x40 : 0) | (styles.indexOf(style) << 4) | lamp;
}

/** What a ring byte shows. */
export function ringOf(byte: number): {style: RingStyle; position: number; centre: boolean} {
  const style = styles[(byte >> 4) & 3] ?? 'dot';
  return {style, position: Math.min(ringLamps(style), byte & 0x0f), centre: (byte & 0x40) !== 0};
}

/** The highest position of a style. */
export function ringLamps(style: RingStyle): number {
  return style === 'spread' ? 6 : 11;
}

/** The lamp for a value 0…1: the first for 0, the last for 1; dark for undefined. */
export function ringPosition(style: RingStyle, value: number | undefined): number {
  if (value === undefined || Number.isNaN(value)) return 0;
  return 1 + Math.round((ringLamps(style) - 1) * Math.min(1, Math.max(0, value)));
}

/** A ring's cell as its message has it. */
export function ringFace({style, position, centre}: Extract<Cell, {type: 'ring'}>): ReturnType<typeof ringOf> {
  return {style, position: ringPosition(style, position), centre};
}
