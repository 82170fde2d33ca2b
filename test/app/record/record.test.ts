import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import fc from 'fast-check';
import {surfaceAt} from '../../../src/app/port-surface.ts';
import {watchBystanders} from '../../../src/app/record/bystanders.ts';
import {compareShown, runsByItself} from '../../../src/app/record/comparison.ts';
import {
  entryLine,
  headerLine,
  type Recording,
  type RecordingEntry,
  readRecording,
} from '../../../src/app/record/entry.ts';
import {type MonitorEvent, monitorLine, monitorTap, passes} from '../../../src/app/record/monitor-line.ts';
import {mixerOf, practiceMixer, recordedSession} from '../../../src/app/record/practice.ts';
import {openPracticeDesk, type PracticeDesk} from '../../../src/app/record/practice-desk.ts';
import {createRecorder} from '../../../src/app/record/recorder.ts';
import {replay} from '../../../src/app/record/replay.ts';
import {type Tap, tappedTransport} from '../../../src/app/record/tap.ts';
import type {Surface} from '../../../src/model/surface.ts';
import {surfaceOfTold} from '../../../src/surface/told-surface.ts';
import type {Port} from '../../../src/transport/contract.ts';
import {supervisedTransport} from '../../../src/transport/driver.ts';
import type {FromDriver, ToDriver} from '../../../src/transport/driver-message.ts';
import {memoryTransport} from '../../../src/transport/memory.ts';
import {firmwareDesk} from '../../journeys/firmware-desk.ts';
import {mappings, twentyStrips} from '../../journeys/test-desk.ts';
import {projectFile} from '../../project.ts';
import {VirtualTimers} from '../../transport/virtual-timers.ts';
import {createVirtualDevice} from '../../virtual-desk/virtual-device.ts';

const scratch = mkdtempSync(join(tmpdir(), 'longthrow-record-'));
test.after.always(() => rmSync(scratch, {recursive: true, force: true}));

const folder = fileURLToPath(projectFile('test/recordings'));
const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
const exact = {toleranceMs: 30, ignored: /^\b$/};
/** Lamps wink when they will, so a recording is held against the desk with as much patience as they need. */
const patient = {...exact, toleranceMs: 300};

function surfaceOf(id: string): Surface {
  const found = mappings.surfaces.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no surface ${id}`);
  return found;
}

function layoutOf(id: string) {
  const found = mappings.layouts.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no layout ${id}`);
  return found;
}

