import test from 'ava';
import fc from 'fast-check';
import type {Lane} from '../../../src/model/lane.ts';
import {newStrip} from '../../../src/model/mixer.ts';
import {bytesOf, channelStrips, control, type Gone, messagesIn, midiRig} from './midi-rig.ts';

const rate = 48_000;
const lane = (...points: readonly (readonly [seconds: number, value: number])[]): Lane => ({
  frames: Int32Array.from(points, ([seconds]) => seconds * rate),
  values: Float64Array.from(points, ([, value]) => value),
});
/** Level in dB as a General MIDI device hears 14 bits of volume. */
const heardDb = (value: number | undefined): number => 40 * Math.log10((value ?? Number.NaN) / 16_383);

/** Most bytes within any second. */
const mostASecond = (gone: readonly Gone[]): number => mostWithin(gone, 1000);

/** Most bytes within any so many ms. */
function mostWithin(gone: readonly Gone[], lengthMs: number): number {
  let [most, sum, from] = [0, 0, 0];
  for (const {atMs, bytes} of gone) {
    sum += bytes.length;
    for (let first = gone[from]; first !== undefined && first.atMs <= atMs - lengthMs; first = gone[from]) {
      sum -= first.bytes.length;
      from++;
    }
    most = Math.max(most, sum);
  }
  return most;
}

test('a device that is there is told everything', (t) => {
  const {engine, synth, timers} = midiRig(channelStrips(4));
  timers.advance(1000);
  for (let channel = 1; channel <= 4; channel++) {
    t.is(synth.wide(channel, 7), 16_383);
    t.is(synth.controller(channel, 10), 64);
    t.is(synth.controller(channel, 91), 0);
    t.is(synth.controller(channel, 93), 0);
  }
  t.is(engine.status.output, 'device');
  t.is(engine.status.deviceName, 'Synth');
  t.deepEqual(engine.takeMeters(), []);
});

test('a device that comes back is told everything again', (t) => {
  const {engine, synth, timers, unplug, plug} = midiRig(channelStrips(2));
  timers.advance(1000);
  unplug();
  t.is(engine.status.output, 'silent');
  t.regex(engine.status.reason ?? '', /not there/);
  engine.apply({type: 'strip.setLevel', strip: 'c1', levelDb: -20});
  timers.advance(1000);
  synth.gone.length = 0;
  plug();
  timers.advance(1000);
  t.is(synth.gone.length, 8);
  t.true(Math.abs(heardDb(synth.wide(1, 7)) + 20) < 0.01);
});

test('a fader moves volume, the upper half before the lower', (t) => {
  const {engine, synth, timers} = midiRig(channelStrips(1));
  timers.advance(1000);
  synth.gone.length = 0;
  engine.apply({type: 'strip.setLevel', strip: 'c1', levelDb: -40});
  t.deepEqual(
    synth.gone.map(({bytes}) => [...bytes]),
    [[0xb0, 7, 12, 0xb0, 39, 102]],
  );
  engine.apply({type: 'strip.setLevel', strip: 'c1', levelDb: -40.02});
  timers.advance(100);
  t.deepEqual([...(synth.gone[1]?.bytes ?? [])], [0xb0, 39, 101 - 1], 'the upper half is there already');
  engine.apply({type: 'strip.setLevel', strip: 'c1', levelDb: Number.NEGATIVE_INFINITY});
  timers.advance(100);
  t.is(synth.wide(1, 7), 0);
});

test('what a value is set to again is not sent again', (t) => {
  const {engine, synth, timers} = midiRig(channelStrips(2));
  timers.advance(1000);
  synth.gone.length = 0;
  engine.apply({type: 'strip.setLevel', strip: 'c1', levelDb: 0});
  engine.apply({type: 'strip.setPan', strip: 'c1', pan: 0.001});
  engine.apply({type: 'strip.setTrim', strip: 'c1', trimDb: 6});
  timers.advance(1000);
  t.deepEqual(synth.gone, []);
  t.is(engine.mixer.strips[0]?.trimDb, 0, 'what the device cannot do does not move');
});

