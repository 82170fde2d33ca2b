import {type Mixer, masterId, type Strip} from '../model/mixer.ts';
import type {Parameter} from '../model/view.ts';
import {rangeOn} from './setting.ts';

/** The kinds of strip that have a family of parameters, named by the word before its number or dot. */
const owners: Readonly<Record<string, readonly (Strip['kind'] | 'master')[]>> = {
  level: ['stem', 'group', 'return', 'vca', 'master'],
  pan: ['stem', 'group', 'return'],
  trim: ['stem', 'group', 'return'],
  polarity: ['stem', 'group', 'return'],
  hp: ['stem', 'group', 'return'],
  lp: ['stem', 'group', 'return'],
  eq: ['stem', 'group', 'return', 'master'],
  gate: ['stem', 'group', 'return'],
  comp: ['stem', 'group', 'return', 'master'],
  sat: ['stem', 'group', 'return'],
  width: ['stem', 'group', 'return'],
  send: ['stem', 'group'],
  limiter: ['master'],
  effect: ['return'],
};

/** Whether a strip has a parameter: VCAs have a level only, sends need a return to feed, effects the number of parameters. */
export function hasParameter(mixer: Mixer, strip: Strip, parameter: Parameter): boolean {
  const family = /^[a-z]+/.exec(parameter)?.[0] ?? '';
  if (owners[family]?.includes(strip.id === masterId ? 'master' : strip.kind) !== true) return false;
  if (family === 'send') return returnOf(mixer, parameter) !== undefined;
  return rangeOn(strip, parameter) !== undefined;
}

/** The return that a send feeds: the first … eighth strip of that kind. */
export function returnOf(mixer: Mixer, parameter: Parameter): Strip | undefined {
  const number = Number(/^send(\d)\./.exec(parameter)?.[1]);
  let count = 0;
  for (const strip of mixer.strips) {
    if (strip.kind !== 'return') continue;
    count += 1;
    if (count === number) return strip;
  }
  return undefined;
}
