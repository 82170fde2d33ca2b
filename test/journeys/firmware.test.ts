import test from 'ava';
import {findStrip, newMixer, newStrip} from '../../src/model/mixer.ts';
import {type FirmwareDesk, firmwareDesk} from './firmware-desk.ts';

const sixteen = newMixer({
  strips: Array.from({length: 16}, (_, index) =>
    newStrip({id: `s${index}`, name: `Strip ${index + 1}`, levelDb: -index}),
  ),
});
const few = newMixer({strips: sixteen.strips.slice(0, 4)});
/** Hello, descriptor, configuration and a whole picture. */
const settledMs = 1500;

const levelOf = ({engine}: FirmwareDesk, strip: string): number =>
  findStrip(engine.mixer, strip)?.levelDb ?? Number.NaN;

test('a home-made surface joins the desk without a mapping file, by its own name', async (t) => {
  const bench = firmwareDesk(sixteen);
  const {device} = bench.plug({label: 'Left wing'});
  await bench.pass(settledMs);
  t.like(bench.desk.status().units, [{name: 'Longthrow Left wing', state: 'ready', strips: 8, firstStrip: 0}]);
  t.true(device.texts.get(0)?.startsWith('Strip'), device.texts.get(0));
  t.is(device.motors.size, 8);
  t.deepEqual(device.violations, []);
  await bench.desk.close();
  t.is(device.session, 0);
});

test('a fader moves a level, a meter shows it, and the warning itself goes out', async (t) => {
  const bench = firmwareDesk(few);
  const {device} = bench.plug();
  await bench.pass(settledMs);
  device.touch(0, true);
  device.move(0, 0.75);
  await bench.pass(50);
  t.true(Math.abs(levelOf(bench, 's0')) < 0.1);
  device.touch(0, false);
  bench.engine.hear(3, new Map([[1, {peak: 1, clipRun: 8}]]), 0.3);
  await bench.pass(400);
  t.true((device.meters.get(1) ?? 0) > 0xe0);
  t.like(device.warnings.get(1), {severity: 4, reason: 1});
  t.is(device.lamps.get(9), 255);
  t.like(device.warnings.get(0), {severity: 0});
  t.deepEqual(device.violations, []);
  await bench.desk.close();
});

test('a fader under a hand is never driven; on release it is sent where the mixer is', async (t) => {
  const bench = firmwareDesk(few);
  const {device} = bench.plug();
  await bench.pass(settledMs);
  device.touch(2, true);
  await bench.pass(30);
  const before = device.motors.get(2);
  bench.engine.apply({type: 'strip.setLevel', strip: 's2', levelDb: -20});
  await bench.pass(500);
  t.is(device.motors.get(2), before);
  device.touch(2, false);
  await bench.pass(100);
  t.not(device.motors.get(2), before);
  t.deepEqual(device.violations, []);
  await bench.desk.close();
});

test('a device pulled and replugged twenty times is back within 3 s each time, in its place, and no level moves', async (t) => {
  const bench = firmwareDesk(sixteen);
  const {device, cable} = bench.plug({bank: 0});
  bench.plug({serial: 'fedcba9876543210', bank: 1});
  await bench.pass(settledMs);
  const {mixer} = bench.engine;
  const places = () => bench.desk.status().units.map(({state, firstStrip}) => `${state} ${firstStrip}`);
  t.deepEqual(places(), ['ready 0', 'ready 8']);
  for (let round = 0; round < 20; round++) {
    device.powerOff();
    cable.pull();
    await bench.pass(200);
    t.deepEqual(places(), ['unplugged 0', 'ready 8'], `round ${round}`);
    cable.replug();
    await bench.pass(100);
    device.powerOn();
    device.move(0, round / 20);
    await bench.pass(2500);
    t.deepEqual(places(), ['ready 0', 'ready 8'], `round ${round}`);
  }
  t.deepEqual(bench.engine.mixer, mixer);
  await bench.desk.close();
});

