import test from 'ava';
import fc from 'fast-check';
import {crc32} from '../../../src/engine/stems/checksum.ts';
import {longestOggPage, readOggPage} from '../../../src/engine/stems/ogg-page.ts';
import {fixtureBytes} from './scratch.ts';

/** A page with this content, in segments of 255 bytes and a rest. */
function makePage(content: Uint8Array, flags: number, granule: bigint, number: number): Buffer {
  const segments = Math.floor(content.length / 255) + 1;
  const page = Buffer.alloc(27 + segments + content.length);
  page.write('OggS', 0, 'latin1');
  page.writeUInt8(flags, 5);
  page.writeBigInt64LE(granule, 6);
  page.writeUInt32LE(0xfedcba98, 14);
  page.writeUInt32LE(number, 18);
  page.writeUInt8(segments, 26);
  page.fill(255, 27, 27 + segments - 1);
  page.writeUInt8(content.length % 255, 27 + segments - 1);
  page.set(content, 27 + segments);
  page.writeUInt32LE(crc32(page, 0, page.length), 22);
  return page;
}

test('a page tells its flags, granule, serial number and length', (t) => {
  const page = makePage(new Uint8Array(300), 6, 123_456_789_012n, 7);
  t.deepEqual(readOggPage(page, 0), {
    isFirst: true,
    isLast: true,
    granule: 123_456_789_012,
    serial: 0xfedcba98,
    number: 7,
    contentOffset: 29,
    bytes: 329,
  });
  t.like(readOggPage(makePage(new Uint8Array(1), 0, -1n, 0), 0), {isFirst: false, isLast: false, granule: -1});
});

test('pages of every length up to the longest are read, anywhere in a buffer', (t) => {
  const length = fc.integer({min: 0, max: 254 * 255});
  fc.assert(
    fc.property(length, fc.nat(50), (bytes, before) => {
      const page = makePage(new Uint8Array(bytes).fill(bytes & 255), 0, 5n, 1);
      const buffer = Buffer.concat([Buffer.alloc(before), page, Buffer.from('OggS')]);
      return page.length <= longestOggPage && readOggPage(buffer, before)?.bytes === page.length;
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('a page that is cut, or has one wrong bit, is no page', (t) => {
  const page = makePage(
    Uint8Array.from({length: 60}, (_, index) => index),
    0,
    5n,
    1,
  );
  fc.assert(
    fc.property(fc.nat(page.length - 1), fc.nat(7), (at, bit) => {
      const wrong = Buffer.from(page);
      wrong.writeUInt8(wrong.readUInt8(at) ^ (1 << bit), at);
      return readOggPage(page.subarray(0, at), 0) === undefined && readOggPage(wrong, 0) === undefined;
    }),
    {numRuns: 300},
  );
  t.pass();
});

for (const name of ['tone.ogg', 'tone.opus']) {
  test(`the pages of ${name} follow each other from the first to the last`, async (t) => {
    const bytes = await fixtureBytes(name);
    let at = 0;
    for (let number = 0; at < bytes.length; number++) {
      const page = readOggPage(bytes, at);
      if (page === undefined) return t.fail(`no page at ${at}`);
      t.like(page, {serial: 7, number, isFirst: number === 0, isLast: at + page.bytes === bytes.length});
      at += page.bytes;
    }
    t.is(at, bytes.length);
  });
}
