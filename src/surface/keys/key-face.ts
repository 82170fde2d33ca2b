import {zoneOfLevel} from '../../gain/headroom.ts';
import type {Colour} from '../../model/mixer.ts';
import {hues, type Rgb} from '../../model/pad.ts';
import {type Cell, keyLevels} from '../../model/picture.ts';
import type {Pixels} from '../../wire/pictures/pixels.ts';
import {stepsFor} from '../meter-step.ts';
import {zoneHues} from '../pads.ts';
import {type Box, characterPitch, fillBox, lineHeight, newCanvas, textWidth, writeText} from './canvas.ts';

type KeyCell = Extract<Cell, {type: 'key'}>;

/** Where everything stands on a key of some size, in pixels. */
export interface KeyPlan {
  readonly frame: number;
  readonly stripe: Box;
  readonly bar: Box;
  /** The bar grows from the left, not from the bottom. */
  readonly isBarAcross: boolean;
  /** Cells of text of each line, and how large their cells are. */
  readonly text: {readonly left: number; readonly characters: number; readonly cell: number};
  readonly topLine: number;
  readonly bottomLine: number;
}

/** Colours of strips. */
export const stripColours: Readonly<Record<Colour, Rgb>> = {
  off: [0, 0, 0],
  red: [220, 30, 30],
  green: [30, 200, 60],
  yellow: [230, 210, 30],
  blue: [40, 80, 230],
  magenta: [220, 50, 200],
  cyan: [30, 200, 210],
  white: [225, 225, 225],
};
const inkColour: Rgb = [255, 255, 255];
const restColour: Rgb = [28, 28, 28];
/** How much of the lamp's light falls on the ground under the text: it must stay readable. */
const groundShare = 0.35;

/** Keys narrower than this have their level below the text, in full width: beside it, the text would be too small to read. */
const narrow = 96;
/** Names, values and warnings have so many characters at most where room is scarce. */
const fewestCharacters = 6;

/** Where everything goes on a key of this size: text as large as six characters a line allow. */
export function planKey(width: number, height: number, hasLevel: boolean): KeyPlan {
  const isNarrow = width < narrow;
  const frame = Math.max(3, Math.round(Math.min(width, height) / 24));
  const margin = isNarrow ? 0 : 2;
  const stripe = {left: frame, top: frame, width: width - 2 * frame, height: Math.max(4, Math.round(height / 12))};
  const inside = {top: frame + stripe.height, bottom: height - frame};
  const thickness = Math.max(6, Math.round(width / 12));
  const bar = isNarrow
    ? {left: frame, top: inside.bottom - thickness, width: stripe.width, height: thickness}
    : {
        left: width - frame - 1 - thickness,
        top: inside.top + 1,
        width: thickness,
        height: inside.bottom - inside.top - 2,
      };
  const room = stripe.width - 2 * margin - (hasLevel && !isNarrow ? thickness + 2 : 0);
  const high = inside.bottom - inside.top - (hasLevel && isNarrow ? thickness : 0);
  const cell =
    [4, 3, 2].find((size) => textWidth(fewestCharacters, size) <= room && 2 * lineHeight(size) + 8 <= high) ?? 1;
  const gap = Math.floor((high - 2 * lineHeight(cell)) / 3);
  return {
    frame,
    stripe,
    bar,
    isBarAcross: isNarrow,
    text: {left: frame + margin, characters: Math.floor((room + 1) / characterPitch(cell)), cell},
    topLine: inside.top + gap,
    bottomLine: inside.top + 2 * gap + lineHeight(cell),
  };
}

/** Draws a key: a frame in the colour of its lamp, which shines dimly on the ground, the strip's colour above, two lines, and the level at the right or below. */
export function drawKey(width: number, height: number, key: KeyCell): Pixels {
  const plan = planKey(width, height, key.level !== undefined);
  const canvas = newCanvas(width, height);
  const lamp = key.hue === 'off' ? 0 : key.brightness;
  const inside: Box = {
    left: plan.frame,
    top: plan.frame,
    width: width - 2 * plan.frame,
    height: height - 2 * plan.frame,
  };
  fillBox(canvas, {left: 0, top: 0, width, height}, dimmed(hues[key.hue], lamp));
  fillBox(canvas, inside, dimmed(hues[key.hue], lamp * groundShare));
  fillBox(canvas, plan.stripe, stripColours[key.colour]);
  const {left, characters, cell} = plan.text;
  writeText(canvas, key.top.slice(0, characters), left, plan.topLine, cell, inkColour);
  writeText(canvas, key.bottom.slice(0, characters), left, plan.bottomLine, cell, inkColour);
  if (key.level !== undefined) drawLevel(canvas, plan, key.level);
  return canvas;
}

/** The level as a bar, each part in the hue of its zone. */
function drawLevel(canvas: Pixels, {bar, isBarAcross}: KeyPlan, level: number): void {
  fillBox(canvas, bar, restColour);
  const thresholds = stepsFor(keyLevels);
  const length = isBarAcross ? bar.width : bar.height;
  for (let step = 0; step < Math.min(level, keyLevels); step++) {
    const from = Math.round((step * length) / keyLevels);
    const to = Math.round(((step + 1) * length) / keyLevels);
    const hue = zoneHues[zoneOf(thresholds[step] ?? 0)];
    const part = isBarAcross
      ? {...bar, left: bar.left + from, width: to - from}
      : {...bar, top: bar.top + bar.height - to, height: to - from};
    fillBox(canvas, part, hues[hue]);
  }
}

function zoneOf(levelDb: number): keyof typeof zoneHues {
  const zone = zoneOfLevel(levelDb);
  return zone === 'silent' ? 'quiet' : zone;
}

function dimmed([red, green, blue]: Rgb, share: number): Rgb {
  return [Math.round(red * share), Math.round(green * share), Math.round(blue * share)];
}
