import {type Zone, zoneOfLevel} from '../gain/headroom.ts';
import {writingOn} from '../model/automation-status.ts';
import type {Action} from '../model/layout.ts';
import type {Strip} from '../model/mixer.ts';
import {type Hue, padBrightness, type Tint} from '../model/pad.ts';
import type {Cell} from '../model/picture.ts';
import type {Reading} from '../model/reading.ts';
import type {Warning} from '../model/warning.ts';
import {isModeLampLit} from './automation-lamp.ts';
import type {Pickup} from './handling.ts';
import {isLit, type LampFacts} from './lamp.ts';
import {stepsFor} from './meter-step.ts';
import {rhythmOf} from './worst-warning.ts';

type AnyPad = Extract<Cell, {type: 'pad'}>;
/** What tells by its hue. */
type PadCell = AnyPad & {readonly hue: Hue};

const {rest, notice, flash} = padBrightness;
const darkPad: PadCell = {type: 'pad', hue: 'off', brightness: 0};
const writtenPad: PadCell = {type: 'pad', hue: 'white', brightness: notice};

/** The hue of a level, dark in silence. */
export const zoneHues: Readonly<Record<Exclude<Zone, 'clipped'>, Hue>> = {
  silent: 'off',
  quiet: 'blue',
  below: 'blue',
  window: 'green',
  over: 'orange',
  'low headroom': 'vermillion',
};

/**
 * A key in colours. With a task that a lamp shows it is white while that is lit. Where it warns, the rhythm tells how grave it is, the hue what it is about: at rest it is dim in
 * the hue of its strip's level; information is steady and brighter; all else flashes up from dim. While nothing warns and the strip's automation is written, it is white and winks.
 */
export function renderKey(
  action: Action | undefined,
  strip: Strip | undefined,
  side: Pickup | undefined,
  reading: Reading | undefined,
  facts: LampFacts,
): PadCell {
  const isWarning = action === 'strip.warning' && side !== 'below' && side !== 'above';
  if (isWarning && strip === undefined) return darkPad;
  if (isWarning && strip !== undefined) {
    const worst = facts.warnings.worst(strip.id);
    const isQuiet = worst === undefined || rhythmOf(worst) === 1;
    if (isQuiet && writingOn(facts.automation, strip.id) !== undefined && isModeLampLit(strip.id, facts))
      return writtenPad;
    return worst === undefined ? levelPad(shownDb(reading), rest) : warningPad(worst, facts);
  }
  if (action === 'warnings.acknowledge') {
    const {worstOfAll} = facts.warnings;
    return worstOfAll === undefined ? darkPad : warningPad(worstOfAll, facts);
  }
  return isLit(action, strip, side, facts) ? {type: 'pad', hue: 'white', brightness: flash} : darkPad;
}

/**
 * A key in any colour. One that selects is in its strip's own, dim unless it is selected; where nothing else of the strip can tell, its warning takes the key. All others are as keys in
 * colours are.
 */
export function renderTintedKey(
  tints: 'colour' | 'warning' | undefined,
  ...[action, strip, side, reading, facts]: Parameters<typeof renderKey>
): AnyPad {
  if (tints === undefined || action !== 'strip.select' || strip === undefined)
    return renderKey(action, strip, side, reading, facts);
  const worst = tints === 'warning' ? facts.warnings.worst(strip.id) : undefined;
  if (worst !== undefined && rhythmOf(worst) !== 1) return warningPad(worst, facts);
  return {type: 'pad', hue: tintOf(strip), brightness: facts.view.selected === strip.id ? flash : rest};
}

function tintOf({colour}: Strip): Tint {
  return `strip-${colour === 'off' ? 'white' : colour}`;
}

/**
 * One pad of a column that stands for a strip's level, `row` from 0 at the bottom. Its place tells the level, its hue only says it again. The uppermost is the overload lamp, too: samples
 * that were lost flash there until that is acknowledged.
 */
export function renderColumnPad(
  row: number,
  rows: number,
  strip: Strip | undefined,
  reading: Reading | undefined,
  facts: LampFacts,
): PadCell {
  if (strip === undefined) return darkPad;
  if (row === rows - 1 && facts.warnings.overloaded(strip.id)) {
    return {type: 'pad', hue: 'vermillion', brightness: facts.lampPattern(4, facts.tick) ? flash : rest};
  }
  const threshold = stepsFor(rows)[row] ?? Number.POSITIVE_INFINITY;
  return shownDb(reading) >= threshold ? levelPad(threshold, notice) : darkPad;
}

function levelPad(levelDb: number, brightness: number): PadCell {
  const hue = zoneHues[zoneOfLevel(levelDb)];
  return hue === 'off' ? darkPad : {type: 'pad', hue, brightness};
}

/** Nothing that warns is ever dark: between flashes it is dim. Where nothing may blink, an alarm is bright and all else a little less. */
function warningPad(warning: Warning, {lampPattern, tick, reducedMotion}: LampFacts): PadCell {
  const rhythm = rhythmOf(warning);
  const hue = warningHue(warning, rhythm);
  if (rhythm === 1 || (reducedMotion && rhythm !== 4)) return {type: 'pad', hue, brightness: notice};
  return {type: 'pad', hue, brightness: lampPattern(rhythm, tick) ? flash : rest};
}

/** What is too low is blue, as a low level is; what is unknown has no hue. */
function warningHue({rule}: Warning, rhythm: ReturnType<typeof rhythmOf>): Hue {
  if (rhythm === 'stale') return 'white';
  if (rhythm === 1) return 'sky';
  if (rule === 'low' || rule === 'vu.low') return 'blue';
  return rhythm === 4 || rule === 'over.float' ? 'vermillion' : 'orange';
}

/** What meters show of a strip, on the scale of headroom. */
export function shownDb(reading: Reading | undefined): number {
  if (reading === undefined) return Number.NEGATIVE_INFINITY;
  return reading.shown === undefined ? reading.peakDb : Math.max(reading.shown.leftDb, reading.shown.rightDb);
}
