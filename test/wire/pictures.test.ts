import test from 'ava';
import fc from 'fast-check';
import {decode} from 'jpeg-js';
import {newBitWriter} from '../../src/wire/pictures/bit-writer.ts';
import {encodeBmp} from '../../src/wire/pictures/bmp.ts';
import {encodeJpeg} from '../../src/wire/pictures/jpeg.ts';
import {type Pixels, turned} from '../../src/wire/pictures/pixels.ts';

/** Boxes and lines in few colours, as keys are drawn. */
const drawing: fc.Arbitrary<Pixels> = fc
  .record({
    width: fc.integer({min: 1, max: 40}),
    height: fc.integer({min: 1, max: 40}),
    colours: fc.array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), {minLength: 1, maxLength: 4}),
    grain: fc.integer({min: 1, max: 9}),
  })
  .map(({width, height, colours, grain}) => {
    const rgb = new Uint8Array(3 * width * height);
    for (let at = 0; at < width * height; at++) {
      const place = Math.floor((at % width) / grain) + 3 * Math.floor(at / width / grain);
      rgb.set(colours[place % colours.length] ?? [0, 0, 0], 3 * at);
    }
    return {width, height, rgb};
  });

test("another's decoder sees the picture that was encoded, whatever its size", (t) => {
  fc.assert(
    fc.property(drawing, (pixels) => {
      const {width, height, data} = decode(encodeJpeg(pixels), {useTArray: true, formatAsRGBA: false});
      const apart = data.reduce((sum, value, at) => sum + Math.abs(value - (pixels.rgb[at] ?? 0)), 0) / data.length;
      return width === pixels.width && height === pixels.height && apart < 14;
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('what is flat stays flat, and a picture is always the same bytes', (t) => {
  for (const value of [0, 1, 127, 128, 254, 255]) {
    const flat = {width: 72, height: 72, rgb: new Uint8Array(3 * 72 * 72).fill(value)};
    const file = encodeJpeg(flat);
    const seen = decode(file, {useTArray: true, formatAsRGBA: false}).data;
    t.true(seen.every((part) => Math.abs(part - value) <= 2));
    t.deepEqual(encodeJpeg(flat), file);
    t.true(file.length < 1000);
  }
});

test('a picture begins and ends as a JPEG file does, and no marker stands in its scan', (t) => {
  const rgb = Uint8Array.from({length: 3 * 64 * 64}, (_, at) => (at * 7919) & 0xff);
  const file = encodeJpeg({width: 64, height: 64, rgb});
  t.deepEqual([...file.subarray(0, 4), ...file.subarray(-2)], [0xff, 0xd8, 0xff, 0xe0, 0xff, 0xd9]);
  const scan = file.subarray(file.lastIndexOf(0xda) + 13, -2);
  for (const [at, byte] of scan.entries()) if (byte === 0xff) t.is(scan[at + 1], 0);
  t.deepEqual(decode(file, {useTArray: true}).width, 64);
});

test('bits are written from the highest on, FF is followed by 00, and ones fill the end', (t) => {
  const bits = newBitWriter(1);
  bits.put(0b101, 3);
  bits.put(0b11111, 5);
  bits.put(0xff, 8);
  bits.put(0b01, 2);
  t.deepEqual([...bits.finish()], [0b10111111, 0xff, 0x00, 0b01111111]);
});

test('a bitmap has the rows from the bottom, blue first, and rows of whole words', (t) => {
  const file = encodeBmp({width: 1, height: 2, rgb: Uint8Array.of(1, 2, 3, 4, 5, 6)});
  t.is(Buffer.from(file.subarray(0, 2)).toString(), 'BM');
  t.is(file.length, 54 + 8);
  t.deepEqual([...file.subarray(54)], [6, 5, 4, 0, 3, 2, 1, 0]);
  t.is(encodeBmp({width: 72, height: 72, rgb: new Uint8Array(3 * 72 * 72)}).length, 15_606);
  t.is(encodeBmp({width: 80, height: 80, rgb: new Uint8Array(3 * 80 * 80)}).length, 19_254);
});

test('turning and mirroring go where they should, and back', (t) => {
  // Two by three, each pixel its number.
  const rgb = Uint8Array.from({length: 18}, (_, at) => Math.floor(at / 3));
  const pixels = {width: 2, height: 3, rgb};
  const of = ({rgb: shown}: Pixels): string => [...shown].filter((_, at) => at % 3 === 0).join('');
  t.is(of(turned(pixels, 0)), '012345');
  t.is(of(turned(pixels, 90)), '420531');
  t.is(of(turned(pixels, 180)), '543210');
  t.is(of(turned(pixels, 270)), '135024');
  t.is(of(turned(pixels, 0, 'left-right')), '103254');
  t.is(of(turned(pixels, 0, 'up-down')), '452301');
  t.like(turned(pixels, 90), {width: 3, height: 2});
  for (const mirror of ['none', 'left-right', 'up-down'] as const)
    for (const [turn, back] of [
      [0, 0],
      [90, 270],
      [180, 180],
      [270, 90],
    ] as const)
      t.deepEqual(turned(turned(turned(pixels, turn, mirror), 0, mirror), back), pixels);
});
