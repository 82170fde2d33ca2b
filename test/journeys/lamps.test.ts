import test from 'ava';
import {surfaces, type TestDesk, testDesk, twentyStrips} from './test-desk.ts';

const xTouch = surfaces.find(({id}) => id === 'x-touch');

/** A desk that hears something, with a unit that shows it. */
async function playing(reducedMotion = false) {
  if (xTouch === undefined) throw new Error('there is no such surface');
  const bench = testDesk(twentyStrips, {reducedMotion});
  const {device} = bench.plug(xTouch, 'X-Touch');
  await bench.pass(3000);
  bench.engine.hear(0.1, new Map([[0, {peak: 0.3}]]), 0.5);
  await bench.pass(100);
  return {...bench, device};
}

/** Samples of the first strip are lost now. */
async function clip({engine, pass}: TestDesk, ms: number): Promise<void> {
  engine.hear(0.01, new Map([[0, {peak: 1, clipRun: 5}]]), 0.5);
  await pass(ms);
}

test('lost samples light overload and warning lamp at once, in any part of the rhythm, and the lamp stays lit for a second', async (t) => {
  for (let wait = 0; wait < 500; wait += 70) {
    const bench = await playing();
    const {desk, device, pass} = bench;
    await pass(wait);
    const lit = () => [device.shown().get('lamp.rec.1'), device.shown().get('overload.1')];
    t.deepEqual(lit()[0], {type: 'lamp', on: false});
    await clip(bench, 25);
    for (let ms = 25; ms < 1000; ms += 50, await pass(50))
      t.deepEqual(lit(), [
        {type: 'lamp', on: true},
        {type: 'overload', on: true},
      ]);
    await desk.close();
  }
});

test('with reduced motion the alarm stays, and its text with it', async (t) => {
  const bench = await playing(true);
  const {desk, device, pass} = bench;
  t.true(desk.status().reducedMotion);
  await clip(bench, 50);
  for (let ms = 0; ms < 4000; ms += 50, await pass(50)) {
    // Without frames for half a second everything is stale; the alarm is still graver.
    t.deepEqual(device.shown().get('lamp.rec.1'), {type: 'lamp', on: true});
    const text = device.shown().get('text.1');
    t.is(text?.type === 'text' && text.bottom, 'IN CLP');
    t.deepEqual(device.shown().get('lamp.rec.2'), {type: 'lamp', on: false}, 'others speak by text only');
  }
  await desk.close();
});

test('the displays of a surface step through loudness and headroom with shift', async (t) => {
  const bench = await playing();
  const {desk, device, pass} = bench;
  const press = async (control: string): Promise<void> => {
    for (const key of ['shift', control]) device.press(key);
    for (const key of [control, 'shift']) device.lift(key);
    bench.engine.hear(0.05, new Map([[0, {peak: 0.3}]]), 0.5);
    await pass(300);
  };
  const shown = (output: string): string => {
    const cell = device.shown().get(output);
    return cell?.type === 'digits' ? cell.text : '';
  };
  t.is(shown('digits.assignment'), 'LV');
  await press('flip');
  t.is(shown('digits.assignment'), '06', 'the mix peaks at half of full scale');
  await press('flip');
  t.is(shown('digits.assignment'), 'LV');
  const letters: string[] = [];
  for (let turn = 0; turn < 5; turn++) {
    await press('smpte-beats');
    letters.push(shown('digits.time').slice(0, 1));
  }
  t.deepEqual(letters.slice(0, 4), ['I', 'S', 'M', 'P']);
  t.regex(shown('digits.time'), /^[\d ]+$/, 'the time again');
  t.false(desk.status().view.flipped, 'shift with flip flips nothing');
  await desk.close();
});
