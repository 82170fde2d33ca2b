/** A picture: three bytes a pixel (red, green, blue), rows from the top, pixels from the left. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Turned clockwise, then mirrored. */
export function turned(
  {width, height, rgb}: Pixels,
  turn: 0 | 90 | 180 | 270,
  mirror: 'none' | 'left-right' | 'up-down' = 'none',
): Pixels {
  const isAcross = turn === 90 || turn === 270;
  const [toWidth, toHeight] = isAcross ? [height, width] : [width, height];
  const turnedRgb = new Uint8Array(rgb.length);
  for (let y = 0; y < toHeight; y++)
    for (let x = 0; x < toWidth; x++) {
      const across = mirror === 'left-right' ? toWidth - 1 - x : x;
      const down = mirror === 'up-down' ? toHeight - 1 - y : y;
      const [fromX, fromY] = source(across, down, turn, width, height);
      const from = 3 * (fromY * width + fromX);
      const to = 3 * (y * toWidth + x);
      turnedRgb[to] = rgb[from] ?? 0;
      turnedRgb[to + 1] = rgb[from + 1] ?? 0;
      turnedRgb[to + 2] = rgb[from + 2] ?? 0;
    }
  return {width: toWidth, height: toHeight, rgb: turnedRgb};
}

/** Where a pixel of the turned picture comes from. */
function source(x: number, y: number, turn: number, width: number, height: number): readonly [number, number] {
  switch (turn) {
    case 90:
      return [y, height - 1 - x];
    case 180:
      return [width - 1 - x, height - 1 - y];
    case 270:
      return [width - 1 - y, x];
    default:
      return [x, y];
  }
}
