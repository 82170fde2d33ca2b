/**
 * How a bounce is written: WAV with integers of 16 or 24 bits or with 32-bit floats, or FLAC with integers. Integers are dithered (TPDF),
 * floats are the very samples of the mix.
 */
export const soundFormats = ['pcm24', 'pcm16', 'float32', 'flac24', 'flac16'] as const;
export type SoundFormat = (typeof soundFormats)[number];