function recording(name: string): Recording {
  const read = readRecording(name, readFileSync(join(folder, name), 'utf8'));
  if (read.state === 'refused' || read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  return read.recording;
}

async function played(
  {header, entries}: Recording,
  layout = layoutOf(header.layout),
): Promise<readonly RecordingEntry[]> {
  const mixer = mixerOf(header.session);
  if (typeof mixer === 'string') throw new Error(mixer);
  return replay({surface: surfaceOf(header.surface), layout, mixer, entries, afterMs: 300});
}

test('there are recordings', (t) => {
  t.true(files.length >= 3);
});

for (const name of files) {
  test(`${name}: the desk shows the device what it showed when this was recorded`, async (t) => {
    const taken = recording(name);
    t.deepEqual(compareShown(surfaceOf(taken.header.surface), taken.entries, await played(taken), patient), []);
  });

  test(`${name}: a device that is told what the desk said shows all of it, and answers as it did`, (t) => {
    const {header, entries} = recording(name);
    const said: Uint8Array[] = [];
    const device = createVirtualDevice(surfaceOf(header.surface), (bytes) => void said.push(bytes));
    device.powerOn();
    // Nobody has opened its port yet.
    said.length = 0;
    // Of pictures only the beginning was kept.
    const told = entries.filter(({from, cut}) => from === 'desk' && cut === undefined);
    for (const {bytes} of told) device.receive(bytes);
    // Everyone may be asked who they are.
    t.deepEqual(
      device.strays.filter((stray) => stray !== 'sysex 7e7f0601'),
      [],
    );
    t.deepEqual(device.violations, []);
    const isSeen = surfaceOf(header.surface).outputs.size > 0 && entries.every(({cut}) => cut === undefined);
    t.true(!isSeen || device.shown().size > 0);
    const answers = Buffer.concat(said).toString('hex');
    const recorded = Buffer.concat(entries.filter(({from}) => from === 'device').map(({bytes}) => bytes)).toString(
      'hex',
    );
    t.true(recorded.startsWith(answers), 'what it says unasked and in answer is the beginning of what was recorded');
  });
}

test('a wheel that turns another way than it did is told', async (t) => {
  const taken = recording('x-touch.jsonl');
  const surface = surfaceOf('x-touch');
  let turns = 0;
  // Mackie Control protocol: controllers from 16 on are wheels, and bit 6 of a value says which way round.
  const entries = taken.entries.map((entry) => {
    const [status, controller = 0, value = 0] = entry.bytes;
    if (entry.from === 'desk' || status !== 0xb0 || controller < 16 || controller > 23) return entry;
    turns += 1;
    return {...entry, bytes: Uint8Array.of(status, controller, value ^ 0x40)};
  });
  t.true(turns > 3);
  const differences = compareShown(surface, taken.entries, await played({...taken, entries}), patient);
  t.true(differences.some(({output}) => output === 'ring.2'));
});

test('keys that do something else than they did are told by what is drawn on them', async (t) => {
  const keys = recording('stream-deck-mini.jsonl');
  const usual = layoutOf('mixer');
  const other = {...usual, bindings: new Map([...usual.bindings, ['select.*', 'strip.mute' as const]])};
  const differences = compareShown(surfaceOf('stream-deck-mini'), keys.entries, await played(keys, other), patient);
  t.true(differences.some(({output}) => output.startsWith('key.')));
});

test('a desk that does something else is told, output by output', async (t) => {
  const taken = recording('x-touch.jsonl');
  const usual = layoutOf('mixer');
  const other = {...usual, bindings: new Map([...usual.bindings, ['mute.*', 'strip.select' as const]])};
  const differences = compareShown(surfaceOf('x-touch'), taken.entries, await played(taken, other), patient);
  t.true(differences.some(({output}) => output === 'lamp.mute.1'));
  t.true(differences.every(({output}) => !output.startsWith('fader.')));
});

test('a device that is not heard leaves its faders where they were', async (t) => {
  const taken = recording('bcf2000.jsonl');
  const surface = surfaceOf('bcf2000');
  const deaf = {...taken, entries: taken.entries.filter(({from}) => from === 'desk')};
  const differences = compareShown(surface, taken.entries, await played(deaf), patient);
  t.true(differences.some(({output}) => output.startsWith('fader.')));
});

const plain = surfaceOf('korg-nanokontrol2');
const desk = (atMs: number, ...bytes: readonly number[]): RecordingEntry => ({
  atMs,
  from: 'desk',
  bytes: Uint8Array.from(bytes),
  means: '',
});
const lamp = (atMs: number, value: number): RecordingEntry => desk(atMs, 0xbf, 0x20, value);
const comparisons: readonly (readonly [string, readonly RecordingEntry[], readonly RecordingEntry[], number])[] = [
  ['the same', [lamp(0, 127), lamp(500, 0)], [lamp(0, 127), lamp(500, 0)], 0],
  ['the same, a little later', [lamp(0, 127), lamp(500, 0)], [lamp(25, 127), lamp(520, 0)], 0],
  [
    'the same, far too late',
    [lamp(0, 127), lamp(500, 0), lamp(2000, 127)],
    [lamp(0, 127), lamp(900, 0), lamp(950, 127)],
    1,
  ],
  ['a flash that is too short to count', [lamp(0, 127)], [lamp(0, 127), lamp(500, 0), lamp(520, 127)], 0],
  ['another end', [lamp(0, 127)], [lamp(0, 127), lamp(500, 0)], 1],
  ['nothing at all', [lamp(0, 127)], [], 1],
  ['one more output', [lamp(0, 127)], [lamp(0, 127), desk(10, 0xbf, 0x21, 127)], 1],
];

for (const [what, before, after, count] of comparisons) {
  test(`compared: ${what} makes ${count} differences`, (t) => {
    t.is(compareShown(plain, before, after, exact).length, count);
  });
}

test('levels and time run by themselves, and are compared only when asked for', (t) => {
  for (const output of ['meter.3', 'meter.left', 'overload.1', 'digits.time.2', 'key.select.1'])
    t.true(runsByItself.test(output), output);
  for (const output of ['fader.1', 'lamp.mute.1', 'digits.assignment.0', 'cell 4'])
    t.false(runsByItself.test(output), output);
});

const header = {version: 1, surface: 'x-touch', port: 'X', layout: 'mixer', source: 'made', session: {a: 1}};
const good = [
  headerLine(header),
  entryLine({atMs: 1.25, from: 'device', bytes: Uint8Array.of(0xe0, 0, 64), means: 'x'}),
].join('\n');

test('what is written is read again', (t) => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          gap: fc.nat(500_000),
          from: fc.constantFrom('device', 'desk'),
          bytes: fc.uint8Array({minLength: 1, maxLength: 20}),
          means: fc.string(),
          because: fc.option(fc.string(), {nil: undefined}),
        }),
      ),
      (given) => {
        let atMs = 0;
        const entries = given.map(({gap, because, ...rest}): RecordingEntry => {
          atMs += gap / 10;
          return {...rest, atMs: Math.round(atMs * 10) / 10, ...(because === undefined ? {} : {because})};
        });
        const read = readRecording('x', `${[headerLine(header), ...entries.map(entryLine)].join('\n')}\n`);
        t.deepEqual(read, {state: 'read', recording: {header, entries}, problems: []});
      },
    ),
    {numRuns: 30},
  );
});

