import {plainText} from '../model/problem.ts';
import type {Surface} from '../model/surface.ts';

/** Longer names than this come from no real device. */
const longestName = 200;

/**
 * The surface that a MIDI port belongs to. Its name may bear what systems add: the client before a colon and the
 * numbers `24:0` (ALSA), a count before or behind (Windows). Among several surfaces the one wins whose pattern covers
 * more of the name, then the longer pattern.
 */
export function matchSurface(surfaces: readonly Surface[], portName: string): Surface | undefined {
  const names = portNames(portName);
  let best: Surface | undefined;
  let bestScore = 0;
  for (const surface of surfaces) {
    for (const pattern of surface.ports) {
      const expression = new RegExp(pattern, 'i');
      for (const name of names) {
        const covered = expression.exec(name)?.[0].length ?? 0;
        const score = covered === 0 ? 0 : covered * 1000 + pattern.length;
        if (score > bestScore) {
          best = surface;
          bestScore = score;
        }
      }
    }
  }
  return best;
}

/** The port's own name in all the ways in which it may be meant, without what systems add. */
export function portNames(portName: string): readonly string[] {
  const whole = plainText(portName.slice(0, longestName))
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ \d+:\d+$/, '');
  const port = whole.slice(whole.lastIndexOf(':') + 1).trim();
  const uncounted = port.replace(/^\d+- /, '');
  return [...new Set([port, uncounted, uncounted.replace(/(?<! MIDI| Port) \d+$/i, '')])];
}
