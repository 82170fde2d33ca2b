import test from 'ava';
import fc from 'fast-check';
import {createControllerReader, encodeValue} from '../../src/wire/controller-values.ts';
import {initialStream, step} from '../../src/wire/midi-stream.ts';
import {createCodeClock} from '../../src/wire/time-code/code-clock.ts';
import {fullFrameData, readFullFrame} from '../../src/wire/time-code/full-frame.ts';
import {type MachineCommand, machineControlData, readMachineControl} from '../../src/wire/time-code/machine-control.ts';
import {noQuarterFrames, quarterFrameValue, stepQuarterFrame} from '../../src/wire/time-code/quarter-frame.ts';
import {
  formatTimeCode,
  frameNumberOf,
  framesADay,
  framesASecond,
  isTimeCode,
  parseTimeCode,
  type TimeCode,
  type TimeCodeRate,
  timeCodeAt,
  timeCodeRates,
} from '../../src/wire/time-code/time-code.ts';

const code = (text: string, rate: TimeCodeRate): TimeCode => {
  const parsed = parseTimeCode(text, rate);
  if (parsed === undefined) throw new Error(`${text} is no code`);
  return parsed;
};

for (const rate of timeCodeRates) {
  test(`at ${rate} the frames of a day have numbers of their own, in order, and back`, (t) => {
    const day = framesADay(rate);
    // Twelve minutes whole, then a few frames of every second.
    const frames = [
      ...Array.from({length: 22_000}, (_, frame) => frame),
      ...Array.from({length: Math.floor((day - 22_000) / 97)}, (_, step) => 22_000 + 97 * step),
    ];
    let before = -1;
    let wrong = 0;
    for (const frame of frames) {
      const at = timeCodeAt(frame, rate);
      const order = ((at.hours * 60 + at.minutes) * 60 + at.seconds) * 30 + at.frames;
      if (order <= before || !isTimeCode(at) || frameNumberOf(at) !== frame) wrong += 1;
      before = order;
    }
    t.is(wrong, 0);
    t.is(frameNumberOf(timeCodeAt(day, rate)), 0);
    const last = Math.ceil(framesASecond(rate)) - 1;
    t.is(formatTimeCode(timeCodeAt(-1, rate)), `23:59:59${rate === '29.97df' ? ';' : ':'}${last}`);
  });
}

test('drop-frame leaves out two numbers a minute, but not each tenth, and a day of it is a day within 0.1 s', (t) => {
  t.is(formatTimeCode(timeCodeAt(1799, '29.97df')), '00:00:59;29');
  t.is(formatTimeCode(timeCodeAt(1800, '29.97df')), '00:01:00;02');
  t.is(formatTimeCode(timeCodeAt(17_981, '29.97df')), '00:09:59;29');
  t.is(formatTimeCode(timeCodeAt(17_982, '29.97df')), '00:10:00;00');
  t.is(parseTimeCode('00:01:00;00', '29.97df'), undefined);
  t.true(Math.abs(framesADay('29.97df') / framesASecond('29.97df') - 86_400) < 0.1);
});

test('the pieces of a code are those of the MIDI standard', (t) => {
  const pieces = Array.from({length: 8}, (_, piece) => quarterFrameValue(code('01:37:52:16', '30'), piece));
  t.deepEqual(pieces, [0x00, 0x11, 0x24, 0x33, 0x45, 0x52, 0x61, 0x76]);
  t.deepEqual([...fullFrameData(code('01:37:52:16', '30'))], [0x7f, 0x7f, 1, 1, 0x61, 37, 52, 16]);
});

test('machine control is as it is written', (t) => {
  const rows: readonly (readonly [MachineCommand, readonly number[]])[] = [
    [{type: 'stop'}, [0x7f, 0x7f, 6, 1]],
    [{type: 'play'}, [0x7f, 0x7f, 6, 2]],
    [{type: 'deferred-play'}, [0x7f, 0x7f, 6, 3]],
    [{type: 'rewind'}, [0x7f, 0x7f, 6, 5]],
    [{type: 'record-strobe'}, [0x7f, 0x7f, 6, 6]],
    [
      {type: 'locate', code: code('10:20:30:12', '25'), hundredths: 40},
      [0x7f, 0x7f, 6, 0x44, 6, 1, 0x2a, 20, 30, 12, 40],
    ],
  ];
  for (const [command, bytes] of rows) {
    t.deepEqual([...machineControlData(command)], bytes);
    t.deepEqual(readMachineControl(Uint8Array.from(bytes)), [command]);
  }
  t.deepEqual(
    readMachineControl(Uint8Array.of(0x7f, 3, 6, 6, 0x41, 4, 0x4f, 0, 1, 1, 2)).map(({type}) => type),
    ['record-strobe', 'play'],
    'several in one message, an unknown one among them',
  );
  for (const handshake of [0x78, 0x7c, 0x7f])
    t.deepEqual(
      readMachineControl(Uint8Array.of(0x7f, 3, 6, handshake, 2, 0x77, 1, 1, 1)).map(({type}) => type),
      ['play', 'stop'],
      'a handshake is one byte, what stands before it says how long it is',
    );
  t.deepEqual(readMachineControl(Uint8Array.of(0x7f, 3, 6, 2), 5), [], 'for another device');
  t.deepEqual(readMachineControl(Uint8Array.of(0x7f, 0x7f, 6, 0x44, 6, 1, 2)), [], 'cut short');
  t.deepEqual(readMachineControl(Uint8Array.of(0x7f, 0x7f, 1, 1, 0, 0, 0, 0)), []);
});

