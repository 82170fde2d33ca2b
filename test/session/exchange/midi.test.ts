import {readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import type {Lane} from '../../../src/model/lane.ts';
import {type LaneId, type LaneParameter, laneKind} from '../../../src/model/lane.ts';
import {parameterIds} from '../../../src/model/parameter.ts';
import {deskTaper, positionOf} from '../../../src/model/taper.ts';
import {
  controllerValue,
  highest,
  lawOf,
  middle,
  valueOfController,
  widened,
} from '../../../src/session/exchange/controller-scale.ts';
import {controllers, parameterOf} from '../../../src/session/exchange/controller-table.ts';
import {lanesAsMidi, ticksPerQuarter} from '../../../src/session/exchange/midi-export.ts';
import {lanesOfMidi} from '../../../src/session/exchange/midi-import.ts';
import {projectFile} from '../../project.ts';
import {stage} from './stage.ts';

const everyParameter: readonly LaneParameter[] = ['level', 'level.offset', 'pan', 'trim', 'mute', ...parameterIds];

function lane(points: readonly (readonly [number, number])[]): Lane {
  return {frames: Int32Array.from(points, ([frame]) => frame), values: Float64Array.from(points, ([, value]) => value)};
}

function exported(lanes: ReadonlyMap<LaneId, Lane>, on = stage): Uint8Array {
  const made = lanesAsMidi(lanes, on);
  if (made === undefined) throw new Error('too many points');
  return made.content;
}

const laneArbitrary = fc.constantFrom(...everyParameter).chain((parameter) => {
  const {low, high, curve} = laneKind(parameter);
  const value = curve === 'steps' ? fc.integer({min: low, max: high}) : fc.double({min: low, max: high, noNaN: true});
  const frames = fc.uniqueArray(fc.integer({min: 0, max: 30_000_000}), {minLength: 1, maxLength: 40});
  return fc.tuple(frames, fc.array(value, {minLength: 40, maxLength: 40})).map(([places, values]) => {
    const sorted = [...places].sort((one, other) => one - other);
    return {parameter, lane: lane(sorted.map((frame, index) => [frame, values[index] ?? low]))};
  });
});

test('every parameter has a controller of its own, none that means something else', (t) => {
  const places = everyParameter.map((parameter) => controllers.get(parameter));
  t.deepEqual([...controllers.keys()].sort(), [...everyParameter].sort());
  t.is(new Set(places.map((place) => `${place?.channel} ${place?.number}`)).size, everyParameter.length);
  for (const place of places) {
    t.true(place !== undefined && place.number >= 1 && place.number <= 31 && place.number !== 6);
    t.true(place !== undefined && place.channel >= 1 && place.channel <= 16);
  }
  t.deepEqual(controllers.get('level'), {channel: 1, number: 7});
  t.deepEqual(controllers.get('pan'), {channel: 1, number: 10});
  t.deepEqual(controllers.get('send8.levelDb'), {channel: 1, number: 27});
  for (const parameter of everyParameter)
    t.is(parameterOf(controllers.get(parameter) ?? {channel: 0, number: 0}), parameter);
});

const marks: readonly (readonly [LaneParameter, number, number])[] = [
  ['level', -90, 0],
  ['level', 10, highest],
  ['level', 0, 12_287],
  ['pan', 0, middle],
  ['pan', -1, 0],
  ['pan', 1, highest],
  ['trim', 0, middle],
  ['level.offset', 0, middle],
  ['eq1.gainDb', 0, middle],
  ['mute', 1, highest],
  ['mute', 0, 0],
  ['eq1.shape', 1, 8192],
  ['hp.hz', 20, 0],
  ['hp.hz', 2000, highest],
  ['comp.ratio', 20, highest],
];
for (const [parameter, value, controller] of marks) {
  test(`${parameter} ${value} is ${controller} on its controller`, (t) => {
    t.is(controllerValue(parameter, value), controller);
    const tolerance = parameter === 'level' ? 0.002 : 1e-9;
    t.true(Math.abs(valueOfController(parameter, controller) - value) <= tolerance);
  });
}

test('a controller is read as the value that it was made of, within half a step', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...everyParameter), fc.integer({min: 0, max: highest}), (parameter, controller) => {
      const value = valueOfController(parameter, controller);
      const {low, high} = laneKind(parameter);
      const again = controllerValue(parameter, value);
      const isSame =
        lawOf(parameter) === 'choice' ? valueOfController(parameter, again) === value : again === controller;
      return value >= low && value <= high && isSame;
    }),
  );
  t.pass();
});

test('levels are kept within 0.002 dB above −30 dB and 0.02 dB below', (t) => {
  fc.assert(
    fc.property(fc.double({min: -89.9, max: 10, noNaN: true}), (levelDb) => {
      const kept = valueOfController('level', controllerValue('level', levelDb));
      return Math.abs(kept - levelDb) <= (levelDb > -30 ? 0.0025 : 0.02);
    }),
  );
  t.pass();
});

