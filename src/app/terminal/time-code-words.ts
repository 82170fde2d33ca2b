import type {TimeCodeStatus} from '../../model/time-code-status.ts';

/** What time code does, a phrase for each direction: `follows time code 01:00:04:12, locked, 2 ms late`. */
export function timeCodeWords(status: TimeCodeStatus | undefined): readonly string[] {
  if (status === undefined) return [];
  const {followed, led} = status;
  return [
    ...(followed === undefined ? [] : [`follows time code ${followedWords(followed)}`]),
    ...(led === undefined ? [] : [`${led.isSending ? 'sends' : 'would send'} time code ${led.code}`]),
  ];
}

function followedWords({code, state, offMs}: NonNullable<TimeCodeStatus['followed']>): string {
  const off = offMs === undefined ? '' : `, ${Math.abs(Math.round(offMs))} ms ${offMs < 0 ? 'late' : 'early'}`;
  return `${code === undefined ? '' : `${code}, `}${state}${off}`;
}
