import test from 'ava';
import fc from 'fast-check';
import {openOutbox} from '../../src/app/outbox.ts';
import {idlePacing, type Pacing, stepPacing, windowMs} from '../../src/app/pacing.ts';
import type {Outgoing} from '../../src/surface/dialect.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';

type Lane = Outgoing['lane'];

const item = (key: string, value = 0, lane: Lane = 'state', length = 3): Outgoing => {
  const bytes = new Uint8Array(length);
  bytes[length - 1] = value;
  return {key, lane, bytes, because: `${key}=${value}`};
};

interface Sending {
  readonly atMs: number;
  readonly because: string;
  readonly length: number;
}

function open(bytesPerSecond = 1875) {
  const timers = new VirtualTimers();
  const sent: Sending[] = [];
  const outbox = openOutbox(
    {bytesPerSecond},
    (bytes, because) => sent.push({atMs: timers.nowMs, because, length: bytes.length}),
    timers,
  );
  return {timers, sent, outbox, reasons: () => sent.map(({because}) => because)};
}

/** Most bytes in any window of that length. */
function busiest(sent: readonly Sending[], lengthMs: number): number {
  return Math.max(
    0,
    ...sent.map(({atMs}) =>
      sent
        .filter((other) => other.atMs >= atMs && other.atMs < atMs + lengthMs)
        .reduce((sum, {length}) => sum + length, 0),
    ),
  );
}

test("an idle outbox sends a fader's answer before post returns", (t) => {
  const {outbox, sent} = open();
  outbox.post([item('fader.1', 1)]);
  t.deepEqual(sent, [{atMs: 0, because: 'fader.1=1', length: 3}]);
  t.is(outbox.waiting, 0);
});

test('of a key that waits only the newest goes out', (t) => {
  const {outbox, timers, reasons} = open();
  for (let value = 0; value <= 9; value += 1) outbox.post([item('fader.1', value)]);
  timers.advance(100);
  t.deepEqual(reasons(), ['fader.1=0', 'fader.1=9']);
});

test('state goes before text, and text before meters', (t) => {
  const {outbox, timers, reasons} = open(300);
  outbox.post([item('x', 0, 'state', 30)]);
  outbox.post([item('meter', 1, 'meter'), item('text', 1, 'text'), item('lamp', 1, 'state')]);
  timers.advance(1000);
  t.deepEqual(reasons().slice(1), ['lamp=1', 'text=1', 'meter=1']);
});

test('meters wait while states fill the budget, and only their newest is sent', (t) => {
  const {outbox, timers, sent} = open(600);
  for (let ms = 0; ms < 1000; ms += 10) {
    outbox.post(Array.from({length: 8}, (_, strip) => item(`fader.${strip}`, ms / 10)));
    outbox.post([item('meter.1', ms / 10, 'meter', 2)]);
    timers.advance(10);
  }
  const during = sent.filter(({because}) => because.startsWith('meter')).length;
  timers.advance(1000);
  t.true(during <= 1);
  t.is(sent.findLast(({because}) => because.startsWith('meter'))?.because, 'meter.1=99');
});

test("while texts and meters fill their share, a fader's answer still goes out at once", (t) => {
  const {outbox, timers, sent} = open();
  outbox.post(Array.from({length: 200}, (_, at) => item(`text.${at}`, 0, 'text', 15)));
  for (let round = 0; round < 20; round += 1) {
    timers.advance(37);
    outbox.post([item('fader.1', round)]);
    t.deepEqual(sent.at(-1), {atMs: timers.nowMs, because: `fader.1=${round}`, length: 3});
  }
});

test('a key is sent at most fifty times a second, a text ten times', (t) => {
  const {outbox, timers, sent} = open(100_000);
  for (let ms = 0; ms < 999; ms += 1) {
    outbox.post([item('fader.1', ms % 128), item('text.1', ms % 128, 'text')]);
    timers.advance(1);
  }
  const count = (key: string) => sent.filter(({because}) => because.startsWith(key)).length;
  t.deepEqual([count('fader'), count('text')], [50, 10]);
});

test('eight faders moved at 1 kHz stay under 1,875 bytes a second in every tenth of a second', (t) => {
  const {outbox, timers, sent} = open(1875);
  for (let ms = 0; ms < 2000; ms += 1) {
    for (let strip = 0; strip < 8; strip += 1) outbox.post([item(`fader.${strip}`, ms % 128)]);
    timers.advance(1);
  }
  timers.advance(200);
  t.true(busiest(sent, 100) <= 187.5);
  t.true(busiest(sent, 1000) <= 1875);
  for (let strip = 0; strip < 8; strip += 1)
    t.is(sent.findLast(({because}) => because.startsWith(`fader.${strip}=`))?.because, `fader.${strip}=${1999 % 128}`);
});

