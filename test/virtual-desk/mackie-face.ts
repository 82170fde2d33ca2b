import type {ControlEvent, ControlId} from '../../src/model/control.ts';
import type {Surface} from '../../src/model/surface.ts';
import {buttonAt} from '../../src/wire/mackie/buttons.ts';
import {decodeMackie, encodeMackie} from '../../src/wire/mackie/codec.ts';
import {type FourBytes, isKnownDeviceId} from '../../src/wire/mackie/handshake.ts';
import type {MackieMessage} from '../../src/wire/mackie/message.ts';
import type {Face, Panel} from './face.ts';
import {createMackiePanel} from './mackie-panel.ts';

const serial = 'LT00042';
/** Challenges with their published responses; each query gets the next one, so that an old answer is a wrong one. */
const challenges: readonly (readonly [FourBytes, FourBytes])[] = [
  [
    [0x57, 0x18, 0x61, 0x05],
    [0x64, 0x5a, 0x5e, 0x57],
  ],
  [
    [0x01, 0x02, 0x03, 0x04],
    [0x05, 0x05, 0x7b, 0x2f],
  ],
  [
    [0x12, 0x34, 0x56, 0x78],
    [0x58, 0x0f, 0x16, 0x4e],
  ],
  [
    [0x7f, 0x00, 0x7f, 0x00],
    [0x09, 0x78, 0x7b, 0x71],
  ],
];
const mostTicks = 63;

/** A Mackie unit; `ownId` if its id is another than the mapping's. */
export function createMackieFace(surface: Surface, panel: Panel, ownId?: number): Face {
  const {handshake, faders, unit} = surface;
  const usualId = isKnownDeviceId(handshake.deviceId) ? handshake.deviceId : unit === 'main' ? 0x14 : 0x15;
  const deviceId = ownId ?? usualId;
  let show = createMackiePanel(surface, deviceId, panel);
  let online = false;
  let asked = 0;

  const query = (): readonly Uint8Array[] => {
    asked = (asked + 1) % challenges.length;
    const [challenge] = challenges[asked] ?? [[0, 0, 0, 0]];
    return encodeMackie({type: 'host-query', deviceId, serial, challenge});
  };
  const answer = (message: MackieMessage): readonly Uint8Array[] => {
    if (handshake.kind === 'none') return [];
    if (message.type === 'device-query' && message.deviceId === deviceId) return query();
    if (message.type !== 'host-reply' || message.deviceId !== deviceId) return [];
    const expected = challenges[asked]?.[1];
    const right = message.serial === serial && message.response.every((byte, index) => byte === expected?.[index]);
    if (handshake.kind === 'challenge') online = right;
    return encodeMackie({type: right ? 'confirmed' : 'refused', deviceId, serial});
  };
  const value = (position: number): number => {
    const step = Math.max(1, faders.stepValue);
    return Math.min(0x3fff, faders.topValue, Math.round((position * faders.topValue) / step) * step);
  };

  return {
    get online() {
      return online;
    },
    powerOn() {
      online = handshake.kind !== 'challenge';
      show = createMackiePanel(surface, deviceId, panel);
      return handshake.kind === 'none' ? [] : query();
    },
    say: (gesture) => saying(gesture, value).flatMap(encodeMackie),
    hear(midi) {
      const message = decodeMackie(midi, 'to-device');
      if (message === undefined) return [];
      if (message.type === 'device-query' || message.type === 'host-reply') return answer(message);
      if (online) show(message);
      return [];
    },
    nearest: (_control, position) => value(position) / faders.topValue,
  };
}

function saying(gesture: ControlEvent, value: (position: number) => number): readonly MackieMessage[] {
  const {control} = gesture;
  switch (gesture.type) {
    case 'fader.moved':
      if (control === 'pedal') return [{type: 'pedal', value: Math.round(gesture.position * 127)}];
      return [{type: 'fader-position', strip: faderStrip(control), value: value(gesture.position)}];
    case 'fader.touched':
    case 'fader.released':
      return [{type: 'fader-touch', strip: faderStrip(control), touched: gesture.type === 'fader.touched'}];
    case 'button.pressed':
    case 'button.released': {
      const notes = Array.from({length: 128}, (_, note) => note);
      const button = notes.map(buttonAt).find((name) => name === control);
      if (button === undefined) throw new Error(`no note for the button ${control}`);
      return [{type: 'button', button, pressed: gesture.type === 'button.pressed'}];
    }
    case 'spring.moved':
      return [];
    case 'encoder.turned':
      return bursts(gesture.steps).map((ticks) =>
        control === 'jog' ? {type: 'jog-turn', ticks} : {type: 'encoder-turn', strip: stripOf(control), ticks},
      );
  }
}

/** Steps as messages can carry them. */
function bursts(steps: number): readonly number[] {
  const whole = Array.from({length: Math.floor(Math.abs(steps) / mostTicks)}, () => mostTicks * Math.sign(steps));
  const rest = steps % mostTicks;
  return rest === 0 ? whole : [...whole, rest];
}

function faderStrip(control: ControlId): number {
  return control === 'fader.master' ? 8 : stripOf(control);
}

function stripOf(control: ControlId): number {
  return Number(control.split('.')[1]) - 1;
}
