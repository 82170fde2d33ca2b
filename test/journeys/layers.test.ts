import test from 'ava';
import {findStrip, type Mixer, masterId, newMixer, newStrip} from '../../src/model/mixer.ts';
import {type ParameterId, parameterValue} from '../../src/model/parameter.ts';
import type {Cell} from '../../src/model/picture.ts';
import {positionOf} from '../../src/model/taper.ts';
import {type PluggedUnit, portNameOf, surfaces, type TestDesk, testDesk} from './test-desk.ts';

/** Ten stems of which three go to a group and two follow a VCA, two returns. */
const band: Mixer = newMixer({
  strips: [
    ...Array.from({length: 10}, (_, index) =>
      newStrip({
        id: `s${index}`,
        name: `T${index + 1}`,
        colour: 'green',
        output: index < 3 ? 'drums' : masterId,
        vcas: index > 7 ? ['singers'] : [],
        muteGroups: index === 0 ? [1] : [],
      }),
    ),
    newStrip({id: 'drums', name: 'Drums', kind: 'group', colour: 'red'}),
    newStrip({id: 'hall', name: 'Hall', kind: 'return', colour: 'cyan'}),
    newStrip({id: 'echo', name: 'Echo', kind: 'return', colour: 'cyan', effect: {kind: 'delay', values: {}}}),
    newStrip({id: 'singers', name: 'Singer', kind: 'vca', colour: 'magenta'}),
  ],
});

interface Journey extends PluggedUnit, TestDesk {
  /** Presses and lifts buttons, one after the other, and waits until the picture stands. */
  press(...controls: readonly string[]): Promise<void>;
  withShift(control: string): Promise<void>;
  text(channel: number): readonly [string, string];
  lit(lamp: string): boolean;
  assignment(): string;
  ring(channel: number): Extract<Cell, {type: 'ring'}> | undefined;
  value(strip: string, parameter: ParameterId): number;
}

async function begin(id: string): Promise<Journey> {
  const surface = surfaces.find((one) => one.id === id);
  if (surface === undefined) throw new Error(`no surface ${id}`);
  const bench = testDesk(band);
  const unit = bench.plug(surface, portNameOf(surface));
  await bench.pass(4000);
  const {device} = unit;
  const cell = <Type extends Cell['type']>(output: string, type: Type): Extract<Cell, {type: Type}> | undefined => {
    const shown = device.shown().get(output);
    return shown?.type === type ? (shown as Extract<Cell, {type: Type}>) : undefined;
  };
  return {
    ...bench,
    ...unit,
    async press(...controls) {
      for (const control of controls) {
        device.press(control);
        device.lift(control);
        await bench.pass(50);
      }
      // Longer than what a hand was on stays on the strip, and than a whole picture takes on a slow line.
      await bench.pass(2500);
    },
    async withShift(control) {
      device.press('shift');
      device.press(control);
      device.lift(control);
      device.lift('shift');
      await bench.pass(2500);
    },
    text(channel) {
      const shown = cell(`text.${channel}`, 'text');
      return [shown?.top ?? '', shown?.bottom ?? ''];
    },
    lit: (lamp) => cell(`lamp.${lamp}`, 'lamp')?.on ?? false,
    assignment: () => cell('digits.assignment', 'digits')?.text ?? '',
    ring: (channel) => cell(`ring.${channel}`, 'ring'),
    value: (strip, parameter) => parameterValue(findStrip(bench.engine.mixer, strip)?.parameters ?? {}, parameter),
  };
}

const nearly = (one: number, other: number): boolean => Math.abs(one - other) < 0.003;

