/**
 * The line protocol of deej boxes (deej, open source): potentiometers that tell where they stand, again and again, and hear nothing.
 *
 *   0|512|1023 CR LF     one number a slider, 0…1023, all of them in each line
 */
export interface DeejReader {
  /** What came since the last line end. */
  readonly held: string;
}

/** The reader before the first byte. */
export const newDeejReader: DeejReader = {held: ''};
/** The highest reading of a slider. */
export const deejTop = 1023;
/** Most sliders of a box. */
const mostDeejSliders = 32;

const longestLine = 1024;
const linePattern = /^\d{1,4}(\|\d{1,4})*\r?$/;

/** The reader after these bytes, and the readings of each whole line; what is no line of a box is passed over. */
export function stepDeej(
  {held}: DeejReader,
  bytes: Uint8Array,
): {readonly state: DeejReader; readonly lines: readonly (readonly number[])[]} {
  const parts = (held + String.fromCharCode(...bytes)).split('\n');
  const rest = parts.pop() ?? '';
  return {
    // Noise without line ends must not fill the memory; too long a line is none.
    state: {held: rest.length > longestLine ? '' : rest},
    lines: parts.flatMap((line) => {
      if (!linePattern.test(line)) return [];
      const readings = line.trimEnd().split('|').map(Number);
      return readings.length <= mostDeejSliders && readings.every((reading) => reading <= deejTop) ? [readings] : [];
    }),
  };
}