test("the guide's table of controllers is the program's", (t) => {
  const guide = readFileSync(projectFile('docs/automation.md'), 'utf8');
  for (const [channel, first] of [
    [5, 'hp.on'],
    [6, 'gate.on'],
  ] as const) {
    const numbers = [...controllers.values()].filter((place) => place.channel === channel).map(({number}) => number);
    t.regex(guide, new RegExp(`\\| ${channel} +\\| 1 … 5, 7 … ${Math.max(...numbers)} +\\| .*\`${first}\``));
  }
  t.is(ticksPerQuarter, 15_360);
  t.true(guide.includes('1/15,360 of a quarter note'));
});

test('seven bits keep silence, middle and top', (t) => {
  t.deepEqual([0, 64, 127].map(widened), [0, middle, highest]);
});

test('a lane comes back within a millisecond and half a step, at every tempo', (t) => {
  fc.assert(
    fc.property(laneArbitrary, fc.integer({min: 20, max: 400}), ({parameter, lane: given}, tempoBpm) => {
      const on = {...stage, mixer: {...stage.mixer, tempoBpm}};
      const read = lanesOfMidi(exported(new Map([[`vox ${parameter}`, given]]), on), 'x.mid', stage);
      if (read.type !== 'lanes') return false;
      const back = read.lanes.get(`vox ${parameter}`);
      if (back === undefined || back.frames.length !== given.frames.length) return false;
      return given.frames.every((frame, index) => {
        const ms = (Math.abs((back.frames[index] ?? 0) - frame) / 48_000) * 1000;
        const step =
          controllerValue(parameter, back.values[index] ?? 0) - controllerValue(parameter, given.values[index] ?? 0);
        return ms < 0.92 && (lawOf(parameter) === 'choice' ? back.values[index] === given.values[index] : step === 0);
      });
    }),
    {numRuns: 60},
  );
  t.pass();
});

test('what was read and is written again is the same file', (t) => {
  fc.assert(
    fc.property(fc.array(laneArbitrary, {minLength: 1, maxLength: 4}), (given) => {
      const lanes = new Map(given.map(({parameter, lane: one}) => [`bass ${parameter}`, one]));
      const first = exported(lanes);
      const read = lanesOfMidi(first, 'x.mid', stage);
      if (read.type !== 'lanes') return false;
      const second = lanesOfMidi(exported(read.lanes), 'x.mid', stage);
      return (
        second.type === 'lanes' &&
        [...second.lanes].every(([id, one]) => {
          const before = read.lanes.get(id);
          return before?.frames.every((frame, index) => Math.abs(frame - (one.frames[index] ?? 0)) <= 1) === true;
        })
      );
    }),
    {numRuns: 25},
  );
  t.pass();
});

test('a jump from one sample to the next stays a jump', (t) => {
  const read = lanesOfMidi(
    exported(
      new Map([
        [
          'vox level',
          lane([
            [4799, -6],
            [4800, -20],
            [9600, -20],
          ]),
        ],
      ]),
    ),
    'x.mid',
    stage,
  );
  t.is(read.type, 'lanes');
  if (read.type !== 'lanes') return;
  const back = read.lanes.get('vox level');
  t.is(back?.frames.length, 3);
  t.true((back?.frames[1] ?? 0) - (back?.frames[0] ?? 0) <= 2);
});

test('a lane of more points than ticks loses those between, says so, and never drifts', (t) => {
  const dense = lane(Array.from({length: 48_000}, (_, index) => [index, -(index % 60)]));
  const slow = {...stage, mixer: {...stage.mixer, tempoBpm: 20}};
  const made = lanesAsMidi(new Map([['vox level', dense]]), slow);
  t.true(made?.notes.some((note) => note.includes('closer together')));
  const read = lanesOfMidi(made?.content ?? new Uint8Array(), 'x.mid', stage);
  const last = read.type === 'lanes' ? read.lanes.get('vox level')?.frames.at(-1) : undefined;
  t.true(Math.abs((last ?? 0) - 47_999) <= 48);
});

test('a lane of more points than ticks ends on its last value', (t) => {
  const slow = {...stage, mixer: {...stage.mixer, tempoBpm: 20}};
  for (let length = 990; length < 1010; length++) {
    const dense = lane(Array.from({length}, (_, index) => [index, index === length - 1 ? -90 : -(index % 60)]));
    const made = lanesAsMidi(new Map([['vox level', dense]]), slow);
    const read = lanesOfMidi(made?.content ?? new Uint8Array(), 'x.mid', stage);
    t.is(read.type === 'lanes' ? read.lanes.get('vox level')?.values.at(-1) : undefined, -90, `${length} points`);
    t.is(read.type === 'lanes' ? read.lanes.get('vox level')?.frames.length : undefined, made?.points);
  }
});

