/**
 * Endless encoders send steps, not positions, in one 7-bit value. There are six customs, and each is known by the two
 * values it gives for one step clockwise and one step back:
 *
 *   up 01 down 7F  two's complement           n is n, −n is 80 − n
 *   up 01 down 41  sign and magnitude         bit 6 is the sign (Mackie)
 *   up 41 down 01  the same, inverted         bit 6 is clockwise (HUI)
 *   up 41 down 3F  offset 64                  n is 40 + n
 *   up 11 down 0F  offset 16                  n is 10 + n
 *   up 7F down 00  inc and dec                one step a message
 */
export interface RelativeEncoding {
  readonly up: number;
  readonly down: number;
}

/** Steps of a value, positive clockwise; 0 where the value says that nothing turned. */
export function decodeSteps(encoding: RelativeEncoding, value: number): number {
  const {up, down} = encoding;
  if (up === down) return 0;
  if (Math.abs(up - down) === 2) return (value - (up + down) / 2) * Math.sign(up - down);
  if ((up ^ down) === 0x40) {
    const magnitude = value & 0x3f;
    return (value & 0x40) === (up & 0x40) ? magnitude : -magnitude + 0;
  }
  if (up + down === 0x80) {
    const steps = value < 0x40 ? value : value - 0x80;
    return (up < down ? steps : -steps) + 0;
  }
  return Math.abs(value - up) <= Math.abs(value - down) ? 1 : -1;
}