test('mute, solo, mute groups, groups, VCAs and the master are levels', (t) => {
  const buses = [
    newStrip({id: 'g', kind: 'group', name: 'Group', levelDb: -6}),
    newStrip({id: 'v', kind: 'vca', name: 'VCA', levelDb: -3}),
  ];
  const {engine, synth, timers} = midiRig(channelStrips(3, {strips: buses, masterLevelDb: -1}));
  const level = (channel: number): number => {
    timers.advance(500);
    const value = synth.wide(channel, 7);
    return value === 0 ? Number.NEGATIVE_INFINITY : Math.round(heardDb(value) * 10) / 10;
  };
  engine.apply({type: 'strip.setOutput', strip: 'c1', output: 'g'});
  t.is(level(1), -7);
  engine.apply({type: 'strip.setVcas', strip: 'c1', vcas: ['v']});
  t.is(level(1), -10);
  engine.apply({type: 'strip.setMute', strip: 'g', muted: true});
  t.is(level(1), Number.NEGATIVE_INFINITY);
  engine.apply({type: 'strip.setMute', strip: 'g', muted: false});
  engine.apply({type: 'mixer.setSoloMode', soloMode: 'pre-fader'});
  engine.apply({type: 'strip.setSolo', strip: 'c2', soloed: true});
  t.deepEqual([level(1), level(2), level(3)], [Number.NEGATIVE_INFINITY, -1, Number.NEGATIVE_INFINITY]);
  engine.apply({type: 'mixer.clearSolo'});
  engine.apply({type: 'strip.setMuteGroups', strip: 'c3', muteGroups: [2]});
  engine.apply({type: 'mixer.setMuteGroup', group: 2, active: true});
  t.deepEqual([level(1), level(2), level(3)], [-10, -1, Number.NEGATIVE_INFINITY]);
});

test('sends go with their switches and the faders of their returns', (t) => {
  const returns = [newStrip({id: 'r', kind: 'return', name: 'Reverb'})];
  const {engine, synth, timers} = midiRig(channelStrips(1, {strips: returns}));
  const send = (): number | undefined => {
    timers.advance(500);
    return synth.controller(1, 91);
  };
  engine.apply({type: 'strip.setParameter', strip: 'c1', parameter: 'send1.levelDb', value: -6});
  t.is(send(), 0);
  engine.apply({type: 'strip.setParameter', strip: 'c1', parameter: 'send1.on', value: 1});
  t.is(send(), 64);
  engine.apply({type: 'strip.setLevel', strip: 'r', levelDb: -6});
  t.is(send(), 32);
  engine.apply({type: 'strip.setMute', strip: 'r', muted: true});
  t.is(send(), 0);
});

test('a hand on the device moves the mixer, and is not answered', (t) => {
  const {engine, synth, timers, say} = midiRig(channelStrips(2));
  timers.advance(2000);
  synth.gone.length = 0;
  say(control(1, 7, 64), control(1, 39, 10));
  say(control(2, 10, 127));
  say(control(2, 91, 64));
  timers.advance(1000);
  const [one, two] = engine.mixer.strips;
  t.true(Math.abs((one?.levelDb ?? 0) - heardDb((64 << 7) | 10)) < 1e-9);
  t.is(two?.pan, 1);
  t.deepEqual(two?.parameters, {'send1.on': 1, 'send1.levelDb': 20 * Math.log10(64 / 127)});
  t.deepEqual(synth.gone, []);
});

/** Fader values of fourteen bits: down over three coarse steps and up again. */
const ride = [1600, 1428, 1410, 1406, 1380, 1272, 1290, 1400, 1420, 1535, 1536];

