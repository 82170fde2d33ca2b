import test from 'ava';
import {findStrip, type Mixer, newMixer} from '../../src/model/mixer.ts';
import type {Cell} from '../../src/model/picture.ts';
import type {Surface} from '../../src/model/surface.ts';
import {positionOf} from '../../src/model/taper.ts';
import {deviceTravel} from '../../src/surface/travel.ts';
import {looksLike} from '../virtual-desk/looks.ts';
import {mappings, type PluggedUnit, portNameOf, type TestDesk, testDesk, twentyStrips} from './test-desk.ts';

const {surfaces} = mappings;

/** Long enough for the handshake and a whole picture on a slow line. */
const settledMs = 800;
/** Enough where a warning is only waited for: every rule looks at every strip. */
const fewStrips = newMixer({strips: twentyStrips.strips.slice(0, 4)});

interface Journey extends PluggedUnit, TestDesk {
  readonly surface: Surface;
}

/** A bank more than the unit has faders, but no more: every strip is painted and judged forty times a second. */
const enoughStrips = ({strips}: Surface): Mixer => newMixer({strips: twentyStrips.strips.slice(0, strips + 4)});

async function begin(surface: Surface, mixer = enoughStrips(surface)): Promise<Journey> {
  const isFound = surface.ports.length > 0 || surface.hid !== undefined;
  const port = isFound ? portNameOf(surface) : 'Port 7';
  const bench = testDesk(mixer, isFound ? {} : {choices: [{surface: surface.id, port}]});
  const unit = bench.plug(surface, port);
  await bench.pass(settledMs);
  return {...bench, ...unit, surface};
}

function shownCell<Type extends Cell['type']>(
  {device}: Journey,
  output: string,
  type: Type,
): Extract<Cell, {type: Type}> | undefined {
  const cell = device.shown().get(output);
  return cell?.type === type ? (cell as Extract<Cell, {type: Type}>) : undefined;
}

/** The lamp that tells of the first strip's warnings: its own, or the key that selects where that warns. */
function warningLamp({outputs, pads}: Surface): string | undefined {
  if (pads?.tints === 'warning') return 'pad.select.1';
  return ['lamp.rec.1', 'pad.rec.1'].find((output) => outputs.has(output));
}

/** Whether a lamp was lit at some time within so long; one in colours, bright in the hue of a warning. */
async function warns(journey: Journey, withinMs: number): Promise<boolean> {
  const output = warningLamp(journey.surface) ?? '';
  for (let ms = 0; ms < withinMs; ms += 50) {
    const pad = shownCell(journey, output, 'pad');
    if (shownCell(journey, output, 'lamp')?.on || (pad?.brightness === 1 && isWarning(journey.surface, pad)))
      return true;
    await journey.pass(50);
  }
  return false;
}

/** Whether a colour is what the device has for a warning. */
function isWarning(surface: Surface, seen: Extract<Cell, {type: 'pad'}>): boolean {
  const output = surface.outputs.get(warningLamp(surface) ?? '');
  return (
    output !== undefined &&
    (['orange', 'vermillion'] as const).some((hue) =>
      looksLike(surface, output, seen, {type: 'pad', hue, brightness: 1}),
    )
  );
}

const levelOf = ({engine}: TestDesk, strip: string): number | undefined => findStrip(engine.mixer, strip)?.levelDb;
const wantedPosition = ({surface, engine}: Journey, strip: string): number => {
  const {taper} = surface.faders;
  return deviceTravel(surface.faders, positionOf(taper, findStrip(engine.mixer, strip)?.levelDb ?? 0));
};
/** A fader comes to rest where its steps allow. */
const nearly = (one: number, other: number): boolean => Math.abs(one - other) < 0.003;

test('every surface is found by the name of its port, shakes hands, and is ready', async (t) => {
  for (const surface of surfaces) {
    const {desk, device} = await begin(surface);
    t.like(desk.status().units, [{state: 'ready', firstStrip: 0, strips: surface.strips}], surface.id);
    t.is(device.state, 'online', surface.id);
    t.deepEqual(device.strays, [], surface.id);
    await desk.close();
  }
});

