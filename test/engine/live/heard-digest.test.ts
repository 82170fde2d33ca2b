import test from 'ava';
import fc from 'fast-check';
import {createHeardDigest, type Heard} from '../../../src/engine/live/heard-digest.ts';
import {type MeterFrame, masterField, masterFields} from '../../../src/model/meter.ts';

function frame(atFrame: number, hasLoss = false): MeterFrame {
  const values = new Float32Array(masterFields);
  if (hasLoss) values[masterField.outOvers] = 1;
  return {atFrame, frames: 512, rolling: true, values};
}

function heard(atMs: number, more: Partial<Heard> = {}): Heard {
  const rest = {tape: [], playing: true, takenSerial: 0, lateBlocks: 0, starvedBlocks: 0};
  return {type: 'heard', frames: [frame(atMs * 48)], atMs, ...rest, ...more};
}

/** The times at which something was told. */
function toldAt(all: readonly Heard[]): number[] {
  const told: number[] = [];
  const digest = createHeardDigest(({atMs}) => told.push(atMs));
  all.forEach(digest);
  return told;
}

test('the first is told at once, and what follows every 20 ms', (t) => {
  t.deepEqual(toldAt([0, 8, 16, 24, 32, 40, 48].map((atMs) => heard(atMs))), [0, 24, 48]);
});

const news: readonly (readonly [name: string, news: Partial<Heard>])[] = [
  ['samples that were lost', {frames: [frame(384, true)]}],
  ['a tape that stops', {playing: false}],
  ['a command that was taken', {takenSerial: 1}],
  ['a block that was late', {lateBlocks: 1}],
  ['a stem that was not ready', {starvedBlocks: 1}],
];

for (const [name, more] of news) {
  test(`${name} is told at once`, (t) => {
    t.deepEqual(toldAt([heard(0), heard(8, more), heard(12, {...more, frames: []})]), [0, 8]);
  });
}

test('no frame is lost or told twice, none waits for more than 20 ms and a round, and all else is as it was last', (t) => {
  const steps = fc.array(
    fc.record({
      ms: fc.integer({min: 1, max: 12}),
      blocks: fc.integer({min: 0, max: 3}),
      loss: fc.boolean(),
      late: fc.integer({min: 0, max: 1}),
      serial: fc.integer({min: 0, max: 1}),
    }),
    {maxLength: 60},
  );
  fc.assert(
    fc.property(steps, (all) => {
      const told: Heard[] = [];
      const digest = createHeardDigest((message) => told.push(message));
      let [atMs, atFrame, lateBlocks, takenSerial] = [0, 0, 0, 0];
      const waiting = new Map<number, number>();
      for (const {ms, blocks, loss, late, serial} of all) {
        atMs += ms;
        lateBlocks += late;
        takenSerial += serial;
        const frames = Array.from({length: blocks}, () => {
          waiting.set(atFrame, atMs);
          const made = frame(atFrame, loss);
          atFrame += made.frames;
          return made;
        });
        const before = told.length;
        const last = heard(atMs, {frames, lateBlocks, takenSerial});
        digest(last);
        const now = told.slice(before);
        if (now.length > 1) return false;
        for (const {frames: taken, ...rest} of now) {
          for (const {atFrame: at} of taken) if (!waiting.delete(at)) return false;
          if (waiting.size > 0) return false;
          const {frames: _, ...meant} = last;
          t.deepEqual(rest, meant);
        }
        if ([...waiting.values()].some((sinceMs) => atMs - sinceMs >= 20)) return false;
      }
      const inOrder = told.flatMap(({frames}) => frames.map(({atFrame: at}) => at));
      return inOrder.every((at, index) => at === index * 512);
    }),
  );
  t.pass();
});
