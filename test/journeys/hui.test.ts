import test from 'ava';
import {findStrip, type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import type {Surface} from '../../src/model/surface.ts';
import type {VirtualDevice} from '../virtual-desk/virtual-device.ts';
import {surfaces, testDesk} from './test-desk.ts';

const names = [
  'Kick Drum',
  'Snare',
  'Bass',
  'Guitar Left',
  'Guitar Right',
  'Piano',
  'Lead Vocal',
  'Choir',
  'Horns',
  'Room',
];
const mixer: Mixer = newMixer({
  strips: names.map((name, index) => newStrip({id: `s${index}`, name, levelDb: -index - 0.4})),
});

function hui(): Surface {
  const found = surfaces.find(({id}) => id === 'generic-hui');
  if (found === undefined) throw new Error('there is no HUI');
  return found;
}

async function huiDesk() {
  const bench = testDesk(mixer);
  const unit = bench.plug(hui(), 'HUI');
  await bench.pass(1500);
  return {...bench, ...unit};
}

function shownText(device: VirtualDevice, output: string): readonly string[] {
  const cell = device.shown().get(output);
  return cell?.type === 'text' ? [cell.top, cell.bottom] : [];
}

function isLit(device: VirtualDevice, lamp: string): boolean {
  const cell = device.shown().get(`lamp.${lamp}`);
  return cell?.type === 'lamp' && cell.on;
}

function press(device: VirtualDevice, control: string): void {
  device.press(control);
  device.lift(control);
}

test('four characters name a strip, and say its value while a hand is on it', async (t) => {
  const {device, desk, pass} = await huiDesk();
  const [name] = shownText(device, 'text.1');
  t.regex(name ?? '', /^K/);
  t.true((name ?? '').length <= 4);
  device.touch('fader.1');
  device.move('fader.1', 0.5);
  await pass(300);
  const [value] = shownText(device, 'text.1');
  t.regex(value ?? '', /^-\d\d?(\.\d)?$/);
  device.release('fader.1');
  // Name and warning (nothing is heard here) take turns.
  const later = new Set<string | undefined>();
  for (let tenth = 0; tenth < 50; tenth++) {
    await pass(100);
    later.add(shownText(device, 'text.1')[0]);
  }
  t.true(later.has(name));
  t.deepEqual(device.violations, []);
  await desk.close();
});

test('the large display shows each name and value above its strip', async (t) => {
  const {device, desk, pass} = await huiDesk();
  const [top = '', bottom = ''] = shownText(device, 'text.main');
  for (let strip = 0; strip < 8; strip++) {
    const name = top.slice(strip * 5, strip * 5 + 4).trim();
    t.is(name.charAt(0), names[strip]?.charAt(0) ?? '', top);
    t.is(bottom.slice(strip * 5, strip * 5 + 5).trim(), 'C');
  }
  press(device, 'assign-shift');
  await pass(500);
  t.true(desk.status().view.flipped);
  press(device, 'bank-right');
  await pass(500);
  t.is(shownText(device, 'text.main')[0]?.charAt(0), names[2]?.charAt(0));
  await desk.close();
});

test('advice is spelled on the large display, and names stay on the strips', async (t) => {
  const {device, desk, engine, pass} = await huiDesk();
  desk.perform({type: 'playback.play'});
  engine.hear(0.1, new Map([[0, {peak: 0.3, clipRun: 5}]]), 0.3);
  await pass(300);
  press(device, 'insert.1');
  await pass(500);
  const [top = '', bottom = ''] = shownText(device, 'text.main');
  t.regex(`${top} ${bottom}`, /[a-z]{3,} [a-z]{2,}/);
  t.true(top.length > 20);
  await desk.close();
});

test('keys do what they say, and light', async (t) => {
  const {device, desk, engine, pass} = await huiDesk();
  for (const control of ['mute.2', 'solo.3', 'select.4', 'play', 'dim', 'send-b']) press(device, control);
  await pass(400);
  t.true(findStrip(engine.mixer, 's1')?.muted);
  t.true(findStrip(engine.mixer, 's2')?.soloed);
  t.is(desk.status().view.selected, 's3');
  t.is(engine.playback.state, 'playing');
  t.is(desk.status().view.layer.id, 'send2');
  for (const lamp of ['mute.2', 'solo.3', 'select.4', 'play', 'dim', 'send-b', 'rude-solo'])
    t.true(isLit(device, lamp), lamp);
  device.turn('encoder.1', 5);
  device.turn('jog', -3);
  await pass(100);
  await desk.close();
});

test('both sides of a meter rise, and a clip stays lit until rec/rdy acknowledges it', async (t) => {
  const {device, desk, engine, pass} = await huiDesk();
  desk.perform({type: 'playback.play'});
  engine.hear(0.1, new Map([[0, {peak: 0.5, clipRun: 5}]]), 0.3);
  await pass(300);
  const step = (side: string): number => {
    const cell = device.shown().get(`meter.1.${side}`);
    return cell?.type === 'meter' ? cell.step : 0;
  };
  t.deepEqual(device.shown().get('overload.1'), {type: 'overload', on: true});
  for (let tenth = 0; tenth < 30; tenth++) {
    engine.hear(0.1, new Map([[0, {peak: 0.3}]]), 0.3);
    await pass(100);
  }
  press(device, 'rec.1');
  for (let tenth = 0; tenth < 10; tenth++) {
    engine.hear(0.1, new Map([[0, {peak: 0.3}]]), 0.3);
    await pass(100);
  }
  t.deepEqual(device.shown().get('overload.1'), {type: 'overload', on: false});
  t.true(step('left') > 5 && step('left') === step('right'), `${step('left')} ${step('right')}`);
  await desk.close();
});

test('a HUI that no longer answers is lost within five seconds, moves nothing, and is painted when it answers again', async (t) => {
  const {device, desk, engine, pass} = await huiDesk();
  device.touch('fader.1');
  device.move('fader.1', 0.4);
  await pass(100);
  const before = engine.mixer;
  device.powerOff();
  await pass(5000);
  t.not(desk.status().units[0]?.state, 'ready');
  t.is(engine.mixer, before);
  await pass(20_000);
  device.release('fader.1');
  desk.perform({type: 'strip.setLevel', strip: 's0', levelDb: 0});
  device.powerOn();
  await pass(3000);
  t.is(desk.status().units[0]?.state, 'ready');
  t.true(Math.abs(device.standsAt('fader.1') - 0.75) < 0.01);
  t.regex(shownText(device, 'text.2')[0] ?? '', /^S/);
  await desk.close();
});

test('a HUI that was off for a moment says so, and is painted again at once', async (t) => {
  const {device, desk, pass} = await huiDesk();
  press(device, 'mute.2');
  await pass(200);
  device.powerOff();
  await pass(500);
  device.powerOn();
  await pass(1000);
  t.true(isLit(device, 'mute.2'));
  t.deepEqual(device.strays, []);
  await desk.close();
});

test('it is pinged every second, and never painted twice for it', async (t) => {
  const {device, desk, pass} = await huiDesk();
  await pass(1000);
  const mark = device.mark();
  await pass(10_000);
  const pings = device.log.slice(mark).filter(({to, bytes}) => to === 'device' && bytes.join() === '144,0,0');
  t.is(pings.length, 10);
  const moves = device.log
    .slice(mark)
    .filter(({to, bytes}) => to === 'device' && bytes[0] === 0xb0 && (bytes[1] ?? 9) < 9);
  t.deepEqual(moves, []);
  await desk.close();
});
