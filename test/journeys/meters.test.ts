import test from 'ava';
import {surfaces, testDesk, twentyStrips} from './test-desk.ts';

test('a surface steps through the kinds of meter with shift and name/value, its lamps follow, and the choice is saved', async (t) => {
  const surface = surfaces.find(({id}) => id === 'x-touch');
  if (surface === undefined) throw new Error('there is no such surface');
  const bench = testDesk(twentyStrips);
  const {device} = bench.plug(surface, 'X-Touch');
  const {desk, engine, pass} = bench;
  await pass(3000);
  const lit = (): number | undefined => {
    const cell = device.shown().get('meter.1');
    return cell?.type === 'meter' ? cell.step : undefined;
  };
  const hear = async (): Promise<void> => {
    engine.hear(0.1, new Map([[0, {peak: 10 ** (-9 / 20)}]]), 0.5);
    await pass(100);
  };
  await hear();
  t.is(desk.status().meters.type, 'peak');
  t.is(lit(), 9, 'the target window');
  t.is(
    desk
      .status()
      .reading(twentyStrips.strips[0]?.id ?? '')
      ?.shown?.mark.toFixed(1),
    '-9.0',
  );

  const press = (control: string): void => {
    device.press('shift');
    device.press(control);
    device.lift(control);
    device.lift('shift');
  };
  press('name-value');
  await pass(50);
  t.is(desk.status().meters.type, 'true-peak');
  await hear();
  t.is(lit(), 0, 'this engine says nothing of true peaks');
  desk.perform({type: 'meters.setType', meter: 'peak'});
  desk.perform({type: 'meters.setFall', fallDbPerSecond: 40});
  await hear();
  t.is(lit(), 9);
  await pass(600);
  t.is(desk.status().reading(twentyStrips.strips[0]?.id ?? '')?.shown, undefined, 'an old level is not a level');
  press('cancel');
  desk.perform({type: 'session.save'});
  t.deepEqual(bench.meters.at(-1), {type: 'peak', lineUpDb: -18, fallDbPerSecond: 40, paused: false});
  await desk.close();
});

test('a meter under which another strip comes says that strip alone: what it showed before does not hold its lamps up', async (t) => {
  const surface = surfaces.find(({id}) => id === 'generic-hui');
  if (surface === undefined) throw new Error('there is no such surface');
  const {desk, engine, pass, plug} = testDesk(twentyStrips);
  const {device} = plug(surface, 'HUI');
  await pass(1000);
  const stepAfter = async (): Promise<number | undefined> => {
    engine.hear(0.1, new Map([-6.5, -6.8].map((peakDb, bank) => [8 * bank, {peak: 10 ** (peakDb / 20)}])), 0.5);
    await pass(100);
    const cell = device.shown().get('meter.1.left');
    return cell?.type === 'meter' ? cell.step : undefined;
  };
  t.is(await stepAfter(), 9);
  desk.perform({type: 'view.bankRight'});
  t.is(await stepAfter(), 8, "half a dB of hysteresis is another strip's");
  await desk.close();
});