test('a file of an hour of silence between two points is written and read', (t) => {
  const read = lanesOfMidi(
    exported(
      new Map([
        [
          'vox level',
          lane([
            [0, 0],
            [2 * 3600 * 48_000, -6],
          ]),
        ],
      ]),
      {...stage, mixer: {...stage.mixer, tempoBpm: 400}},
    ),
    'x.mid',
    stage,
  );
  t.true(read.type === 'lanes' && Math.abs((read.lanes.get('vox level')?.frames[1] ?? 0) - 345_600_000) <= 10);
});

test('each strip has a track of its name; the file says what its controllers mean', (t) => {
  const bytes = exported(
    new Map([
      ['bass level', lane([[0, 0]])],
      ['master comp.thresholdDb', lane([[0, -20]])],
      ['vox pan', lane([[0, 0.5]])],
    ]),
  );
  const text = Buffer.from(bytes).toString('utf8');
  t.is(bytes[9], 1);
  t.is(bytes[11], 4);
  for (const part of [
    'longthrow automation 1',
    'Bässe',
    'strip bass',
    'lane level: channel 1, controllers 7 and 39, taper 0=-inf 0.0625=-60',
    'Lead Vocal',
    'Master',
  ]) {
    t.true(text.includes(part), part);
  }
  t.is(positionOf(deskTaper, 0), 0.75);
});

test('strips that are not in the session are named in the export', (t) => {
  const made = lanesAsMidi(
    new Map([
      ['gone level', lane([[0, 0]])],
      ['vox level', lane([[0, 0]])],
    ]),
    stage,
  );
  t.is(made?.lanes, 1);
  t.true(made?.notes.some((note) => note.includes('1 lane')));
});

/** A file of another program: no text of ours. */
function foreignFile(events: readonly number[], division: readonly number[] = [0x01, 0xe0], format = 0): Uint8Array {
  return Uint8Array.from([
    ...[0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, format, 0, 1, ...division],
    ...[0x4d, 0x54, 0x72, 0x6b, 0, 0, 0, events.length, ...events],
  ]);
}
const named = [0, 0xff, 0x03, 3, 0x76, 0x6f, 0x78];
const end = [0, 0xff, 0x2f, 0];

test('a file of another program: by the name of the track, on any channel, held until the next value', (t) => {
  // 64 on channel 5 at 0, 127 after two quarters (960 ticks at 480 a quarter: one second), running status.
  const bytes = foreignFile([...named, 0, 0xb4, 7, 64, 0x87, 0x40, 7, 127, ...end]);
  const read = lanesOfMidi(bytes, 'song.mid', stage);
  t.is(read.type, 'lanes');
  if (read.type !== 'lanes') return;
  const level = read.lanes.get('vox level');
  t.deepEqual([...(level?.frames ?? [])], [0, 47_999, 48_000]);
  t.is(level?.values[0], level?.values[1]);
  t.is(level?.values[2], 10);
});

test('halves of a value a tick apart are one value, so that a ride of another program has no steps back', (t) => {
  // Down from 11.2 to 10.126 to 10.100 (upper.lower), a hundred ticks apart, each lower half one tick after its upper.
  const halves = [
    [0, 11, 2],
    [99, 10, 126],
    [99, 10, 100],
  ].flatMap(([after = 0, upper = 0, lower = 0]) => [after, 0xb0, 7, upper, 1, 0xb0, 39, lower]);
  // Then the lower half alone.
  const read = lanesOfMidi(foreignFile([...named, ...halves, 100, 0xb0, 39, 90, ...end]), 'song.mid', stage);
  const lane = read.type === 'lanes' ? read.lanes.get('vox level') : undefined;
  t.deepEqual(
    [...(lane?.values ?? [])]
      .map((value) => controllerValue('level', value))
      .filter((value, at, all) => value !== all[at - 1]),
    [
      [11, 2],
      [10, 126],
      [10, 100],
      [10, 90],
    ].map(([upper = 0, lower = 0]) => upper * 128 + lower),
  );
  t.deepEqual(
    [...(lane?.frames ?? [])].filter((_, at, all) => at === 0 || all.length === at + 1),
    [0, 15_050],
  );
});

test('tempo changes of a file are followed', (t) => {
  const slower = [0, 0xff, 0x51, 3, 0x0f, 0x42, 0x40];
  const bytes = foreignFile([...named, 0, 0xb0, 7, 0, 0x83, 0x60, 7, 64, ...slower, 0x83, 0x60, 7, 127, ...end]);
  const read = lanesOfMidi(bytes, 'song.mid', stage);
  const frames = read.type === 'lanes' ? [...(read.lanes.get('vox level')?.frames ?? [])] : [];
  t.true(frames.includes(24_000) && frames.includes(72_000));
});

