import type {Recovered} from '../session/replay.ts';

/** `3 rides and 12 moves of 2 minutes were recovered`: what a crash did not take; undefined if there was nothing to recover. */
export function recoveryWords({entries, rides, steps, moves, spanMs}: Recovered): string | undefined {
  if (entries === 0) return undefined;
  const parts = [
    counted(rides, 'ride'),
    counted(steps, rides > 0 ? 'other step' : 'step'),
    counted(moves, 'move'),
  ].flat();
  const what = parts.length === 0 ? 'The last changes' : listed(parts);
  const are = parts.length === 1 && rides + steps + moves === 1 ? 'was' : 'were';
  return `The program ended without saving: ${what}${spanOf(spanMs)} ${are} recovered.`;
}

function counted(count: number, word: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function spanOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return '';
  if (seconds < 120) return ` of ${seconds === 1 ? 'one second' : `${seconds} seconds`}`;
  return ` of ${Math.round(seconds / 60)} minutes`;
}
