/** The largest sample that any device takes as it is: 1 − 2⁻²³, the same as at the end of the mix. */
const ceiling = 1 - 2 ** -23;

/**
 * Holds a side within the ceiling, in place: what a monitor turned up (or a reference file) brings above it would else be the device's to treat, and no
 * two do it alike. What is no number is silence. Within the ceiling no bit is changed.
 */
export function holdCeiling(side: Float32Array): void {
  for (let frame = 0; frame < side.length; frame++) {
    const sample = side[frame] ?? 0;
    if (Math.abs(sample) <= ceiling) continue;
    side[frame] = sample > 0 ? ceiling : sample < 0 ? -ceiling : 0;
  }
}
