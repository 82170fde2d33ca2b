import type {Cell} from '../model/picture.ts';
import {type Playback, timecodeDigits} from '../model/playback.ts';
import type {View} from '../model/view.ts';

type DigitsCell = Extract<Cell, {type: 'digits'}>;

/** Fields of the ten time digits end after hours, minutes and seconds: `001.02.03.004`. */
const timeDots = [2, 4, 6] as const;

/** Where the tape stands, at 25 frames a second; a display with fewer than ten digits loses the hours first. */
export function renderTime({frame, sampleRate}: Playback, cells: number): DigitsCell {
  const all = timecodeDigits(frame, sampleRate);
  const text = cells < all.length ? all.slice(all.length - cells) : all;
  const cut = all.length - text.length;
  return {type: 'digits', text, dots: timeDots.map((dot) => dot - cut).filter((dot) => dot >= 0)};
}

/** The two characters of the layer; the last dot says that faders and encoders are flipped. */
export function renderAssignment({layer, flipped}: View, cells: number): DigitsCell {
  const text = layer.short.slice(0, cells);
  return {type: 'digits', text, dots: flipped && text.length > 0 ? [text.length - 1] : []};
}
