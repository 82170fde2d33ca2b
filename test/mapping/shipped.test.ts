import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {huiButtons} from '../../src/mapping/check-buttons.ts';
import {
  covers,
  dialNames,
  globalButtonNames,
  lightNames,
  moreButtonNames,
  springNames,
  stripControlNames,
} from '../../src/mapping/control-names.ts';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {checkFile, loadMappings} from '../../src/mapping/load.ts';
import type {Layout} from '../../src/model/layout.ts';
import type {Surface} from '../../src/model/surface.ts';
import {levelAt, positionOf} from '../../src/model/taper.ts';
import {parameterNames} from '../../src/model/view.ts';
import {lampPlace, switchNames, switchPlace} from '../../src/wire/hui/switches.ts';
import {buttonAt, isLampName} from '../../src/wire/mackie/buttons.ts';

const {surfaces, layouts, guides, problems} = await loadMappings(shippedMappings);
const files = (
  await Promise.all(
    ['surfaces', 'layouts'].map(async (kind) =>
      (await readdir(join(shippedMappings, kind))).map((name) => join(shippedMappings, kind, name)),
    ),
  )
).flat();

test('every mapping compiles without a problem', (t) => {
  t.deepEqual(problems, []);
  t.is(surfaces.length + layouts.length, files.length);
});

for (const file of files) {
  const name = file.slice(shippedMappings.length + 1);

  test(`${name} is good by itself and names its schema first`, async (t) => {
    t.deepEqual(await checkFile(file), []);
    const schema = name.startsWith('surfaces') ? '../surface.schema.json' : '../layout.schema.json';
    t.true((await readFile(file, 'utf8')).startsWith(`{\n  "$schema": "${schema}",\n`));
  });
}

test('the surfaces that people ask for are there', (t) => {
  const wanted = [
    ...['mackie-control', 'mackie-control-pro', 'mackie-extender', 'logic-control', 'generic-mackie'],
    ...['x-touch', 'x-touch-extender', 'x-touch-one', 'x-touch-compact', 'bcf2000'],
    ...['icon-p1-m', 'icon-v1-m', 'icon-qcon-pro', 'icon-extender', 'korg-nanokontrol2'],
  ];
  t.deepEqual(
    wanted.filter((id) => !surfaces.some((surface) => surface.id === id)),
    [],
  );
});

const parts: readonly string[] = stripControlNames;
const buttonNames = [...globalButtonNames, ...moreButtonNames, ...springNames, ...dialNames];
const controlNames = new RegExp(
  `^((${parts.join('|')})\\.([1-9]|1[0-6])|fader\\.master|jog|${buttonNames.join('|')})$`,
);
const outputNames =
  /^((fader|knob|send[123]|ring|text|colour|meter|overload)\.([1-9]|1[0-6])|column\.[1-8]\.[1-8]|fader\.master|meter\.([1-8]\.)?(left|right)|text\.main|digits\.(time|assignment)|(lamp|pad|key)\..+)$/;

