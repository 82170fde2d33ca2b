import type {Problem} from '../model/problem.ts';
import type {Address} from '../model/surface.ts';
import {controlPatterns, isStripName, kindOf} from './control-names.ts';
import {problemAt} from './file-problems.ts';
import type {WholeSurfaceFile} from './inherit.ts';
import {addressOf, collide, standsOn} from './wire-address.ts';

/** Whether every control (or lamp) of a plain surface lives at one good address of its own. */
export function checkAddresses(
  path: string,
  file: WholeSurfaceFile,
  field: 'controls' | 'lamps' | 'keys',
): readonly Problem[] {
  const problems: Problem[] = [];
  const taken: {readonly name: string; readonly address: Address}[] = [];
  for (const pattern of controlPatterns) {
    const given = (field === 'keys' ? file.pads?.keys : file[field])?.[pattern];
    if (given === undefined) continue;
    const place = [...(field === 'keys' ? ['pads'] : []), field, pattern];
    if ((given.cc === undefined) === (given.note === undefined)) {
      const both = given.cc !== undefined;
      problems.push(problemAt(path, place, both ? 'has cc and note at once' : 'has neither cc nor note', '"cc": 7'));
      continue;
    }
    const count = isStripName(pattern) ? file.strips : 1;
    for (const list of [given.cc, given.note, given.channel]) {
      if (Array.isArray(list) && list.length !== count) {
        problems.push(
          problemAt(path, place, `lists ${list.length} numbers for ${count} ${count === 1 ? 'control' : 'strips'}`),
        );
      }
    }
    for (let strip = 0; strip < count; strip++) {
      if (isStripName(pattern) && !standsOn(given, strip)) continue;
      const name = isStripName(pattern) ? `${pattern.slice(0, -1)}${strip + 1}` : pattern;
      const address = addressOf(given, kindOf(pattern), isStripName(pattern) ? strip : undefined);
      if (address === undefined) {
        problems.push(problemAt(path, place, `${name} has no number within 0…127`));
        break;
      }
      const other = taken.find((earlier) => collide(earlier.address, address));
      if (other !== undefined) {
        problems.push(
          problemAt(path, place, `${name} has the same ${address.message} ${address.number} as ${other.name}`),
        );
        break;
      }
      taken.push({name, address});
    }
  }
  return problems;
}