const broken: readonly (readonly [string, string, string])[] = [
  ['an empty file', '', 'x: line 1: is not the beginning of a recording'],
  ['something else', '{"hello": 1}', 'x: line 1: is not the beginning of a recording'],
  [
    'a newer version',
    '{"longthrow":"recording","version":2,"surface":"x","port":"y"}',
    'x: line 1: is of version 2; this desk reads 1',
  ],
  [
    'no surface',
    '{"longthrow":"recording","version":1,"port":"y"}',
    'x: line 1: does not say which surface and port it is of',
  ],
  ['a line that is no JSON', `${good}\nnonsense\n${good.split('\n')[1]}\n`, 'x: line 3: is not an object { } of JSON'],
  ['no time', `${good}\n{"from":"desk","bytes":"00"}\n`, 'x: line 3: "at" is no time in milliseconds'],
  [
    'time that goes back',
    `${good}\n{"at":0,"from":"desk","bytes":"00"}\n`,
    'x: line 3: is earlier than the line before it',
  ],
  [
    'nobody who speaks',
    `${good}\n{"at":2,"from":"cat","bytes":"00"}\n`,
    'x: line 3: "from" is neither "device" nor "desk"',
  ],
  [
    'a picture that was not kept whole, and does not say so',
    `${good}\n{"at":2,"from":"desk","bytes":"00","cut":{"length":9}}\n`,
    'x: line 3: "cut" does not say how long it was and what it shows',
  ],
  [
    'bytes that are none',
    `${good}\n{"at":2,"from":"desk","bytes":"0G 1"}\n`,
    'x: line 3: "bytes" are not bytes in hex, as "B0 07 7F"',
  ],
];

for (const [what, text, problem] of broken) {
  test(`a recording with ${what} is refused with its line`, (t) => {
    const read = readRecording('x', text);
    t.is(read.state, 'refused');
    t.deepEqual(
      read.problems.map(({path, reason}) => `${path}: ${reason}`),
      [problem],
    );
  });
}