const anyRate = fc.constantFrom(...timeCodeRates);

test('eight pieces in a row say where it is, forward and backward, and each one after them says it again', (t) => {
  fc.assert(
    fc.property(
      anyRate,
      fc.double({min: 0, max: 1, noNaN: true}),
      fc.integer({min: 0, max: 7}),
      fc.boolean(),
      (rate, share, from, forward) => {
        const day = 4 * framesADay(rate);
        const first = Math.floor((share * day) / 8) * 8 + from;
        const wrap = (quarter: number): number => ((quarter % day) + day) % day;
        let state = noQuarterFrames;
        let heard = 0;
        for (let count = 0; count < 40; count++) {
          const quarter = wrap(first + (forward ? count : -count));
          const at = timeCodeAt(Math.floor(quarter / 8) * 2, rate);
          const read = stepQuarterFrame(state, quarterFrameValue(at, quarter % 8));
          state = read.state;
          if (read.heard === undefined) continue;
          heard += 1;
          if (read.heard.quarter !== quarter || read.heard.rate !== rate || read.heard.jumped) return false;
          if (read.heard.direction !== (forward ? 1 : -1)) return false;
        }
        return heard >= 40 - 15;
      },
    ),
    {numRuns: 50},
  );
  t.pass();
});

test('full frames and locates come back as they were, and nothing that is sent to the readers makes them throw', (t) => {
  fc.assert(
    fc.property(
      anyRate,
      fc.nat(),
      fc.nat({max: 99}),
      fc.uint8Array({maxLength: 16}),
      (rate, number, hundredths, noise) => {
        const at = timeCodeAt(number % framesADay(rate), rate);
        const [located] = readMachineControl(machineControlData({type: 'locate', code: at, hundredths}));
        const placed = readFullFrame(fullFrameData(at));
        readFullFrame(noise);
        readMachineControl(Uint8Array.of(0x7f, 0x7f, 6, ...noise));
        [...noise].reduce((state, byte) => stepQuarterFrame(state, byte).state, noQuarterFrames);
        return (
          JSON.stringify(placed) === JSON.stringify(at) &&
          located?.type === 'locate' &&
          located.hundredths === hundredths
        );
      },
    ),
    {numRuns: 50},
  );
  t.pass();
});

for (const speed of [0.97, 0.999, 1, 1.001, 1.03]) {
  test(`the filter is within 3 ms of a tape at ${speed} of its speed whose pieces come up to 8 ms late`, (t) => {
    const clock = createCodeClock();
    let atMs = 0;
    let worstMs = 0;
    for (let piece = 0; piece < 1000; piece++) {
      // Late by chance, the same chance each time.
      atMs = Math.max(atMs, (piece * 10) / speed + 8 * ((piece * 0.618_034) % 1));
      clock.heard(piece / 100, atMs);
      // It is late by 4 ms on the mean: nobody can know that.
      if (piece > 200) worstMs = Math.max(worstMs, Math.abs((clock.at(atMs) ?? 0) * 1000 - atMs * speed + 4));
    }
    t.true(worstMs < 3, `${worstMs} ms`);
  });
}

test('values of every address come back as they were said, in any chunks', (t) => {
  const addresses = [
    {type: 'controller', channel: 1, controller: 7, fine: 39},
    {type: 'controller', channel: 16, controller: 10},
    {type: 'nrpn', channel: 2, parameter: 0x1234, bits: 14},
    {type: 'nrpn', channel: 2, parameter: 0x1235, bits: 7},
  ] as const;
  t.deepEqual(
    [...encodeValue(addresses[2], 0x155, undefined)],
    [0xb1, 99, 0x24, 0xb1, 98, 0x34, 0xb1, 6, 2, 0xb1, 38, 0x55],
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({max: 3}), fc.nat({max: 16_383})), {maxLength: 30}),
      fc.integer({min: 1, max: 7}),
      (values, chunk) => {
        const reader = createControllerReader(addresses);
        const had = new Map<number, number>();
        let stream = initialStream;
        return values.every(([which, given]) => {
          const address = addresses[which];
          if (address === undefined) return false;
          const value = which % 2 === 0 ? given : given & 0x7f;
          const bytes = encodeValue(address, value, had.get(which));
          had.set(which, value);
          let heard: number | undefined;
          for (let at = 0; at < bytes.length; at += chunk) {
            const read = step(stream, bytes.subarray(at, at + chunk));
            stream = read.state;
            for (const one of reader.hear(read.messages, 0)) heard = one.value;
          }
          return heard === value;
        });
      },
    ),
    {numRuns: 50},
  );
  t.pass();
});

