import {EventEmitter} from 'node:events';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type {Clock} from '../../../src/app/clock.ts';
import {importMappings} from '../../../src/app/command/import.ts';
import {mappingsFolder} from '../../../src/app/folders.ts';
import {runLearner} from '../../../src/app/learn/learn-dialogue.ts';
import {learnablePorts, learnedPort, rightsFor} from '../../../src/app/learn/learn-port.ts';
import {deskMappings, mappingText, ownMappingPath, writeMapping} from '../../../src/app/own-mappings.ts';
import {surfaceAt} from '../../../src/app/port-surface.ts';
import {loadMappings} from '../../../src/mapping/load.ts';
import {matchSurface} from '../../../src/mapping/match-surface.ts';
import {learnedSurface} from '../../../src/surface/learn/learned-surface.ts';
import type {Port} from '../../../src/transport/contract.ts';
import {memoryTransport} from '../../../src/transport/memory.ts';
import {settle, VirtualTimers} from '../../transport/virtual-timers.ts';

const scratch = mkdtempSync(join(tmpdir(), 'longthrow-learn-'));
test.after.always(() => rmSync(scratch, {recursive: true, force: true}));

/** A keyboard that notes whether it is raw. */
class Keyboard extends EventEmitter {
  raw = false;
  setRawMode = (raw: boolean): this => {
    this.raw = raw;
    return this as never;
  };
  resume = (): this => this as never;
  pause = (): this => this as never;
}

async function dialogue(name = 'Home Box \u001b[2J', facts: Pick<Port, 'usb' | 'hid'> = {}) {
  const timers = new VirtualTimers();
  const clock: Clock = {now: timers.now, after: timers.after, soon: (call) => void timers.after(0, call)};
  const transport = memoryTransport();
  const device = transport.plug(name, facts);
  let ports: readonly Port[] = [];
  transport.watch((now) => {
    ports = now;
  });
  const [port] = ports;
  if (port === undefined) throw new Error('there is no port');
  const keyboard = new Keyboard();
  const said: string[] = [];
  const end = runLearner(transport, port, {input: keyboard as never, write: (text) => said.push(text)}, clock);
  await settle();
  return {
    device,
    port,
    keyboard,
    end,
    shown: () => said.join(''),
    /** Keys, one after the other. */
    type: (keys: string) => keyboard.emit('data', Buffer.from(keys)),
    /** Bytes, 10 ms apart, and a rest. */
    async say(...messages: readonly (readonly number[])[]) {
      for (const message of messages) {
        device.say(Uint8Array.from(message));
        await timers.pass(10);
      }
      await timers.pass(900);
    },
  };
}

const ride = (controller: number): readonly (readonly number[])[] =>
  [0, 30, 60, 90, 127, 90, 60, 30, 0].map((value) => [0xb0, controller, value]);
const presses = (note: number, times: number): readonly (readonly number[])[] =>
  Array.from({length: times}, () => [
    [0x90, note, 100],
    [0x80, note, 0],
  ]).flat();