test('a recording that is cut off in its last line is used up to there', (t) => {
  const whole = readRecording('x', `${good}\n`);
  const cut = readRecording('x', `${good}\n{"at":3,"from":"des`);
  t.is(whole.state, 'read');
  t.deepEqual(
    cut.problems.map(({path, reason, severity}) => `${severity} ${path}: ${reason}`),
    ['warning x: line 3: is cut off; what stands before it is used'],
  );
  t.deepEqual(cut.state === 'read' && cut.recording, whole.state === 'read' && whole.recording);
});

test('any text is read or refused with a line, never thrown at anyone', (t) => {
  const lines = fc.array(fc.oneof(fc.string(), fc.json(), fc.constantFrom(...good.split('\n'))), {maxLength: 6});
  fc.assert(
    fc.property(lines, (text) => {
      const read = readRecording('x', text.join('\n'));
      return read.state === 'read' || read.problems.every(({path}) => /^x: line \d+$/.test(path));
    }),
    {numRuns: 50},
  );
  t.pass();
});

test('the mixer of a recording is the mixer that was recorded', (t) => {
  const mixer = practiceMixer();
  t.deepEqual(mixerOf(recordedSession('Practice', mixer)), mixer);
  t.regex(String(mixerOf({longthrow: 'x'})), /session/);
  t.regex(String(mixerOf(undefined)), /session/);
});

/** A memory port that is listened in on. */
async function tappedPort(surface: Surface, tap: Parameters<typeof tappedTransport>[1]) {
  const memory = memoryTransport();
  const device = memory.plug('Port \u001b[31m1');
  const heard: string[] = [];
  const transport = tappedTransport(memory, tap, () => surface);
  const ports: Port[] = [];
  transport.watch((now) => ports.splice(0, ports.length, ...now));
  const [port] = ports;
  if (port === undefined) throw new Error('there is no port');
  const opened = await transport.open(port, {
    received: (bytes) => heard.push(Buffer.from(bytes).toString('hex')),
    lost: (reason) => heard.push(reason),
  });
  if (opened.state !== 'open') throw new Error(opened.reason);
  return {device, connection: opened.connection, heard};
}

test('whoever listens in changes nothing, and sees every message with its meaning and reason', async (t) => {
  const events: MonitorEvent[] = [];
  const told: string[] = [];
  const tap = monitorTap(
    {},
    () => 1234.56,
    (event) => events.push(event),
    (words) => told.push(words),
  );
  const {device, connection, heard} = await tappedPort(plain, tap);
  device.say(Uint8Array.of(0xb0, 0x00, 0x7f));
  connection.send(Uint8Array.of(0xbf, 0x20, 0x7f), 'solo \u0007on');
  device.pull();
  t.deepEqual(heard, ['b0007f', 'unplugged']);
  // What the port does not know who listens in does not know, either.
  t.is(connection.waiting, undefined);
  t.deepEqual(
    device.heard.map((bytes) => Buffer.from(bytes).toString('hex')),
    ['bf207f'],
  );
  t.deepEqual(told, ['Port  [31m1: open, Korg nanoKONTROL2', 'Port  [31m1: unplugged']);
  t.deepEqual(events, [
    {
      atMs: 1234.6,
      port: 'Port  [31m1',
      from: 'device',
      bytes: 'B0 00 7F',
      means: 'fader.moved fader.1 1.0000',
      because: undefined,
    },
    {atMs: 1234.6, port: 'Port  [31m1', from: 'desk', bytes: 'BF 20 7F', means: 'lamp.solo.1 127', because: 'solo  on'},
  ]);
  t.deepEqual(events.map(monitorLine), [
    '    1.235  Port  [31m1          → fader.moved fader.1 1.0000            [B0 00 7F]',
    '    1.235  Port  [31m1          ← lamp.solo.1 127                       (solo  on)  [BF 20 7F]',
  ]);
});

