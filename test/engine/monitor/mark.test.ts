import test from 'ava';
import fc from 'fast-check';
import {createMonitorPath} from '../../../src/engine/monitor/monitor-path.ts';
import {type Monitor, newMonitor, speakers} from '../../../src/model/monitor.ts';
import {samplesOf} from '../../samples.ts';

const anyMonitor: fc.Arbitrary<Monitor> = fc.record({
  dim: fc.boolean(),
  dimDb: fc.constant(-20),
  mono: fc.boolean(),
  swap: fc.boolean(),
  polarity: fc.constantFrom('none' as const, 'left' as const),
  speaker: fc.constantFrom(...speakers),
  reference: fc.constant('off' as const),
  referenceNumber: fc.constant(1),
  levelDb: fc.constantFrom(0, -6, Number.NEGATIVE_INFINITY),
});

test('from a mark on, the same sound is treated the same to the bit, whatever came between', (t) => {
  fc.assert(
    fc.property(anyMonitor, anyMonitor, anyMonitor, fc.integer({min: 1, max: 700}), (first, second, astray, frames) => {
      const path = createMonitorPath(48_000, newMonitor);
      const block = (seed: number): [Float32Array, Float32Array] => [
        samplesOf(frames, (frame) => Math.sin(frame * 0.1 + seed)),
        samplesOf(frames, (frame) => Math.cos(frame * 0.07 + seed)),
      ];
      path.set(first);
      path.process(...block(1));
      const goBack = path.mark();
      path.set(second);
      const once = block(2);
      path.process(...once);
      path.set(astray);
      path.process(...block(3));
      goBack();
      path.set(second);
      const again = block(2);
      path.process(...again);
      return once.every((side, index) => side.every((sample, frame) => Object.is(sample, again[index]?.[frame])));
    }),
    {numRuns: 60},
  );
  t.pass();
});