for (const surface of surfaces.filter(({faders}) => faders.motor)) {
  const {id} = surface;
  const first = 'fader.1';

  test(`${id}: the motors stand where the mixer is, and a change from elsewhere moves them`, async (t) => {
    const journey = await begin(surface);
    for (let strip = 0; strip < surface.strips; strip++) {
      t.true(
        nearly(journey.device.standsAt(`fader.${strip + 1}`), wantedPosition(journey, `s${strip}`)),
        `fader.${strip + 1}`,
      );
    }
    journey.desk.perform({type: 'strip.setLevel', strip: 's0', levelDb: -20});
    await journey.pass(500);
    t.true(nearly(journey.device.standsAt(first), wantedPosition(journey, 's0')));
    await journey.desk.close();
  });

  test(`${id}: a move sets the level, and the display says it`, async (t) => {
    const journey = await begin(surface);
    const {device, pass} = journey;
    device.touch(first);
    for (const position of [0.7, 0.6, 0.5]) {
      device.move(first, position);
      await pass(20);
    }
    await pass(300);
    t.true(nearly(wantedPosition(journey, 's0'), device.standsAt(first)));
    t.not(levelOf(journey, 's0'), 0);
    const output = surface.outputs.get('text.1');
    if (output !== undefined) {
      const text = shownCell(journey, 'text.1', 'text');
      const said = output.lines === 1 ? text?.top : text?.bottom;
      const shown = Number.parseFloat(said ?? '');
      // Without room for decimals they are rounded away.
      const tolerance = output.cells < 6 ? 0.51 : 0.06;
      t.true(Math.abs(shown - (levelOf(journey, 's0') ?? 0)) < tolerance, `${said} for ${levelOf(journey, 's0')}`);
    }
    device.release(first);
    await pass(1000);
    t.deepEqual(device.violations, []);
    t.true(nearly(device.standsAt(first), wantedPosition(journey, 's0')));
    await journey.desk.close();
  });

  test(`${id}: a touched fader is never driven, and goes where the mixer is when it is released`, async (t) => {
    const journey = await begin(surface);
    const {device, desk, pass} = journey;
    device.touch(first);
    device.move(first, 0.4);
    // Where touch is inferred the hand must keep moving to be felt.
    for (let step = 0; step < 20; step++) {
      desk.perform({type: 'strip.setLevel', strip: 's0', levelDb: -30 + step});
      if (surface.faders.touch === 'inferred') device.move(first, 0.4 + step / 1000);
      await pass(30);
    }
    const heldAt = device.standsAt(first);
    // Where its motor was sent before it was touched: that it was sent there once does not count.
    desk.perform({type: 'strip.setLevel', strip: 's0', levelDb: 0});
    await pass(20);
    t.is(device.standsAt(first), heldAt);
    t.deepEqual(device.violations, []);
    device.release(first);
    await pass(1200);
    t.true(nearly(device.standsAt(first), wantedPosition(journey, 's0')));
    t.not(device.standsAt(first), heldAt);
    t.is(levelOf(journey, 's0'), 0);
    await desk.close();
  });

  test(`${id}: a bank under a touched fader lets go of the old strip and leaves the new one alone`, async (t) => {
    const journey = await begin(surface);
    const {device, desk, pass, engine} = journey;
    device.touch(first);
    device.move(first, 0.6);
    await pass(20);
    const before = levelOf(journey, 's0');
    desk.perform({type: 'view.bankRight'});
    const others = engine.mixer.strips.slice(1);
    device.move(first, 0.3);
    await pass(20);
    device.move(first, 0.2);
    await pass(20);
    t.is(levelOf(journey, 's0'), before);
    t.deepEqual(engine.mixer.strips.slice(1), others);
    t.deepEqual(device.violations, []);
    device.release(first);
    await pass(1200);
    const under = `s${desk.status().view.bankOffset}`;
    t.true(nearly(device.standsAt(first), wantedPosition(journey, under)), under);
    await desk.close();
  });

  test(`${id}: flip brings the encoders' parameter to the faders`, async (t) => {
    const journey = await begin(surface);
    const {device, desk, pass, engine} = journey;
    desk.perform({type: 'strip.setPan', strip: 's0', pan: -0.5});
    desk.perform({type: 'view.flip'});
    await pass(800);
    t.true(Math.abs(device.standsAt(first) - 0.25) < 0.003);
    device.touch(first);
    device.move(first, 1);
    await pass(50);
    t.is(findStrip(engine.mixer, 's0')?.pan, 1);
    t.is(levelOf(journey, 's0'), 0);
    device.release(first);
    await desk.close();
  });

  test(`${id}: pulled in mid-move it moves no gain, and comes back repainted`, async (t) => {
    const journey = await begin(surface);
    const {device, cable, desk, pass, engine} = journey;
    device.touch(first);
    device.move(first, 0.6);
    await pass(50);
    const before = engine.mixer;
    cable.pull();
    device.powerOff();
    await pass(1000);
    t.is(engine.mixer, before);
    desk.perform({type: 'strip.setMute', strip: 's0', muted: true});
    desk.perform({type: 'strip.setLevel', strip: 's0', levelDb: -12});
    const away = engine.mixer;
    device.release(first);
    device.powerOn();
    cable.replug();
    await pass(settledMs);
    t.is(engine.mixer, away);
    t.is(desk.status().units[0]?.state, 'ready');
    t.true(nearly(device.standsAt(first), wantedPosition(journey, 's0')));
    if (surface.outputs.has('lamp.mute.1')) t.true(shownCell(journey, 'lamp.mute.1', 'lamp')?.on);
    await desk.close();
  });
}