test('messages pass by direction, by words in them, and by words not in them', (t) => {
  const event: MonitorEvent = {atMs: 0, port: 'P', from: 'desk', bytes: 'D0 0C', means: 'meter.1 12', because: 'level'};
  t.true(passes({}, event));
  t.false(passes({from: 'device'}, event));
  t.true(passes({only: ['fader', 'METER']}, event));
  t.false(passes({only: ['fader']}, event));
  t.false(passes({without: ['level']}, event));
  t.true(passes({only: ['d0 0c'], without: ['lamp']}, event));
});

test('each opened port is recorded in a file of its own, and nothing is written over', async (t) => {
  const path = join(scratch, 'take.jsonl');
  writeFileSync(join(scratch, 'take-2.jsonl'), 'mine');
  let nowMs = 100;
  const recorder = createRecorder({
    path,
    layout: 'mixer',
    session: () => recordedSession('P', practiceMixer()),
    nowMs: () => nowMs,
  });
  const first = await tappedPort(plain, recorder);
  nowMs = 150;
  first.device.say(Uint8Array.of(0xb0, 0x00, 0x7f));
  const second = await tappedPort(surfaceOf('x-touch'), recorder);
  second.connection.send(Uint8Array.of(0x90, 0x10, 0x7f), 'mute');
  second.connection.close();
  second.connection.close();
  recorder.close();
  first.device.say(Uint8Array.of(0xb0, 0x00, 0x00));
  t.deepEqual(recorder.files, [path, join(scratch, 'take-3.jsonl')]);
  t.is(recorder.failed, undefined);
  t.is(readFileSync(join(scratch, 'take-2.jsonl'), 'utf8'), 'mine');
  const [one, two] = recorder.files.map((file) => readRecording(file, readFileSync(file, 'utf8')));
  t.like(one, {
    state: 'read',
    recording: {
      header: {surface: 'korg-nanokontrol2', source: 'recorded with Korg nanoKONTROL2'},
      entries: [{atMs: 50, from: 'device', means: 'fader.moved fader.1 1.0000'}],
    },
  });
  t.like(two, {
    state: 'read',
    recording: {entries: [{atMs: 0, from: 'desk', because: 'mute', means: 'lamp.mute.1 on'}]},
  });
});

test('what a device says while its port opens is in the recording', async (t) => {
  const path = join(scratch, 'at-once.jsonl');
  const surface = surfaceOf('shuttle-xpress');
  // Its second byte counts what the jog wheel turned; opened and heard come in one piece.
  const counter = (connection: number, count: number): FromDriver => ({
    type: 'received',
    connection,
    bytes: Uint8Array.of(0, count, 0, 0, 0),
  });
  const driven = supervisedTransport(
    'hid',
    ({told}) => {
      setImmediate(() => told([{type: 'ports', ports: []}]));
      const post = (message: ToDriver): void => {
        if (message.type !== 'open') return;
        const {connection} = message;
        setImmediate(() => {
          told([{type: 'opened', connection, opened: {state: 'open', counts: false}}, counter(connection, 200)]);
          setImmediate(() => told([counter(connection, 203)]));
        });
      };
      return {processId: 1, post, look: () => undefined, kill() {}};
    },
    {clock: new VirtualTimers()},
  );
  const recorder = createRecorder({path, layout: 'mixer', session: () => ({}), nowMs: () => 0});
  let heard = 0;
  let finish = (): void => {};
  const all = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const received = (): void => {
    heard += 1;
    if (heard === 2) finish();
  };
  const transport = tappedTransport(driven, recorder, () => surface);
  await transport.open({id: 'x', name: 'x', kind: 'hid'}, {received, lost: () => {}});
  await all;
  recorder.close();
  const read = readRecording(path, readFileSync(path, 'utf8'));
  t.like(read, {state: 'read', recording: {entries: [{means: ''}, {means: 'encoder.turned jog +3'}]}});
});

