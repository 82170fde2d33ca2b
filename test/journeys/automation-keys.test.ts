import test from 'ava';
import {newMixer} from '../../src/model/mixer.ts';
import type {Cell} from '../../src/model/picture.ts';
import {positionOf} from '../../src/model/taper.ts';
import type {VirtualDevice} from '../virtual-desk/virtual-device.ts';
import {portNameOf, surfaces, testDesk, twentyStrips} from './test-desk.ts';

/** Buttons, lamps and displays of automation over the virtual desk: what a hand presses, and what it then sees. */

const rate = 48_000;
const stepMs = 50;
/** As many strips as lie under the faders, each sounding well within its window: nothing warns. */
const eightStrips = newMixer({strips: twentyStrips.strips.slice(0, 8)});
const sound = new Map(eightStrips.strips.map((_, index) => [index, {peak: 0.35, power: 0.01}]));

async function begin(id: string) {
  const surface = surfaces.find((one) => one.id === id);
  if (surface === undefined) throw new Error(`there is no surface ${id}`);
  const bench = testDesk(eightStrips);
  const {device} = bench.plug(surface, portNameOf(surface));
  await bench.pass(2500);
  const press = async (...controls: readonly string[]): Promise<void> => {
    for (const control of controls) device.press(control);
    for (const control of [...controls].reverse()) device.lift(control);
    await bench.pass(100);
  };
  /** Time goes on, and with it the tape while it plays. */
  const roll = async (ms: number, each: (ms: number) => void = () => {}): Promise<void> => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      each(passed);
      bench.engine.roll((stepMs / 1000) * rate);
      bench.engine.hear(stepMs / 1000, sound, 0.5);
      await bench.pass(stepMs);
    }
  };
  /** A lamp over a second, one character each 50 ms. */
  const watch = async (lamp: string): Promise<string> => {
    let seen = '';
    for (let tick = 0; tick < 20; tick++) {
      seen += isLit(device, lamp) ? '#' : '.';
      await roll(50);
    }
    return seen;
  };
  const at = (levelDb: number): number => positionOf(surface.faders.taper, levelDb);
  return {...bench, device, press, roll, watch, at};
}

function isLit(device: VirtualDevice, lamp: string): boolean {
  const cell: Cell | undefined = device.shown().get(`lamp.${lamp}`);
  return cell?.type === 'lamp' && cell.on;
}

function bottom(device: VirtualDevice, strip: number): string {
  const cell = device.shown().get(`text.${strip}`);
  return cell?.type === 'text' ? cell.bottom.trim() : '';
}

const keys = ['read', 'write', 'trim', 'touch', 'latch'] as const;
const litKeys = (device: VirtualDevice): string => keys.filter((key) => isLit(device, key)).join();
/** Lit but for a wink each half second. */
const isWinking = (seen: string): boolean => /#{7}/.test(seen) && /\./.test(seen) && !/\.{4}/.test(seen);

test('a ride in touch mode, from the key to the step that is taken back', async (t) => {
  const {device, desk, press, roll, watch, at} = await begin('mackie-control');
  t.is(litKeys(device), 'read');
  await press('touch');
  t.is(litKeys(device), 'touch');
  t.is(bottom(device, 1), 'TOUCH');
  t.deepEqual([isLit(device, 'rec.1'), isLit(device, 'rec.2')], [true, false]);
  await press('play');
  await roll(500);
  t.false(isLit(device, 'undo'));
  device.touch('fader.1');
  await roll(1000, (ms) => device.move('fader.1', at(-ms / 200)));
  t.like(desk.status().automation?.writing, [{lane: 's0 level'}]);
  t.true(isWinking(await watch('touch')));
  t.true(isWinking(await watch('rec.1')));
  t.regex(bottom(device, 1), /^-\d/, 'the hand sees its value');
  device.release('fader.1');
  await roll(1500);
  t.deepEqual(desk.status().automation?.writing, []);
  t.is(await watch('rec.1'), '#'.repeat(20));
  t.true(desk.status().automation?.lanes.has('s0 level'));
  t.regex(desk.status().assistance.undo ?? '', /^ride Strip 1 /);
  t.true(isLit(device, 'undo'));
  await press('stop');
  await press('undo');
  t.false(desk.status().automation?.lanes.has('s0 level'));
  await press('shift', 'undo');
  t.true(desk.status().automation?.lanes.has('s0 level'));
  t.deepEqual(device.violations, []);
  await desk.close();
});

