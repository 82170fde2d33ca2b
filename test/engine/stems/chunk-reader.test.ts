import {open} from 'node:fs/promises';
import test from 'ava';
import fc from 'fast-check';
import {createChunkReader} from '../../../src/engine/stems/chunk-reader.ts';
import {scratchFile} from './scratch.ts';

test('a file is read in order whatever is asked for and forgotten, between its two bounds', async (t) => {
  const bytes = Uint8Array.from({length: 400_000}, (_, index) => (index * 31) ^ (index >> 8));
  const handle = await open(await scratchFile(t, bytes));
  const moves = fc.array(fc.record({fill: fc.nat(150_000), skip: fc.nat(150_000)}), {maxLength: 12});
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.integer({min: 200_000, max: 400_000}), moves, async (from, to, steps) => {
      const reader = createChunkReader({handle}, from, to);
      for (const {fill, skip} of steps) {
        const buffered = await reader.fill(fill);
        const at = reader.position();
        if (buffered < Math.min(fill, to - at)) return false;
        if (!Buffer.from(reader.bytes()).equals(Buffer.from(bytes.subarray(at, at + buffered)))) return false;
        reader.skip(skip);
        if (reader.position() !== at + Math.min(skip, buffered)) return false;
      }
      return true;
    }),
    {numRuns: 60},
  );
  await handle.close();
  t.pass();
});

test('a file that is shorter than told ends where it ends', async (t) => {
  const handle = await open(await scratchFile(t, new Uint8Array(100)));
  const reader = createChunkReader({handle}, 50, 1e12);
  t.is(await reader.fill(1000), 50);
  reader.skip(50);
  t.is(await reader.fill(1), 0);
  await handle.close();
});
