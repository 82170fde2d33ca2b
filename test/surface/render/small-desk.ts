import type {Action, Layout} from '../../../src/model/layout.ts';
import {type Mixer, newMixer, newStrip, type Strip} from '../../../src/model/mixer.ts';
import {newMonitor} from '../../../src/model/monitor.ts';
import type {Playback} from '../../../src/model/playback.ts';
import type {Control, Output, Surface} from '../../../src/model/surface.ts';
import {deskTaper} from '../../../src/model/taper.ts';
import {newView, type Page, type View} from '../../../src/model/view.ts';
import type {RenderInput} from '../../../src/surface/render.ts';
import type {UnitContext} from '../../../src/surface/target.ts';

/** A unit with so many strips and everything a surface can have. */
export function fullSurface(strips = 8): Surface {
  const controls: Control[] = [];
  const outputs: Output[] = [];
  const control = (id: string, kind: Control['kind'], strip?: number) =>
    controls.push({id, kind, strip, address: undefined});
  const output = (id: string, type: Output['type'], strip?: number, cells = 0) =>
    outputs.push({id, type, strip, cells, address: undefined});
  for (let strip = 0; strip < strips; strip += 1) {
    const number = strip + 1;
    control(`fader.${number}`, 'fader', strip);
    control(`encoder.${number}`, 'encoder', strip);
    for (const name of ['push', 'mute', 'solo', 'select', 'rec']) control(`${name}.${number}`, 'button', strip);
    output(`fader.${number}`, 'fader', strip);
    output(`ring.${number}`, 'ring', strip);
    for (const name of ['mute', 'solo', 'select', 'rec']) output(`lamp.${name}.${number}`, 'lamp', strip);
    output(`text.${number}`, 'text', strip, 7);
    output(`colour.${number}`, 'colour', strip);
    output(`meter.${number}`, 'meter', strip);
    output(`overload.${number}`, 'overload', strip);
  }
  control('fader.master', 'fader');
  control('jog', 'jog');
  output('fader.master', 'fader');
  for (const id of globalButtons) {
    control(id, 'button');
    output(`lamp.${id}`, 'lamp');
  }
  for (const id of ['lamp.rude-solo', 'lamp.smpte', 'lamp.beats']) output(id, 'lamp');
  output('meter.left', 'meter');
  output('meter.right', 'meter');
  output('digits.time', 'digits', undefined, 10);
  output('digits.assignment', 'digits', undefined, 2);
  return {
    id: 'full',
    name: 'Full',
    maker: 'Test',
    dialect: 'mackie',
    ports: [],
    unit: 'main',
    strips,
    controls: new Map(controls.map((item) => [item.id, item])),
    outputs: new Map(outputs.map((item) => [item.id, item])),
    faders: {
      motor: true,
      touch: 'sensed',
      settleMs: 300,
      echo: false,
      topValue: 16383,
      stepValue: 16,
      taper: deskTaper,
    },
    handshake: {kind: 'none', deviceId: 0x14},
    meters: {steps: 12, decayMsPerStep: 150, resendMs: 100, overload: true, master: true},
    pace: {bytesPerSecond: 3125},
    palette: 'rgb-bits',
    greeting: [],
    farewell: [],
  };
}

const globalButtons = [
  'bank-left',
  'bank-right',
  'channel-left',
  'channel-right',
  'flip',
  'name-value',
  'shift',
  'assign-pan',
  'trim',
  'play',
  'stop',
  'rewind',
  'forward',
  'cycle',
  'solo-global',
  'cancel',
  'save',
  'click',
  'scrub',
  'zoom',
  'smpte-beats',
  'drop',
  'replace',
  'enter',
  'undo',
];

