import test from 'ava';
import {createGainWatch, type GainWatch} from '../../src/app/gain-watch.ts';
import {masterId, newMixer, newStrip} from '../../src/model/mixer.ts';
import {type Heard, type MemoryEngine, memoryEngine} from '../journeys/memory-engine.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';

const lookMs = 33;
const mixer = newMixer({strips: [newStrip({id: 'vocal', name: 'Vocal', colour: 'green'})]});

interface Watched {
  readonly watch: GainWatch;
  readonly engine: MemoryEngine;
  readonly timers: VirtualTimers;
  /** A look's time of sound with that peak, then the look; how many frames were taken in by it. */
  look(peak: number, more?: Partial<Heard>): Promise<number>;
  /** A look's time without any sound, then the look. */
  lookInVain(): Promise<void>;
}

function watched(isWatchedClosely = false, watchedMixer = mixer): Watched {
  const timers = new VirtualTimers();
  const engine = memoryEngine(watchedMixer);
  const watch = createGainWatch({
    engine,
    clock: {now: timers.now, after: timers.after, soon: (call) => void timers.after(0, call)},
    hasSound: () => true,
    ruleChanges: [],
    isWatchedClosely: () => isWatchedClosely,
    changed: () => {},
  });
  return {
    watch,
    engine,
    timers,
    async look(peak, more = {}) {
      engine.hear(0.03, new Map([[0, {...more, peak}]]), peak);
      await timers.pass(lookMs);
      let taken = 0;
      watch.look(({frames}) => {
        taken += frames;
      });
      return taken;
    },
    async lookInVain() {
      await timers.pass(lookMs);
      watch.look(() => {});
    },
  };
}

test('the chosen meter follows at every look', async (t) => {
  const {watch, look} = watched();
  for (const peak of [0.1, 0.2, 0.4, 0.8]) {
    await look(peak);
    t.is(watch.readingOf('vocal')?.shown?.mark.toFixed(3), (20 * Math.log10(peak)).toFixed(3));
  }
});

test('a reading that was asked for stays as it was', async (t) => {
  const {watch, look} = watched();
  const kept = [];
  for (const peak of [0.1, 0.2, 0.4, 0.8]) {
    await look(peak);
    const reading = watch.readingOf('vocal');
    t.is(watch.readingOf('vocal'), reading, 'made once a look');
    kept.push([reading, structuredClone(reading)]);
  }
  for (const [reading, then] of kept) t.deepEqual(reading, then);
});

test('where no meters come any more, no level is shown at the first look after half a second, whichever it is', async (t) => {
  for (const before of [1, 2]) {
    const {watch, look, lookInVain} = watched();
    for (let at = 0; at < before; at++) await look(0.1);
    for (let sinceMs = lookMs; sinceMs < 800; sinceMs += lookMs) {
      await lookInVain();
      t.is(watch.readingOf('vocal')?.shown === undefined, sinceMs >= 500, `after ${before}, ${sinceMs} ms`);
    }
  }
});

test('what the rules measure follows at every other look, and nothing of it is lost', async (t) => {
  const {watch, look} = watched();
  const taken: number[] = [];
  for (const peak of [0.1, 0.2, 0.4, 0.8, 0.9]) taken.push(await look(peak));
  t.deepEqual(taken, [1440, 0, 2880, 0, 2880]);
  t.is(watch.readingOf('vocal')?.inPeakDb.toFixed(3), (20 * Math.log10(0.9)).toFixed(3));
});

test('it follows at every look while meters show inputs or reductions', async (t) => {
  const {watch, look} = watched(true);
  for (const peak of [0.1, 0.2, 0.4, 0.8]) {
    t.is(await look(peak), 1440);
    t.is(watch.readingOf('vocal')?.inPeakDb.toFixed(3), (20 * Math.log10(peak)).toFixed(3));
    t.is(watch.readingOf(masterId)?.inPeakDb.toFixed(3), (20 * Math.log10(peak)).toFixed(3));
  }
});

test('where samples were lost, the next look asks the rules, whichever it is', async (t) => {
  for (const before of [1, 2]) {
    const {watch, look} = watched();
    for (let at = 0; at < before; at++) await look(0.1);
    watch.hurry();
    await look(1, {clipRun: 20});
    t.deepEqual(
      watch.warnings.map(({rule, strip}) => `${rule} ${strip}`),
      ['clip.out master', 'clip.in vocal'],
      `after ${before}`,
    );
  }
});

test('how much a voice is compressed on average does not depend on what meters show', (t) => {
  // 22 dB at each of four syllables a second, let go within 80 ms: 7.2 dB on average.
  const reductionDb = (ms: number): number => 22 * Math.exp(-(ms % 250) / 80);
  const vocals = newMixer({
    strips: [newStrip({id: 'vox', name: 'Vox', group: 'vocals', parameters: {'comp.on': 1}})],
  });
  for (const [isWatchedClosely, blocksALook] of [
    [false, 3],
    [true, 3],
    [true, 1],
  ] as const) {
    const {watch, engine, timers} = watched(isWatchedClosely, vocals);
    for (let block = 1; block <= 1200; block++) {
      engine.hear(0.01, new Map([[0, {peak: 0.3, power: 0.01, compressorDb: reductionDb(block * 10)}]]), 0.3);
      timers.advance(10);
      if (block % blocksALook === 0) watch.look(() => {});
    }
    const advice = watch.warnings.find(({rule}) => rule === 'vox.comp')?.advice ?? '';
    t.regex(advice, /is compressed by (6\.[89]|7\.[0-5]) dB on average/, `${isWatchedClosely} ${blocksALook}`);
  }
});

test('a seen clip is gone from the reading at once', async (t) => {
  const {watch, look} = watched();
  watch.hurry();
  await look(1, {clipRun: 20});
  t.true(watch.readingOf('vocal')?.clipped);
  watch.acknowledge('vocal');
  t.false(watch.readingOf('vocal')?.clipped);
});