test('a device that falls silent without closing its line is lost within 750 ms, and greeted until it is back', async (t) => {
  const bench = firmwareDesk(few);
  const {device} = bench.plug();
  await bench.pass(settledMs);
  device.powerOff();
  await bench.pass(800);
  t.is(bench.desk.status().units[0]?.state, 'unplugged');
  await bench.pass(20_000);
  device.powerOn(4);
  await bench.pass(2000);
  t.is(bench.desk.status().units[0]?.state, 'ready');
  t.is(device.motors.size, 8);
  await bench.desk.close();
});

test('a board that nobody knows yet is greeted again for as long when its line failed in mid-greeting', async (t) => {
  const bench = firmwareDesk(few);
  const {device, cable} = bench.plug();
  device.powerOff();
  for (let failure = 0; failure < 3; failure++) {
    await bench.pass(5000);
    t.true(cable.connected);
    cable.fail('the serial driver stopped answering');
    await bench.pass(600);
  }
  t.deepEqual(bench.desk.status().units, []);
  device.powerOn();
  await bench.pass(2000);
  t.is(bench.desk.status().units[0]?.state, 'ready');
  await bench.desk.close();
});

test('when the sound engine stalls, the device is safe within its lease and 50 ms, and used again only when sound goes on', async (t) => {
  const bench = firmwareDesk(few);
  const {device} = bench.plug();
  await bench.pass(settledMs);
  bench.stall(true);
  const lastBeat = (): number => device.beatAtMs ?? 0;
  await bench.pass(1400);
  t.is(device.session, 0);
  t.true((device.safeAtMs ?? 0) - lastBeat() <= 1050, `${device.safeAtMs} after ${lastBeat()}`);
  await bench.pass(5000);
  t.is(device.session, 0);
  bench.stall(false);
  await bench.pass(1500);
  t.not(device.session, 0);
  t.is(bench.desk.status().units[0]?.state, 'ready');
  await bench.desk.close();
});

test('a deej box is a surface of plain faders, and it is said what it cannot do', async (t) => {
  const bench = firmwareDesk(few);
  const {cable, device} = bench.plug();
  device.powerOff();
  const say = (line: string): void => cable.say(new TextEncoder().encode(line));
  await bench.pass(100);
  for (const line of [
    '12|3',
    '|0|512|1023\r\n',
    '0|512|1023\r\n',
    '0|512|1023\r\n',
    '0|512|1023\r\n',
    '0|512|1023\r\n',
  ]) {
    say(line);
    await bench.pass(10);
  }
  await bench.pass(300);
  t.like(bench.desk.status().units, [{name: 'deej box', state: 'ready', strips: 3}]);
  t.true(bench.notices.some((text) => text.includes('no motors')));
  const {mixer} = bench.engine;
  say('0|512|1023\r\n');
  await bench.pass(50);
  t.deepEqual(bench.engine.mixer, mixer);
  for (let reading = 512; reading <= 900; reading += 4) {
    say(`0|${reading}|1023\r\n`);
    await bench.pass(10);
  }
  t.not(levelOf(bench, 's1'), -1);
  await bench.desk.close();
});

test('a deej box that speaks at its own 9,600 baud only is listened to there, when nobody answered', async (t) => {
  const bench = firmwareDesk(few);
  const cable = bench.plugCable();
  const reading = new TextEncoder().encode('0|512|1023\r\n');
  /** Heard at another speed, its lines are noise. */
  const noise = Uint8Array.of(0xf8, 0x00, 0xe0, 0x78, 0x00, 0x80, 0xfe);
  for (let spokenMs = 0; spokenMs < 12_000; spokenMs += 20) {
    cable.say(bench.speeds.at(-1) === 9600 ? reading : noise);
    await bench.pass(20);
  }
  t.deepEqual(bench.speeds, [115_200, 9600]);
  t.like(bench.desk.status().units, [{name: 'deej box', state: 'ready', strips: 3}]);
  await bench.desk.close();
});