const warning = surfaces.filter((one) => one.reports === undefined && warningLamp(one) !== undefined);
/** Warnings of all rules go the same way to a lamp: one surface of each dialect and kind of lamp is enough. */
const oneOfEachWay = [...new Map(warning.map((one) => [`${one.dialect} ${warningLamp(one)}`, one])).values()];

for (const surface of oneOfEachWay) {
  const {id} = surface;

  test(`${id}: a hot strip lights its lamp and says so`, async (t) => {
    const journey = await begin(surface, fewStrips);
    const {engine, desk, pass} = journey;
    desk.perform({type: 'playback.play'});
    for (let second = 0; second < 8; second++) {
      for (let tenth = 0; tenth < 10; tenth++) {
        engine.hear(0.1, new Map([[0, {peak: 0.8}]]), 0.3);
        await pass(100);
      }
    }
    t.like(desk.status().warnings, [{rule: 'hot', strip: 's0', acknowledged: false}]);
    engine.hear(1, new Map([[0, {peak: 0.8}]]), 0.3);
    t.true(await warns(journey, 3500));
    await desk.close();
  });
}

for (const surface of warning) {
  const {id} = surface;

  test(`${id}: a clip latches until it is acknowledged on the surface`, async (t) => {
    const journey = await begin(surface, fewStrips);
    const {engine, desk, device, pass} = journey;
    desk.perform({type: 'playback.play'});
    engine.hear(0.1, new Map([[0, {peak: 0.3, clipRun: 5}]]), 0.3);
    await pass(300);
    t.like(desk.status().warnings, [{rule: 'clip.in', strip: 's0', severity: 4, acknowledged: false}]);
    if (surface.outputs.has('overload.1')) t.true(shownCell(journey, 'overload.1', 'overload')?.on);
    for (let tenth = 0; tenth < 25; tenth++) {
      engine.hear(0.1, new Map([[0, {peak: 0.2}]]), 0.3);
      await pass(100);
    }
    t.deepEqual(
      desk.status().warnings.map(({rule}) => rule),
      ['clip.in'],
    );
    t.true(await warns(journey, 600));
    const key = surface.controls.has('rec.1') ? 'rec.1' : 'record';
    device.press(key);
    device.lift(key);
    for (let tenth = 0; tenth < 20; tenth++) {
      engine.hear(0.1, new Map([[0, {peak: 0.2}]]), 0.3);
      await pass(100);
    }
    t.deepEqual(desk.status().warnings, []);
    if (surface.outputs.has('overload.1')) t.false(shownCell(journey, 'overload.1', 'overload')?.on);
    t.false(await warns(journey, 400));
    await desk.close();
  });
}

const plain = surfaces.filter(
  ({controls, outputs}) => controls.has('fader.1') && !outputs.has('fader.1') && outputs.has('lamp.rec.1'),
);

for (const surface of plain) {
  const {id} = surface;
  const first = 'fader.1';

  test(`${id}: a fader picks its value up, and never makes it jump`, async (t) => {
    const journey = await begin(surface);
    const {device, pass, engine} = journey;
    const before = engine.mixer;
    device.move(first, 0.2);
    await pass(50);
    device.move(first, 0.4);
    await pass(50);
    t.is(engine.mixer, before);
    for (let position = 0.4; position < 0.9; position += 0.02) {
      device.move(first, position);
      await pass(10);
    }
    t.true((levelOf(journey, 's0') ?? 0) > 3);
    await journey.desk.close();
  });

  test(`${id}: the lamp says from which side the fader must come`, async (t) => {
    const journey = await begin(surface);
    const {device, pass} = journey;
    const litShare = async (): Promise<number> => {
      let lit = 0;
      for (let tick = 0; tick < 20; tick++) {
        await pass(50);
        if (shownCell(journey, 'lamp.rec.1', 'lamp')?.on) lit++;
      }
      return lit / 20;
    };
    device.move(first, 0.2);
    const below = await litShare();
    device.move(first, 0.2);
    device.move('fader.2', 1);
    device.move(first, 0.3);
    t.true(below > 0.6, `${below}`);
    for (let position = 0.3; position < 1; position += 0.02) device.move(first, position);
    journey.desk.perform({type: 'strip.setLevel', strip: 's0', levelDb: -40});
    device.move(first, 0.98);
    const above = await litShare();
    t.true(above > 0 && above < 0.4, `${above}`);
    await journey.desk.close();
  });
}
