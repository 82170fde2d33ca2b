import {type BitWriter, newBitWriter} from './bit-writer.ts';
import {transformBlock, transformScale} from './cosine-transform.ts';
import {colourSteps, firstCode, type HuffmanCode, middlingSteps, otherCode, zigzag} from './jpeg-tables.ts';
import type {Pixels} from './pixels.ts';

/**
 * A picture as a baseline JPEG file (T.81) in JFIF: three parts, none subsampled, steps of luminance and of colour, one pair of codes for all.
 *
 *   FF D8                                      begin
 *   FF E0 00 10 "JFIF" 00 01 01 00 …           JFIF 1.1, pixels are square
 *   FF DB 00 43 00 …                           64 steps of luminance, in zigzag order; 01 those of colour
 *   FF C4 …                                    codes: 00 first coefficients, 10 all others
 *   FF C0 00 11 08 height width 03             8 bits a part; parts 1, 2, 3: each 11, steps 0, 1, 1
 *   FF DA 00 0C 03 01 00 02 00 03 00 00 3F 00  the scan: blocks of 8 × 8, luminance, blue, red in turn
 *   FF D9                                      end
 */
const lumaSteps = middlingSteps.map((step) => Math.max(1, Math.round(step * 0.7)));
const chromaSteps = colourSteps.map((step) => Math.max(1, Math.round(step * 0.9)));
const lumaDivisors = divisorsOf(lumaSteps);
const chromaDivisors = divisorsOf(chromaSteps);

/** Codes by symbol. */
interface Codes {
  readonly bits: Uint16Array;
  readonly lengths: Uint8Array;
}
const first = codesOf(firstCode);
const other = codesOf(otherCode);
const zeroRun = 0xf0;

const beginning: readonly number[] = [
  ...[0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
  ...[0xff, 0xdb, 0, 67, 0, ...zigzag.map((place) => lumaSteps[place] ?? 1)],
  ...[0xff, 0xdb, 0, 67, 1, ...zigzag.map((place) => chromaSteps[place] ?? 1)],
  ...codeSegment(0x00, firstCode),
  ...codeSegment(0x10, otherCode),
];
const scanHead: readonly number[] = [0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0];

/** Encodes a picture of up to 65,535 pixels a side. The same picture gives the same bytes. */
export function encodeJpeg(pixels: Pixels): Uint8Array {
  const {width, height} = pixels;
  const out = newBitWriter(width * height);
  const block = new Float64Array(64);
  const before = [0, 0, 0];
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8)
      for (const [part, factors] of parts.entries()) {
        const isFlat = fillBlock(block, pixels, left, top, factors);
        before[part] = writeBlock(out, block, isFlat, part === 0 ? lumaDivisors : chromaDivisors, before[part] ?? 0);
      }
  const frame = [0xff, 0xc0, 0, 17, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3];
  for (const part of [1, 2, 3]) frame.push(part, 0x11, part === 1 ? 0 : 1);
  return Uint8Array.from([...beginning, ...frame, ...scanHead, ...out.finish(), 0xff, 0xd9]);
}

/** Luminance, blue and red of JFIF, by red, green and blue, and what is taken off. */
const parts = [
  {red: 0.299, green: 0.587, blue: 0.114, less: 128},
  {red: -0.168736, green: -0.331264, blue: 0.5, less: 0},
  {red: 0.5, green: -0.418688, blue: -0.081312, less: 0},
] as const;

/** Takes one part of 8 × 8 pixels, the outermost repeated beyond the edge; says whether all are alike. */
function fillBlock(
  block: Float64Array,
  {width, height, rgb}: Pixels,
  left: number,
  top: number,
  {red, green, blue, less}: (typeof parts)[number],
): boolean {
  let isFlat = true;
  for (let y = 0; y < 8; y++) {
    const row = Math.min(height - 1, top + y) * width;
    for (let x = 0; x < 8; x++) {
      const at = 3 * (row + Math.min(width - 1, left + x));
      const value = red * (rgb[at] ?? 0) + green * (rgb[at + 1] ?? 0) + blue * (rgb[at + 2] ?? 0) - less;
      block[8 * y + x] = value;
      if (value !== block[0]) isFlat = false;
    }
  }
  return isFlat;
}

/** Transforms, quantizes and writes a block; returns its first coefficient. */
function writeBlock(
  out: BitWriter,
  block: Float64Array,
  isFlat: boolean,
  divisors: Float64Array,
  before: number,
): number {
  if (isFlat) {
    const level = Math.round(64 * (block[0] ?? 0) * (divisors[0] ?? 0));
    writeValue(out, first, 0, level - before);
    writeSymbol(out, other, 0);
    return level;
  }
  transformBlock(block);
  const level = Math.round((block[0] ?? 0) * (divisors[0] ?? 0));
  writeValue(out, first, 0, level - before);
  let zeros = 0;
  for (let index = 1; index < 64; index++) {
    const place = zigzag[index] ?? 0;
    const value = Math.round((block[place] ?? 0) * (divisors[place] ?? 0));
    if (value === 0) {
      zeros += 1;
      continue;
    }
    for (; zeros > 15; zeros -= 16) writeSymbol(out, other, zeroRun);
    writeValue(out, other, zeros << 4, value);
    zeros = 0;
  }
  if (zeros > 0) writeSymbol(out, other, 0);
  return level;
}

/** A value: the code of its size beside the zeros before it, then its bits; those of negative ones are one less. */
function writeValue(out: BitWriter, codes: Codes, zeros: number, value: number): void {
  const size = 32 - Math.clz32(Math.abs(value));
  writeSymbol(out, codes, zeros | size);
  if (size > 0) out.put(value < 0 ? value + (1 << size) - 1 : value, size);
}

function writeSymbol(out: BitWriter, {bits, lengths}: Codes, symbol: number): void {
  out.put(bits[symbol] ?? 0, lengths[symbol] ?? 0);
}

/** Codes are given in order, those of each length counting on from the last (T.81, annex C). */
function codesOf({counts, symbols}: HuffmanCode): Codes {
  const bits = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  let code = 0;
  let at = 0;
  for (const [index, count] of counts.entries()) {
    for (const symbol of symbols.subarray(at, at + count)) {
      bits[symbol] = code;
      lengths[symbol] = index + 1;
      code += 1;
    }
    at += count;
    code <<= 1;
  }
  return {bits, lengths};
}

function codeSegment(kind: number, {counts, symbols}: HuffmanCode): readonly number[] {
  return [0xff, 0xc4, 0, 3 + counts.length + symbols.length, kind, ...counts, ...symbols];
}

/** What the transform leaves to be divided out, and the step, by place in the block. */
function divisorsOf(steps: readonly number[]): Float64Array {
  return Float64Array.from(
    steps,
    (step, place) => 1 / (step * 8 * transformScale(place >> 3) * transformScale(place & 7)),
  );
}
