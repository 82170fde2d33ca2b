import {zoneOfLevel} from '../../gain/headroom.ts';
import type {Colour} from '../../model/mixer.ts';
import {hues, type Rgb} from '../../model/pad.ts';
import {type Cell, keyLevels} from '../../model/picture.ts';
import type {Pixels} from '../../wire/pictures/pixels.ts';
import {stepsFor} from '../meter-step.ts';
import {zoneHues} from '../pads.ts';
import {type Box, fillBox, lineHeight, newCanvas, textWidth, writeText} from './canvas.ts';

type KeyCell = Extract<Cell, {type: 'key'}>;

/** Where everything stands on a key of some size, in pixels. */
export interface KeyPlan {
  readonly frame: number;
  readonly stripe: Box;
  readonly bar: Box;
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

/** Characters of a line that a key of this size has room for: six and more, whose cells are as large as they can be. */
export function planKey(width: number, height: number, hasLevel: boolean): KeyPlan {
  const frame = Math.max(3, Math.round(Math.min(width, height) / 24));
  const barWidth = hasLevel ? Math.max(6, Math.round(width / 12)) : 0;
  const stripeHeight = Math.max(4, Math.round(height / 12));
  const room = width - 2 * frame - 4 - (hasLevel ? barWidth + 2 : 0);
  const inner = {top: frame + stripeHeight, height: height - 2 * frame - stripeHeight};
  const widest = Math.floor(room / textWidth(fewestCharacters, 1));
  const highest = Math.floor((inner.height - 6) / lineHeight(2));
  const cell = Math.max(1, Math.min(4, widest, highest));
  const characters = Math.floor((room / cell + 1) / 6);
  const gap = Math.max(2, Math.round((inner.height - 2 * lineHeight(cell)) / 3));
  return {
    frame,
    stripe: {left: frame, top: frame, width: width - 2 * frame, height: stripeHeight},
    bar: {left: width - frame - 1 - barWidth, top: inner.top + 1, width: barWidth, height: inner.height - 2},
    text: {left: frame + 2, characters, cell},
    topLine: inner.top + gap,
    bottomLine: inner.top + 2 * gap + lineHeight(cell),
  };
}
const fewestCharacters = 6;

/** Draws a key: a frame in the colour of its lamp, which shines dimly on the ground, the strip's colour above, two lines, and at the right the level. */
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
  if (key.level !== undefined) drawLevel(canvas, plan.bar, key.level);
  return canvas;
}

/** The level as a bar from the bottom, each part in the hue of its zone. */
function drawLevel(canvas: Pixels, bar: Box, level: number): void {
  fillBox(canvas, bar, restColour);
  const thresholds = stepsFor(keyLevels);
  for (let step = 0; step < Math.min(level, keyLevels); step++) {
    const bottom = bar.top + bar.height - Math.round((step * bar.height) / keyLevels);
    const top = bar.top + bar.height - Math.round(((step + 1) * bar.height) / keyLevels);
    const hue = zoneHues[zoneOf(thresholds[step] ?? 0)];
    fillBox(canvas, {...bar, top, height: bottom - top}, hues[hue]);
  }
}

function zoneOf(levelDb: number): keyof typeof zoneHues {
  const zone = zoneOfLevel(levelDb);
  return zone === 'silent' ? 'quiet' : zone;
}

function dimmed([red, green, blue]: Rgb, share: number): Rgb {
  return [Math.round(red * share), Math.round(green * share), Math.round(blue * share)];
}
