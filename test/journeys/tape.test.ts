import test from 'ava';
import type {Cell} from '../../src/model/picture.ts';
import type {Surface} from '../../src/model/surface.ts';
import type {VirtualDevice} from '../virtual-desk/virtual-device.ts';
import {surfaces, testDesk, twentyStrips} from './test-desk.ts';

const rate = 48_000;

/** A desk with a Mackie surface that has every button of the protocol, ready, and a tape at so many seconds. */
async function tapeDesk(id: string, portName: string) {
  const surface: Surface | undefined = surfaces.find((one) => one.id === id);
  if (surface === undefined) throw new Error(`there is no surface ${id}`);
  const bench = testDesk(twentyStrips);
  const {device} = bench.plug(surface, portName);
  await bench.pass(3000);
  const press = async (...controls: readonly string[]): Promise<void> => {
    for (const control of controls) device.press(control);
    for (const control of [...controls].reverse()) device.lift(control);
    await bench.pass(400);
  };
  const at = async (seconds: number): Promise<void> => {
    bench.desk.perform({type: 'playback.locate', frame: seconds * rate});
    await bench.pass(400);
  };
  return {...bench, device, press, at};
}

function isLit(device: VirtualDevice, lamp: string): boolean {
  const cell: Cell | undefined = device.shown().get(`lamp.${lamp}`);
  return cell?.type === 'lamp' && cell.on;
}

function timeShown(device: VirtualDevice): string {
  const cell = device.shown().get('digits.time');
  return cell?.type === 'digits' ? cell.text : '';
}

for (const [id, portName] of [
  ['x-touch', 'X-Touch'],
  ['mackie-control', 'Mackie Control'],
] as const) {
  test(`on ${id}, drop and replace set the loop, cycle goes round it, and the lamps say so`, async (t) => {
    const {device, desk, engine, press, at} = await tapeDesk(id, portName);
    t.false(isLit(device, 'cycle') || isLit(device, 'drop') || isLit(device, 'replace'));
    await at(10);
    await press('drop');
    t.deepEqual(engine.playback.loop, {inFrame: 10 * rate, outFrame: 60 * rate});
    await at(20);
    await press('replace');
    t.deepEqual(engine.playback.loop, {inFrame: 10 * rate, outFrame: 20 * rate});
    t.true(isLit(device, 'drop') && isLit(device, 'replace'));
    t.false(engine.playback.looping);
    await press('cycle');
    t.true(engine.playback.looping);
    t.true(isLit(device, 'cycle'));
    await press('cycle');
    t.false(engine.playback.looping);
    t.false(isLit(device, 'cycle'));
    await desk.close();
  });

  test(`on ${id}, the marker key sets markers, and with back and forward goes by them`, async (t) => {
    const {device, desk, engine, press, at, pass} = await tapeDesk(id, portName);
    for (const seconds of [5, 12, 30]) {
      await at(seconds);
      await press('marker');
    }
    t.deepEqual(
      engine.playback.markers,
      [5, 12, 30].map((seconds, index) => ({frame: seconds * rate, name: `Marker ${index + 1}`})),
    );
    device.press('marker');
    await pass(50);
    await press('rewind');
    t.is(engine.playback.frame, 12 * rate);
    await press('rewind');
    t.is(engine.playback.frame, 5 * rate);
    await press('forward');
    t.is(engine.playback.frame, 12 * rate);
    device.lift('marker');
    await pass(50);
    t.is(engine.playback.markers.length, 3, 'a key that was used sets none');
    await press('forward');
    t.is(engine.playback.frame, 15 * rate);
    await desk.close();
  });

  test(`on ${id}, a marker lights its key and is named on the time display`, async (t) => {
    const {device, desk, at, press, pass} = await tapeDesk(id, portName);
    await at(30);
    await press('marker');
    desk.perform({type: 'playback.nameMarker', name: 'Réfrain 2'});
    t.true(isLit(device, 'marker'));
    const shown = new Set<string>();
    for (let tick = 0; tick < 40; tick++) {
      await pass(100);
      shown.add(timeShown(device).trim());
    }
    t.true(shown.has('REFRAIN 2'), [...shown].join('; '));
    t.true(shown.has('0000030000'), [...shown].join('; '));
    await at(31);
    t.false(isLit(device, 'marker'));
    await pass(500);
    t.is(timeShown(device).trim(), '0000031000');
    await desk.close();
  });

  test(`on ${id}, nudge loops from marker to marker, and again the whole tape`, async (t) => {
    const {desk, engine, press, at, device} = await tapeDesk(id, portName);
    for (const seconds of [5, 12]) {
      await at(seconds);
      await press('marker');
    }
    await at(7);
    await press('nudge');
    t.deepEqual(engine.playback.loop, {inFrame: 5 * rate, outFrame: 12 * rate});
    t.true(engine.playback.looping);
    t.true(isLit(device, 'nudge'));
    await press('nudge');
    t.is(engine.playback.loop, undefined);
    t.true(engine.playback.looping);
    await desk.close();
  });

  test(`on ${id}, with shift back and forward go by markers, and the marker key takes one away`, async (t) => {
    const {desk, engine, press, at} = await tapeDesk(id, portName);
    await at(5);
    await press('marker');
    await at(9);
    await press('shift', 'rewind');
    t.is(engine.playback.frame, 5 * rate);
    await press('shift', 'marker');
    t.deepEqual(engine.playback.markers, []);
    await desk.close();
  });
}

test('save hands markers and loop over with the mix', async (t) => {
  const bench = await tapeDesk('x-touch', 'X-Touch');
  await bench.at(5);
  await bench.press('marker');
  await bench.press('drop');
  await bench.press('save');
  t.is(bench.saves.length, 1);
  t.deepEqual(bench.timelines, [
    {markers: [{frame: 5 * rate, name: 'Marker 1'}], loop: {inFrame: 5 * rate, outFrame: 60 * rate}},
  ]);
  await bench.desk.close();
});
