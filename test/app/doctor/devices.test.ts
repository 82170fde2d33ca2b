import test from 'ava';
import {groupCure} from '../../../src/app/doctor/groups.ts';
import {checkHid} from '../../../src/app/doctor/hid.ts';
import {checkMidi} from '../../../src/app/doctor/midi.ts';
import {checkSerial} from '../../../src/app/doctor/serial.ts';
import {udevRules} from '../../../src/app/doctor/udev-rules.ts';
import {shippedMappings} from '../../../src/mapping/folder.ts';
import {loadMappings} from '../../../src/mapping/load.ts';
import {cures, machine, states, unavailable, withPorts} from './machine.ts';

const {surfaces} = await loadMappings(shippedMappings);

test('MIDI ports are named, without what could harm a terminal', async (t) => {
  const rows = await checkMidi(machine(), withPorts('X-Touch', 'evil\u001b[31m'));
  t.is(rows[1]?.found, 'X-Touch, evil [31m');
});

test('no MIDI port is worth a look, no MIDI at all is missing', async (t) => {
  t.deepEqual(states(await checkMidi(machine(), withPorts())), ['ALSA sequencer: ok', 'ports: warning']);
  const rows = await checkMidi(machine(), unavailable('no sequencer', 'modprobe snd-seq'));
  t.deepEqual(states(rows), ['ALSA sequencer: missing', 'ports: skipped']);
  t.is(rows[0]?.cure, 'modprobe snd-seq');
});

test('a forbidden sequencer asks for the group, or for a new login of who has joined it', async (t) => {
  const denied = {denied: ['/dev/snd/seq']};
  const transport = () => unavailable('no permission', 'join');
  t.regex(cures(await checkMidi(machine(denied), transport())), /since this login: log out/);
  t.regex(cures(await checkMidi(machine({...denied, userName: 'bob'}), transport())), /usermod -aG audio/);
});

test('the transport it was given is closed', async (t) => {
  const transport = withPorts('A');
  await checkMidi(machine(), transport);
  const opened = await transport.open({id: 'memory:1', name: 'A', kind: 'memory'}, {received() {}, lost() {}});
  t.is(opened.state, 'failed');
});

const hidFiles = {
  '/dev/hidraw0': '',
  '/dev/hidraw1': '',
  '/sys/class/hidraw/hidraw0/device/uevent': 'HID_ID=0003:0000046D:0000C31C\nHID_NAME=A keyboard\n',
  '/sys/class/hidraw/hidraw1/device/uevent': 'HID_ID=0003:00000B33:00000030\nHID_NAME=A jog wheel\n',
};

test('a known HID surface that may not be opened comes with its udev rule, a keyboard does not', async (t) => {
  const rows = await checkHid(machine({files: hidFiles, denied: ['/dev/hidraw0', '/dev/hidraw1']}), surfaces);
  t.deepEqual(states(rows), ['udev: ok', 'devices: ok', 'permission: missing']);
  t.is(rows[1]?.found, '2, none open to you');
  t.is(rows[2]?.found, 'A jog wheel may not be opened');
  t.regex(rows[2]?.cure ?? '', /^longthrow doctor --udev \| sudo tee \/etc\/udev\/rules\.d\/70-longthrow\.rules/);
});

test('HID devices that may be opened are named', async (t) => {
  const rows = await checkHid(machine({files: hidFiles, denied: ['/dev/hidraw0']}), surfaces);
  t.is(rows[1]?.found, '2, open to you: A jog wheel');
});

test('without udev nothing gets its rights, which is worth a look', async (t) => {
  const system = machine();
  const rows = await checkHid({...system, list: async () => []}, []);
  t.deepEqual(states(rows), ['udev: warning', 'devices: ok']);
});

test('a serial port that may not be opened names the group that may', async (t) => {
  const rows = await checkSerial(machine({files: {'/dev/ttyACM0': ''}, denied: ['/dev/ttyACM0']}));
  t.deepEqual(states(rows), ['port: ok', 'permission: missing']);
  t.regex(cures(rows), /usermod -aG dialout/);
});

test('ModemManager is worth a look once there is a port for it to talk to', async (t) => {
  const programs = async () => ['ModemManager'];
  t.is((await checkSerial(machine({programs}))).length, 1);
  const rows = await checkSerial(machine({programs, files: {'/dev/ttyUSB0': ''}}));
  t.is(rows.at(-1)?.check, 'ModemManager');
});

test('of each serial port it is said whether the desk opens it by itself, or how to have it opened', async (t) => {
  const files = {
    '/dev/ttyACM0': '',
    '/sys/class/tty/ttyACM0/device/../idVendor': '2341\n',
    '/sys/class/tty/ttyACM0/device/../idProduct': '0043\n',
    '/dev/ttyUSB0': '',
    '/sys/class/tty/ttyUSB0/device/../../idVendor': '1a86\n',
    '/sys/class/tty/ttyUSB0/device/../../idProduct': '7523\n',
    '/dev/ttyUSB1': '',
  };
  const rows = await checkSerial(machine({files}));
  t.deepEqual(
    rows.map(({found}) => found),
    [
      'ttyACM0 (USB 2341:0043), a board: the desk opens it by itself',
      'ttyUSB0 (USB 1a86:7523), left alone; if a surface is on it: longthrow --serial /dev/ttyUSB0',
      'ttyUSB1, left alone; if a surface is on it: longthrow --serial /dev/ttyUSB1',
    ],
  );
  t.deepEqual(states(await checkSerial(machine())), ['ports: ok']);
});

test('HID and serial checks do not apply where the system opens devices itself', async (t) => {
  const rows = [
    ...(await checkHid(machine({platform: 'darwin'}), [])),
    ...(await checkSerial(machine({platform: 'win32'}))),
  ];
  t.deepEqual([...new Set(rows.map(({state}) => state))], ['skipped']);
});

test('a group is joined by its name', async (t) => {
  t.regex(await groupCure(machine({userName: 'bob'}), 'dialout'), /^sudo usermod -aG dialout/);
});

test('every HID surface of the mappings has its rule, and so have boards, as raw HID and as serial ports', (t) => {
  const rules = udevRules(surfaces);
  const lines = rules.split('\n');
  for (const {hid = []} of surfaces)
    for (const {vendor, product} of hid) {
      const wanted = `SUBSYSTEM=="hidraw", ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}", MODE="0660", TAG+="uaccess"`;
      t.true(lines.includes(wanted), wanted);
    }
  t.true(lines.includes('SUBSYSTEM=="hidraw", ATTRS{idVendor}=="2341", MODE="0660", TAG+="uaccess"'));
  t.regex(rules, /SUBSYSTEM=="tty", ATTRS\{idVendor\}=="16c0", ATTRS\{idProduct\}=="048\[0-9a-f\]"/);
  for (const line of lines) t.regex(line, /^(#.*|SUBSYSTEM==.*|)$/);
});