const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['nothing', new Uint8Array(), /is not a standard MIDI file/],
  ['a sound file', Uint8Array.from(Buffer.from('RIFF0000WAVEfmt 000000')), /is not a standard MIDI file/],
  ['format 2', foreignFile([...named, ...end], [1, 0xe0], 2), /format 2/],
  ['film frames', foreignFile([...named, ...end], [0xe7, 40]), /film frames/],
  ['no ticks', foreignFile([...named, ...end], [0, 0]), /no ticks/],
  [
    'an unknown strip',
    foreignFile([0, 0xff, 3, 3, 0x76, 0x6f, 0x79, 0, 0xb0, 7, 1, ...end]),
    /track 1 "voy": "voy" is no strip/,
  ],
  ['a track without a name', foreignFile([0, 0xb0, 7, 1, ...end]), /track 1: has automation but no name/],
  ['no automation', foreignFile([...named, 0, 0x90, 60, 100, ...end]), /holds no automation/],
  ['an event cut off', foreignFile([...named, 0, 0xb0, 7]), /track 1: cannot be read at event 2/],
  ['nonsense', foreignFile([...named, 0, 7, 7, 7, 7]), /track 1: makes no sense at event 2/],
  [
    'a pan of the mix bus',
    foreignFile([0, 0xff, 3, 6, ...Buffer.from('master'), 0, 0xb0, 10, 1, ...end]),
    /master has no pan/,
  ],
];
for (const [what, bytes, reason] of refused) {
  test(`refused with a reason: ${what}`, (t) => {
    const read = lanesOfMidi(bytes, 'x.mid', stage);
    t.is(read.type, 'refused');
    if (read.type === 'refused') t.regex(read.problems.map((one) => `${one.path}: ${one.reason}`).join('\n'), reason);
  });
}

test('a file that is cut off anywhere is refused, never read in part', (t) => {
  const bytes = exported(
    new Map([
      [
        'vox level',
        lane([
          [0, 0],
          [4800, -6],
        ]),
      ],
      ['bass pan', lane([[0, 0.5]])],
    ]),
  );
  for (let length = 0; length < bytes.length; length++) {
    t.is(lanesOfMidi(bytes.subarray(0, length), 'x.mid', stage).type, 'refused', `${length} bytes`);
  }
});

test('a newer file is refused with a clear word', (t) => {
  const bytes = Buffer.from(exported(new Map([['vox level', lane([[0, 0]])]])));
  const at = bytes.indexOf('longthrow automation 1') + 21;
  bytes[at] = 0x32;
  const read = lanesOfMidi(bytes, 'x.mid', stage);
  t.true(read.type === 'refused' && /newer Longthrow/.test(read.problems[0]?.reason ?? ''));
});

test('unknown strips are left out if that is wanted, and told', (t) => {
  const bytes = exported(
    new Map([
      ['vox level', lane([[0, 0]])],
      ['bass level', lane([[0, 0]])],
    ]),
  );
  const less = {...stage, mixer: {...stage.mixer, strips: stage.mixer.strips.filter(({id}) => id !== 'bass')}};
  t.is(lanesOfMidi(bytes, 'x.mid', less).type, 'refused');
  const read = lanesOfMidi(bytes, 'x.mid', less, true);
  t.true(read.type === 'lanes' && read.lanes.size === 1 && read.warnings.length === 1);
});

test('any bytes are answered', (t) => {
  const bytes = exported(
    new Map([
      [
        'vox level',
        lane([
          [0, 0],
          [4800, -6],
        ]),
      ],
    ]),
  );
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 200}), (noise) => {
      lanesOfMidi(noise, 'x.mid', stage);
      lanesOfMidi(foreignFile([...noise.subarray(0, 120)]), 'x.mid', stage);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {maxLength: 5}), (changes) => {
      const damaged = Uint8Array.from(bytes);
      for (const [at, value] of changes) damaged[at] = value;
      const read = lanesOfMidi(damaged, 'x.mid', stage);
      if (read.type !== 'lanes') return read.problems.length > 0;
      return [...read.lanes].every(([id, {frames, values}]) => {
        const kind = laneKind(id.endsWith('level') ? 'level' : 'pan');
        return (
          frames.every((frame, index) => index === 0 || frame > (frames[index - 1] ?? 0)) &&
          (kind === undefined || !values.some(Number.isNaN))
        );
      });
    }),
  );
  t.pass();
});

test('ticks are finer than a millisecond at the slowest tempo', (t) => {
  t.true(60 / 20 / ticksPerQuarter / 2 < 0.0001);
});
