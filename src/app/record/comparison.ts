import type {Surface} from '../../model/surface.ts';
import {createInterpreter} from '../../surface/interpreter.ts';
import type {RecordingEntry} from './entry.ts';

/** An output that did not show in the replay what it showed in the recording. */
export interface Difference {
  /** When in the recording, in milliseconds. */
  readonly atMs: number;
  readonly output: string;
  /** What was recorded, and what the replay showed; undefined if nothing. */
  readonly recorded: string | undefined;
  readonly replayed: string | undefined;
}

export interface CompareOptions {
  /** How much later or earlier the same may be shown, in milliseconds. */
  readonly toleranceMs: number;
  /** Outputs that are not compared. */
  readonly ignored: RegExp;
}

/** What runs by itself, in its own time: levels, drawn ones, too, what they warn of, overload lamps, and the time of the tape. */
export const runsByItself = /^(?:meter\.|overload\.|warning\.|digits\.time|key\.)/;

/** Questions and answers of the connection show nothing. */
const linkTalk = /^(?:sysex 7E|device-query|host-|version-)/;

/** What an output showed, from when on. */
interface Shown {
  readonly fromMs: number;
  readonly value: string;
}

type Track = ReadonlyMap<string, readonly Shown[]>;

/**
 * Where what the desk showed in a replay differs from the recording: what an output showed for longer than the tolerance must be shown by the
 * other at about the same times, both ways. One difference an output, the first.
 */
export function compareShown(
  surface: Surface,
  recorded: readonly RecordingEntry[],
  replayed: readonly RecordingEntry[],
  {toleranceMs, ignored}: CompareOptions,
): readonly Difference[] {
  const [before, after] = [trackOf(surface, recorded), trackOf(surface, replayed)];
  const endMs = Math.max(0, ...[recorded.at(-1), replayed.at(-1)].map((entry) => entry?.atMs ?? 0));
  const differences: Difference[] = [];
  for (const output of new Set([...before.keys(), ...after.keys()])) {
    if (ignored.test(output)) continue;
    const [was, is] = [before.get(output) ?? [], after.get(output) ?? []];
    const first =
      firstMissing(was, is, endMs, toleranceMs, ({atMs, wanted, other}) => ({
        atMs,
        output,
        recorded: wanted,
        replayed: other,
      })) ??
      firstMissing(is, was, endMs, toleranceMs, ({atMs, wanted, other}) => ({
        atMs,
        output,
        recorded: other,
        replayed: wanted,
      }));
    if (first !== undefined) differences.push(first);
  }
  return differences.sort((one, other) => one.atMs - other.atMs);
}

interface Missing {
  readonly atMs: number;
  readonly wanted: string;
  readonly other: string | undefined;
}

/** The first moment at which one track shows something that the other does not show at about that time. */
function firstMissing(
  wanted: readonly Shown[],
  other: readonly Shown[],
  endMs: number,
  toleranceMs: number,
  say: (missing: Missing) => Difference,
): Difference | undefined {
  for (const [index, {fromMs, value}] of wanted.entries()) {
    const isLast = index === wanted.length - 1;
    const untilMs = isLast ? Math.max(endMs, fromMs) : (wanted[index + 1]?.fromMs ?? fromMs);
    if (!isLast && untilMs - fromMs <= toleranceMs) continue;
    const isThere = (atMs: number): boolean =>
      other.some(
        (shown, at) =>
          shown.value === value &&
          shown.fromMs <= atMs + toleranceMs &&
          (other[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY) >= atMs - toleranceMs,
      );
    // What is shown for long must be there all the time, and a lamp that winks shows both again and again.
    for (let atMs = fromMs; atMs === fromMs || atMs < untilMs - toleranceMs; atMs += Math.max(1, toleranceMs)) {
      if (!isThere(atMs)) return say({atMs, wanted: value, other: valueAt(other, atMs)});
    }
  }
  return undefined;
}

function valueAt(track: readonly Shown[], atMs: number): string | undefined {
  return track.findLast(({fromMs}) => fromMs <= atMs)?.value;
}

/** What each output showed, one after the other; text counts cell by cell. */
function trackOf(surface: Surface, entries: readonly RecordingEntry[]): Track {
  const interpreter = createInterpreter(surface);
  const track = new Map<string, Shown[]>();
  const show = (output: string, value: string, fromMs: number): void => {
    const shown = track.get(output) ?? [];
    if (shown.at(-1)?.value !== value) shown.push({fromMs, value});
    track.set(output, shown);
  };
  for (const {from, bytes, cut, atMs, because} of entries) {
    // What goes dark at the end of a recording says nothing of the desk that goes on.
    if (from !== 'desk' || because === 'goodbye') continue;
    for (const {about, value} of cut?.shows ?? interpreter.toDevice(bytes)) {
      if (linkTalk.test(about)) continue;
      const cell = /^text@(\d+)$/.exec(about)?.[1];
      if (cell === undefined) show(about, value, atMs);
      else for (const [place, letter] of [...value].entries()) show(`cell ${Number(cell) + place}`, letter, atMs);
    }
  }
  return track;
}