for (const order of ['coarse', 'fine'])
  test(`a ride on a device that says the ${order} half first moves the mixer to its values only`, (t) => {
    const {engine, synth, timers, say} = midiRig(channelStrips(1));
    timers.advance(2000);
    synth.gone.length = 0;
    const levels: number[] = [];
    engine.onAsked((command) => {
      if (command.type === 'strip.setLevel') levels.push(command.levelDb);
      engine.apply(command);
    });
    for (const value of [1610, ...ride]) {
      const halves = [control(1, 7, value >> 7), control(1, 39, value & 0x7f)];
      for (const half of order === 'coarse' ? halves : halves.reverse()) {
        say(half);
        timers.advance(1);
      }
      timers.advance(10);
    }
    const rounded = (levelDb: number): number => Math.round(levelDb * 1e6) / 1e6;
    t.deepEqual(levels.slice(-ride.length).map(rounded), ride.map(heardDb).map(rounded));
    t.is(levels.length, ride.length + (order === 'coarse' ? 2 : 1), 'only the very first half may have been a value');
    t.deepEqual(synth.gone, [], 'and nothing is answered');
  });

test('a device that says coarse halves only is heard at once, also where one that says both stood before', (t) => {
  const {engine, timers, say, unplug, plug} = midiRig(channelStrips(1));
  timers.advance(2000);
  say(control(1, 7, 64));
  say(control(1, 39, 10));
  unplug();
  plug();
  timers.advance(2000);
  for (const value of [100, 99, 127]) {
    say(control(1, 7, value));
    t.true(Math.abs((engine.mixer.strips[0]?.levelDb ?? 0) - heardDb((value << 7) | value)) < 1e-9, `${value}`);
  }
});

test('a value whose fine half is left out moves the mixer all the same, a moment later', (t) => {
  const {engine, timers, say} = midiRig(channelStrips(1));
  timers.advance(2000);
  const level = (): number => Math.round((engine.mixer.strips[0]?.levelDb ?? 0) * 1e6) / 1e6;
  const whole = (value: number): number => Math.round(heardDb(value) * 1e6) / 1e6;
  say(control(1, 7, 64));
  say(control(1, 39, 10));
  say(control(1, 7, 63));
  t.is(level(), whole((64 << 7) | 10));
  timers.advance(50);
  t.is(level(), whole(63 << 7));
  timers.advance(2000);
  t.is(timers.pending, 0);
});

test('a hand on the device does not open what is muted here', (t) => {
  const {engine, synth, timers, say} = midiRig(channelStrips(1));
  engine.apply({type: 'strip.setMute', strip: 'c1', muted: true});
  timers.advance(2000);
  synth.gone.length = 0;
  say(control(1, 7, 100));
  timers.advance(1000);
  t.is(engine.mixer.strips[0]?.levelDb, 0);
  t.deepEqual(
    synth.gone.map(({bytes}) => [...bytes]),
    [[0xb0, 7, 0, 0xb0, 39, 0]],
  );
});

test('a console has mutes and a master of its own', (t) => {
  const {engine, synth, timers, say} = midiRig(channelStrips(4), 'behringer-x32');
  timers.advance(1000);
  t.is(synth.controller(1, 0), 95, '0 dB by the table of the maker');
  t.is(synth.controller(1, 70), 95);
  t.is(synth.controller(2, 3), 0);
  t.is(synth.controller(3, 3), 64);
  engine.apply({type: 'strip.setMute', strip: 'c4', muted: true});
  engine.apply({type: 'strip.setLevel', strip: 'master', levelDb: -10});
  timers.advance(1000);
  t.is(synth.controller(2, 3), 127);
  t.is(synth.controller(1, 3), 95, 'its fader stays where it is');
  t.is(synth.controller(1, 70), 64);
  timers.advance(2000);
  say(control(2, 0, 127), control(1, 70, 127));
  t.true(engine.mixer.strips[0]?.muted);
  t.is(engine.mixer.masterLevelDb, 10);
});