for (const surface of surfaces) {
  const {id} = surface;

  test(`${id}: every control has a known name under which its dialect can read it`, (t) => {
    for (const control of surface.controls.values()) {
      t.regex(control.id, controlNames);
      if (surface.dialect === 'plain') t.truthy(control.address);
      const {reports} = surface;
      const touches = [
        reports?.touch?.short,
        reports?.touch?.long,
        reports?.touch?.swipeLeft,
        reports?.touch?.swipeRight,
      ];
      const isTouched = touches.some((pattern) => pattern !== undefined && covers(pattern, control.id));
      if (reports !== undefined) t.true((reports.places.get(control.id)?.length ?? 0) > 0 || isTouched, control.id);
      if (surface.dialect === 'hui' && control.kind === 'button') t.truthy(switchPlace(control.id), control.id);
    }
  });

  test(`${id}: no two controls live at one address`, (t) => {
    const addresses = [...surface.controls.values()].flatMap(({address}) =>
      address === undefined ? [] : [`${address.message} ${address.channel} ${address.number}`],
    );
    t.is(new Set(addresses).size, addresses.length);
  });

  test(`${id}: every output can be addressed, and every lamp but three belongs to a button`, (t) => {
    t.true(surface.outputs.size > 0 || surface.reports !== undefined);
    for (const output of surface.outputs.values()) {
      t.regex(output.id, outputNames);
      if (output.type === 'key') t.true(surface.reports?.pictures.has(output.id), output.id);
      else if (surface.reports !== undefined) t.true(surface.reports.lamps.has(output.id), output.id);
      if (surface.dialect === 'plain') t.truthy(output.type === 'text' ? surface.texts : output.address);
      if (output.type !== 'lamp') continue;
      const button = output.id.slice('lamp.'.length);
      const known = surface.controls.get(button)?.kind === 'button' || lightNames.some((name) => name === button);
      t.true(known, output.id);
      if (surface.dialect === 'mackie') t.true(isLampName(button), output.id);
      if (surface.dialect === 'hui') t.truthy(lampPlace(button), output.id);
    }
  });

  test(`${id}: strips count from 0 and stand where the number in the name says`, (t) => {
    for (const {id: name, strip} of [...surface.controls.values(), ...surface.outputs.values()]) {
      const number = /\.([0-9]+)(\.|$)/.exec(name)?.[1];
      t.is(strip, number === undefined ? undefined : Number(number) - 1, name);
    }
    const ids = [...surface.controls.keys()];
    t.is(
      ids.some((control) => control.endsWith(`.${surface.strips}`)),
      surface.strips > 0,
    );
    t.false(ids.some((control) => control.endsWith(`.${surface.strips + 1}`)));
  });

  test(`${id}: only faders with a motor can be driven`, (t) => {
    // Encoders that have a position of their own follow the desk without a motor.
    const driven =
      surface.dialect === 'plain' && !surface.faders.motor ? surface.outputs.has('fader.1') : surface.faders.motor;
    t.is(surface.outputs.has('fader.1'), driven);
    t.is(surface.outputs.has('fader.master'), surface.faders.motor && surface.controls.has('fader.master'));
  });

  test(`${id}: meters, palette and displays agree with the outputs`, (t) => {
    const meter = surface.dialect === 'hui' ? 'meter.1.left' : 'meter.1';
    t.is(surface.outputs.has(meter), surface.meters !== undefined);
    t.is(surface.outputs.has('overload.1'), surface.meters?.overload === true);
    t.is(surface.outputs.has('meter.left'), surface.meters?.master === true);
    t.is(surface.outputs.has('colour.1'), surface.palette !== undefined);
  });

  test(`${id}: an extender only adds strips`, (t) => {
    const alone = [...surface.controls.values(), ...surface.outputs.values()].filter(({strip}) => strip === undefined);
    if (surface.unit === 'extender') t.deepEqual(alone, []);
    else t.not(alone.length, 0);
  });

  test(`${id}: its scale goes there and back`, (t) => {
    for (const {position, levelDb} of surface.faders.taper) {
      t.is(levelAt(surface.faders.taper, position), levelDb);
      t.true(Math.abs(positionOf(surface.faders.taper, levelDb) - position) < 1e-9);
    }
  });

  test(`${id}: what panels are said to call controls are controls that are there, no two alike`, (t) => {
    const labels = Object.entries(guides.get(id)?.labels ?? {});
    const has = (pattern: string): boolean => [...surface.controls.keys()].some((control) => covers(pattern, control));
    t.deepEqual(
      labels.filter(([pattern]) => !has(pattern)),
      [],
    );
    t.is(new Set(labels.map(([, label]) => label)).size, labels.length);
  });

  test(`${id}: people are told how to set it up and how sure we are`, (t) => {
    const guide = guides.get(id);
    t.true((guide?.setUp.length ?? 0) > 0 && (guide?.notes.length ?? 0) > 0 && (guide?.tested.length ?? 0) > 0);
  });

  for (const layout of layouts) {
    test(`${id}: in the layout ${layout.id} its strips and transport have their tasks`, (t) => {
      const idle = [...surface.controls.keys()].filter((control) => action(layout, control) === undefined);
      t.deepEqual(
        idle.filter((control) => control.includes('.') || transport.includes(control)),
        [],
      );
    });
  }
}

const transport = ['play', 'stop', 'rewind', 'forward', 'jog', 'flip', 'bank-left', 'bank-right'];

function action(layout: Layout, control: string): string | undefined {
  return [...layout.bindings].find(([pattern]) => covers(pattern, control))?.[1];
}

/** Devices without the keys for it. */
const lackingKeys: Readonly<Record<string, string>> = {
  'akai-midimix': 'playback.play',
  'launch-control-xl': 'playback.play',
  'launch-control-xl-user': 'playback.play',
};

