import {isDeepStrictEqual} from 'node:util';
import {colourNames} from '../../src/model/mixer.ts';
import {type Hue, hues, type Tint, tints} from '../../src/model/pad.ts';
import type {Cell, RingStyle} from '../../src/model/picture.ts';
import type {Output, Surface} from '../../src/model/surface.ts';
import {padMessages} from '../../src/surface/plain/pads.ts';
import {lampBytes} from '../../src/surface/reports/lamps.ts';
import {ringLamps} from '../../src/wire/mackie/ring.ts';
import {isWide, topOf} from './plain-scale.ts';

/** What an output is tried with: all that it can tell apart where that is little, else its ends and what lies between; lit at the end. */
export function cellsToShow(surface: Surface, output: Output): readonly Cell[] {
  const {id, type, cells, lines, strip, row} = output;
  switch (type) {
    case 'fader':
      return [0, 0.5, 0.25, 0.8, 0.99, 1].map((position) => ({type, position}));
    case 'ring':
      return stylesOf(surface, output).flatMap((style) =>
        [undefined, 0, 0.5, 0.25, 1].flatMap((position) =>
          (hasCentre(output) ? [false, true] : [false]).map((centre): Cell => ({type, style, position, centre})),
        ),
      );
    case 'lamp':
    case 'overload':
      return [true, false, true].map((on) => ({type, on}));
    case 'pad':
      return [
        ...Object.keys(hues)
          .filter((name): name is Hue => name in hues && name !== 'off')
          .flatMap((hue) =>
            (row === undefined ? [0.25, 0.6, 1] : [0.6]).map((brightness): Cell => ({type, hue, brightness})),
          ),
        ...(surface.pads?.tints === undefined || !id.startsWith('pad.select.') ? [] : tinted),
        {type, hue: 'off', brightness: 0},
        {type, hue: 'orange', brightness: 1},
      ];
    case 'text':
      return [
        {type, top: '', bottom: ''},
        {type, top: id.slice(-cells), bottom: lines === 1 ? '' : 'value'.slice(0, cells)},
      ];
    case 'key': {
      const cell = {type, top: 'Kick', bottom: '-6.0', colour: 'cyan', hue: 'orange', brightness: 1} as const;
      return [{...cell, level: /^key\.(select|wheel|selected)\b/.test(id) ? 12 : undefined}];
    }
    case 'colour':
      return [...colourNames, 'cyan' as const].map((colour) => ({type, colour}));
    case 'meter':
      return Array.from({length: (surface.meters?.steps ?? 8) + 1}, (_, step) => ({type, step}));
    case 'warning':
      return [{type, severity: 3, rule: 'hot'}];
    case 'digits':
      return [
        {type, text: '8'.repeat(cells), dots: [0]},
        {type, text: `${(strip ?? 0) + 1}`, dots: []},
      ];
  }
}

const tinted: readonly Cell[] = Object.keys(tints)
  .filter((name): name is Tint => name in tints)
  .flatMap((hue) => [0.25, 1].map((brightness) => ({type: 'pad', hue, brightness})));

/** Whether what is seen is what was to be shown, as exactly as the output can show it: of colours a device may have too few to tell all apart. */
export function looksLike(surface: Surface, output: Output, seen: Cell | undefined, wanted: Cell): boolean {
  if (seen === undefined) return false;
  if (seen.type === 'fader' && wanted.type === 'fader')
    return Math.abs(seen.position - wanted.position) <= driveStep(surface, output) / 2 + 1e-9;
  if (seen.type === 'ring' && wanted.type === 'ring') return ringLooks(output, seen, wanted);
  if (seen.type !== 'pad' || wanted.type !== 'pad') return isDeepStrictEqual(seen, wanted);
  if ((seen.hue === 'off') !== (wanted.hue === 'off')) return false;
  const {address} = output;
  const lamp = surface.reports?.lamps.get(output.id);
  const bytes = (cell: Cell & {type: 'pad'}): unknown =>
    lamp === undefined
      ? surface.pads && address && padMessages(surface.pads.colours, address, cell)
      : lampBytes(surface, lamp, cell);
  return isDeepStrictEqual(bytes(seen), bytes(wanted));
}

/** Whether an output is as it must be left behind: dark, texts blank, displays in white, lest what comes after writes in the dark; motors stay. */
export function isAtRest(seen: Cell | undefined): boolean {
  switch (seen?.type) {
    case 'fader':
      return true;
    case 'lamp':
    case 'overload':
      return !seen.on;
    case 'pad':
      return seen.hue === 'off';
    case 'ring':
      return seen.position === undefined && !seen.centre;
    case 'meter':
      return seen.step === 0;
    case 'text':
      return seen.top.trim() === '' && seen.bottom.trim() === '';
    case 'digits':
      return seen.text.trim() === '' && seen.dots.length === 0;
    case 'colour':
      return seen.colour === 'white';
    case 'key':
      return seen.hue === 'off' && seen.colour === 'off' && seen.top.trim() === '' && seen.bottom.trim() === '';
    default:
      return false;
  }
}

/** The smallest difference that a motor can be sent. */
export function driveStep(surface: Surface, {id, address}: Output): number {
  if (address === undefined) return surface.faders.stepValue / surface.faders.topValue;
  return 1 / (topOf(surface, address, surface.controls.get(id)?.kind ?? 'fader') - (isWide(address) ? 0 : 1));
}

type RingCell = Extract<Cell, {type: 'ring'}>;

function ringLooks({ring}: Output, seen: RingCell, wanted: RingCell): boolean {
  if (seen.centre !== wanted.centre) return false;
  // Filled from the left, nothing is filled at the left end: a ring may have one value for that and for dark.
  const isEmpty = (ring?.styles.wrap?.[0] ?? -1) === ring?.dark && wanted.style === 'wrap' && wanted.position === 0;
  if (seen.position === undefined || wanted.position === undefined)
    return seen.position === wanted.position || (isEmpty && seen.position === undefined);
  const span = ring?.styles[wanted.style];
  const lamps = span === undefined ? ringLamps(wanted.style) : span[1] - span[0] + 1;
  return seen.style === wanted.style && Math.abs(seen.position - wanted.position) <= 0.5 / (lamps - 1) + 1e-9;
}

const styles: readonly RingStyle[] = ['dot', 'boost-cut', 'wrap', 'spread'];

function stylesOf({ringStyles = styles}: Surface, {ring}: Output): readonly RingStyle[] {
  return ring === undefined ? ringStyles : styles.filter((style) => ring.styles[style] !== undefined);
}

function hasCentre({ring}: Output): boolean {
  return ring === undefined || ring.centre > 0;
}
