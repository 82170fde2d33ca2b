import test from 'ava';
import {findStrip, masterId} from '../../src/model/mixer.ts';
import type {Cell} from '../../src/model/picture.ts';
import type {Surface} from '../../src/model/surface.ts';
import type {VirtualDevice} from '../virtual-desk/virtual-device.ts';
import {mappings, surfaces, testDesk, twentyStrips} from './test-desk.ts';

const settledMs = 3000;

function surfaceNamed(id: string): Surface {
  const surface = surfaces.find((one) => one.id === id);
  if (surface === undefined) throw new Error(`there is no surface ${id}`);
  return surface;
}

function press(device: VirtualDevice, control: string): void {
  device.press(control);
  device.lift(control);
}

function shownText(device: VirtualDevice, strip: number): string {
  const cell = device.shown().get(`text.${strip}`);
  return cell?.type === 'text' ? `${cell.top}|${cell.bottom}` : '';
}

function isLit(device: VirtualDevice, lamp: string): boolean {
  const cell: Cell | undefined = device.shown().get(`lamp.${lamp}`);
  return cell?.type === 'lamp' && cell.on;
}

async function xTouchDesk() {
  const bench = testDesk(twentyStrips);
  const unit = bench.plug(surfaceNamed('x-touch'), 'X-Touch');
  await bench.pass(settledMs);
  return {...bench, ...unit};
}

test('scribble strips show names, values, and colours of the bank', async (t) => {
  const {device, desk, pass} = await xTouchDesk();
  t.regex(shownText(device, 1), /^Str.*1\s*\|/);
  t.deepEqual(device.shown().get('colour.1'), {type: 'colour', colour: 'green'});
  press(device, 'bank-right');
  await pass(800);
  t.regex(shownText(device, 1), /^Str.*9\s*\|/);
  press(device, 'bank-right');
  await pass(800);
  t.regex(shownText(device, 8), /^Str.*20\s*\|/);
  t.is(desk.status().view.bankOffset, 12);
  press(device, 'channel-left');
  await pass(300);
  t.is(desk.status().view.bankOffset, 11);
  await desk.close();
});

test('mute, solo and select do what they say, and light', async (t) => {
  const {device, desk, engine, pass} = await xTouchDesk();
  press(device, 'mute.2');
  press(device, 'solo.3');
  press(device, 'select.4');
  await pass(300);
  t.true(findStrip(engine.mixer, 's1')?.muted);
  t.true(findStrip(engine.mixer, 's2')?.soloed);
  t.is(desk.status().view.selected, 's3');
  t.true(isLit(device, 'mute.2') && isLit(device, 'solo.3') && isLit(device, 'select.4'));
  t.true(isLit(device, 'rude-solo'));
  press(device, 'solo-global');
  await pass(300);
  t.false(findStrip(engine.mixer, 's2')?.soloed);
  t.false(isLit(device, 'rude-solo'));
  await desk.close();
});

test('an encoder turns the pan, its ring shows it, a push brings it back to the centre', async (t) => {
  const {device, desk, engine, pass} = await xTouchDesk();
  device.turn('encoder.1', -10);
  await pass(200);
  t.true(Math.abs((findStrip(engine.mixer, 's0')?.pan ?? 0) + 0.2) < 1e-9);
  const ring = device.shown().get('ring.1');
  t.true(ring?.type === 'ring' && ring.position !== undefined && ring.position < 0.5);
  press(device, 'push.1');
  await pass(200);
  t.is(findStrip(engine.mixer, 's0')?.pan, 0);
  await desk.close();
});

test('the master fader is the mix bus', async (t) => {
  const {device, desk, engine, pass} = await xTouchDesk();
  device.touch('fader.master');
  device.move('fader.master', 0.5);
  await pass(100);
  t.true(engine.mixer.masterLevelDb < -3);
  device.release('fader.master');
  desk.perform({type: 'strip.setLevel', strip: masterId, levelDb: 10});
  await pass(600);
  t.true(device.standsAt('fader.master') > 0.99);
  await desk.close();
});

