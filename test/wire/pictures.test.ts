import test from 'ava';
import fc from 'fast-check';
import {decode} from 'jpeg-js';
import {newBitWriter} from '../../src/wire/pictures/bit-writer.ts';
import {encodeBmp} from '../../src/wire/pictures/bmp.ts';
import {encodeJpeg} from '../../src/wire/pictures/jpeg.ts';
import {middlingSteps} from '../../src/wire/pictures/jpeg-tables.ts';
import {type Pixels, turned} from '../../src/wire/pictures/pixels.ts';

/** Pictures of whole blocks, one colour a block. */
const blocks: fc.Arbitrary<Pixels> = fc
  .record({
    across: fc.integer({min: 1, max: 4}),
    down: fc.integer({min: 1, max: 4}),
    colours: fc.array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), {minLength: 16, maxLength: 16}),
  })
  .map(({across, down, colours}) => {
    const pixels = {width: 8 * across, height: 8 * down, rgb: new Uint8Array(3 * 64 * across * down)};
    for (let at = 0; at < 64 * across * down; at++) {
      const block = Math.floor((at % pixels.width) / 8) + across * Math.floor(at / pixels.width / 8);
      pixels.rgb.set(colours[block] ?? [0, 0, 0], 3 * at);
    }
    return pixels;
  });
const seenBy = (pixels: Pixels) => decode(encodeJpeg(pixels), {useTArray: true, formatAsRGBA: false});
/** Half a step in each coefficient: nothing greyer can be further away on average; a little more for whole numbers. */
const greyBound = 1 + Math.sqrt(middlingSteps.reduce((sum, step) => sum + ((0.7 * step + 0.5) / 2) ** 2, 0) / 64);

test("another's decoder sees every block in its colour", (t) => {
  fc.assert(
    fc.property(blocks, (pixels) => {
      const {width, height, data} = seenBy(pixels);
      const isRight = data.every((value, at) => Math.abs(value - (pixels.rgb[at] ?? 0)) <= 5);
      return width === pixels.width && height === pixels.height && isRight;
    }),
    {numRuns: 40},
  );
  t.pass();
});

test("another's decoder sees any grey picture as near as half a step a coefficient allows, and one of any size whole", (t) => {
  fc.assert(
    fc.property(fc.uint8Array({minLength: 64, maxLength: 64}), fc.integer({min: 1, max: 8}), (greys, width) => {
      const rgb = Uint8Array.from([...greys].flatMap((grey) => [grey, grey, grey]));
      const {data} = seenBy({width: 8, height: 8, rgb});
      const squares = greys.reduce((sum, grey, at) => sum + (grey - (data[3 * at] ?? 0)) ** 2, 0);
      const cut = seenBy({width, height: 5, rgb});
      return Math.sqrt(squares / 64) <= greyBound && cut.width === width && cut.height === 5;
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
