import {formatDb} from '../../model/decibel.ts';
import type {TrackFigures} from './figures.ts';
import type {TrimProposal} from './trim-proposal.ts';
import type {LoggedWarning, TimeRange} from './warning-log.ts';

/** A level as reports show it: one decimal, `-inf` for silence, `-` for what is not known. */
export function level(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '-';
  if (value === Number.POSITIVE_INFINITY) return '+inf';
  return formatDb(value, '-inf').replace(/^\+(?=\d)/, '');
}

/** The same with its sign shown: for differences. */
export function signed(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return level(value);
  return formatDb(value);
}

/** `1:02`, or of something below ten seconds `0:04.2`. */
export function clock(seconds: number, tenths = false): string {
  const whole = tenths ? Math.floor(seconds * 10) / 10 : Math.floor(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole - minutes * 60;
  return `${minutes}:${tenths ? rest.toFixed(1).padStart(4, '0') : String(rest).padStart(2, '0')}`;
}

/** `0:42–0:51, 1:03 and 4 more times`. */
export function rangesText(ranges: readonly TimeRange[], most = 3, dash = '-'): string {
  const told = ranges.slice(0, most).map(({fromSeconds, toSeconds}) => {
    const [from, to] = [clock(fromSeconds), clock(Math.ceil(toSeconds))];
    return toSeconds - fromSeconds < 1 ? from : `${from}${dash}${to}`;
  });
  const left = ranges.length - told.length;
  return `${told.join(', ')}${left > 0 ? ` and ${left} more ${left === 1 ? 'time' : 'times'}` : ''}`;
}

const severityWords = {1: 'note', 2: 'advice', 3: 'warning', 4: 'alarm'} as const;

/** What a severity is called. */
export function severityWord({severity}: LoggedWarning): string {
  return severityWords[severity];
}

/** What to do about a trim, in one sentence. */
export function trimText({fromDb, toDb, faderDb, limited}: TrimProposal): string {
  const way = toDb > fromDb ? 'up' : 'down';
  const amount = Math.abs(toDb - fromDb).toFixed(1);
  const more = limited ? ' That is as far as the trim goes.' : '';
  return `Trim ${way} ${amount} dB, to ${signed(toDb)}; the fader ${signed(faderDb)} dB keeps the mix.${more}`;
}

/** What about a recording should be known and is no rule's business. */
export function remarksOn(figures: TrackFigures): readonly string[] {
  const remarks: string[] = [];
  if (figures.samplePeakDb === Number.NEGATIVE_INFINITY) remarks.push('Silent from beginning to end.');
  else if (figures.loudness.integratedLufs === Number.NEGATIVE_INFINITY) {
    remarks.push(
      figures.seconds < 0.4
        ? 'Shorter than 0.4 s: it has no integrated loudness.'
        : 'Never louder than -70 LUFS: it has no integrated loudness.',
    );
  }
  if (figures.nonFinite > 0) remarks.push(`${figures.nonFinite} samples are no numbers, and were taken as silence.`);
  return remarks;
}