test('the same key again gives the strip back to the desk, whose mode is chosen with shift', async (t) => {
  const {device, desk, press} = await begin('x-touch');
  const settings = () => desk.status().automation?.settings;
  await press('latch');
  t.is(settings()?.stripModes.get('s0'), 'latch');
  await press('latch');
  t.is(settings()?.stripModes.size, 0);
  await press('shift', 'latch');
  t.is(settings()?.mode, 'latch');
  t.is(litKeys(device), 'latch', 'the strip goes with the desk');
  t.deepEqual(
    [1, 2, 8].map((strip) => bottom(device, strip)),
    ['LATCH', 'LATCH', 'LATCH'],
  );
  await press('read');
  t.is(litKeys(device), 'read');
  await press('read');
  t.is(litKeys(device), '', 'off');
  t.deepEqual([isLit(device, 'rec.1'), isLit(device, 'rec.2')], [false, true]);
  await desk.close();
});

test('a protected strip says so, is not ready, and is not written', async (t) => {
  const {device, desk, press, roll, at} = await begin('x-touch');
  await press('write');
  await press('shift', 'save');
  t.is(bottom(device, 1), 'SAFE');
  t.false(isLit(device, 'rec.1'));
  await press('play');
  device.touch('fader.1');
  await roll(500, (ms) => device.move('fader.1', at(-ms / 100)));
  device.release('fader.1');
  await roll(500);
  t.is(desk.status().automation?.lanes.size, 0);
  await press('shift', 'save');
  t.false(desk.status().automation?.settings.safeStrips.has('s0'));
  await desk.close();
});

test('in trim mode the strip shows what is added, and shift with GROUP makes it part of the lane', async (t) => {
  const {device, desk, press, roll, at} = await begin('x-touch');
  await press('touch');
  await press('play');
  device.touch('fader.1');
  await roll(500, () => device.move('fader.1', at(-6)));
  device.release('fader.1');
  await roll(2000);
  await press('stop');
  desk.perform({type: 'playback.locate', frame: 0});
  await press('trim');
  t.is(bottom(device, 1), 'TRIM');
  await press('play');
  device.touch('fader.1');
  await roll(400, () => device.move('fader.1', at(3)));
  t.regex(bottom(device, 1), /^d\+(2\.9|3\.0|3\.1)$/);
  t.true(desk.status().automation?.writing.some(({lane}) => lane === 's0 level.offset'));
  device.release('fader.1');
  await roll(1000);
  await press('stop');
  t.true(desk.status().automation?.lanes.has('s0 level.offset'));
  await press('shift', 'group');
  t.false(desk.status().automation?.lanes.has('s0 level.offset'));
  t.true(desk.status().automation?.lanes.has('s0 level'));
  await desk.close();
});

test('what the terminal writes is shown on the surface with its name, in turn with the value', async (t) => {
  const {device, desk, press, roll} = await begin('x-touch');
  await press('latch');
  await press('play');
  await roll(2000);
  desk.perform({type: 'strip.setLevel', strip: 's0', levelDb: -10});
  const seen = new Set<string>();
  await roll(3500, () => seen.add(bottom(device, 1)));
  t.deepEqual([...seen].sort(), ['C', 'L Trmnl']);
  t.like(desk.status().automation?.writing, [{lane: 's0 level', by: 'terminal'}]);
  await press('stop');
  t.deepEqual(desk.status().automation?.writing, []);
  await desk.close();
});

test('a fader without a motor tells where it stands as the lane moves past it, long after the hand has left it', async (t) => {
  const {device, desk, engine, roll, watch, at} = await begin('korg-nanokontrol2');
  desk.perform({type: 'automation.setMode', scope: {type: 'strip', strip: 's0'}, mode: 'touch'});
  desk.perform({type: 'playback.play'});
  await roll(100);
  // The hand meets the value where it is, and draws it down and up again.
  for (const levelDb of [0, 0.5]) device.move('fader.1', at(levelDb));
  await roll(4000, (ms) => device.move('fader.1', at(ms < 2000 ? -ms / 200 : -20 + ms / 200)));
  await roll(2000);
  desk.perform({type: 'playback.stop'});
  t.true(desk.status().automation?.lanes.has('s0 level'));
  desk.perform({type: 'automation.setMode', scope: {type: 'strip', strip: 's0'}, mode: 'read'});
  await roll(5000);
  t.true(Math.abs(device.standsAt('fader.1') - at(0)) < 0.02);
  const litFor = async (frame: number): Promise<number> => {
    engine.at(frame);
    await roll(100);
    return (await watch('rec.1')).replaceAll('.', '').length;
  };
  t.is(await litFor(2.1 * rate), 3, 'the lane is below: pull down');
  t.is(await litFor(0), 0, 'they meet');
  await desk.close();
});

test('on a surface without mode keys, shift with Option chooses touch', async (t) => {
  const {device, desk, press} = await begin('bcf2000');
  await press('shift', 'option');
  t.is(desk.status().automation?.settings.stripModes.get('s0'), 'touch');
  t.true(isLit(device, 'rec.1'));
  await desk.close();
});
