import type {Cell, OutputId} from '../../src/model/picture.ts';
import type {Output, Surface} from '../../src/model/surface.ts';
import type {MackieMessage} from '../../src/wire/mackie/message.ts';
import {ringLamps} from '../../src/wire/mackie/ring.ts';
import type {Panel} from './face.ts';

const rowCells = 56;
const stripCells = 7;

/** What a Mackie unit shows, message by message; it drives the panel with cells in the desk's own words. */
export function createMackiePanel(surface: Surface, deviceId: number, panel: Panel): (message: MackieMessage) => void {
  const {outputs, faders} = surface;
  const lcd = Array.from({length: 2 * rowCells}, () => ' ');
  const digits = {
    time: Array.from({length: 10}, () => ({character: ' ', dot: false})),
    assignment: Array.from({length: 2}, () => ({character: ' ', dot: false})),
  };
  const show = (id: OutputId, cell: Cell): void => {
    if (outputs.has(id)) panel.show(id, cell);
    else panel.stray(id);
  };
  const showText = (output: Output, first: number, end: number): void => {
    const upper = (output.strip ?? 0) * stripCells;
    const lower = rowCells + upper;
    const reaches = (from: number): boolean => first < from + stripCells && end > from;
    if (!reaches(upper) && !reaches(lower)) return;
    const row = (from: number): string =>
      lcd
        .slice(from, from + output.cells)
        .join('')
        .trimEnd();
    panel.show(output.id, {type: 'text', top: row(upper), bottom: row(lower)});
  };
  const showDigits = (display: 'time' | 'assignment'): void => {
    const output = outputs.get(`digits.${display}`);
    if (output === undefined) {
      panel.stray(`digits.${display}`);
      return;
    }
    const places = digits[display].slice(0, output.cells).reverse();
    const whole = places.map(({character}) => character).join('');
    const blanks = whole.length - whole.trimStart().length;
    const dots = places.flatMap(({dot}, index) => (dot ? [index - blanks] : []));
    panel.show(output.id, {type: 'digits', text: whole.trimStart(), dots});
  };

  return (message) => {
    if ('deviceId' in message && message.deviceId !== deviceId) {
      panel.stray(`${message.type} for device ${message.deviceId.toString(16)}`);
      return;
    }
    switch (message.type) {
      case 'fader-position': {
        const id = message.strip === 8 ? 'fader.master' : `fader.${message.strip + 1}`;
        const position = Math.min(1, message.value / faders.topValue);
        show(id, {type: 'fader', position});
        if (outputs.has(id)) panel.drive(id, position);
        break;
      }
      case 'lamp':
        show(`lamp.${message.lamp}`, {type: 'lamp', on: message.state !== 'off'});
        break;
      case 'ring': {
        const lamps = ringLamps(message.style);
        const position = message.position === 0 ? undefined : (message.position - 1) / (lamps - 1);
        show(`ring.${message.strip + 1}`, {type: 'ring', style: message.style, position, centre: message.centre});
        break;
      }
      case 'meter-level':
      case 'master-meter': {
        const id = message.type === 'master-meter' ? `meter.${message.side}` : `meter.${message.strip + 1}`;
        const step = Math.round((message.level * (surface.meters?.steps ?? 12)) / 12);
        show(id, {type: 'meter', step});
        break;
      }
      case 'meter-overload':
        show(`overload.${message.strip + 1}`, {type: 'overload', on: message.on});
        break;
      case 'lcd-text': {
        lcd.splice(message.offset, message.text.length, ...message.text);
        const texts = [...outputs.values()].filter(({type}) => type === 'text');
        if (texts.length === 0) panel.stray('lcd-text');
        for (const output of texts) showText(output, message.offset, message.offset + message.text.length);
        break;
      }
      case 'digit':
        digits[message.display][message.place] = {character: message.character, dot: message.dot};
        showDigits(message.display);
        break;
      case 'colours':
        if (surface.palette !== 'rgb-bits') panel.stray('colours');
        message.colours.forEach((colour, strip) => {
          if (outputs.has(`colour.${strip + 1}`)) panel.show(`colour.${strip + 1}`, {type: 'colour', colour});
        });
        break;
      case 'rgb-colours':
        if (surface.palette !== 'rgb-bytes') panel.stray('rgb-colours');
        message.colours.forEach(([red, green, blue], strip) => {
          const bits = Number(red > 0x3f) | (Number(green > 0x3f) << 1) | (Number(blue > 0x3f) << 2);
          const colour = colours[bits] ?? 'white';
          if (outputs.has(`colour.${strip + 1}`)) panel.show(`colour.${strip + 1}`, {type: 'colour', colour});
        });
        break;
      default:
        break;
    }
  };
}

const colours = ['off', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
