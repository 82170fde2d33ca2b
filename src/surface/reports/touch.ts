import type {ControlEvent} from '../../model/control.ts';
import type {Surface} from '../../model/surface.ts';
import {startsWith} from './hand.ts';

/**
 * A touch strip's report, at places of the mapping.
 *
 *   kind         01 short, 02 long, 03 swipe
 *   x, end       16 bits each, low byte first; where a swipe began and ended
 *
 * A touch presses what stands at its area and lets it go at once. A swipe goes by its direction, wherever it was.
 */
export function readTouch({reports, strips}: Surface, report: Uint8Array): readonly ControlEvent[] {
  const touch = reports?.touch;
  if (touch === undefined || !startsWith(touch.start, report)) return [];
  const word = (at: number): number => (report[at] ?? 0) + 256 * (report[at + 1] ?? 0);
  const kind = report[touch.kindAt];
  const x = word(touch.xAt);
  const swiped = word(touch.endAt) < x ? touch.swipeLeft : touch.swipeRight;
  const pressed = kind === 1 ? touch.short : kind === 2 ? touch.long : kind === 3 ? swiped : undefined;
  if (pressed === undefined) return [];
  const area = Math.min(strips, 1 + Math.floor((x / touch.width) * strips));
  const control = pressed.endsWith('.*') ? `${pressed.slice(0, -1)}${area}` : pressed;
  return [
    {type: 'button.pressed', control},
    {type: 'button.released', control},
  ];
}
