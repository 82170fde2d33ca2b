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