const wideAddresses = [
  {type: 'controller', channel: 1, controller: 7, fine: 39},
  {type: 'nrpn', channel: 1, parameter: 0x1234, bits: 14},
] as const;

for (const address of wideAddresses)
  for (const order of ['coarse', 'fine'] as const)
    test(`a ${address.type} whose ${order} half comes first is told once a value, each half in a call of its own`, (t) => {
      const [coarse, fine] = address.type === 'nrpn' ? [6, 38] : [7, 39];
      const reader = createControllerReader([address]);
      const say = (controller: number, value: number) =>
        reader.hear([{type: 'control-change', channel: 1, controller, value}], 0).map((heard) => heard.value);
      say(99, 0x1234 >> 7);
      say(98, 0x1234 & 0x7f);
      const told = [1610, 1600, 1428, 1410, 1406, 1380, 1272, 1290, 1535, 1536].map((value) => {
        const halves = [() => say(coarse, value >> 7), () => say(fine, value & 0x7f)];
        return (order === 'coarse' ? halves : halves.reverse()).flatMap((half) => half());
      });
      // The first coarse half might have been a whole value.
      t.deepEqual(told[0], order === 'coarse' ? [(12 << 7) | 12, 1610] : [1610]);
      t.deepEqual(told.slice(1), [[1600], [1428], [1410], [1406], [1380], [1272], [1290], [1535], [1536]]);
    });

test('of a device that says coarse halves only each is a whole value at once', (t) => {
  for (const [coarse, address] of [[7, wideAddresses[0]] as const, [6, wideAddresses[1]] as const]) {
    const reader = createControllerReader([address]);
    const say = (controller: number, value: number) =>
      reader.hear([{type: 'control-change', channel: 1, controller, value}], 0);
    say(99, 0x1234 >> 7);
    say(98, 0x1234 & 0x7f);
    const told = [127, 64, 63, 0].flatMap((value) => say(coarse, value));
    t.deepEqual(
      told.map(({value, isCoarse}) => [value, isCoarse]),
      [16_383, 8256, 8127, 0].map((value) => [value, true]),
    );
  }
});

/** Halves at their times, `c` coarse and `f` fine, and what is told when. */
const lonely: readonly (readonly [law: string, halves: string, told: readonly string[]])[] = [
  [
    'a coarse half that stays alone is a value whose fine half is 0',
    '0c11 1f2 100c10',
    ['0 11.11?', '1 11.2', '120 10.0?'],
  ],
  ['a fine half alone is a value at once', '0c11 1f2 100f1 200f0', ['0 11.11?', '1 11.2', '100 11.1', '200 11.0']],
  [
    'of a device that sends the fine half first the coarse one may be left out',
    '0f2 1c11 100f1 200f0 201c11',
    ['1 11.2', '120 11.1', '201 11.0'],
  ],
  [
    'a fine half before any coarse one, and a pause: then the coarse one may come first',
    '0f2 100c11 101f4 200c10 201f126',
    ['100 11.11?', '101 11.4', '201 10.126'],
  ],
  [
    'each half is waited for from its own time on',
    '0c11 1f2 100c10 115f1 116c9',
    ['0 11.11?', '1 11.2', '115 10.1', '136 9.0?'],
  ],
];

for (const [law, halves, wanted] of lonely)
  test(law, (t) => {
    const reader = createControllerReader(wideAddresses);
    const told: string[] = [];
    const tell = (atMs: number, values: ReturnType<typeof reader.hear>): void => {
      for (const {value, isCoarse} of values) told.push(`${atMs} ${value >> 7}.${value & 0x7f}${isCoarse ? '?' : ''}`);
    };
    const wait = (untilMs: number): void => {
      for (let {wakeAtMs} = reader.due(0); wakeAtMs !== undefined && wakeAtMs <= untilMs; {wakeAtMs} = reader.due(0))
        tell(wakeAtMs, reader.due(wakeAtMs).values);
    };
    for (const [, atMs, half, value] of halves.matchAll(/(\d+)([cf])(\d+)/g)) {
      wait(Number(atMs));
      const controller = half === 'c' ? 7 : 39;
      tell(
        Number(atMs),
        reader.hear([{type: 'control-change', channel: 1, controller, value: Number(value)}], Number(atMs)),
      );
    }
    wait(Number.POSITIVE_INFINITY);
    t.deepEqual(told, wanted);
  });