test('the transport plays, stops, locates and loops, and the digits show the time', async (t) => {
  const {device, desk, engine, pass} = await xTouchDesk();
  press(device, 'play');
  await pass(200);
  t.is(engine.playback.state, 'playing');
  t.true(isLit(device, 'play'));
  press(device, 'stop');
  await pass(200);
  t.is(engine.playback.state, 'stopped');
  desk.perform({type: 'playback.locate', frame: 62 * 48_000});
  await pass(500);
  const digits = device.shown().get('digits.time');
  t.true(digits?.type === 'digits' && digits.text.replaceAll(' ', '').includes('0100'), JSON.stringify(digits));
  device.turn('jog', 5);
  await pass(50);
  t.true(engine.playback.frame >= 60 * 48_000);
  press(device, 'cycle');
  await pass(100);
  t.true(engine.playback.looping);
  t.true(isLit(device, 'cycle'));
  await desk.close();
});

test('shift makes solo into solo safe and mute into polarity', async (t) => {
  const {device, desk, engine, pass} = await xTouchDesk();
  device.press('shift');
  press(device, 'solo.1');
  press(device, 'mute.1');
  device.lift('shift');
  press(device, 'solo.2');
  await pass(100);
  t.like(findStrip(engine.mixer, 's0'), {soloSafe: true, soloed: false, polarityInverted: true, muted: false});
  t.true(findStrip(engine.mixer, 's1')?.soloed);
  await desk.close();
});

test('save on the surface hands the mixer over', async (t) => {
  const {device, desk, engine, saves, pass} = await xTouchDesk();
  press(device, 'save');
  await pass(50);
  t.deepEqual(saves, [engine.mixer]);
  await desk.close();
});

test('meters rise with the sound in the headroom scale, and go dark with it', async (t) => {
  const {device, desk, engine, pass} = await xTouchDesk();
  const step = (): number => {
    const cell = device.shown().get('meter.1');
    return cell?.type === 'meter' ? cell.step : -1;
  };
  desk.perform({type: 'playback.play'});
  engine.hear(0.1, new Map([[0, {peak: 10 ** (-8 / 20)}]]), 0.4);
  await pass(150);
  t.is(step(), 9);
  for (let second = 0; second < 8; second++) {
    engine.hear(1, new Map([[0, {peak: 0}]]), 0);
    await pass(1000);
  }
  t.is(step(), 0);
  await desk.close();
});

test('a main unit and its extender are one desk of sixteen strips', async (t) => {
  const {desk, plug, pass, engine} = testDesk(twentyStrips);
  const extender = plug(surfaceNamed('x-touch-extender'), 'X-Touch-Ext');
  const main = plug(surfaceNamed('x-touch'), 'X-Touch');
  await pass(settledMs);
  t.like(desk.status().units, [
    {firstStrip: 0, strips: 8, state: 'ready'},
    {firstStrip: 8, strips: 8, state: 'ready'},
  ]);
  t.regex(shownText(main.device, 1), /^Str.*1\s*\|/);
  t.regex(shownText(extender.device, 1), /^Str.*9\s*\|/);
  extender.device.touch('fader.1');
  extender.device.move('fader.1', 0.2);
  await pass(50);
  t.true((findStrip(engine.mixer, 's8')?.levelDb ?? 0) < -20);
  extender.device.release('fader.1');
  press(main.device, 'bank-right');
  await pass(1000);
  t.is(desk.status().view.bankOffset, 4);
  t.regex(shownText(extender.device, 8), /^Str.*20\s*\|/);
  await desk.close();
});

test('a surface that is plugged in late is repainted with what was done before', async (t) => {
  const {desk, plug, pass} = testDesk(twentyStrips);
  await pass(1000);
  desk.perform({type: 'strip.setMute', strip: 's1', muted: true});
  const {device} = plug(surfaceNamed('mackie-control'), 'Mackie Control');
  await pass(settledMs);
  t.true(isLit(device, 'mute.2'));
  await desk.close();
});

