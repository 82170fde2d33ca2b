import {decode} from 'jpeg-js';
import {colourNames} from '../../src/model/mixer.ts';
import {type Hue, hues, padBrightness, type Rgb} from '../../src/model/pad.ts';
import {type Cell, keyLevels} from '../../src/model/picture.ts';
import type {PictureTraits} from '../../src/model/report-traits.ts';
import {characterPitch} from '../../src/surface/keys/canvas.ts';
import {glyphHeight, glyphOf, glyphWidth} from '../../src/surface/keys/font.ts';
import {type KeyPlan, planKey, stripColours} from '../../src/surface/keys/key-face.ts';
import {type Pixels, turned} from '../../src/wire/pictures/pixels.ts';

type KeyCell = Extract<Cell, {type: 'key'}>;

/** A key without light. */
export const darkKey: KeyCell = {
  type: 'key',
  top: '',
  bottom: '',
  colour: 'off',
  hue: 'off',
  brightness: 0,
  level: undefined,
};

/** Reads a key's picture as an eye does: letter by letter, the frame, the stripe, the height of the bar. `hasLevel` says whether this key has a bar. */
export function readKey(file: Uint8Array, traits: PictureTraits, hasLevel: boolean): KeyCell {
  const pixels = upright(traits.format === 'jpeg' ? readJpeg(file) : readBmp(file), traits);
  const plan = planKey(pixels.width, pixels.height, hasLevel);
  const {stripe} = plan;
  const lamps = lampLooks.map(({hue, brightness, rgb}) => ({hue, brightness, rgb}));
  const lamp = nearest(lamps, meanOf(pixels, 0, 0, pixels.width, Math.max(1, plan.frame - 1)));
  const colours = colourNames.map((colour) => ({colour, rgb: stripColours[colour]}));
  const ground = meanOf(pixels, stripe.left, stripe.top + 1, stripe.width, stripe.height - 2);
  return {
    type: 'key',
    top: readLine(pixels, plan, plan.topLine),
    bottom: readLine(pixels, plan, plan.bottomLine),
    colour: nearest(colours, ground).colour,
    hue: lamp.hue,
    brightness: lamp.brightness,
    level: hasLevel ? readLevel(pixels, plan) : undefined,
  };
}

/** How each lamp looks that keys can have. */
const lampLooks: readonly {readonly hue: Hue; readonly brightness: number; readonly rgb: Rgb}[] = [
  {hue: 'off', brightness: 0, rgb: [0, 0, 0]},
  ...Object.keys(hues)
    .filter((name): name is Hue => name in hues && name !== 'off')
    .flatMap((hue) =>
      Object.values(padBrightness).map((brightness) => {
        const [red, green, blue] = hues[hue];
        return {hue, brightness, rgb: [red * brightness, green * brightness, blue * brightness] as const};
      }),
    ),
];

const characters = Array.from({length: 95}, (_, index) => String.fromCharCode(32 + index));

function readLine(pixels: Pixels, {text}: KeyPlan, top: number): string {
  const across = characterPitch(text.cell);
  const line = Array.from({length: text.characters}, (_, index) =>
    readCharacter(pixels, text.left + index * across, top, text.cell),
  );
  return line.join('').trimEnd();
}

/** The character whose cells differ least from what is bright there. */
function readCharacter(pixels: Pixels, left: number, top: number, cell: number): string {
  const ink: boolean[] = [];
  for (let row = 0; row < glyphHeight; row++)
    for (let column = 0; column < glyphWidth; column++) {
      const [red, green, blue] = meanOf(pixels, left + column * cell, top + row * cell, cell, cell);
      ink.push(Math.min(red, green, blue) > 160);
    }
  const wrong = (character: string): number => {
    const cells = glyphOf(character).join('');
    return ink.filter((isInk, index) => isInk !== (cells[index] === '#')).length;
  };
  return characters.reduce((best, one) => (wrong(one) < wrong(best) ? one : best));
}

/** How many steps of the bar are lit: more than the rest's dim grey. */
function readLevel(pixels: Pixels, {bar, isBarAcross}: KeyPlan): number {
  let lit = 0;
  for (let step = 0; step < keyLevels; step++) {
    const middle = ((step + 0.5) * (isBarAcross ? bar.width : bar.height)) / keyLevels;
    const seen = isBarAcross
      ? meanOf(pixels, Math.floor(bar.left + middle), bar.top + 1, 1, bar.height - 2)
      : meanOf(pixels, bar.left + 1, Math.floor(bar.top + bar.height - middle), bar.width - 2, 1);
    if (Math.max(...seen) > 110) lit = step + 1;
    else break;
  }
  return lit;
}

function meanOf({width, rgb}: Pixels, left: number, top: number, across: number, down: number): Rgb {
  const sum = [0, 0, 0];
  for (let y = top; y < top + down; y++)
    for (let x = left; x < left + across; x++)
      for (let part = 0; part < 3; part++) sum[part] = (sum[part] ?? 0) + (rgb[3 * (y * width + x) + part] ?? 0);
  const [red = 0, green = 0, blue = 0] = sum.map((value) => value / (across * down));
  return [red, green, blue];
}

function nearest<Look extends {readonly rgb: Rgb}>(looks: readonly Look[], seen: Rgb): Look {
  const apart = ({rgb}: Look): number => rgb.reduce((sum, value, part) => sum + (value - (seen[part] ?? 0)) ** 2, 0);
  return looks.reduce((best, one) => (apart(one) < apart(best) ? one : best));
}

/** Undoes what the device is sent: mirrored, then turned back. */
function upright(pixels: Pixels, {turn, mirror}: PictureTraits): Pixels {
  const back = ({0: 0, 90: 270, 180: 180, 270: 90} as const)[turn];
  return turned(turned(pixels, 0, mirror), back);
}

/** By another's decoder. */
function readJpeg(file: Uint8Array): Pixels {
  const {width, height, data} = decode(file, {useTArray: true, formatAsRGBA: false});
  return {width, height, rgb: data};
}

function readBmp(file: Uint8Array): Pixels {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const [width, height] = [view.getInt32(18, true), view.getInt32(22, true)];
  const rowLength = Math.ceil((3 * width) / 4) * 4;
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let part = 0; part < 3; part++)
        rgb[3 * (y * width + x) + part] = file[54 + (height - 1 - y) * rowLength + 3 * x + 2 - part] ?? 0;
  return {width, height, rgb};
}