test('HID devices are recorded and watched as MIDI devices are: found by their USB numbers, in words of their mapping', async (t) => {
  const path = join(scratch, 'hid.jsonl');
  const events: MonitorEvent[] = [];
  const told: string[] = [];
  const watching = monitorTap(
    {},
    () => 0,
    (event) => events.push(event),
    (words) => told.push(words),
  );
  let practice: PracticeDesk | undefined;
  const recorder = createRecorder({path, layout: 'mixer', session: () => practice?.session(), nowMs: () => 0});
  const both: Tap = {
    opened: (port, surface) => [watching, recorder].forEach((one) => void one.opened(port, surface)),
    passed: (bytes) => [watching, recorder].forEach((one) => void one.passed(bytes)),
    closed: (port, reason) => [watching, recorder].forEach((one) => void one.closed(port, reason)),
  };
  const memory = memoryTransport();
  practice = openPracticeDesk(
    {mappings, layout: 'mixer', ports: [], serial: [], notice: () => {}, transports: [memory]},
    both,
  );
  const usb = {vendor: '077d', product: '0410', serial: undefined};
  const cable = memory.plug('any name at all', {usb, hid: {interface: 0, usages: []}});
  for (let turn = 0; turn < 200; turn++) await new Promise<void>((done) => setImmediate(done));
  t.deepEqual(told, ['any name at all: open, Griffin PowerMate']);
  cable.say(Uint8Array.of(0, 2));
  await practice.desk.close();
  recorder.close();
  t.true(events.some(({from, means}) => from === 'device' && means === 'encoder.turned dial +2'));
  t.true(events.some(({from, means}) => from === 'desk' && means.startsWith('pad.dial-push ')));
  t.deepEqual(recorder.files, [path]);
  const read = readRecording(path, readFileSync(path, 'utf8'));
  t.like(read, {state: 'read', recording: {header: {surface: 'powermate'}}});
  if (read.state !== 'read') return;
  t.deepEqual(compareShown(surfaceOf('powermate'), read.recording.entries, await played(read.recording), patient), []);
});

test('whoever watches is told of what no surface is at, and hears it if it was asked for by name', async (t) => {
  const timers = new VirtualTimers();
  const memory = memoryTransport();
  const events: MonitorEvent[] = [];
  const tap = monitorTap(
    {},
    () => 0,
    (event) => events.push(event),
    () => {},
  );
  const watched = (wanted: readonly string[], opens: boolean) => {
    const told: string[] = [];
    const surfaceOf = (port: Port) => surfaceAt(mappings.surfaces, port);
    const transports = [tappedTransport(memory, tap, surfaceOf)];
    const end = watchBystanders({
      transports,
      surfaceOf,
      wanted,
      opens,
      clock: timers,
      tell: (words) => told.push(words),
    });
    return {told, end};
  };
  const nothing = watched([], true);
  const missing = watched(['zz'], true);
  await timers.pass(3000);
  t.deepEqual(nothing.told, ['No surface is there yet: plug one in, and it is found.']);
  t.deepEqual(missing.told, ['Nothing is there yet with "zz" in its name: plug it in, and it is found.']);
  memory.plug('Midi Through Port-0');
  const box = memory.plug('Home Box');
  memory.plug('X-Touch');
  t.deepEqual(nothing.told.slice(1), [
    'Home Box: no surface that the desk knows. "longthrow learn" teaches it: longthrow learn "Home Box"',
  ]);
  t.false(box.connected);
  for (const [at, name] of ['Box $(touch x)', 'Box"; touch x; "', 'Box `touch x`', 'Box\\', 'Box !!', '-r'].entries()) {
    const evil = memory.plug(name);
    t.is(
      nothing.told[2 + at],
      `${name}: no surface that the desk knows. "longthrow learn" teaches it, and asks which device is meant.`,
    );
    evil.pull();
  }
  const asked = watched(['home'], true);
  const other = watched(['zz'], false);
  await timers.pass(3000);
  t.true(box.connected);
  box.say(Uint8Array.of(0xb0, 7, 5));
  t.like(events.at(-1), {from: 'device', means: 'controller 7 channel 1: 5'});
  t.is(asked.told.length, 1);
  t.deepEqual(other.told, ['Nothing is there with "zz" in its name. There are: Home Box, X-Touch.']);
  const usb = {vendor: '1209', product: '9999', serial: undefined};
  const pad = memory.plug('Home Pad', {usb, hid: {interface: 0, usages: [{page: 0xff00, usage: 1}]}});
  await timers.pass(10);
  pad.say(Uint8Array.of(0xb0, 7, 5));
  t.like(events.at(-1), {port: 'Home Pad', means: '', bytes: 'B0 07 05'});
  box.pull();
  box.replug();
  await timers.pass(10);
  t.true(box.connected);
  for (const {end} of [nothing, missing, asked, other]) end();
  t.false(box.connected);
  t.false(pad.connected);
});

