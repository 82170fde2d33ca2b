import type {Cell, OutputId, RingStyle} from '../../src/model/picture.ts';
import type {Surface} from '../../src/model/surface.ts';
import type {MidiMessage} from '../../src/wire/midi-message.ts';
import type {Panel} from './face.ts';
import {lampNames} from './hui-places.ts';

const styles: readonly RingStyle[] = ['dot', 'boost-cut', 'wrap', 'spread'];
const rowCells = 40;
const quarterCells = 10;
const timeDigits = 8;

/** What a HUI shows, byte by byte as published; it drives the panel with cells in the desk's own words. */
export function createHuiPanel(surface: Surface, panel: Panel): (message: MidiMessage) => void {
  const {outputs, faders} = surface;
  const main = Array.from({length: 2 * rowCells}, () => ' ');
  const time = Array.from({length: timeDigits}, () => 0x20);
  const high = new Map<number, number>();
  let zone = -1;
  const show = (id: OutputId, cell: Cell): void => {
    if (outputs.has(id)) panel.show(id, cell);
    else panel.stray(id);
  };

  const controller = (number: number, value: number): void => {
    if (number <= 0x08) high.set(number, value);
    else if (number >= 0x20 && number <= 0x28) {
      const fader = number - 0x20;
      const id = fader === 8 ? 'fader.master' : `fader.${fader + 1}`;
      const position = Math.min(1, ((high.get(fader) ?? 0) * 128 + value) / faders.topValue);
      show(id, {type: 'fader', position});
      if (outputs.has(id)) panel.drive(id, position);
    } else if (number === 0x0c) zone = value;
    else if (number === 0x2c) {
      const name = lampNames.get(`${zone}:${value % 16}`);
      show(name === undefined ? `lamp at ${zone}:${value}` : `lamp.${name}`, {type: 'lamp', on: value >= 0x40});
    } else if (number >= 0x10 && number <= 0x1b) {
      const style = styles[Math.floor(value / 16) % 4] ?? 'dot';
      const lamp = value % 16;
      const lamps = style === 'spread' ? 6 : 11;
      const position = lamp === 0 ? undefined : (lamp - 1) / (lamps - 1);
      show(`ring.${number - 0x10 + 1}`, {type: 'ring', style, position, centre: value >= 0x40});
    } else panel.stray(`controller ${number}`);
  };
  const meter = (strip: number, pressure: number): void => {
    const id = `meter.${strip + 1}.${pressure >= 0x10 ? 'right' : 'left'}`;
    const level = pressure % 16;
    // The clip lamp stands above the level, which stays under it.
    if (outputs.has(`overload.${strip + 1}`)) show(`overload.${strip + 1}`, {type: 'overload', on: level === 12});
    if (level !== 12) show(id, {type: 'meter', step: Math.round((level * (surface.meters?.steps ?? 11)) / 11)});
  };
  const small = (display: number, text: string): void => {
    if (display < 8) {
      show(`text.${display + 1}`, {type: 'text', top: text.trimEnd(), bottom: ''});
      return;
    }
    const characters: string[] = [];
    const dots: number[] = [];
    for (const character of text.trimEnd()) {
      if (character === '.') dots.push(characters.length - 1);
      else characters.push(character);
    }
    show('digits.assignment', {type: 'digits', text: characters.join(''), dots});
  };
  const large = (parts: readonly number[]): void => {
    for (let at = 0; at + quarterCells < parts.length; at += 1 + quarterCells) {
      const text = parts.slice(at + 1, at + 1 + quarterCells).map((code) => String.fromCharCode(code));
      main.splice((parts[at] ?? 0) * quarterCells, quarterCells, ...text);
    }
    const row = (from: number): string =>
      main
        .slice(from, from + rowCells)
        .join('')
        .trimEnd();
    show('text.main', {type: 'text', top: row(0), bottom: row(rowCells)});
  };
  const digits = (codes: readonly number[]): void => {
    time.splice(0, codes.length, ...codes);
    const output = outputs.get('digits.time');
    const places = time.slice(0, output?.cells ?? timeDigits).reverse();
    const whole = places.map((code) => (code >= 0x20 && code < 0x40 ? ' ' : '0123456789ABCDEF'.charAt(code % 16)));
    const text = whole.join('').trimStart();
    const blanks = whole.length - text.length;
    const dots = places.flatMap((code, index) => (code % 0x20 >= 0x10 ? [index - blanks] : []));
    show('digits.time', {type: 'digits', text, dots});
  };

  return (message) => {
    if (message.type === 'control-change' && message.channel === 1) controller(message.controller, message.value);
    else if (message.type === 'poly-pressure' && message.channel === 1) meter(message.note, message.pressure);
    else if (message.type === 'sysex') {
      const [first, second, third, id, zero, command, ...rest] = message.data;
      if (`${first} ${second} ${third} ${id} ${zero}` !== '0 0 102 5 0') return;
      if (command === 0x10) small(rest[0] ?? 0, String.fromCharCode(...rest.slice(1)));
      else if (command === 0x11) digits(rest);
      else if (command === 0x12) large(rest);
    }
  };
}