for (const id of ['x-touch', 'mackie-control-pro']) {
  test(`${id}: on the EQ page an encoder sets the band of the selected strip, and the strip shows it`, async (t) => {
    const {device, desk, press, text, ring, lit, assignment, value, pass} = await begin(id);
    await press('select.3', 'assign-eq');
    t.true(lit('assign-eq'));
    t.is(assignment(), 'E1');
    t.deepEqual(
      [text(1), text(2)],
      [
        ['EQ1 F', '100Hz'],
        ['EQ1 G', '0.0'],
      ],
    );
    device.turn('encoder.2', 3);
    await pass(300);
    t.deepEqual([value('s2', 'eq1.gainDb'), value('s2', 'eq1.on')], [1.5, 1]);
    t.deepEqual(text(2), ['EQ1 G', '+1.5']);
    t.like(ring(2), {style: 'boost-cut', centre: true});
    await press('push.2');
    t.is(value('s2', 'eq1.on'), 0);
    t.false(ring(2)?.centre);
    await press('cursor-right');
    t.is(assignment(), 'E2');
    t.deepEqual([text(1)[0], text(5)], ['HP F', ['EQ1 Q', 'Q0.71']]);
    await press('assign-eq');
    t.deepEqual([text(1), assignment(), lit('assign-eq')], [['T1', 'C'], 'LV', false]);
    t.deepEqual(device.strays, []);
    await desk.close();
  });

  test(`${id}: selecting another strip brings its values to the page`, async (t) => {
    const {desk, press, text} = await begin(id);
    desk.perform({type: 'strip.setParameter', strip: 's4', parameter: 'eq1.gainDb', value: -6});
    await press('select.1', 'assign-eq');
    t.is(text(2)[1], '0.0');
    await press('select.5');
    t.is(text(2)[1], '-6.0');
    await desk.close();
  });

  test(`${id}: sends on faders: a send that is raised is heard, and the levels stay`, async (t) => {
    const {device, desk, engine, press, withShift, assignment, value, pass, text} = await begin(id);
    await press('f4');
    t.is(assignment(), 'S1');
    t.is(device.standsAt('fader.2'), 0);
    device.touch('fader.2');
    device.move('fader.2', 0.5);
    await pass(100);
    const level = value('s1', 'send1.levelDb');
    t.true(level > -30 && level < 0, `${level}`);
    t.is(text(2)[1], level.toFixed(1));
    device.release('fader.2');
    await pass(2500);
    t.true(nearly(device.standsAt('fader.2'), 0.5));
    t.is(value('s1', 'send1.on'), 1);
    t.is(findStrip(engine.mixer, 's1')?.levelDb, 0);
    device.turn('encoder.2', -5);
    await press('push.2');
    t.deepEqual([value('s1', 'send1.pan'), value('s1', 'send1.on')], [-0.1, 0]);
    await withShift('push.2');
    t.is(value('s1', 'send1.pre'), 1);
    t.deepEqual(device.violations, []);
    await desk.close();
  });

  test(`${id}: the sends of the selected strip bear the names of the returns they feed`, async (t) => {
    const {device, desk, press, text, value, pass} = await begin(id);
    await press('select.2', 'assign-send');
    t.deepEqual(
      [text(1), text(2), text(3)],
      [
        ['Hall', '-oo'],
        ['Echo', '-oo'],
        ['', ''],
      ],
    );
    device.turn('encoder.2', 50);
    device.turn('encoder.3', 50);
    await pass(300);
    t.true(value('s1', 'send2.levelDb') > -20);
    t.is(value('s1', 'send3.levelDb'), -90);
    await desk.close();
  });

  test(`${id}: spill shows the members of a VCA, and leads back`, async (t) => {
    const {device, desk, press, withShift, text, lit} = await begin(id);
    await press('user');
    t.deepEqual([text(1)[0], text(2)[0]], ['Singer', '']);
    t.true(lit('user'));
    await press('select.1', 'group');
    t.deepEqual([text(1)[0], text(2)[0], text(3)[0]], ['T9', 'T10', '']);
    t.true(lit('group'));
    t.is(device.standsAt('fader.3'), 0);
    await press('group');
    t.deepEqual([text(1)[0], lit('group')], ['Singer', false]);
    await press('busses');
    await withShift('select.1');
    t.deepEqual([text(1)[0], text(3)[0], text(4)[0]], ['T1', 'T3', '']);
    await press('global-view');
    t.is(text(4)[0], 'T4');
    await desk.close();
  });

  test(`${id}: banks count within the strips that are shown, and their lamps say where there is more`, async (t) => {
    const {desk, press, text, lit} = await begin(id);
    await press('inputs');
    t.deepEqual([lit('bank-left'), lit('bank-right')], [false, true]);
    await press('bank-right');
    t.deepEqual([lit('bank-left'), lit('bank-right')], [true, false]);
    t.deepEqual([text(1)[0], text(8)[0]], ['T3', 'T10']);
    await press('aux');
    t.deepEqual([lit('bank-left'), lit('bank-right'), text(1)[0]], [false, false, 'Hall']);
    await press('inputs');
    t.is(text(1)[0], 'T3');
    await desk.close();
  });

  test(`${id}: a page that changes under a touched fader lets go of it`, async (t) => {
    const {device, desk, press, pass, value} = await begin(id);
    await press('select.1', 'assign-eq', 'flip');
    t.true(nearly(device.standsAt('fader.2'), 0.5));
    device.touch('fader.2');
    device.move('fader.2', 0.75);
    await pass(50);
    t.true(Math.abs(value('s0', 'eq1.gainDb') - 9) < 0.1);
    desk.perform({type: 'view.pageRight'});
    device.move('fader.2', 0.9);
    await pass(50);
    t.is(value('s0', 'hp.slope'), 0);
    t.true(Math.abs(value('s0', 'eq1.gainDb') - 9) < 0.1);
    t.deepEqual(device.violations, []);
    device.release('fader.2');
    await pass(1500);
    t.is(device.standsAt('fader.2'), 0);
    await desk.close();
  });

  test(`${id}: the same holds for layers, views, spill and selections`, async (t) => {
    const moves = [
      {type: 'view.setLayer', layer: 'send1'},
      {type: 'view.show', shown: 'returns'},
      {type: 'view.spill', strip: 'drums'},
      {type: 'view.flip'},
    ] as const;
    for (const move of moves) {
      const {device, desk, engine, pass} = await begin(id);
      device.touch('fader.4');
      device.move('fader.4', 0.6);
      await pass(50);
      desk.perform(move);
      const after = engine.mixer;
      device.move('fader.4', 0.2);
      await pass(50);
      t.is(engine.mixer, after, move.type);
      t.deepEqual(device.violations, [], move.type);
      await desk.close();
    }
  });

  test(`${id}: a return's effect has a page of its own`, async (t) => {
    const {device, desk, engine, press, text, pass} = await begin(id);
    await press('aux', 'select.2', 'assign-plugin');
    t.deepEqual(
      [text(1), text(2)],
      [
        ['EFFECT', 'delay'],
        ['TIME', '375ms'],
      ],
    );
    device.turn('encoder.4', 10);
    await pass(300);
    t.is(text(4)[1], '40%');
    t.deepEqual(findStrip(engine.mixer, 'echo')?.effect?.values, {feedback: 40});
    await press('push.1');
    t.is(findStrip(engine.mixer, 'echo')?.effect?.kind, 'reverb');
    t.deepEqual(text(2), ['DECAY', '1.80s']);
    await desk.close();
  });

  test(`${id}: an echo that follows the tempo shows its note and its time, and taps on enter set the tempo`, async (t) => {
    const desk = await begin(id);
    desk.desk.perform({type: 'view.select', strip: 'echo'});
    await desk.press('assign-plugin');
    t.deepEqual(desk.text(3), ['NOTE', 'ms']);
    desk.desk.perform({type: 'strip.setEffectValue', strip: 'echo', name: 'note', value: 11});
    await desk.pass(1000);
    t.deepEqual(
      [desk.text(2), desk.text(3)],
      [
        ['TIME', '500ms'],
        ['NOTE', '1/4'],
      ],
    );
    for (let tap = 0; tap < 4; tap++) {
      desk.device.press('enter');
      desk.device.lift('enter');
      await desk.pass(600);
    }
    t.is(desk.desk.status().mixer.tempoBpm, 100);
    await desk.pass(1000);
    t.deepEqual(desk.text(2), ['TIME', '600ms']);
    desk.desk.perform({type: 'strip.setEffectValue', strip: 'echo', name: 'note', value: 18});
    await desk.pass(1000);
    t.deepEqual(
      [desk.text(2), desk.text(3)],
      [
        ['TIME', '2.00s'],
        ['NOTE', '1/1D!'],
      ],
    );
    await desk.desk.close();
  });

  test(`${id}: the master comes under a fader with its own pages`, async (t) => {
    const {device, desk, engine, press, text, pass} = await begin(id);
    await press('outputs');
    t.is(text(1)[0], 'Master');
    device.touch('fader.1');
    device.move('fader.1', 0.5);
    await pass(50);
    t.true(engine.mixer.masterLevelDb < -5);
    device.release('fader.1');
    await press('assign-instrument');
    device.turn('encoder.1', -4);
    await press('push.1');
    t.deepEqual(engine.mixer.masterParameters, {'comp.thresholdDb': -20, 'comp.on': 1});
    t.true(
      nearly(device.standsAt('fader.master'), positionOf(device.surface.faders.taper, engine.mixer.masterLevelDb)),
    );
    await desk.close();
  });

  test(`${id}: a mute group is a button with a lamp`, async (t) => {
    const {desk, engine, press, lit} = await begin(id);
    await press('f5');
    t.deepEqual(engine.mixer.activeMuteGroups, [1]);
    t.true(lit('f5'));
    await press('f5');
    t.deepEqual(engine.mixer.activeMuteGroups, []);
    await desk.close();
  });

  test(`${id}: pulled and replugged, it comes back with its page`, async (t) => {
    const {device, cable, desk, press, pass, text} = await begin(id);
    await press('select.2', 'assign-instrument');
    cable.pull();
    device.powerOff();
    await pass(500);
    desk.perform({type: 'strip.setParameter', strip: 's1', parameter: 'comp.thresholdDb', value: -30});
    device.powerOn();
    cable.replug();
    await pass(4000);
    t.deepEqual(text(1), ['C THR', '-30.0']);
    await desk.close();
  });
}

