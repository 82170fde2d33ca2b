import test from 'ava';
import type {Clock} from '../../src/app/clock.ts';
import {createDesk} from '../../src/app/desk.ts';
import {createMidiLines} from '../../src/app/midi-lines.ts';
import {connectHands, deviceRules} from '../../src/app/open-engine.ts';
import {startTimeCode} from '../../src/app/time-code/desk-time-code.ts';
import {openMidiEngine} from '../../src/engine/midi/midi-engine.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import {levelAt, positionOf} from '../../src/model/taper.ts';
import {type MemoryDevice, memoryTransport} from '../../src/transport/memory.ts';
import {profileNamed} from '../engine/midi/midi-rig.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';
import {createVirtualDevice} from '../virtual-desk/virtual-device.ts';
import {mappings, portNameOf, surfaces} from './test-desk.ts';

/** A desk that mixes a virtual synthesizer, with a virtual surface, all over one memory transport. */
async function midiDesk(plugged = true) {
  const timers = new VirtualTimers();
  const clock: Clock = {now: timers.now, after: timers.after, soon: (call) => void timers.after(0, call)};
  const transport = memoryTransport();
  const strips = Array.from({length: 10}, (_, index) =>
    newStrip({id: `c${index + 1}`, name: `Channel ${index + 1}`, channels: 1}),
  );
  const mixer = newMixer({strips: [...strips, newStrip({id: 'return-1', kind: 'return', name: 'Reverb'})]});
  const lines = createMidiLines(transport, clock);
  const profile = profileNamed('general-midi');
  const engine = openMidiEngine({
    session: {mixer, sampleRate: 48_000},
    target: {
      port: 'synth',
      profile: 'general-midi',
      seconds: 600,
      channels: new Map(strips.map(({id}, at) => [id, at + 1])),
    },
    profile,
    wire: lines.line('synth'),
    clock,
  });
  const layout = mappings.layouts.find(({id}) => id === 'mixer');
  const surface = surfaces.find(({id}) => id === 'x-touch');
  if (layout === undefined || surface === undefined) throw new Error('no layout, or no surface');
  const desk = createDesk({
    ...{sessionName: 'Synths', engine, surfaces: mappings.surfaces, layout, transports: [transport], clock},
    hasSound: () => false,
    ruleChanges: deviceRules,
    notices: lines.notices,
    save: () => {},
  });
  connectHands(engine, desk, profile);
  const cable = transport.plug(portNameOf(surface));
  const device = createVirtualDevice(surface, (bytes) => cable.say(bytes, 2));
  cable.onHeard((bytes) => device.receive(bytes));
  device.powerOn();
  const synth = transport.plug('Virtual Synth MIDI 1');
  if (!plugged) synth.pull();
  await timers.pass(3000);
  const {taper} = surface.faders;
  return {
    ...{timers, desk, engine, device, synth, lines, clock, transport},
    moveDb: (fader: number, levelDb: number) => device.move(`fader.${fader}`, positionOf(taper, levelDb)),
    standsDb: (fader: number) => levelAt(taper, device.standsAt(`fader.${fader}`)),
  };
}

/** What was heard since the last look, as hexadecimal messages. */
const heardBy = (device: MemoryDevice): readonly string[] =>
  device.takeHeard().map((bytes) => Buffer.from(bytes).toString('hex'));

test('a fader of a surface moves volume of the synthesizer, mute closes it and opens it again', async (t) => {
  const {timers, device, synth, desk, moveDb} = await midiDesk();
  t.is(heardBy(synth).length, 40);
  t.deepEqual(desk.status().notices, []);
  device.touch('fader.2');
  moveDb(2, -40);
  device.release('fader.2');
  await timers.pass(1000);
  t.regex(heardBy(synth).at(-1) ?? '', /^b1070cb127|^b127/);
  device.press('mute.2');
  device.lift('mute.2');
  await timers.pass(500);
  t.deepEqual(heardBy(synth), ['b10700b12700']);
  device.press('mute.2');
  device.lift('mute.2');
  await timers.pass(500);
  t.regex(heardBy(synth).join(), /^b1070[cd]b127..$/);
  await desk.close();
});

test('a hand at the synthesizer moves the motor of the surface, and nothing goes back', async (t) => {
  const {timers, synth, desk, standsDb} = await midiDesk();
  heardBy(synth);
  synth.say(Uint8Array.of(0xb2, 7, 64, 0xb2, 39, 0), 1);
  await timers.pass(500);
  t.true(Math.abs(standsDb(3) - 40 * Math.log10((64 << 7) / 16_383)) < 0.2);
  t.deepEqual(heardBy(synth), []);
  t.true(desk.status().assistance !== undefined);
  await desk.close();
});

