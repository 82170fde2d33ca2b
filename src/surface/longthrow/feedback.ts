import type {Colour} from '../../model/mixer.ts';
import {hues, type Rgb, rgbOf} from '../../model/pad.ts';
import type {Cell, MeterMark} from '../../model/picture.ts';
import type {DeviceNumber, Surface} from '../../model/surface.ts';
import {rgb565} from '../../wire/longthrow/colours.ts';
import {meterLevel, meterLevels} from '../../wire/longthrow/levels.ts';
import type {Message} from '../../wire/longthrow/message.ts';
import {ringTop} from '../../wire/longthrow/rings.ts';
import {utf8Of} from '../../wire/longthrow/text.ts';
import {reasonNumber} from '../../wire/longthrow/warning-list.ts';
import {stepsFor} from '../meter-step.ts';

const topPosition = 0xffff;
const bright = 0xff;

/** Colours of scribble strips, by their parts. */
const colours: Readonly<Record<Colour, Rgb>> = {
  off: [0, 0, 0],
  red: [255, 0, 0],
  green: [0, 255, 0],
  yellow: [255, 255, 0],
  blue: [0, 0, 255],
  magenta: [255, 0, 255],
  cyan: [0, 255, 255],
  white: [255, 255, 255],
};

/** The message that shows a cell at its number; undefined for what the device has no way to show. */
export function cellMessage(surface: Surface, {message, index, lines}: DeviceNumber, cell: Cell): Message | undefined {
  switch (cell.type) {
    case 'fader':
      return {type: 'motors', first: index, mask: 1, values: [Math.round(share(cell.position) * topPosition)]};
    case 'meter':
      return {type: 'meters', first: index, levels: [levelOf(surface, cell.step, cell.mark)]};
    case 'lamp':
      return lampMessage(message, index, cell.on ? hues.white : hues.off);
    case 'overload':
      return lampMessage(message, index, cell.on ? colours.red : hues.off);
    case 'pad':
      return lampMessage(message, index, dimmed(rgbOf(cell.hue), cell.hue === 'off' ? 0 : cell.brightness));
    case 'colour':
      return lampMessage(message, index, colours[cell.colour]);
    case 'ring': {
      const position = cell.position === undefined ? undefined : Math.round(share(cell.position) * ringTop);
      return {type: 'rings', first: index, rings: [{style: cell.style, centre: cell.centre, position}]};
    }
    case 'text': {
      const text = lines === 2 ? `${cell.top.trimEnd()}\n${cell.bottom.trimEnd()}` : cell.top.trimEnd();
      return {type: 'text', display: index, utf8: utf8Of(text)};
    }
    case 'digits':
      return {type: 'text', display: index, utf8: utf8Of(dotted(cell.text, cell.dots))};
    case 'key':
      return undefined;
    case 'warning': {
      const severity = cell.severity === 'unknown' ? 15 : cell.severity;
      const reason = cell.rule === undefined ? 0 : reasonNumber(cell.rule);
      return {type: 'warnings', first: index, warnings: [{severity, reason}]};
    }
  }
}

/** Lamps of one brightness take the brightest part of a colour. */
function lampMessage(message: DeviceNumber['message'], first: number, rgb: Rgb): Message | undefined {
  if (message === 'colours') return {type: 'colours', first, colours: [rgb565(...rgb)]};
  return message === 'lamps' ? {type: 'lamps', first, levels: [Math.min(bright, Math.max(...rgb))]} : undefined;
}

/** The level at which a step lights, or what it says instead. */
function levelOf({meters}: Surface, step: number, mark: MeterMark | undefined): number {
  if (mark !== undefined) return mark === 'clipped' ? meterLevels.clipping : meterLevels.unknown;
  const threshold = step === 0 ? undefined : stepsFor(meters?.steps ?? 0)[step - 1];
  return threshold === undefined ? meterLevels.silence : meterLevel(threshold);
}

function dimmed([red, green, blue]: Rgb, brightness: number): Rgb {
  const part = (value: number): number => Math.round(value * share(brightness));
  return [part(red), part(green), part(blue)];
}

/** A dot stands behind the characters at these places. */
function dotted(text: string, dots: readonly number[]): string {
  return [...text].map((character, place) => (dots.includes(place) ? `${character}.` : character)).join('');
}

function share(value: number): number {
  return value > 0 ? Math.min(1, value) : 0;
}
