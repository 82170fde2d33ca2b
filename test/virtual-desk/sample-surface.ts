import type {Address, Control, FaderTraits, Output, Surface} from '../../src/model/surface.ts';
import {deskTaper} from '../../src/model/taper.ts';

/** What a sample may differ in; fader traits one by one. */
export type SurfaceChoice = Partial<Omit<Surface, 'faders'>> & {
  readonly faders?: Partial<FaderTraits>;
  /** Visible cells of a scribble strip, 6 unless told. */
  readonly cells?: number;
};

const stripButtons = ['rec', 'solo', 'mute', 'select'];
const globalButtons = ['bank-left', 'bank-right', 'flip', 'solo-global', 'play', 'stop', 'record', 'f1', 'user-a'];

/** A main unit of the Mackie kind with everything such a unit can have. */
export function mackieSurface(choice: SurfaceChoice = {}): Surface {
  const {strips = 8, cells = 6, faders, ...rest} = choice;
  const perStrip = (names: readonly string[]): readonly [string, number][] =>
    names.flatMap((name) =>
      Array.from({length: strips}, (_, strip): [string, number] => [`${name}.${strip + 1}`, strip]),
    );
  const controls = [
    ...perStrip(['fader', 'encoder', 'push', ...stripButtons]).map(([id, strip]) => control(id, strip)),
    ...['fader.master', 'jog', 'pedal', ...globalButtons].map((id) => control(id, undefined)),
  ];
  const outputs = [
    ...perStrip(['fader']).map(([id, strip]) => output(id, 'fader', strip)),
    output('fader.master', 'fader', undefined),
    ...perStrip(['ring']).map(([id, strip]) => output(id, 'ring', strip)),
    ...perStrip(stripButtons.map((name) => `lamp.${name}`)).map(([id, strip]) => output(id, 'lamp', strip)),
    ...[...globalButtons, 'rude-solo', 'smpte', 'beats'].map((name) => output(`lamp.${name}`, 'lamp', undefined)),
    ...perStrip(['text']).map(([id, strip]) => output(id, 'text', strip, cells)),
    ...perStrip(['colour']).map(([id, strip]) => output(id, 'colour', strip)),
    ...perStrip(['meter']).map(([id, strip]) => output(id, 'meter', strip)),
    ...perStrip(['overload']).map(([id, strip]) => output(id, 'overload', strip)),
    ...['meter.left', 'meter.right'].map((id) => output(id, 'meter', undefined)),
    output('digits.time', 'digits', undefined, 10),
    output('digits.assignment', 'digits', undefined, 2),
  ];
  return {
    id: 'sample-mackie',
    name: 'Sample',
    maker: 'nobody',
    dialect: 'mackie',
    ports: ['^Sample$'],
    unit: 'main',
    strips,
    controls: new Map(controls.map((each) => [each.id, each])),
    outputs: new Map(outputs.map((each) => [each.id, each])),
    faders: {
      motor: true,
      touch: 'sensed',
      settleMs: 300,
      echo: true,
      topValue: 16368,
      stepValue: 16,
      taper: deskTaper,
      ...faders,
    },
    handshake: {kind: 'answer', deviceId: 0x14},
    meters: {steps: 12, decayMsPerStep: 150, resendMs: 100, overload: true, master: true},
    pace: {bytesPerSecond: 3000},
    palette: 'rgb-bits',
    greeting: [],
    farewell: [],
    ...rest,
  };
}

/** A surface without motors that sends and understands controllers, with two encoders of different customs. */
export function plainSurface(choice: SurfaceChoice = {}): Surface {
  const {strips = 8, faders, ...rest} = choice;
  const count = <Made>(make: (strip: number) => Made): readonly Made[] =>
    Array.from({length: strips}, (_, n) => make(n));
  const controls = [
    ...count((n) => control(`fader.${n + 1}`, n, cc(n))),
    ...count((n) => control(`knob.${n + 1}`, n, cc(16 + n))),
    ...count((n) => control(`mute.${n + 1}`, n, cc(48 + n))),
    ...count((n) => control(`select.${n + 1}`, n, {...cc(24 + n), message: 'note', channel: 2})),
    control('encoder.1', 0, {...cc(80), on: 1, off: 127}),
    control('jog', undefined, {...cc(88), on: 65, off: 63}),
    control('play', undefined, cc(41)),
  ];
  const outputs = [
    ...count((n) => output(`lamp.mute.${n + 1}`, 'lamp', n, 0, {...cc(48 + n), channel: 16})),
    ...count((n) => output(`lamp.select.${n + 1}`, 'lamp', n, 0, {...cc(24 + n), message: 'note', channel: 2, on: 1})),
    output('lamp.play', 'lamp', undefined, 0, cc(41)),
    output('meter.1', 'meter', 0, 0, cc(90)),
    output('ring.1', 'ring', 0, 0, cc(80)),
  ];
  return {
    ...mackieSurface(),
    id: 'sample-plain',
    dialect: 'plain',
    strips,
    controls: new Map(controls.map((each) => [each.id, each])),
    outputs: new Map(outputs.map((each) => [each.id, each])),
    faders: {
      motor: false,
      touch: 'inferred',
      settleMs: 300,
      echo: false,
      topValue: 127,
      stepValue: 1,
      taper: deskTaper,
      ...faders,
    },
    handshake: {kind: 'none', deviceId: 0x14},
    meters: {steps: 8, decayMsPerStep: undefined, resendMs: 1000, overload: false, master: false},
    palette: undefined,
    ...rest,
  };
}

function control(id: string, strip: number | undefined, address?: Address): Control {
  return {id, kind: kindOf(id), strip, address};
}

function kindOf(id: string): Control['kind'] {
  const [stem] = id.split('.');
  if (stem === 'fader' || stem === 'knob' || stem === 'encoder' || stem === 'jog') return stem;
  return stem === 'pedal' ? 'knob' : 'button';
}

function output(id: string, type: Output['type'], strip: number | undefined, cells = 0, address?: Address): Output {
  return {id, type, strip, cells, address};
}

function cc(number: number): Address {
  return {message: 'cc', channel: undefined, number, on: 127, off: 0};
}