test('a ride comes out as controllers within 30 ms of where it is written', (t) => {
  const {engine, synth, timers} = midiRig(channelStrips(4));
  timers.advance(1000);
  engine.follow([
    {id: 'c1 level', lane: lane([0, -40], [4, 0])},
    {id: 'c2 mute', lane: lane([0, 0], [1, 1], [1.5, 0])},
    {id: 'c3 pan', lane: lane([0, -1], [4, 1])},
  ]);
  engine.apply({type: 'playback.play'});
  const start = timers.nowMs;
  let worstDb = 0;
  for (let ms = 0; ms < 4000; ms += 5) {
    timers.advance(5);
    const seconds = (timers.nowMs - start) / 1000;
    const at = heardDb(synth.wide(1, 7));
    // 10 dB a second: 0.3 dB are 30 ms.
    worstDb = Math.max(worstDb, Math.abs(at - Math.min(0, -40 + 10 * seconds)));
    if (Math.abs(seconds - 1) > 0.03 && Math.abs(seconds - 1.5) > 0.03)
      t.is(synth.wide(2, 7) === 0, seconds > 1 && seconds < 1.5, `${seconds} s`);
  }
  t.true(worstDb < 0.3, `${worstDb} dB`);
  t.is(synth.controller(3, 10), 127);
  t.true(mostASecond(synth.gone) <= 1875);
  t.true(Math.abs(engine.playback.frame - 4 * rate) <= 0.001 * rate);
});

test('the tape goes round its loop, stops at its end, and follows a speed', (t) => {
  const {engine, timers} = midiRig(channelStrips(1), 'general-midi', 10);
  const told: string[] = [];
  engine.onChanged((what) => told.push(what));
  engine.apply({type: 'playback.setLoop', loop: {inFrame: rate, outFrame: 2 * rate}});
  engine.apply({type: 'playback.setLooping', looping: true});
  engine.apply({type: 'playback.play'});
  timers.advance(3250);
  t.is(engine.playback.frame, 1.25 * rate);
  engine.apply({type: 'playback.setLooping', looping: false});
  engine.setSpeed(2);
  timers.advance(1000);
  t.is(engine.playback.frame, 3.25 * rate);
  engine.apply({type: 'playback.locate', frame: 9.5 * rate});
  timers.advance(1000);
  t.deepEqual([engine.playback.state, engine.playback.frame], ['stopped', 0]);
  t.is(told.at(-1), 'playback');
  timers.advance(1000);
  t.is(timers.pending, 0, 'a tape that stands wakes nobody');
});

const anyMove = fc.record({
  afterMs: fc.integer({min: 0, max: 60}),
  strip: fc.integer({min: 1, max: 16}),
  what: fc.constantFrom('level', 'pan', 'send', 'mute', 'solo'),
  value: fc.double({min: 0, max: 1, noNaN: true}),
});

test('whatever is moved, no second has more than the wire bears, no value goes twice, and the device ends where the mixer is', (t) => {
  fc.assert(
    fc.property(fc.array(anyMove, {minLength: 1, maxLength: 300}), (moves) => {
      const {engine, synth, timers} = midiRig(channelStrips(16));
      const device = new Map<string, number>();
      for (const {afterMs, strip: number, what, value} of moves) {
        timers.advance(afterMs);
        const strip = `c${number}`;
        if (what === 'level') engine.apply({type: 'strip.setLevel', strip, levelDb: value * 100 - 90});
        if (what === 'pan') engine.apply({type: 'strip.setPan', strip, pan: value * 2 - 1});
        if (what === 'mute') engine.apply({type: 'strip.setMute', strip, muted: value > 0.5});
        if (what === 'solo') engine.apply({type: 'strip.setSolo', strip, soloed: value > 0.8});
        if (what === 'send') {
          engine.apply({type: 'strip.setParameter', strip, parameter: 'send1.on', value: 1});
          engine.apply({type: 'strip.setParameter', strip, parameter: 'send1.levelDb', value: value * 100 - 90});
        }
      }
      timers.advance(2000);
      if (mostASecond(synth.gone) > 1875) return false;
      for (const {bytes} of synth.gone) {
        const before = [...device].join();
        for (const message of messagesIn(bytes)) {
          if (message.type !== 'control-change') return false;
          device.set(`${message.channel} ${message.controller}`, message.value);
        }
        if ([...device].join() === before) return false;
      }
      const anySolo = engine.mixer.strips.some(({soloed}) => soloed);
      return engine.mixer.strips.every(({levelDb, muted, soloed}, index) => {
        const value = synth.wide(index + 1, 7) ?? Number.NaN;
        if (muted || (anySolo && !soloed) || levelDb === Number.NEGATIVE_INFINITY) return value === 0;
        return levelDb > 0 ? value === 16_383 : Math.abs(10 ** (levelDb / 40) * 16_383 - value) <= 0.5;
      });
    }),
    {numRuns: 20},
  );
  t.pass();
});

