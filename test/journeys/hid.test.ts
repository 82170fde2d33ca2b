import test from 'ava';
import {findStrip, newMixer, newStrip} from '../../src/model/mixer.ts';
import type {Cell} from '../../src/model/picture.ts';
import type {Surface} from '../../src/model/surface.ts';
import {mtuLimits} from '../../src/wire/longthrow/framer.ts';
import {reportMtu} from '../../src/wire/longthrow/report.ts';
import {firmwareDesk} from './firmware-desk.ts';
import {portNameOf, surfaces, testDesk} from './test-desk.ts';

const mixer = newMixer({
  strips: Array.from({length: 10}, (_, index) =>
    newStrip({id: `s${index}`, name: `Strip ${index + 1}`, colour: 'cyan', levelDb: 0 - index}),
  ),
});
const settledMs = 800;

function named(id: string): Surface {
  const found = surfaces.find((surface) => surface.id === id);
  if (found === undefined) throw new Error(`no surface ${id}`);
  return found;
}

async function begin(id: string) {
  const bench = testDesk(mixer);
  const surface = named(id);
  const unit = bench.plug(surface, portNameOf(surface));
  await bench.pass(settledMs);
  const key = (output: string): Extract<Cell, {type: 'key'}> | undefined => {
    const cell = unit.device.shown().get(output);
    return cell?.type === 'key' ? cell : undefined;
  };
  const selected = (): string | undefined => bench.desk.status().view.selected;
  const level = (strip: string): number => findStrip(bench.engine.mixer, strip)?.levelDb ?? Number.NaN;
  const tap = async (control: string): Promise<void> => {
    unit.device.press(control);
    unit.device.lift(control);
    await bench.pass(200);
  };
  return {...bench, ...unit, key, selected, level, tap};
}

test('keys show their strips, and what they are for', async (t) => {
  const {key, desk, tap, device} = await begin('stream-deck-xl');
  t.like(key('key.select.2'), {top: 'Strip2', bottom: 'C', colour: 'cyan', level: 0});
  t.like(key('key.mute.2'), {top: 'Strip 2', bottom: 'MUTE', colour: 'cyan', hue: 'off', level: undefined});
  t.like(key('key.play'), {top: 'PLAY', bottom: ''});
  t.like(key('key.bank-right'), {top: 'BANK', bottom: 'RIGHT', hue: 'white'});
  t.like(key('key.bank-left'), {hue: 'off'});
  await tap('mute.2');
  t.like(key('key.mute.2'), {hue: 'white', brightness: 1});
  await tap('bank-right');
  t.like(key('key.select.1'), {top: 'Strip3'});
  t.like(key('key.bank-left'), {hue: 'white'});
  t.deepEqual(device.strays, []);
  await desk.close();
});

test('a key shows the level of its strip at least five times a second, and a lost sample at once', async (t) => {
  const {key, engine, pass, desk} = await begin('stream-deck-xl');
  let told = 0;
  let before = key('key.select.1')?.level;
  for (let step = 0; step < 20; step++) {
    engine.hear(2, new Map([[0, {peak: step % 2 === 0 ? 0.9 : 0.01}]]), 0.1);
    await pass(100);
    const now = key('key.select.1')?.level;
    if (now !== before) told += 1;
    before = now;
  }
  t.true(told >= 10, `${told} in 2 s`);
  engine.hear(3, new Map([[0, {peak: 1, clipRun: 8}]]), 0.3);
  const hues = new Set<string>();
  const texts = new Set<string>();
  for (let step = 0; step < 12; step++) {
    await pass(60);
    hues.add(`${key('key.select.1')?.hue} ${key('key.select.1')?.brightness}`);
    texts.add(key('key.select.1')?.bottom ?? '');
  }
  t.deepEqual([...hues], ['vermillion 1']);
  t.true(texts.has('IN CLP'), [...texts].join());
  await desk.close();
});

for (const surface of surfaces.filter(({dialect}) => dialect === 'image-keys')) {
  const has = (control: string): boolean => surface.controls.has(control);

  test(`${surface.id}: its keys are its strips, they select, mute and set levels as far as they can, and a lost sample shows until it is acknowledged`, async (t) => {
    const {key, tap, device, engine, pass, desk, selected, level} = await begin(surface.id);
    t.regex(key('key.select.1')?.top ?? '', /^Str/);
    await tap('select.1');
    t.is(selected(), 's0');
    if (has('mute.1')) {
      await tap('mute.1');
      t.true(findStrip(engine.mixer, 's0')?.muted);
    }
    if (has('wheel.1')) {
      device.turn('wheel.1', -5);
      await pass(200);
      t.true(level('s0') < 0);
    }
    if (has('dial')) {
      device.turn('dial', -5);
      await pass(200);
      t.true(level('s0') < 0);
    }
    engine.hear(1, new Map([[0, {peak: 1, clipRun: 8}]]), 0.3);
    await pass(300);
    t.is(key('key.select.1')?.hue, 'vermillion');
    if (has('record')) {
      for (let tenth = 0; tenth < 25; tenth++) {
        engine.hear(0.1, new Map([[0, {peak: 0.2}]]), 0.3);
        await pass(100);
      }
      await tap('record');
      t.not(key('key.select.1')?.hue, 'vermillion');
    }
    t.deepEqual(device.strays, []);
    await desk.close();
  });
}