export const levelLayer = {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'} as const;
export const trimLayer = {id: 'trim', short: 'TR', fader: 'level', encoder: 'trim'} as const;

export const sendLayer = {
  id: 'send1',
  short: 'S1',
  fader: 'send1.levelDb',
  encoder: 'send1.pan',
  shiftPush: 'send1.pre',
} as const;
export const eqPage: Page = {
  id: 'eq',
  name: 'EQ',
  short: 'EQ',
  slots: [
    ...(['eq1.hz', 'eq1.gainDb', 'eq1.q', 'eq1.shape', null, 'hp.hz', 'hp.slope', 'lp.hz'] as const),
    ...([null, null, null, null, null, null, null, null] as const),
    ...(['eq4.hz', 'eq4.gainDb', null, null, null, null, null, null] as const),
  ],
};
export const compPage: Page = {
  id: 'comp',
  name: 'Compressor',
  short: 'CO',
  slots: [
    'comp.thresholdDb',
    'comp.ratio',
    'gate.thresholdDb',
    'comp.on',
    'width',
    'polarity',
    'level',
    'limiter.ceilingDb',
  ],
};
export const sendPage: Page = {
  id: 'sends',
  name: 'Sends',
  short: 'SE',
  slots: ['send1.levelDb', 'send2.levelDb', 'send1.pan', 'send1.pre', null, null, null, null],
};
export const effectPage: Page = {
  id: 'effect',
  name: 'Effect',
  short: 'FX',
  slots: ['effect.kind', 'effect.1', 'effect.2', 'effect.3', 'effect.4', 'effect.5', null, null],
};

export const fullLayout: Layout = {
  id: 'full',
  name: 'Full',
  layers: [levelLayer, trimLayer, sendLayer],
  pages: [eqPage, compPage, sendPage, effectPage],
  bindings: new Map<string, Action>([
    ['fader.*', 'strip.fader'],
    ['fader.master', 'master.fader'],
    ['encoder.*', 'strip.encoder'],
    ['push.*', 'strip.reset'],
    ['mute.*', 'strip.mute'],
    ['solo.*', 'strip.solo'],
    ['select.*', 'strip.select'],
    ['rec.*', 'strip.warning'],
    ['jog', 'playback.jog'],
    ['bank-left', 'view.bankLeft'],
    ['bank-right', 'view.bankRight'],
    ['channel-left', 'view.channelLeft'],
    ['channel-right', 'view.channelRight'],
    ['flip', 'view.flip'],
    ['name-value', 'view.toggleValues'],
    ['shift', 'view.shift'],
    ['assign-pan', 'layer:level'],
    ['trim', 'layer:trim'],
    ['play', 'playback.play'],
    ['stop', 'playback.stop'],
    ['rewind', 'playback.rewind'],
    ['forward', 'playback.forward'],
    ['cycle', 'playback.loop'],
    ['solo-global', 'mixer.clearSolo'],
    ['click', 'monitor.reference'],
    ['scrub', 'monitor.dim'],
    ['zoom', 'monitor.speaker'],
    ['drop', 'monitor.swap'],
    ['replace', 'monitor.nextReference'],
    ['enter', 'monitor.mono'],
    ['undo', 'monitor.polarity'],
    ['smpte-beats', 'view.toggleMeters'],
    ['cancel', 'warnings.acknowledge'],
    ['save', 'session.save'],
  ]),
  shifted: new Map<string, Action>([
    ['mute.*', 'strip.polarity'],
    ['solo.*', 'strip.soloSafe'],
    ['solo-global', 'mixer.soloMode'],
    ['jog', 'monitor.level'],
    ['rewind', 'monitor.quieter'],
    ['forward', 'monitor.louder'],
  ]),
};

/** Strips `s1`, `s2`, … with what is given for each. */
export function mixerOf(...given: readonly Partial<Strip>[]): Mixer {
  const strips = given.map((values, index) => newStrip({id: `s${index + 1}`, name: `Strip ${index + 1}`, ...values}));
  return newMixer({strips});
}

export const plainView: View = newView({layer: levelLayer});

export const stopped: Playback = {
  state: 'stopped',
  frame: 0,
  lengthFrames: 480_000,
  sampleRate: 48_000,
  looping: false,
  markers: [],
  loop: undefined,
};

export function contextOf(given: Partial<UnitContext>): UnitContext {
  return {
    surface: fullSurface(),
    layout: fullLayout,
    view: plainView,
    shift: false,
    mixer: mixerOf({}, {}, {}),
    firstStrip: 0,
    ...given,
  };
}

/** An input in which nothing is special but what is given. Lamps of warnings are lit on even ticks. */
export function inputOf(given: Partial<RenderInput>): RenderInput {
  return {
    ...contextOf({}),
    playback: stopped,
    monitor: newMonitor,
    warnings: [],
    pickups: new Map(),
    touched: new Map(),
    lampTick: 0,
    lampPattern: (_rhythm, tick) => tick % 2 === 0,
    shortName: (strip, cells) => strip.name.replaceAll(' ', '').slice(0, cells),
    ...given,
  };
}