test('a bank can be changed, playback started and warnings acknowledged on every main unit', (t) => {
  const layout = layouts.find(({id}) => id === 'mixer');
  // What stands beside a desk need not be a whole one.
  const mains = surfaces.filter(({unit, reports}) => unit === 'main' && reports === undefined);
  const can = (surface: Surface, wanted: string): boolean =>
    (wanted === 'strip.warning' && surface.pads?.tints === 'warning') ||
    [...surface.controls.keys()].some((control) => layout !== undefined && action(layout, control) === wanted);
  const lacking = mains.flatMap((surface) => {
    const missing = [
      ['view.bankRight', 'view.channelRight'],
      ['playback.play'],
      ['strip.warning'],
      ['warnings.acknowledge', 'strip.warning'],
    ].filter((ways) => !ways.some((wanted) => can(surface, wanted)));
    return missing.length === 0 ? [] : [[surface.id, missing.map(([first]) => first).join()]];
  });
  t.deepEqual(Object.fromEntries(lacking), lackingKeys);
});

test('every layer of the mixer can be reached, and none is flipped into itself', (t) => {
  const layout = layouts.find(({id}) => id === 'mixer');
  const actions = [...(layout?.bindings.values() ?? []), ...(layout?.shifted.values() ?? [])];
  for (const layer of layout?.layers ?? []) {
    t.true(actions.includes(`layer:${layer.id}`), layer.id);
    t.not(layer.fader, layer.encoder);
    t.is(layer.short.length, 2);
  }
});

test('every page of the mixer can be reached, and every parameter of a strip is on one of them', (t) => {
  const layout = layouts.find(({id}) => id === 'mixer');
  const actions = [...(layout?.bindings.values() ?? [])];
  for (const page of layout?.pages ?? []) t.true(actions.includes(`page:${page.id}`), page.id);
  const slots = new Set(layout?.pages.flatMap((page) => page.slots));
  // Switches of stages are pushed; the effect page has room for seven of its parameters.
  const unreached = parameterNames.filter((name) => !slots.has(name) && !name.endsWith('.on') && name !== 'effect.8');
  t.deepEqual(unreached, []);
});

test('the names of the Mackie buttons are those of the Mackie dialect, note for note', (t) => {
  t.deepEqual(
    globalButtonNames.map((_, index) => buttonAt(0x28 + index)),
    [...globalButtonNames],
  );
});

test('the buttons that a HUI may be said to have are those of the HUI dialect', (t) => {
  const strip = switchNames.filter((name) => name.endsWith('.1')).map((name) => name.slice(0, -2));
  const global = switchNames.filter((name) => !name.includes('.'));
  // Touch and push belong to the fader and the encoder.
  t.deepEqual([...huiButtons.strip, 'touch', 'push'].sort(), [...strip].sort());
  t.deepEqual([...huiButtons.global].sort(), [...global].sort());
});

test('the device id bytes are those of the protocol', (t) => {
  const idOf = (id: string): number | undefined => surfaces.find((surface) => surface.id === id)?.handshake.deviceId;
  t.deepEqual(
    ['logic-control', 'logic-control-xt', 'mackie-control', 'mackie-extender', 'x-touch-extender'].map(idOf),
    [0x10, 0x11, 0x14, 0x15, 0x15],
  );
});

test('the nanoKONTROL2 enters and leaves its native mode, whose lamps are on channel 16', (t) => {
  const nano = surfaces.find(({id}) => id === 'korg-nanokontrol2');
  const hex = (messages: readonly Uint8Array[] | undefined): readonly string[] =>
    (messages ?? []).map((bytes) => Buffer.from(bytes).toString('hex'));
  t.deepEqual(hex(nano?.greeting), ['f0424000011300000001f7']);
  t.deepEqual(hex(nano?.farewell), ['f0424000011300000000f7']);
  t.deepEqual(nano?.outputs.get('lamp.mute.3')?.address, {message: 'cc', channel: 16, number: 50, on: 127, off: 0});
  t.deepEqual(nano?.controls.get('mute.3')?.address, {message: 'cc', channel: undefined, number: 50, on: 127, off: 0});
  t.is(nano?.controls.get('knob.8')?.address?.number, 23);
});

test('the BCF2000 is neither echoed to nor trusted to feel a hand', (t) => {
  const bcf = surfaces.find(({id}) => id === 'bcf2000');
  t.like(bcf?.faders, {motor: true, touch: 'inferred', echo: false});
  t.is(bcf?.meters, undefined);
});

test('the QCon rings draw a dot only', (t) => {
  t.deepEqual(surfaces.find(({id}) => id === 'icon-qcon-pro')?.ringStyles, ['dot']);
  t.is(surfaces.find(({id}) => id === 'x-touch')?.ringStyles, undefined);
});