test('what shows the same is not drawn again', async (t) => {
  const {pass, device, desk} = await begin('stream-deck');
  const mark = device.mark();
  await pass(2000);
  t.is(device.since(mark, 'device').messages, 0);
  await desk.close();
});

test('encoders set levels, pushing mutes, the display shows four strips, a swipe turns the bank', async (t) => {
  const {key, level, device, pass, tap, desk, engine} = await begin('stream-deck-plus');
  t.like(key('key.wheel.4'), {top: 'Strip 4'});
  device.turn('wheel.1', -2);
  await pass(200);
  t.true(level('s0') < -0.5 && level('s0') > -1.5, `${level('s0')}`);
  await tap('mute.3');
  t.true(findStrip(engine.mixer, 's2')?.muted);
  await tap('solo.2');
  t.true(findStrip(engine.mixer, 's1')?.soloed);
  await tap('bank-right');
  t.like(key('key.wheel.1'), {top: 'Strip 5'});
  t.deepEqual(device.strays, []);
  await desk.close();
});

test('the display of a small one shows the selected strip', async (t) => {
  const {key, tap, desk} = await begin('stream-deck-neo');
  await tap('select.3');
  t.like(key('key.selected'), {top: 'Strip 3', bottom: '-2.0', hue: 'white'});
  await desk.close();
});

test('a shuttle winds the tape as long as its ring is turned, and the wheel step by step', async (t) => {
  const {device, pass, desk, engine} = await begin('shuttle-xpress');
  const at = (): number => engine.playback.frame / engine.status.sampleRate;
  device.turn('jog', 1);
  device.turn('jog', 3);
  await pass(50);
  const jogged = at();
  t.true(jogged > 0);
  device.deflect('shuttle-ring', 1);
  await pass(500);
  const wound = at();
  t.true(wound > jogged);
  await pass(500);
  t.true(at() > wound);
  device.deflect('shuttle-ring', 0);
  await pass(100);
  const rested = at();
  await pass(500);
  t.is(at(), rested);
  device.deflect('shuttle-ring', -1);
  await pass(200);
  t.true(at() < rested);
  await desk.close();
});

test('a ring that is turned when its device is pulled winds no more', async (t) => {
  const {device, pass, desk, engine, cable} = await begin('shuttle-pro-2');
  device.deflect('shuttle-ring', 0.5);
  await pass(300);
  cable.pull();
  await pass(100);
  const {frame} = engine.playback;
  t.true(frame > 0);
  await pass(1000);
  t.is(engine.playback.frame, frame);
  await desk.close();
});

test('a cap chooses a strip, lifts its level and tilts its pan', async (t) => {
  const {device, pass, desk, level, selected, engine} = await begin('space-mouse');
  device.deflect('push-x', 1);
  await pass(30);
  device.deflect('push-x', 0);
  t.is(selected(), 's1');
  device.deflect('push-z', -1);
  await pass(300);
  device.deflect('push-z', 0);
  await pass(50);
  const lowered = level('s1');
  t.true(lowered < -3, `${lowered}`);
  device.deflect('twist-y', 1);
  await pass(200);
  device.deflect('twist-y', 0);
  await pass(500);
  t.not(findStrip(engine.mixer, 's1')?.pan, 0);
  t.is(level('s1'), lowered);
  await desk.close();
});

test('a dial sets the level of the selected strip, and its light warns', async (t) => {
  const {device, pass, desk, level, engine} = await begin('powermate');
  desk.perform({type: 'view.select', strip: 's1'});
  device.turn('dial', -3);
  await pass(100);
  t.true(level('s1') < -1);
  engine.hear(3, new Map([[0, {peak: 1, clipRun: 8}]]), 0.3);
  const seen = new Set<string>();
  for (let step = 0; step < 20; step++) {
    await pass(50);
    const light = device.shown().get('pad.dial-push');
    if (light?.type === 'pad') seen.add(`${light.brightness}`);
  }
  t.true(seen.has('1'), [...seen].join());
  device.press('dial-push');
  device.lift('dial-push');
  await pass(300);
  t.like(device.shown().get('pad.dial-push'), {hue: 'off'});
  await desk.close();
});

for (const mtu of [reportMtu, mtuLimits.usual]) {
  test(`a board on raw HID that takes ${mtu} bytes, as it says, describes itself and works as one on a serial line does`, async (t) => {
    const bench = firmwareDesk(mixer, 'reports');
    const {device} = bench.plug({label: 'Wing', mtu});
    await bench.pass(1500);
    t.like(bench.desk.status().units, [{name: 'Longthrow Wing', state: 'ready', strips: 8}]);
    t.is(device.motors.size, 8);
    t.true(device.texts.get(0)?.startsWith('Strip'));
    device.touch(0, true);
    device.move(0, 0.5);
    await bench.pass(100);
    t.true((findStrip(bench.engine.mixer, 's0')?.levelDb ?? 0) < -5);
    device.touch(0, false);
    await bench.pass(300);
    t.deepEqual(device.violations, []);
    await bench.desk.close();
    t.is(device.session, 0);
  });
}
