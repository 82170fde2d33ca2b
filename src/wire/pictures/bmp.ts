import type {Pixels} from './pixels.ts';

/**
 * A bitmap file of 24 bits a pixel (BITMAPINFOHEADER), all numbers low byte first.
 *
 *   0      42 4D            "BM"
 *   2      length of the file
 *   10     36 00 00 00      where the pixels begin
 *   14     28 00 00 00      length of this header
 *   18     width, height    32 bits each; height > 0: rows from the bottom
 *   26     01 00 18 00      one plane, 24 bits
 *   34     length of the pixels
 *   38     C4 0E 00 00 × 2  3780 pixels a metre
 *   54     blue, green, red of each pixel, each row padded to a multiple of 4 bytes
 */
const headLength = 54;
const pixelsPerMetre = 3780;

/** A picture as such a file. */
export function encodeBmp({width, height, rgb}: Pixels): Uint8Array {
  const rowLength = Math.ceil((3 * width) / 4) * 4;
  const file = new Uint8Array(headLength + rowLength * height);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  view.setUint32(2, file.length, true);
  view.setUint32(10, headLength, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  view.setUint32(34, file.length - headLength, true);
  view.setInt32(38, pixelsPerMetre, true);
  view.setInt32(42, pixelsPerMetre, true);
  for (let y = 0; y < height; y++) {
    const row = headLength + (height - 1 - y) * rowLength;
    for (let x = 0; x < width; x++) {
      const from = 3 * (y * width + x);
      for (let part = 0; part < 3; part++) file[row + 3 * x + part] = rgb[from + 2 - part] ?? 0;
    }
  }
  return file;
}