test('a home-made surface is recorded with what it said of itself, and its recording is replayed without it', async (t) => {
  const path = join(scratch, 'line.jsonl');
  let session = (): unknown => undefined;
  let nowMs = (): number => 0;
  const recorder = createRecorder({path, layout: 'mixer', session: () => session(), nowMs: () => nowMs()});
  const bench = firmwareDesk(twentyStrips, 'line', (transport) =>
    tappedTransport(transport, recorder, (port) => port.surface),
  );
  session = () => recordedSession('P', bench.engine.mixer);
  nowMs = bench.clock.now;
  const {device} = bench.plug({label: 'Left'});
  await bench.pass(1200);
  device.touch(0, true);
  for (const position of [0.3, 0.5, 0.7, 0.8]) {
    device.move(0, Math.round(position * 0xffff));
    await bench.pass(40);
  }
  device.touch(0, false);
  await bench.pass(700);
  await bench.desk.close();
  recorder.close();
  t.is(recorder.failed, undefined);
  const read = readRecording(path, readFileSync(path, 'utf8'));
  if (read.state !== 'read') throw new Error(JSON.stringify(read.problems));
  const {header: of, entries} = read.recording;
  const surface = surfaceOfTold(of.device);
  if (typeof surface === 'string') throw new Error(surface);
  t.is(surface.id, of.surface);
  t.is(surface.name, 'Left');
  t.true(entries.some(({from, means}) => from === 'device' && /^fader\.moved fader\.1 0\.[78]/.test(means)));
  t.true(
    entries.some(({from, means}) => (from === 'desk' && means === 'text.1 Strip 1\n0.0 dB') || /^text\.1 /.test(means)),
  );
  const mixer = mixerOf(of.session);
  if (typeof mixer === 'string') throw new Error(mixer);
  const again = await replay({surface, layout: layoutOf('mixer'), mixer, entries, afterMs: 300});
  const ignored = runsByItself;
  t.deepEqual(compareShown(surface, entries, again, {toleranceMs: 300, ignored}), []);
});

test('whatever a file has a device say of itself, it becomes a surface or a sentence', (t) => {
  t.like(surfaceOfTold({type: 'deej', id: 'A', sliders: 3}), {dialect: 'deej', strips: 3});
  const field = fc.oneof(fc.anything(), fc.constantFrom('longthrow', 'deej', '4C 54 01', '4C 54 01 81 02 01 00', 3));
  const told = fc.record(
    {type: field, id: field, sliders: field, descriptor: field, serial: field, label: field},
    {requiredKeys: []},
  );
  fc.assert(
    fc.property(fc.oneof(fc.anything(), told), (value) => {
      const surface = surfaceOfTold(value);
      return typeof surface === 'string' ? surface !== '' : surface.strips >= 0;
    }),
    {numRuns: Number(process.env['RUNS'] ?? 50)},
  );
  t.pass();
});

test('a disk that refuses is told once, and the desk goes on', async (t) => {
  const recorder = createRecorder({
    path: join(scratch, 'no', 'such.jsonl'),
    layout: 'mixer',
    session: () => ({}),
    nowMs: () => 0,
  });
  const {device, heard} = await tappedPort(plain, recorder);
  device.say(Uint8Array.of(0xb0, 0x00, 0x7f));
  t.deepEqual(heard, ['b0007f']);
  t.regex(recorder.failed ?? '', /cannot be written: ENOENT/);
});