test('a device is learned in the terminal, key by key', async (t) => {
  const {device, keyboard, end, shown, type, say} = await dialogue();
  t.true(keyboard.raw);
  t.regex(shown(), /Learning Home Box {2}\[2J\. It asks, you do; .*\n\nMove fader 1 from the bottom/);
  t.false(shown().includes('\u001b'));
  await say(...ride(7));
  t.regex(shown(), /fader\.1: controller 7, channel 1, 0 to 127 in 128 steps/);
  await say(...ride(8));
  type('\r\r\r');
  await say(...presses(40, 3));
  t.regex(
    shown(),
    /note 40, channel 1, press and release\n\nFound\. What shall this row of keys do\?\n {2}1 {2}mute {3}\(Enter\)\n {2}2 {2}solo/,
  );
  type('2');
  t.regex(shown(), /solo\.1: note 40, channel 1, press and release/);
  await say(...presses(41, 1));
  type('\r\r\r');
  t.regex(shown(), /May the lamps of the keys be tried\?/);
  type('y');
  t.regex(shown(), /Did the lamp of SOLO on strip 1 light\?/i);
  type('yn');
  const ended = await end;
  t.is(ended.state, 'finished');
  t.false(keyboard.raw);
  t.is(keyboard.listenerCount('data'), 0);
  t.false(device.connected);
  t.deepEqual(
    device.heard.map((bytes) => Buffer.from(bytes).toString('hex')),
    ['90287f', '902800'],
  );
  if (ended.state !== 'finished') return;

  const folder = join(scratch, 'learned');
  const {id, file} = learnedSurface(ended.learner, {name: 'Home Box 24:0'});
  if (file === undefined) throw new Error('nothing was learned');
  await writeMapping(ownMappingPath({kind: 'surfaces', id, file}, folder), file, false);
  const {surfaces, problems} = await deskMappings(folder);
  t.deepEqual(problems, []);
  const found = matchSurface(surfaces, 'Home Box 24:0');
  t.is(found?.id, id);
  t.deepEqual([...(found?.controls.keys() ?? [])], ['fader.1', 'fader.2', 'solo.1', 'solo.2']);
  t.true(found?.outputs.has('lamp.solo.2'));
});

for (const [how, stop] of [
  ['q', 'q'],
  ['Ctrl-C', '\u0003'],
  ['Escape', '\u001b'],
] as const) {
  test(`${how} ends learning: the lamp that is tried goes dark, the terminal is as before`, async (t) => {
    const {device, keyboard, end, type, say} = await dialogue();
    await say(...ride(7));
    type('\r\r\r');
    await say(...presses(40, 3));
    type('\r\r\r\r');
    type('y');
    type(stop);
    t.deepEqual(await end, {state: 'stopped'});
    t.deepEqual(
      device.heard.map((bytes) => Buffer.from(bytes).toString('hex')),
      ['90287f', '902800'],
    );
    t.false(keyboard.raw);
    t.false(device.connected);
  });
}

test('a HID device is learned in the terminal, and its mapping is found by its USB numbers', async (t) => {
  const facts = {
    usb: {vendor: '1209', product: 'beef', serial: 'A1'},
    hid: {interface: 1, usages: [{page: 0xff00, usage: 1}], numbered: true},
  };
  const {device, port, end, shown, type, say} = await dialogue('Home HID A1', facts);
  t.regex(shown(), /Take your hands off the device/);
  await say([1, 0, 0, 0, 0]);
  await say();
  t.regex(shown(), /Move fader 1 from the bottom/);
  const values = [0, 100, 240, 400, 520, 660, 790, 900, 1023];
  const report = (value: number, key: number) => [1, value & 0xff, value >> 8, key, 0];
  await say(...[...values, ...values.toReversed()].map((value) => report(value, 0)));
  t.regex(shown(), /fader\.1: bytes 1 and 2 of report 1, 0 to 1023/);
  type('\r\r\r');
  await say(...[8, 0, 8, 0, 8, 0].map((key) => report(0, key)));
  t.regex(shown(), /bit 3 of byte 3 of report 1/);
  type('\r\r');
  t.regex(shown(), /Is there a jog wheel/);
  type('\r\r');
  const ended = await end;
  t.is(ended.state, 'finished');
  // Nothing is ever tried on a device whose reports nobody knows.
  t.deepEqual(device.heard, []);
  if (ended.state !== 'finished') return;
  const {id, file} = learnedSurface(ended.learner, learnedPort(port));
  t.is(id, 'learned-home-hid');
  const folder = join(scratch, 'hid');
  await writeMapping(ownMappingPath({kind: 'surfaces', id, file: {}}, folder), file ?? {}, false);
  const {surfaces, problems} = await deskMappings(folder);
  t.deepEqual(problems, []);
  const found = surfaceAt(surfaces, {...port, name: 'another name'});
  t.is(found?.id, id);
  t.deepEqual([...(found?.controls.keys() ?? [])], ['fader.1', 'mute.1']);
  t.deepEqual(file?.hid, [{vendor: '1209', product: 'beef', usagePage: 'ff00'}]);
});

test('whoever hears nothing is told what to look at', async (t) => {
  const {shown, type, say, end} = await dialogue();
  for (let time = 0; time < 15; time++) await say();
  t.regex(shown(), /Nothing was heard from the device so far\. Is it the right one\?/);
  t.is(shown().split('Nothing was heard').length, 2);
  type('q');
  await end;
});

test('what can be learned is listed without the system’s own ports, and what is missing is told', async (t) => {
  const transport = memoryTransport();
  transport.plug('Home Box');
  transport.plug('Midi Through Port-0');
  const usages = [{page: 1, usage: 6}];
  transport.plug('Keys', {usb: {vendor: '1209', product: '0001', serial: undefined}, hid: {interface: 0, usages}});
  const names = async (wanted?: string) => (await learnablePorts([transport], wanted)).map(({port}) => port.name);
  t.deepEqual(await names(), ['Home Box']);
  t.deepEqual(await names('keys'), ['Keys']);
  t.deepEqual(await names('THROUGH'), ['Midi Through Port-0']);
  await t.throwsAsync(names('zz'), {
    message: /No port has "zz" in its name\. There are: Home Box, Midi Through Port-0, Keys/,
  });
  await t.throwsAsync(learnablePorts([memoryTransport()], undefined), {
    message: /No MIDI or HID device is there\. Plug/,
  });
  const port = {
    id: 'hid:x',
    kind: 'hid',
    name: 'H',
    usb: {vendor: '1209', product: '0002', serial: undefined},
  } as const;
  t.regex(
    rightsFor(port, 'linux') ?? '',
    /ATTRS\{idVendor\}=="1209", ATTRS\{idProduct\}=="0002".*70-longthrow-1209-0002\.rules/,
  );
  t.is(rightsFor(port, 'win32'), undefined);
});

test('a device that is pulled while it is learned is told, and nothing was learned', async (t) => {
  const {device, keyboard, end, say} = await dialogue();
  await say(...ride(7));
  device.pull();
  t.deepEqual(await end, {state: 'lost', reason: 'Home Box  [2J: unplugged'});
  t.false(keyboard.raw);
});

test('a keyboard that goes away ends learning', async (t) => {
  const {keyboard, end} = await dialogue();
  keyboard.emit('end');
  t.deepEqual(await end, {state: 'stopped'});
});

test('a mapping is written whole or not at all, and over nothing unless it may', async (t) => {
  const path = join(scratch, 'whole', 'surfaces', 'x.json');
  await writeMapping(path, {a: [1, 2]}, false);
  t.is(readFileSync(path, 'utf8'), '{\n  "a": [1, 2]\n}\n');
  await t.throwsAsync(writeMapping(path, {b: 1}, false), {message: /x\.json is there already/});
  await writeMapping(path, {b: 1}, true);
  t.is(readFileSync(path, 'utf8'), '{\n  "b": 1\n}\n');
  t.deepEqual(readdirSync(join(scratch, 'whole', 'surfaces')), ['x.json']);
  writeFileSync(join(scratch, 'file'), '');
  await t.throwsAsync(writeMapping(join(scratch, 'file', 'y.json'), {}, false), {message: /y\.json cannot be written/});
  t.deepEqual(
    JSON.parse(
      mappingText({
        a: [
          [0, null],
          [1, 2],
        ],
        b: ['x, y'],
        c: {d: []},
      }),
    ),
    {
      a: [
        [0, null],
        [1, 2],
      ],
      b: ['x, y'],
      c: {d: []},
    },
  );
});

test('an import writes surface and layout, or neither of them', async (t) => {
  const out = join(scratch, 'import');
  mkdirSync(out);
  const path = join(scratch, 'two.map');
  const binding = '<Binding channel="1" ctl="7" uri="/route/compressor/threshold B1"/>';
  writeFileSync(path, `<ArdourMIDIBindings name="Two Files">${binding}</ArdourMIDIBindings>`);
  writeFileSync(join(out, 'two-files-layout.json'), 'mine');
  const told: string[] = [];
  t.is(await importMappings([path], {out}, (text) => told.push(text)), 5);
  t.regex(told.join(''), /^\S+two\.map: \S+two-files-layout\.json is there already\. .*\. Nothing was written\.\n$/);
  t.deepEqual(readdirSync(out), ['two-files-layout.json']);
  t.is(readFileSync(join(out, 'two-files-layout.json'), 'utf8'), 'mine');
});

test('of several files that are imported each is told, whatever becomes of the others, and none writes over another', async (t) => {
  const out = join(scratch, 'several');
  const map = (file: string, name: string, controller: number): string => {
    const path = join(scratch, file);
    const binding = `<Binding channel="1" ctl="${controller}" uri="/route/gain B1"/>`;
    writeFileSync(path, `<ArdourMIDIBindings name="${name}">${binding}</ArdourMIDIBindings>`);
    return path;
  };
  const paths = [map('one.map', 'Acme Four', 7), map('again.map', 'Acme four', 8), map('last.map', 'K2', 9)];
  const [one = '', again = '', last = ''] = paths;
  const faders = (): readonly unknown[] =>
    ['acme-four', 'k2'].map((id) => JSON.parse(readFileSync(join(out, `${id}.json`), 'utf8')).controls['fader.*'].cc);
  for (const replace of [false, true]) {
    const told: string[] = [];
    t.is(await importMappings([...paths, join(scratch, 'none.map')], {out, replace}, (text) => told.push(text)), 5);
    t.deepEqual(
      told.map((text) => text.split('\n')[0]?.replace(/ENOENT.*/, 'ENOENT')),
      [
        `${one}: MIDI bindings, "Acme Four": 1 carried over, 0 left out`,
        `${again}: ${one} became ${join(out, 'acme-four.json')} just now: import this one alone, with a --name of its own. Nothing was written.`,
        `${last}: MIDI bindings, "K2": 1 carried over, 0 left out`,
        `${join(scratch, 'none.map')}: cannot be read: ENOENT`,
      ],
    );
    t.regex(told[0] ?? '', /any port whose name begins with "Acme Four" or "Four"/);
    t.regex(told[2] ?? '', /\n {2}wrote \S+k2\.json\n {2}It is taken for any port whose name is "K2"; --port/);
    t.deepEqual(faders(), [7, 9]);
    rmSync(join(out, 'acme-four.json'));
    if (!replace) {
      // One that is there already does not keep the others from being told.
      const json: string[] = [];
      t.is(await importMappings([one, last], {out, json: true}, (text) => json.push(text)), 5);
      const {files} = JSON.parse(json.join(''));
      t.deepEqual(
        files.map(({state, written}: {state: string; written: readonly string[]}) => [state, written.length]),
        [
          ['imported', 1],
          ['refused', 0],
        ],
      );
    }
  }
});

test('the name of a port may be given as the system shows it', async (t) => {
  const path = join(scratch, 'named.map');
  const binding = '<Binding channel="1" ctl="7" uri="/route/gain B1"/>';
  writeFileSync(path, `<ArdourMIDIBindings name="Two Files">${binding}</ArdourMIDIBindings>`);
  const mappings = join(scratch, 'named');
  mkdirSync(mappings);
  const port = 'Acme:Acme Control 24:0';
  t.is(await importMappings([path], {install: true, mappings, port}, () => undefined), 0);
  t.is(matchSurface((await deskMappings(mappings)).surfaces, port)?.id, 'two-files');
});

test('own mappings win over those of the program, broken ones are told, and the rest works', async (t) => {
  const own = join(scratch, 'own');
  mkdirSync(join(own, 'surfaces'), {recursive: true});
  const mine = {...JSON.parse(readFileSync(join(mappingsFolder, 'surfaces', 'x-touch.json'), 'utf8')), name: 'Mine'};
  writeFileSync(join(own, 'surfaces', 'x-touch.json'), JSON.stringify(mine));
  writeFileSync(join(own, 'surfaces', 'broken.json'), '{\n  "name": "Broken",\n}\n');
  writeFileSync(join(own, 'surfaces', 'bcf2000.json'), JSON.stringify({...mine, strips: 99, extends: undefined}));
  const [usual, both] = await Promise.all([loadMappings(mappingsFolder), deskMappings(own)]);
  t.is(both.surfaces.find(({id}) => id === 'x-touch')?.name, 'Mine');
  t.is(both.surfaces.find(({id}) => id === 'bcf2000')?.name, usual.surfaces.find(({id}) => id === 'bcf2000')?.name);
  t.is(both.surfaces.length, usual.surfaces.length);
  const told = both.problems.map(({path, reason}) => `${path.slice(own.length + 1)}: ${reason}`);
  t.true(
    told.some((line) => /^surfaces.broken\.json: line 3, column 1: no comma may stand before \}/.test(line)),
    told.join('\n'),
  );
  t.true(
    told.some((line) => /^surfaces.bcf2000\.json: strips/.test(line)),
    told.join('\n'),
  );
  await t.throwsAsync(deskMappings(join(scratch, 'nowhere')), {message: /there is no such folder/});
  t.false(existsSync(join(scratch, 'nowhere')));
});
