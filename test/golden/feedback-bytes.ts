import type {hues} from '../../src/model/pad.ts';
import type {Cell, RingStyle} from '../../src/model/picture.ts';
import type {Output, Surface} from '../../src/model/surface.ts';
import {createDialect} from '../../src/surface/dialect.ts';

/** What is sent to a surface: by output and cell the messages in hex, one a line of the list. */
export interface FeedbackBytes {
  readonly hello: readonly string[];
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly farewell: readonly string[];
}

/** The bytes that bring each kind of cell to a device that was never spoken to; of strips the first and the last, of all others every one. */
export function feedbackBytes(surface: Surface): FeedbackBytes {
  const outputs = [...surface.outputs.values()].filter(
    ({strip}) => strip === undefined || strip === 0 || strip === surface.strips - 1,
  );
  return {
    hello: createDialect(surface).hello().map(hex),
    outputs: Object.fromEntries(
      outputs.map((output) => [
        output.id,
        Object.fromEntries(cellsOf(surface, output).map(([name, cell]) => [name, sent(surface, output.id, cell)])),
      ]),
    ),
    farewell: surface.farewell.map(hex),
  };
}

function sent(surface: Surface, output: string, cell: Cell): string {
  const messages = createDialect(surface).write([{output, cell, because: 'golden'}]);
  return messages.map(({bytes}) => hex(bytes)).join(' | ');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$& ');
}

function cellsOf(surface: Surface, {id, type, cells}: Output): readonly (readonly [string, Cell])[] {
  switch (type) {
    case 'fader':
      return [0, 0.5, 1].map((position) => [`at ${position}`, {type, position}]);
    case 'ring':
      return [
        ['dark', {type, style: 'wrap', position: undefined, centre: false}],
        ['small lamp', {type, style: 'wrap', position: undefined, centre: true}],
        ...(surface.ringStyles ?? (['dot', 'boost-cut', 'wrap', 'spread'] as const)).flatMap((style: RingStyle) =>
          [0, 0.5, 1].map((position): [string, Cell] => [
            `${style} ${position}`,
            {type, style, position, centre: false},
          ]),
        ),
      ];
    case 'lamp':
    case 'overload':
      return [
        ['dark', {type, on: false}],
        ['lit', {type, on: true}],
      ];
    case 'pad':
      return [
        ['dark', {type, hue: 'off', brightness: 0}],
        ...(
          ['white', 'blue', 'green', 'orange', 'vermillion', 'sky'] as const satisfies readonly (keyof typeof hues)[]
        ).map((hue): [string, Cell] => [hue, {type, hue, brightness: 1}]),
        ['green at rest', {type, hue: 'green', brightness: 0.25}],
        ...(surface.pads?.tints === undefined || !id.startsWith('pad.select')
          ? []
          : [['red strip', {type, hue: 'strip-red', brightness: 0.25}] as const]),
      ];
    case 'text':
      return [['Kick -6.0', {type, top: 'Kick'.slice(0, cells), bottom: '-6.0'.slice(0, cells)}]];
    case 'colour':
      return [['red', {type, colour: 'red'}]];
    case 'meter': {
      const steps = surface.meters?.steps ?? 0;
      return [...new Set([0, 1, Math.ceil(steps / 2), steps])].map((step) => [`step ${step}`, {type, step}]);
    }
    case 'digits':
      return [['12', {type, text: '12'.padStart(cells), dots: []}]];
    default:
      return [];
  }
}
