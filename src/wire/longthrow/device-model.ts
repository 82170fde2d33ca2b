import type {ControlId} from '../../model/control.ts';
import type {OutputId} from '../../model/picture.ts';
import {plainText} from '../../model/problem.ts';
import type {Surface} from '../../model/surface.ts';
import {deskTaper, type Taper} from '../../model/taper.ts';
import type {Descriptor, DescriptorRecord} from './descriptor.ts';
import {newParts, placeRecord, type WirePlace} from './device-parts.ts';
import {ringStyles} from './rings.ts';

/** A device as the desk sees it: a surface as mapping files make it, and where its controls and outputs live on the wire. */
export interface DeviceModel {
  readonly surface: Surface;
  /** By the numbers of FADER and TOUCH, BUTTON, ENCODER. */
  readonly faders: ReadonlyMap<number, ControlId>;
  readonly buttons: ReadonlyMap<number, ControlId>;
  readonly encoders: ReadonlyMap<number, ControlId>;
  readonly outputs: ReadonlyMap<OutputId, WirePlace>;
  /** By the numbers of WARN: a strip of the unit from 0, or the mix. */
  readonly warnings: ReadonlyMap<number, number | 'mix'>;
  /** 0 if it is not on a serial line. */
  readonly baud: number;
}

const usualBaud = 115_200;
const topValue = 65_535;

/** Makes a surface of a descriptor. `id` names it for good: the device's serial number. */
export function deviceModel(descriptor: Descriptor, id: string): DeviceModel {
  const {records, strips, unit} = descriptor;
  const parts = newParts();
  for (const record of records) placeRecord(parts, record);
  const faders = records.filter((record) => record.type === 'faders');
  const leading = faders.find((row) => row.place !== 'unit') ?? faders[0];
  const meters = records.filter((record) => record.type === 'meters');
  const rings = records.find((record) => record.type === 'rings');
  const outputs = [...parts.outputs.values()];
  const baud = records.find((record) => record.type === 'line')?.baud ?? usualBaud;
  const surface: Surface = {
    id,
    name: textOf(records, 'name') ?? 'Home-made surface',
    maker: textOf(records, 'maker') ?? '',
    dialect: 'longthrow',
    ports: [],
    unit,
    strips,
    controls: parts.controls,
    outputs: parts.outputs,
    faders: {
      motor: faders.some(({motor}) => motor),
      touch: leading?.touch === true ? 'sensed' : 'inferred',
      settleMs: leading?.settleMs || 300,
      echo: leading?.echo ?? false,
      topValue,
      stepValue: Math.max(1, Math.floor((topValue + 1) / (leading?.steps ?? 1024))),
      taper: scaleOf(records) ?? deskTaper,
    },
    handshake: {kind: 'answer', deviceId: 0},
    meters: meters[0] && {
      steps: Math.max(...meters.map(({steps}) => steps)),
      decayMsPerStep: undefined,
      resendMs: 1000,
      overload: outputs.some(({type}) => type === 'overload'),
      master: parts.outputs.has('meter.left'),
    },
    // 60 % of the line; USB and HID have no such limit.
    pace: {bytesPerSecond: baud === 0 ? 60_000 : Math.floor(Math.max(1200, baud) * 0.06)},
    palette: outputs.some(({type}) => type === 'colour') ? 'rgb-bytes' : undefined,
    greeting: [],
    farewell: [],
    ...(rings && {ringStyles: ringStyles.filter((_, style) => (rings.styles >> style) & 1)}),
  };
  const {places, buttons, encoders, warnings} = parts;
  return {surface, faders: parts.faders, buttons, encoders, outputs: places, warnings, baud};
}

function textOf(records: readonly DescriptorRecord[], type: 'name' | 'maker'): string | undefined {
  const record = records.find((one) => one.type === type);
  return record?.type === 'name' || record?.type === 'maker' ? plainText(record.text) : undefined;
}

function scaleOf(records: readonly DescriptorRecord[]): Taper | undefined {
  const scale = records.find((record) => record.type === 'scale');
  return scale?.marks.map(({position, tenthsDb}) => ({
    position: position / topValue,
    levelDb: tenthsDb === undefined ? Number.NEGATIVE_INFINITY : tenthsDb / 10,
  }));
}