test('a busy port is waited for, and taken when it is free', async (t) => {
  const {desk, plug, pass} = testDesk(twentyStrips);
  const {cable, device} = plug(surfaceNamed('x-touch'), 'X-Touch');
  cable.pull();
  cable.setBusy(true);
  device.powerOff();
  cable.replug();
  device.powerOn();
  await pass(3000);
  t.regex(desk.status().units[0]?.state ?? '', /^busy/);
  cable.setBusy(false);
  await pass(5000);
  t.is(desk.status().units[0]?.state, 'ready');
  await desk.close();
});

test('a driver that fails is opened again', async (t) => {
  const {desk, cable, pass, device} = await xTouchDesk();
  cable.fail('the driver gave up');
  await pass(20);
  t.regex(desk.status().units[0]?.state ?? '', /gave up/);
  await pass(settledMs);
  t.is(desk.status().units[0]?.state, 'ready');
  t.regex(shownText(device, 1), /^Str.*1\s*\|/);
  await desk.close();
});

test('a surface that loses its power behind its port is painted again', async (t) => {
  const {desk, device, pass} = await xTouchDesk();
  device.powerOff();
  await pass(500);
  device.powerOn();
  await pass(settledMs);
  t.regex(shownText(device, 1), /^Str.*1\s*\|/);
  await desk.close();
});

test('a closed desk leaves the surface dark', async (t) => {
  const {desk, device, pass} = await xTouchDesk();
  press(device, 'mute.1');
  await pass(200);
  await desk.close();
  t.false(isLit(device, 'mute.1'));
  t.is(shownText(device, 1).trim().replace('|', '').trim(), '');
});

test('when the meters stop, the lamps say so', async (t) => {
  const {desk, device, engine, pass} = await xTouchDesk();
  desk.perform({type: 'playback.play'});
  engine.hear(0.5, new Map([[0, {peak: 0.3}]]), 0.3);
  await pass(500);
  await pass(4000);
  t.true(desk.status().warnings.some(({rule}) => rule === 'stale'));
  let lit = false;
  for (let ms = 0; ms < 2500 && !lit; ms += 50) {
    lit = isLit(device, 'rec.1');
    await pass(50);
  }
  t.true(lit);
  await desk.close();
});

test('what waits for a slow line never moves a fader under the hand', async (t) => {
  const {desk, plug, pass} = testDesk(twentyStrips);
  const {device} = plug(surfaceNamed('mackie-control'), 'Mackie Control');
  await pass(settledMs);
  const faders = Array.from({length: 8}, (_, strip) => `fader.${strip + 1}`);
  const stand = (): readonly number[] => faders.map((fader) => device.standsAt(fader));
  const home = stand();
  // The second bank comes before the first one's motors may be told again.
  for (const gapMs of [1, 6, 15]) {
    desk.perform({type: 'view.bankRight'});
    await pass(gapMs);
    desk.perform({type: 'view.bankLeft'});
    await pass(2);
    const taken = stand();
    t.notDeepEqual(taken, home, `after ${gapMs} ms the way back waits for the line`);
    for (const fader of faders) device.touch(fader);
    await pass(500);
    t.deepEqual(stand(), taken);
    for (const fader of faders) device.release(fader);
    await pass(500);
    t.deepEqual(stand(), home, 'let go, they go where the mixer is');
  }
  t.deepEqual(device.violations, []);
  await desk.close();
});

test('a surface that moves its faders while it starts moves no gain', async (t) => {
  for (const [id, name] of [
    ['x-touch', 'X-Touch'],
    ['mackie-control', 'Mackie Control'],
  ] as const) {
    const {desk, plug, pass, engine} = testDesk(twentyStrips);
    const {device} = plug(surfaceNamed(id), name);
    for (const position of [0, 0.2, 0.1]) {
      device.move('fader.1', position);
      await pass(3);
    }
    await pass(settledMs);
    t.deepEqual(engine.mixer, twentyStrips, id);
    // Behind its port it may say so in one breath, before it can have been painted.
    device.powerOff();
    device.powerOn();
    for (const position of [0, 0.2, 0.1]) device.move('fader.1', position);
    t.is(device.state, 'online', id);
    await pass(settledMs);
    t.deepEqual(engine.mixer, twentyStrips, id);
    await desk.close();
  }
});

