import type {Action} from '../model/layout.ts';
import type {Colour, Strip} from '../model/mixer.ts';
import {type Cell, keyLevels} from '../model/picture.ts';
import type {Reading} from '../model/reading.ts';
import type {Output, Surface} from '../model/surface.ts';
import type {Pickup} from './handling.ts';
import {keyLabel} from './key-label.ts';
import {planKey} from './keys/key-face.ts';
import type {LampFacts} from './lamp.ts';
import {meterStep, stepsFor} from './meter-step.ts';
import {renderKey, shownDb} from './pads.ts';

type KeyCell = Extract<Cell, {type: 'key'}>;

/** A key without a task. */
const blankKey: KeyCell = {
  type: 'key',
  top: '',
  bottom: '',
  colour: 'off',
  hue: 'off',
  brightness: 0,
  level: undefined,
};

/** What lies under a drawn key. */
export interface KeyUnder {
  readonly action: Action | undefined;
  readonly strip: Strip | undefined;
  readonly side: Pickup | undefined;
  readonly reading: Reading | undefined;
  readonly colour: Colour;
  /** The two lines of a strip for so many cells. */
  readonly text: (cells: number) => Cell;
  readonly name: (strip: Strip, cells: number) => string;
}

/** Whether a key with this task stands for its strip as a whole, and so shows all of it. */
function isWholeStrip(action: Action | undefined): boolean {
  return action === 'strip.select' || action === 'strip.fader' || action === 'strip.encoder';
}

/**
 * A drawn key. One that selects a strip shows the strip: name, value or warning, level, and around them the lamp of its warning. One with another task
 * says what it does, to which strip, and is lit as the lamp of a button is.
 */
export function renderDrawnKey(
  {id}: Output,
  {reports}: Surface,
  {action, strip, side, reading, colour, text, name}: KeyUnder,
  facts: LampFacts,
): KeyCell {
  const traits = reports?.pictures.get(id)?.traits;
  if (action === undefined || traits === undefined) return blankKey;
  const isWhole = isWholeStrip(action);
  const cells = planKey(traits.width, traits.height, isWhole).text.characters;
  if (!action.startsWith('strip.')) {
    const [top, bottom] = keyLabel(action, cells);
    return {...blankKey, top, bottom, ...lampOf(renderKey(action, strip, side, reading, facts))};
  }
  if (strip === undefined) return blankKey;
  if (!isWhole) {
    const bottom = keyLabel(action, cells).join(' ').trim().slice(0, cells);
    const lamp = lampOf(renderKey(action, strip, side, reading, facts));
    return {...blankKey, top: name(strip, cells).slice(0, cells), bottom, colour, ...lamp};
  }
  const lines = text(cells);
  const [top, bottom] = lines.type === 'text' ? [lines.top, lines.bottom] : ['', ''];
  const level = meterStep(stepsFor(keyLevels), shownDb(reading), 0);
  const isMarked = facts.warnings.worst(strip.id) === undefined && facts.view.selected === strip.id;
  const lamp = isMarked
    ? ({hue: 'white', brightness: 1} as const)
    : lampOf(renderKey('strip.warning', strip, undefined, reading, facts));
  return {type: 'key', top, bottom, colour, level, ...lamp};
}

function lampOf({hue, brightness}: ReturnType<typeof renderKey>): Pick<KeyCell, 'hue' | 'brightness'> {
  return {hue, brightness};
}