test('urgent bytes pass the queue, and what follows waits for them', (t) => {
  const {outbox, timers, sent} = open(1000);
  outbox.post(Array.from({length: 60}, (_, at) => item(`lamp.${at}`)));
  const before = sent.length;
  outbox.urgent(new Uint8Array(14));
  t.deepEqual(sent[before], {atMs: 0, because: 'urgent', length: 14});
  timers.advance(50);
  outbox.urgent(new Uint8Array(60));
  timers.advance(50);
  const first = sent.filter(({atMs, because}) => atMs > 0 && because !== 'urgent');
  t.is(first.length, 13, 'at 100 ms the urgent ones leave 40 of 100 bytes');
  t.true(first.every(({atMs}) => atMs === 100));
});

test('a message longer than the budget of a window is sent alone, not never', (t) => {
  const {outbox, timers, sent} = open(500);
  outbox.post([item('lamp'), item('long', 0, 'text', 120)]);
  timers.advance(150);
  outbox.post([item('lamp', 2)]);
  timers.advance(1000);
  t.deepEqual(
    sent.map(({atMs, length}) => [atMs, length]),
    [
      [0, 3],
      [100, 120],
      [200, 3],
    ],
  );
});

test('what is forgotten is never sent, and a closed outbox is silent', (t) => {
  const {outbox, timers, sent} = open(100);
  const many = Array.from({length: 50}, (_, at) => item(`lamp.${at}`));
  outbox.post(many);
  const {length} = sent;
  t.is(outbox.waiting, 50 - length);
  outbox.clear();
  t.is(outbox.waiting, 0);
  timers.advance(5000);
  t.is(sent.length, length);
  outbox.post(many);
  outbox.close();
  outbox.close();
  const closedAt = sent.length;
  outbox.post(many);
  outbox.urgent(Uint8Array.of(1));
  timers.advance(5000);
  t.deepEqual([sent.length, timers.pending, outbox.waiting], [closedAt, 0, 0]);
});

test('of a key that is forgotten no newer value is sent either, however it waited', (t) => {
  for (const forget of ['drop', 'clear'] as const) {
    const {outbox, timers, reasons} = open();
    outbox.post([item('fader.1', 1)]);
    outbox.post([item('fader.1', 2)]);
    // What waits is replaced only when something may go out.
    outbox.post([item('fader.1', 3)]);
    if (forget === 'drop') outbox.drop('fader.1');
    else outbox.clear();
    outbox.post([item('lamp', 1)]);
    timers.advance(500);
    t.deepEqual(reasons(), ['fader.1=1', 'lamp=1'], forget);
  }
});

test('an outbox closed by what it sends sends no more', (t) => {
  const timers = new VirtualTimers();
  let count = 0;
  const outbox = openOutbox(
    {bytesPerSecond: 1000},
    () => {
      count += 1;
      outbox.close();
    },
    timers,
  );
  outbox.post([item('a'), item('b')]);
  t.is(count, 1);
});

const posts = fc.array(
  fc.record({
    afterMs: fc.double({min: 0, max: 60, noNaN: true}),
    items: fc.array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
        fc.constantFrom<Lane>('state', 'text', 'meter'),
        fc.integer({min: 1, max: 40}),
      ),
      {maxLength: 6},
    ),
  }),
  {maxLength: 60},
);

test('whatever is posted: never above the budget, never an older value after a newer, the newest always sent', (t) => {
  fc.assert(
    fc.property(posts, fc.integer({min: 400, max: 4000}), (rounds, bytesPerSecond) => {
      const {outbox, timers, sent} = open(bytesPerSecond);
      const newest = new Map<string, number>();
      let serial = 0;
      for (const {afterMs, items} of rounds) {
        timers.advance(afterMs);
        outbox.post(
          items.map(([key, lane, length]) => {
            serial += 1;
            newest.set(key, serial);
            return {key, lane, bytes: new Uint8Array(length), because: `${key}=${serial}`};
          }),
        );
      }
      timers.advance(10_000);
      const last = new Map<string, number>();
      for (const {because} of sent) {
        const [key = '', value = ''] = because.split('=');
        if (Number(value) <= (last.get(key) ?? 0)) return false;
        last.set(key, Number(value));
      }
      const complete = [...newest].every(([key, value]) => last.get(key) === value);
      const allowed = Math.max((bytesPerSecond * windowMs) / 1000, 40);
      // A timer cannot fire between two floats: a hair's breadth less than the window is looked at.
      return complete && outbox.waiting === 0 && timers.pending === 0 && busiest(sent, windowMs - 1e-6) <= allowed;
    }),
    {numRuns: 150},
  );
  t.pass();
});

test('a step is a value: the same posts at the same times give the same', (t) => {
  const run = (): readonly string[] => {
    let pacing: Pacing = idlePacing;
    return Array.from({length: 50}, (_, at) => {
      const step = stepPacing(pacing, [item(`k${at % 7}`, at), item('m', at, 'meter')], at * 7, 700);
      pacing = step.pacing;
      return step.due.map(({because}) => because).join(',');
    });
  };
  t.deepEqual(run(), run());
  t.deepEqual(idlePacing, {waiting: new Map(), sent: []});
});
