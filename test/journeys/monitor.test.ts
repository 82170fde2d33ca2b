import test from 'ava';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import {newMonitor} from '../../src/model/monitor.ts';
import {portNameOf, surfaces, testDesk} from './test-desk.ts';

const dynamics = {'comp.on': 1, 'gate.on': 1} as const;
const mixer = newMixer({
  strips: [
    newStrip({id: 'kick', name: 'Kick', parameters: {'comp.on': 1}}),
    newStrip({id: 'voice', name: 'Voice', parameters: dynamics}),
    newStrip({id: 'bass', name: 'Bass'}),
  ],
});

async function begin(id: string) {
  const surface = surfaces.find((one) => one.id === id);
  if (surface === undefined) throw new Error(`no surface ${id}`);
  const bench = testDesk(mixer);
  const {device} = bench.plug(surface, portNameOf(surface));
  await bench.pass(4000);
  const press = async (...controls: readonly string[]): Promise<void> => {
    for (const control of controls) device.press(control);
    for (const control of controls.toReversed()) device.lift(control);
    await bench.pass(2500);
  };
  const cell = (output: string) => device.shown().get(output);
  return {
    ...bench,
    device,
    press,
    lit: (lamp: string): boolean => {
      const shown = cell(`lamp.${lamp}`);
      return shown?.type === 'lamp' && shown.on;
    },
    /** What the first three meters show while this is heard, from bottom lamp up. */
    async meters() {
      bench.engine.hear(
        0.2,
        new Map([
          [0, {peak: 0.5, compressorDb: 3.2}],
          [1, {peak: 0.25, compressorDb: 2, gateDb: 4.5}],
          [2, {peak: 0.5}],
        ]),
        0.5,
      );
      await bench.pass(60);
      return [1, 2, 3].map((channel) => {
        const shown = cell(`meter.${channel}`);
        return shown?.type === 'meter' ? shown.step : undefined;
      });
    },
  };
}

for (const id of ['x-touch', 'mackie-control-pro']) {
  test(`${id}: the page of dynamics shows gain reduction on the meters, and closing it the levels again`, async (t) => {
    const {desk, press, meters, lit, device} = await begin(id);
    t.deepEqual(await meters(), [9, 7, 9]);
    await press('select.1', 'assign-instrument');
    await press('assign-instrument');
    await press('assign-instrument');
    t.true(lit('assign-instrument'));
    t.deepEqual(await meters(), [3, 6, 0]);
    await press('smpte-beats');
    t.deepEqual(await meters(), [9, 7, 9]);
    await press('smpte-beats');
    t.deepEqual(await meters(), [3, 6, 0]);
    await press('assign-instrument');
    t.deepEqual(await meters(), [9, 7, 9]);
    await press('smpte-beats');
    t.true(lit('smpte-beats'));
    t.deepEqual(await meters(), [3, 6, 0]);
    t.deepEqual(device.strays, []);
    await desk.close();
  });

  test(`${id}: the monitor section lies under buttons, and their lamps say what is heard`, async (t) => {
    const {desk, engine, press, lit} = await begin(id);
    const rows = [
      [['click'], {reference: 'on'}],
      [['shift', 'click'], {referenceNumber: 2}],
      [['scrub'], {dim: true}],
      [['shift', 'scrub'], {mono: true}],
      [['zoom'], {speaker: 'phone'}],
      [['shift', 'zoom'], {polarity: 'left'}],
    ] as const;
    let expected = newMonitor;
    for (const [controls, change] of rows) {
      await press(...controls);
      expected = {...expected, ...change};
      t.deepEqual(engine.monitor, expected);
    }
    t.deepEqual(['click', 'scrub', 'zoom'].map(lit), [true, true, true]);
    await press('click');
    await press('scrub');
    t.deepEqual(['click', 'scrub', 'zoom'].map(lit), [false, false, true]);
    await press('shift', 'solo-global');
    t.is(engine.mixer.soloMode, 'after-fader');
    desk.perform({type: 'strip.setSolo', strip: 'bass', soloed: true});
    await press('solo-global');
    t.false(engine.mixer.strips.some(({soloed}) => soloed));
    await desk.close();
  });
}
