import type {Control, Output, Surface} from '../model/surface.ts';
import {deskTaper, type Taper} from '../model/taper.ts';
import {kindOf, lamplessButtonNames, lightNames, stripButtonNames} from './control-names.ts';
import {huiOutputs} from './expand-hui.ts';
import {plainControls, plainOutputs, plainTopValue, plainTraits} from './expand-plain.ts';
import {expandReports, hidIdOf} from './expand-reports.ts';
import {readHexMessage} from './hex-message.ts';
import type {WholeSurfaceFile} from './inherit.ts';
import {padColoursOf} from './pad-template.ts';
import type {SurfaceFile} from './surface-schema.ts';

/** Compiles a whole, checked surface file; every default of the schema is filled in here. */
export function expandSurface(id: string, file: WholeSurfaceFile): Surface {
  const plain = file.dialect === 'plain';
  const meters = file.meters ?? undefined;
  const colours = file.display?.colours ?? 'none';
  const ring = file.encoders?.ring ?? 'none';
  return {
    id,
    name: file.name,
    maker: file.maker,
    dialect: file.dialect,
    ports: file.ports,
    unit: file.unit,
    strips: file.strips,
    controls: byId(plain ? plainControls(file) : mackieControls(file)),
    outputs: byId(
      plain ? plainOutputs(file) : file.dialect === 'hui' ? huiOutputs(mackieOutputs(file), file) : mackieOutputs(file),
    ),
    faders: {
      motor: file.faders.motor ?? false,
      touch: file.faders.touch ?? 'inferred',
      settleMs: file.faders.settleMs ?? 300,
      echo: file.faders.echo ?? false,
      topValue: file.faders.topValue ?? (plain ? plainTopValue(file) : 16383),
      stepValue: file.faders.stepValue ?? (plain ? 1 : 16),
      taper: taperOf(file.faders.scale),
      ...(file.faders.takeover === undefined ? {} : {takeover: file.faders.takeover}),
    },
    handshake: {
      kind: file.handshake?.kind ?? (file.dialect === 'hui' ? 'ping' : 'none'),
      deviceId: file.handshake?.deviceId ?? (file.unit === 'main' ? 0x14 : 0x15),
    },
    meters: meters && {
      steps: meters.steps ?? 12,
      decayMsPerStep: meters.decayMsPerStep === null ? undefined : (meters.decayMsPerStep ?? 150),
      resendMs: meters.resendMs ?? 100,
      overload: meters.overload ?? true,
      master: meters.master ?? false,
      ...(meters.values === undefined ? {} : {values: meters.values}),
    },
    pace: {bytesPerSecond: file.pace?.bytesPerSecond ?? 1875},
    palette: colours === 'none' ? undefined : colours,
    greeting: messagesOf(file.greeting),
    farewell: messagesOf(file.farewell),
    ...(file.pads
      ? {
          pads: {
            colours: padColoursOf(file.pads.colour),
            rows: file.pads.columns?.rows ?? 0,
            ...(file.pads.tints === undefined ? {} : {tints: file.pads.tints}),
          },
        }
      : {}),
    ...(ring === 'dot' ? {ringStyles: ['dot']} : {}),
    ...(file.hid ? {hid: file.hid.map(hidIdOf)} : {}),
    ...(file.reports ? expandReports(file) : {}),
    ...(plain ? plainTraits(file) : {}),
  };
}

/** The lamps without a button that a Mackie unit has. */
function lightsOf(file: SurfaceFile): readonly string[] {
  if (file.lights !== undefined) return file.lights;
  return file.unit === 'main' && (file.digits?.time ?? 0) > 0 ? lightNames : [];
}

function mackieControls(file: WholeSurfaceFile): readonly Control[] {
  const stripNames = [
    'fader',
    ...(file.encoders ? ['encoder'] : []),
    ...(file.encoders?.push === true ? ['push'] : []),
    ...stripButtonNames.filter((name) => file.buttons?.strip?.includes(name)),
  ];
  const single = [
    ...(file.faders.master === true ? ['fader.master'] : []),
    ...(file.jog === true ? ['jog'] : []),
    ...(file.buttons?.global ?? []),
  ];
  return [...stripNames.flatMap((name) => perStrip(file, `${name}.*`)), ...single.map((id) => control(id, undefined))];
}

function mackieOutputs(file: WholeSurfaceFile): readonly Output[] {
  const each = (name: string, type: Output['type'], cells = 0): readonly Output[] =>
    strips(file).map((strip) => output(`${name}.${strip + 1}`, type, strip, cells));
  const one = (id: string, type: Output['type'], cells = 0): Output => output(id, type, undefined, cells);
  const outputs: Output[] = [];
  if (file.faders.motor === true) {
    outputs.push(...each('fader', 'fader'));
    if (file.faders.master === true) outputs.push(one('fader.master', 'fader'));
  }
  if ((file.encoders?.ring ?? 'none') !== 'none') outputs.push(...each('ring', 'ring'));
  for (const name of stripButtonNames) {
    if (file.buttons?.strip?.includes(name)) outputs.push(...each(`lamp.${name}`, 'lamp'));
  }
  for (const name of file.buttons?.global ?? []) {
    if (!lamplessButtonNames.includes(name)) outputs.push(one(`lamp.${name}`, 'lamp'));
  }
  outputs.push(...lightsOf(file).map((name) => one(`lamp.${name}`, 'lamp')));
  if (file.display) {
    outputs.push(...each('text', 'text', file.display.cells ?? 7));
    if ((file.display.colours ?? 'none') !== 'none') outputs.push(...each('colour', 'colour'));
  }
  if (file.meters) {
    outputs.push(...each('meter', 'meter'));
    if (file.meters.overload !== false) outputs.push(...each('overload', 'overload'));
    if (file.meters.master === true) outputs.push(one('meter.left', 'meter'), one('meter.right', 'meter'));
  }
  const {time = 0, assignment = 0} = file.digits ?? {};
  if (time > 0) outputs.push(one('digits.time', 'digits', time));
  if (assignment > 0) outputs.push(one('digits.assignment', 'digits', assignment));
  return outputs;
}

function perStrip(file: WholeSurfaceFile, pattern: string): readonly Control[] {
  return strips(file).map((strip) => control(`${pattern.slice(0, -1)}${strip + 1}`, strip));
}

function strips(file: WholeSurfaceFile): readonly number[] {
  return Array.from({length: file.strips}, (_, strip) => strip);
}

function control(id: string, strip: number | undefined): Control {
  return {id, kind: kindOf(id), strip, address: undefined};
}

function output(id: string, type: Output['type'], strip: number | undefined, cells: number): Output {
  return {id, type, strip, cells, address: undefined};
}

function byId<Named extends {readonly id: string}>(list: readonly Named[]): ReadonlyMap<string, Named> {
  return new Map(list.map((item) => [item.id, item]));
}

function taperOf(scale: readonly (readonly [number, number | null])[] | undefined): Taper {
  return scale?.map(([position, level]) => ({position, levelDb: level ?? Number.NEGATIVE_INFINITY})) ?? deskTaper;
}

function messagesOf(written: readonly string[] | undefined): readonly Uint8Array[] {
  return (written ?? []).flatMap((text) => {
    const message = readHexMessage(text);
    return message.state === 'good' ? [message.bytes] : [];
  });
}
