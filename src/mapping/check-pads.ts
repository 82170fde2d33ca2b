import {nameHint} from '../model/near-name.ts';
import type {Problem} from '../model/problem.ts';
import {kindOf} from './control-names.ts';
import {problemAt} from './file-problems.ts';
import type {WholeSurfaceFile} from './inherit.ts';
import {padNumber, readPadTemplate} from './pad-template.ts';

/** Whether the pads of a plain surface have colours, numbers, and buttons. */
export function checkPads(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const {pads, strips} = file;
  if (!pads) return [];
  const {colour, keys, columns} = pads;
  const problems: Problem[] = [];
  const at = (place: readonly PropertyKey[], reason: string, hint?: string): number =>
    problems.push(problemAt(path, ['pads', ...place], reason, hint));
  const ways = (['palette', 'messages', 'offsets'] as const).filter((way) => colour[way] !== undefined);
  if (ways.length === 0) at(['colour'], 'has neither palette nor messages');
  const isPalette = colour.palette !== undefined;
  const filled = (colour.messages ?? []).some((text) => text.includes('{value}'));
  if (ways.length > 1 && !(isPalette && filled && colour.offsets === undefined)) {
    at(['colour'], `has ${ways.join(' and ')} at once`, 'messages take a palette only with {value} in them');
  } else if (filled && !isPalette) at(['colour', 'messages'], '{value} needs a palette');
  for (const [index, text] of (colour.messages ?? []).entries()) {
    const template = readPadTemplate(text);
    if (template.state === 'bad') at(['colour', 'messages', index], template.reason);
  }
  for (const way of ['palette', 'offsets'] as const) {
    for (const value of Object.keys(colour[way] ?? {})) {
      if (Number(value) > 127) at(['colour', way, value], 'values are 0 to 127');
    }
  }
  const buttons = Object.keys(file.controls ?? {}).filter((name) => kindOf(name) === 'button');
  for (const name of Object.keys(keys ?? {})) {
    if (!buttons.includes(name)) at(['keys', name], 'no button of this surface has this name', nameHint(name, buttons));
    if (file.lamps?.[name] !== undefined) at(['keys', name], 'has a lamp already, under lamps');
  }
  if (columns !== undefined) {
    if ((columns.cc === undefined) === (columns.note === undefined)) {
      at(['columns'], columns.cc === undefined ? 'has neither cc nor note' : 'has cc and note at once', '"note": 36');
    }
    const corners = [0, strips - 1].flatMap((strip) =>
      [0, columns.rows - 1].map((row) => padNumber(columns, strip, row)),
    );
    if (corners.some((number) => number < 0 || number > 127)) at(['columns'], 'pads have no number within 0…127');
  }
  return problems;
}
