import {isStripName} from '../../mapping/control-names.ts';
import type {Finding} from './finding.ts';

/** What was found, and what was changed in it, a sentence each. */
export interface AlignedRows {
  readonly found: ReadonlyMap<string, Finding>;
  readonly notes: readonly string[];
}

/** Faders and knobs with the way round that most of their row have: a row is wired one way, and a hand may have begun at the wrong end. */
export function alignedRows(found: ReadonlyMap<string, Finding>): AlignedRows {
  const ways = new Map<string, boolean[]>();
  for (const [control, finding] of found) {
    const reverse = reverseOf(finding);
    if (reverse !== undefined) ways.set(rowOf(control), [...(ways.get(rowOf(control)) ?? []), reverse]);
  }
  const notes: string[] = [];
  const aligned = [...found].map(([control, finding]): readonly [string, Finding] => {
    const row = ways.get(rowOf(control)) ?? [];
    const isReversed = row.filter((reverse) => reverse).length * 2 > row.length;
    const reverse = reverseOf(finding);
    if (reverse === undefined || reverse === isReversed) return [control, finding];
    notes.push(`${control} went the other way round than the others of its row, and is written as they are.`);
    return [control, turnedRound(finding, isReversed)];
  });
  return {found: new Map(aligned), notes};
}

function rowOf(control: string): string {
  return isStripName(control) ? control.replace(/\.\d+$/, '') : control;
}

/** Whether the values of a travel fall as it goes up; undefined for what has none. */
function reverseOf(finding: Finding): boolean | undefined {
  if (finding.type === 'travel') return finding.reverse;
  return finding.type === 'field' && finding.place.field.type === 'position' ? finding.place.field.reverse : undefined;
}

function turnedRound(finding: Finding, reverse: boolean): Finding {
  if (finding.type === 'travel') return {...finding, reverse};
  if (finding.type !== 'field') return finding;
  const {place} = finding;
  const {field} = place;
  if (field.type !== 'position') return finding;
  return {...finding, place: {...place, field: {...field, reverse}}};
}
