import {type Mixer, masterId, type Strip} from '../model/mixer.ts';
import {type Parameter, parameterNames} from '../model/view.ts';
import {rangeOn} from './setting.ts';

/** The kinds of strip that have a family of parameters, named by the word before its number or dot. */
const owners: Readonly<Record<string, readonly (Strip['kind'] | 'master')[]>> = {
  level: ['stem', 'group', 'return', 'vca', 'master'],
  pan: ['stem', 'group', 'return'],
  trim: ['stem', 'group', 'return'],
  polarity: ['stem', 'group', 'return'],
  hp: ['stem', 'group', 'return', 'master'],
  lp: ['stem', 'group', 'return', 'master'],
  eq: ['stem', 'group', 'return', 'master'],
  gate: ['stem', 'group', 'return'],
  comp: ['stem', 'group', 'return', 'master'],
  sat: ['stem', 'group', 'return'],
  width: ['stem', 'group', 'return'],
  send: ['stem', 'group'],
  limiter: ['master'],
  effect: ['return'],
};

const ownersOf: ReadonlyMap<Parameter, readonly (Strip['kind'] | 'master')[]> = new Map(
  parameterNames.map((name) => [name, owners[/^[a-z]+/.exec(name)?.[0] ?? ''] ?? []]),
);

const sendNumbers: ReadonlyMap<Parameter, number> = new Map(
  parameterNames.flatMap((name) => {
    const number = /^send(\d)\./.exec(name)?.[1];
    return number === undefined ? [] : [[name, Number(number)] as const];
  }),
);

/** Whether a strip has a parameter: VCAs have a level only, sends need a return to feed, effects the number of parameters. */
export function hasParameter(mixer: Mixer, strip: Strip, parameter: Parameter): boolean {
  if (ownersOf.get(parameter)?.includes(strip.id === masterId ? 'master' : strip.kind) !== true) return false;
  if (sendNumbers.has(parameter)) return returnOf(mixer, parameter) !== undefined;
  return rangeOn(strip, parameter) !== undefined;
}

/** The return that a send feeds: the first … eighth strip of that kind. */
export function returnOf(mixer: Mixer, parameter: Parameter): Strip | undefined {
  const number = sendNumbers.get(parameter);
  if (number === undefined) return undefined;
  let count = 0;
  for (const strip of mixer.strips) {
    if (strip.kind !== 'return') continue;
    count += 1;
    if (count === number) return strip;
  }
  return undefined;
}
