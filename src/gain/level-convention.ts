/**
 * "dBFS RMS" is said of two things 3.01 dB apart. Every average and RMS level here is referenced to a sine, as AES17 has it and as K-System meters and
 * "0 VU at −18 dBFS" take for granted: a sine that peaks at −18 dBFS reads −18. (The mathematical RMS of that sine is −21.01 dBFS.) Crest factors alone
 * are mathematical, and say so.
 */
export const rmsConvention = 'sine-referenced (AES17)';

/** What a mean square is multiplied by to be referenced to a sine. */
const sinePower = 2;

/** What a mean of absolute values is multiplied by to be referenced to a sine. */
export const sineAverage = Math.PI / 2;

/** A mean square as a level in dBFS, referenced to a sine; `-Infinity` for silence. */
export function rmsDb(meanSquare: number): number {
  return meanSquare > 0 ? 10 * Math.log10(sinePower * meanSquare) : Number.NEGATIVE_INFINITY;
}