test('two units show two pages side by side, and the strips go on through both', async (t) => {
  const bench = testDesk(band);
  const units = ['x-touch', 'x-touch-extender'].map((id) => {
    const surface = surfaces.find((one) => one.id === id);
    if (surface === undefined) throw new Error(`no surface ${id}`);
    return bench.plug(surface, portNameOf(surface));
  });
  await bench.pass(4000);
  bench.desk.perform({type: 'view.select', strip: 's1'});
  bench.desk.perform({type: 'view.setPage', page: 'eq'});
  await bench.pass(3000);
  const tops = units.map(({device}) => {
    const cell = device.shown().get('text.1');
    return cell?.type === 'text' ? cell.top : '';
  });
  t.deepEqual([...tops].sort(), ['EQ1 F', 'HP F']);
  const second = units[tops.indexOf('HP F')];
  second?.device.turn('encoder.5', 4);
  await bench.pass(100);
  t.true(parameterValue(findStrip(bench.engine.mixer, 's1')?.parameters ?? {}, 'eq1.q') > 0.9);
  bench.desk.perform({type: 'view.pageRight'});
  t.is(bench.desk.status().view.pageOffset, 8);
  bench.desk.perform({type: 'view.pageRight'});
  t.is(bench.desk.status().view.pageOffset, 8);
  await bench.desk.close();
});

test('a surface of one strip walks through a page slot by slot', async (t) => {
  const {device, desk, press, text, value} = await begin('x-touch-one');
  await press('cursor-down', 'cursor-right');
  t.deepEqual(text(1), ['EQ1 G', '0.0']);
  device.turn('encoder.1', 2);
  await press('cursor-left');
  t.deepEqual([value('s0', 'eq1.gainDb'), text(1)[0]], [1, 'EQ1 F']);
  await desk.close();
});
