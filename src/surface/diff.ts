import type {Cell, Change, OutputId, Picture} from '../model/picture.ts';
import type {DescribeCell} from './cell-text.ts';

/** No change at all, always the same array. */
const nothing: readonly Change[] = [];

/**
 * What must be sent so that the shown picture becomes the wanted one. An output that is absent from `shown` is
 * unknown and always sent; equal cells never are. Faders in `held` are left to the hand. Outputs that are not
 * wanted stay as they are.
 */
export function diff(
  shown: Picture,
  wanted: Picture,
  held: ReadonlySet<OutputId>,
  describe: DescribeCell,
): readonly Change[] {
  let changes: Change[] | undefined;
  for (const [output, cell] of wanted) {
    const before = shown.get(output);
    if (before === cell || (before !== undefined && isSameCell(before, cell))) continue;
    if (cell.type === 'fader' && held.has(output)) continue;
    const was = before === undefined ? 'unknown' : describe(output, before);
    changes ??= [];
    changes.push({output, cell, because: `${was} → ${describe(output, cell)}`});
  }
  return changes ?? nothing;
}

/** Whether two cells look the same. */
export function isSameCell(one: Cell, other: Cell): boolean {
  switch (one.type) {
    case 'fader':
      return other.type === 'fader' && one.position === other.position;
    case 'ring':
      return (
        other.type === 'ring' &&
        one.position === other.position &&
        one.centre === other.centre &&
        one.style === other.style
      );
    case 'lamp':
      return other.type === 'lamp' && one.on === other.on;
    case 'pad':
      return other.type === 'pad' && one.hue === other.hue && one.brightness === other.brightness;
    case 'text':
      return other.type === 'text' && one.top === other.top && one.bottom === other.bottom;
    case 'key':
      return (
        other.type === 'key' &&
        one.top === other.top &&
        one.bottom === other.bottom &&
        one.colour === other.colour &&
        one.hue === other.hue &&
        one.brightness === other.brightness &&
        one.level === other.level
      );
    case 'colour':
      return other.type === 'colour' && one.colour === other.colour;
    case 'meter':
      return other.type === 'meter' && one.step === other.step && one.mark === other.mark;
    case 'overload':
      return other.type === 'overload' && one.on === other.on;
    case 'warning':
      return other.type === 'warning' && one.severity === other.severity && one.rule === other.rule;
    case 'digits':
      return (
        other.type === 'digits' &&
        one.text === other.text &&
        one.dots.length === other.dots.length &&
        one.dots.every((dot, index) => dot === other.dots[index])
      );
  }
}
