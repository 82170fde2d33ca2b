import test from 'ava';
import fc from 'fast-check';
import {type Corridor, shortestThrough} from '../../src/automation/corridor.ts';

const gates = fc
  .array(
    fc.tuple(
      fc.integer({min: 1, max: 50}),
      fc.double({min: -5, max: 5, noNaN: true}),
      fc.double({min: 0, max: 3, noNaN: true}),
    ),
    {minLength: 2, maxLength: 60},
  )
  .map((steps): Corridor & {readonly wanted: Float64Array} => {
    let frame = 0;
    const frames = steps.map(([wait]) => {
      frame += wait;
      return frame;
    });
    return {
      frames: Int32Array.from(frames),
      lows: Float64Array.from(steps, ([, middle, half]) => middle - half),
      highs: Float64Array.from(steps, ([, middle, half]) => middle + half),
      wanted: Float64Array.from(steps, ([, middle]) => middle),
    };
  });

/** How high a chain is at each gate. */
function heights({frames, ...corridor}: Corridor, wanted: Float64Array): readonly number[] {
  const corners = shortestThrough({frames, ...corridor}, wanted);
  return Array.from(frames, (frame, index) => {
    const next = corners.find((corner) => corner.index >= index);
    const before = corners.findLast((corner) => corner.index <= index);
    if (next === undefined || before === undefined) return Number.NaN;
    if (next.index === before.index) return next.height;
    const from = frames[before.index] ?? 0;
    return before.height + ((next.height - before.height) * (frame - from)) / ((frames[next.index] ?? 0) - from);
  });
}

test('a chain passes every gate', (t) => {
  fc.assert(
    fc.property(gates, (corridor) =>
      heights(corridor, corridor.wanted).every(
        (height, index) =>
          height >= (corridor.lows[index] ?? 0) - 1e-9 && height <= (corridor.highs[index] ?? 0) + 1e-9,
      ),
    ),
    {numRuns: 300},
  );
  t.pass();
});

test('gates that one line passes need no corner between the ends', (t) => {
  const line = fc.tuple(fc.double({min: -1, max: 1, noNaN: true}), fc.double({min: -9, max: 9, noNaN: true}));
  fc.assert(
    fc.property(gates, line, ({frames, lows, highs, wanted}, [slope, start]) => {
      const onLine = (index: number): number => start + slope * (frames[index] ?? 0);
      const room = (index: number): number => (highs[index] ?? 0) - (lows[index] ?? 0) + 0.01;
      const around = {
        frames,
        lows: lows.map((_, index) => onLine(index) - room(index)),
        highs: highs.map((_, index) => onLine(index) + room(frames.length - 1 - index)),
      };
      return shortestThrough(around, wanted).length === 2;
    }),
    {numRuns: 300},
  );
  t.pass();
});

test('the next corner is as far away as any line reaches', (t) => {
  fc.assert(
    fc.property(gates, (corridor) => {
      const [, second] = shortestThrough(corridor, corridor.wanted);
      const beyond = (second?.index ?? 0) + 1;
      if (beyond >= corridor.frames.length) return true;
      // A line through all gates up to the next would lean on a lower and an upper end of two of them.
      const upTo = Array.from({length: beyond + 1}, (_, index) => index);
      const ends = upTo.flatMap(
        (index) =>
          [
            [index, corridor.lows[index] ?? 0],
            [index, corridor.highs[index] ?? 0],
          ] as const,
      );
      return !ends.some(([one, from]) =>
        ends.some(([other, to]) => {
          if (other <= one) return false;
          const slope = (to - from) / ((corridor.frames[other] ?? 0) - (corridor.frames[one] ?? 0));
          return upTo.every((index) => {
            if (index === one || index === other) return true;
            const height = from + slope * ((corridor.frames[index] ?? 0) - (corridor.frames[one] ?? 0));
            return height >= (corridor.lows[index] ?? 0) + 1e-9 && height <= (corridor.highs[index] ?? 0) - 1e-9;
          });
        }),
      );
    }),
    {numRuns: 60},
  );
  t.pass();
});