test('a device that changes the lamp of a key itself is told it again after each press and release, others are not', async (t) => {
  for (const [id, name, isTold] of [
    ['x-touch-mini-standard', 'X-TOUCH MINI', true],
    ['korg-nanokontrol2', 'nanoKONTROL2', false],
  ] as const) {
    const surface = mappings.surfaces.find((one) => one.id === id);
    if (surface === undefined) throw new Error(`there is no surface ${id}`);
    const {desk, plug, pass} = testDesk(twentyStrips, {choices: [{surface: id, port: name}]});
    const {device} = plug(surface, name);
    await pass(settledMs);
    for (const act of ['press', 'lift'] as const) {
      const mark = device.mark();
      // Acknowledges where there is nothing: the lamp stays dark.
      device[act]('rec.1');
      await pass(100);
      t.is(device.since(mark, 'device').messages, isTold ? 1 : 0, `${id} ${act}`);
    }
    await desk.close();
  }
});

test('power lost under the hand leaves no fader held', async (t) => {
  const {desk, device, pass} = await xTouchDesk();
  device.touch('fader.1');
  device.move('fader.1', 0.4);
  await pass(100);
  device.powerOff();
  device.release('fader.1');
  device.powerOn();
  await pass(settledMs);
  desk.perform({type: 'strip.setLevel', strip: 's0', levelDb: 6});
  await pass(1000);
  t.true(device.standsAt('fader.1') > 0.8);
  await desk.close();
});

test('a surface that answers late is painted when it answers', async (t) => {
  const {desk, plug, pass} = testDesk(twentyStrips);
  const {device} = plug(surfaceNamed('x-touch'), 'X-Touch');
  device.powerOff();
  await pass(1500);
  device.powerOn();
  await pass(settledMs);
  t.regex(shownText(device, 1), /^Str.*1\s*\|/);
  await desk.close();
});

test('a surface is painted once when it comes', async (t) => {
  const {device, desk} = await xTouchDesk();
  const moves = device.log.filter(({to, bytes}) => to === 'device' && bytes[0] === 0xe2);
  t.is(moves.length, 1);
  await desk.close();
});

test('shift does not stay when its surface is pulled', async (t) => {
  const {desk, device, cable, plug, pass, engine} = await xTouchDesk();
  device.press('shift');
  await pass(50);
  cable.pull();
  await pass(100);
  const other = plug(surfaceNamed('mackie-control'), 'Mackie Control');
  await pass(settledMs);
  press(other.device, 'mute.1');
  await pass(100);
  const strip = engine.mixer.strips.find(({muted}) => muted);
  t.truthy(strip);
  t.false(strip?.polarityInverted);
  await desk.close();
});

test('a second surface of the same name comes after the first, however the system counts them', async (t) => {
  const {desk, plug, pass} = testDesk(twentyStrips);
  plug(surfaceNamed('x-touch'), 'X-Touch');
  await pass(settledMs);
  plug(surfaceNamed('x-touch'), '2- X-Touch');
  await pass(settledMs);
  t.deepEqual(
    desk.status().units.map(({port, firstStrip}) => [port, firstStrip]),
    [
      ['X-Touch', 0],
      ['2- X-Touch', 8],
    ],
  );
  await desk.close();
});

test('a surface that did not hear the first question is asked again', async (t) => {
  const {desk, plug, pass} = testDesk(twentyStrips);
  const {device} = plug(surfaceNamed('x-touch'), 'X-Touch');
  device.powerOff();
  await pass(500);
  const mark = device.mark();
  await pass(8000);
  const asked = device.log.slice(mark).filter(({to, bytes}) => to === 'device' && bytes[0] === 0xf0 && bytes[5] === 0);
  t.is(asked.length, 3);
  await desk.close();
});