test('a ride is written with the synthesizer, and comes out of it again', async (t) => {
  const {timers, desk, device, synth, engine, moveDb} = await midiDesk();
  desk.perform({type: 'automation.setMode', scope: {type: 'desk'}, mode: 'touch'});
  desk.perform({type: 'playback.play'});
  await timers.pass(500);
  device.touch('fader.1');
  for (let step = 0; step < 20; step++) {
    moveDb(1, -step);
    await timers.pass(50);
  }
  device.release('fader.1');
  await timers.pass(1000);
  desk.perform({type: 'playback.stop'});
  await timers.pass(300);
  t.true((desk.status().kept?.automation.lanes.get('c1 level')?.frames.length ?? 0) > 2);
  desk.perform({type: 'playback.locate', frame: 0});
  await timers.pass(500);
  heardBy(synth);
  desk.perform({type: 'playback.play'});
  await timers.pass(1490);
  const sent = heardBy(synth);
  t.true(sent.length >= 15, `${sent.length} messages`);
  t.true(sent.every((message) => /^b007..b027..$|^b027..$/.test(message)));
  t.true(Math.abs((engine.mixer.strips[0]?.levelDb ?? 0) + 19) < 1.5, `${engine.mixer.strips[0]?.levelDb} dB`);
  await desk.close();
});

test('a port that is not there is waited for, and told; the device gets everything when it comes, and again after a replug', async (t) => {
  const {timers, desk, synth, engine, lines} = await midiDesk(false);
  t.is(engine.status.output, 'silent');
  t.regex(lines.notices().join(), /the MIDI port "synth" is not there – plug it in/);
  desk.perform({type: 'strip.setPan', strip: 'c1', pan: 1});
  for (let plugs = 0; plugs < 2; plugs++) {
    synth.replug();
    await timers.pass(1000);
    const heard = heardBy(synth);
    t.is(heard.length, 40);
    t.true(heard.includes('b00a7f'));
    t.is(engine.status.deviceName, 'Virtual Synth MIDI 1');
    t.deepEqual(lines.notices(), []);
    synth.pull();
    await timers.pass(100);
    t.is(engine.status.output, 'silent');
  }
  synth.setBusy(true);
  synth.replug();
  await timers.pass(1500);
  t.regex(lines.notices().join(), /held by another program/);
  synth.setBusy(false);
  await timers.pass(1500);
  t.is(engine.status.output, 'device');
  await desk.close();
});

test('what the device cannot do does not move on the surface', async (t) => {
  const {desk, timers} = await midiDesk();
  desk.perform({type: 'strip.setParameter', strip: 'c1', parameter: 'eq1.gainDb', value: 6});
  desk.perform({type: 'strip.setTrim', strip: 'c1', trimDb: 6});
  await timers.pass(100);
  const [strip] = desk.status().mixer.strips;
  t.deepEqual([strip?.parameters, strip?.trimDb], [{}, 0]);
  t.deepEqual(desk.status().warnings, [], 'nobody expects to hear it');
  await desk.close();
});

test('time code of one port moves the tape of the desk, and goes out at another', async (t) => {
  const {timers, desk, engine, lines, clock, transport} = await midiDesk();
  const master = transport.plug('Tape Machine');
  const slave = transport.plug('Lights');
  const options = {
    timeCodeIn: 'tape',
    timeCodeOut: 'lights',
    machineControlOut: 'lights',
    timeCodeStart: '01:00:00:00',
  };
  const code = startTimeCode(options, engine, desk, () => lines, clock);
  await timers.pass(500);
  t.deepEqual(heardBy(slave), ['f07f7f010121000000f7', 'f07f7f010121000000f7'].slice(0, 1));
  // 01:00:20:00 at 25 frames a second.
  master.say(Uint8Array.of(0xf0, 0x7f, 0x7f, 1, 1, 0x21, 0, 20, 0, 0xf7), 3);
  await timers.pass(100);
  t.is(engine.playback.frame, 20 * 48_000);
  t.deepEqual(code.status()?.followed?.state, 'idle');
  t.deepEqual(heardBy(slave), ['f07f7f010121001400f7', 'f07f7f064406012100140000f7']);
  code.end();
  await desk.close();
});
