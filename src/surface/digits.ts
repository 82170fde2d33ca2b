import type {Cell} from '../model/picture.ts';
import {freshMarker, type Playback, timecodeDigits} from '../model/playback.ts';
import {pageNumber, type View} from '../model/view.ts';

import {segmentText} from '../wire/mackie/characters.ts';
import {alternateTicks} from './scribble.ts';

type DigitsCell = Extract<Cell, {type: 'digits'}>;

/** Fields of the ten time digits end after hours, minutes and seconds: `001.02.03.004`. */
const timeDots = [2, 4, 6] as const;

/** Fewest digits on which a marker's name is worth showing. */
const nameCells = 8;

/**
 * Where the tape stands, at 25 frames a second; a display with fewer than ten digits loses the hours first. A marker that was just passed is named
 * instead, where letters can be shown; while the tape stands on it, name and time take turns (without a tick the time stays).
 */
export function renderTime(
  playback: Playback,
  cells: number,
  tick: number | undefined,
  figuresOnly = false,
): DigitsCell {
  const {frame, sampleRate, state} = playback;
  const marker = figuresOnly || cells < nameCells ? undefined : freshMarker(playback);
  const isTurn = tick !== undefined && Math.floor(tick / alternateTicks) % 2 === 0;
  if (marker !== undefined && (state === 'playing' || isTurn)) {
    return {type: 'digits', text: segmentText(marker.name).slice(0, cells).padEnd(cells), dots: []};
  }
  const all = timecodeDigits(frame, sampleRate);
  const text = cells < all.length ? all.slice(all.length - cells) : all;
  const cut = all.length - text.length;
  return {type: 'digits', text, dots: timeDots.map((dot) => dot - cut).filter((dot) => dot >= 0)};
}

/**
 * The two characters of the page or else the layer. The last dot says that faders and encoders are flipped, the first that not all strips
 * are shown.
 */
export function renderAssignment(view: View, cells: number): DigitsCell {
  const text = assignmentText(view).slice(0, cells);
  const last = text.length - 1;
  const isPart = view.spilled !== undefined || view.shown !== 'all';
  const dots = [...(isPart && last > 0 ? [0] : []), ...(view.flipped && last >= 0 ? [last] : [])];
  return {type: 'digits', text, dots};
}

/** `LV` for a layer, `ST` for a page that is one only, `E2` for the second of several. */
function assignmentText(view: View): string {
  const {layer, page} = view;
  if (page === undefined) return layer.short;
  const {number, count} = pageNumber(view);
  return count > 1 ? `${page.short.slice(0, 1)}${number}` : page.short;
}
