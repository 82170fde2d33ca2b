import {type FurtherKnobName, furtherKnobNames} from '../control-names.ts';
import type {FoundControl} from './finding.ts';

/** The row of knobs that stands for a parameter: the one that layers change, or one that always stands for it. */
export type KnobRow = 'layer' | FurtherKnobName;

/** What further knobs are for without being told. */
const usual: Readonly<Record<string, FurtherKnobName>> = {
  'send1.levelDb': 'send1',
  'send2.levelDb': 'send2',
  'send3.levelDb': 'send3',
  'send4.levelDb': 'send4',
  trim: 'gain',
  'eq4.gainDb': 'eq-high',
  'eq2.gainDb': 'eq-mid',
  'eq1.gainDb': 'eq-low',
};

/**
 * The row of each parameter that knobs are for, besides the level: pan on the knobs that layers change, or without a pan the first that has no row of its
 * own; the others on further knobs. Parameters for which no row is left have none.
 */
export function knobRows(controls: readonly FoundControl[]): ReadonlyMap<string, KnobRow> {
  const wanted = [
    ...new Set(
      controls.flatMap(({target}) =>
        target.type === 'parameter' && target.parameter !== 'level' ? [target.parameter] : [],
      ),
    ),
  ];
  const own = (parameter: string): FurtherKnobName | undefined =>
    Object.hasOwn(usual, parameter) ? usual[parameter] : undefined;
  const onLayer = wanted.includes('pan') ? 'pan' : wanted.find((parameter) => own(parameter) === undefined);
  const taken = wanted.flatMap((parameter) => own(parameter) ?? []);
  const spare = furtherKnobNames.filter((name) => !taken.includes(name));
  return new Map(
    wanted.flatMap((parameter): readonly (readonly [string, KnobRow])[] => {
      const row = parameter === onLayer ? 'layer' : (own(parameter) ?? spare.shift());
      return row === undefined ? [] : [[parameter, row]];
    }),
  );
}
