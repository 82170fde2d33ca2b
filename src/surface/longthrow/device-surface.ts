import type {DeviceNumber, Output, Surface} from '../../model/surface.ts';
import type {Descriptor} from '../../wire/longthrow/descriptor.ts';
import {writeDescriptor} from '../../wire/longthrow/descriptor-writer.ts';
import {deviceModel} from '../../wire/longthrow/device-model.ts';
import {hexWords} from '../midi-words.ts';

/** Who a home-made surface is, beside what it is. */
export interface DeviceIdentity {
  /** 16 hex digits: it is known by them for good, whichever port it is plugged into. */
  readonly serial: string;
  /** Check of its descriptor: with other firmware it is another surface. */
  readonly descriptorCheck: number;
  /** What its owner calls it; empty for nothing. */
  readonly label: string;
  /** Its place beside others, from 0; undefined if it knows none. */
  readonly bank: number | undefined;
}

/** As fine as levels are told: the device itself knows how many lamps it has. */
const levelSteps = 120;

/** The surface of a device that has described itself: it joins the desk like any other, without a mapping file. */
export function deviceSurface(descriptor: Descriptor, {serial, descriptorCheck, label, bank}: DeviceIdentity): Surface {
  const check = descriptorCheck.toString(16).padStart(8, '0');
  const {surface, faders, buttons, encoders, outputs, warnings} = deviceModel(
    descriptor,
    `longthrow-${serial}-${check}-${bank ?? 0}`,
  );
  const shown = new Map<string, Output>(surface.outputs);
  const numbers = new Map<string, DeviceNumber>(outputs);
  for (const [index, place] of warnings) {
    const strip = place === 'mix' ? undefined : place;
    const id = `warning.${strip === undefined ? 'master' : strip + 1}`;
    shown.set(id, {id, type: 'warning', strip, cells: 0, address: undefined});
    numbers.set(id, {message: 'warnings', index, lines: 0});
  }
  return {
    ...surface,
    ...(label !== '' && {name: label}),
    ...(bank !== undefined && {bank}),
    told: {
      type: 'longthrow',
      descriptor: hexWords(writeDescriptor(descriptor)),
      serial,
      label,
      ...(bank !== undefined && {bank}),
    },
    outputs: shown,
    // Its link has shaken hands with it before the desk hears of it.
    handshake: {kind: 'none', deviceId: 0},
    meters: surface.meters && {...surface.meters, steps: levelSteps, marks: true},
    numbers: {faders, buttons, encoders, outputs: numbers},
  };
}