test('however much moves at once, no tenth of a second has more than its share, no value goes out more than fifty times a second, and the newest arrives', (t) => {
  const {engine, synth, timers} = midiRig(channelStrips(16));
  timers.advance(1000);
  synth.gone.length = 0;
  // The device has no master: each step of it is a new volume of all sixteen channels.
  for (let step = 1; step <= 400; step++) {
    engine.apply({type: 'strip.setLevel', strip: 'master', levelDb: -step / 20});
    timers.advance(5);
  }
  const share = 187.5;
  t.true(mostWithin(synth.gone, 100) <= share);
  t.true(synth.gone.reduce((sum, {bytes}) => sum + bytes.length, 0) > 0.9 * share * 20, 'the wire is full');
  timers.advance(2000);
  for (let channel = 1; channel <= 16; channel++) t.true(Math.abs(heardDb(synth.wide(channel, 7)) + 20) < 0.01);
  synth.gone.length = 0;
  for (let step = 1; step <= 200; step++) {
    engine.apply({type: 'strip.setPan', strip: 'c1', pan: -step / 200});
    timers.advance(5);
  }
  t.true(synth.gone.length > 40 && synth.gone.length <= 50, `${synth.gone.length}`);
  timers.advance(100);
  t.is(synth.controller(1, 10), 1);
});

/** Two strips, moved again before the last move has come back. */
const crowdedMove = fc.record({
  afterMs: fc.integer({min: 0, max: 30}),
  strip: fc.integer({min: 1, max: 2}),
  what: fc.constantFrom('level', 'pan'),
  value: fc.double({min: 0, max: 1, noNaN: true}),
});

test('what comes back through a cable moves nothing, and dies', (t) => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(anyMove, {minLength: 1, maxLength: 60}), fc.array(crowdedMove, {minLength: 1, maxLength: 60})),
      fc.infiniteStream(fc.integer({min: 0, max: 10})),
      (moves, jitter) => {
        const {engine, synth, timers, say, onGone} = midiRig(channelStrips(16));
        let readyMs = 0;
        // A cable keeps the order.
        onGone((bytes) => {
          for (const message of messagesIn(bytes)) {
            readyMs = Math.max(readyMs, timers.nowMs + 20 + (jitter.next().value ?? 0));
            timers.after(readyMs - timers.nowMs, () => say(message));
          }
        });
        const asked: unknown[] = [];
        engine.onAsked((command) => asked.push(command));
        for (const {afterMs, strip: number, what, value} of moves) {
          timers.advance(afterMs);
          const strip = `c${number}`;
          if (what === 'level') engine.apply({type: 'strip.setLevel', strip, levelDb: value * 100 - 90});
          else engine.apply({type: 'strip.setPan', strip, pan: value * 2 - 1});
        }
        timers.advance(1000);
        const before = synth.gone.length;
        timers.advance(3000);
        return asked.length === 0 && synth.gone.length === before;
      },
    ),
    {numRuns: 20},
  );
  t.pass();
});

test('bytes are what messages are', (t) => {
  t.deepEqual(messagesIn(bytesOf([control(3, 7, 1)])), [control(3, 7, 1)]);
});
