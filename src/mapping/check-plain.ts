import {nameHint} from '../model/near-name.ts';
import type {Problem} from '../model/problem.ts';
import {checkAddresses} from './check-addresses.ts';
import {checkPads} from './check-pads.ts';
import {kindOf} from './control-names.ts';
import {problemAt} from './file-problems.ts';
import type {WholeSurfaceFile} from './inherit.ts';
import {readTextTemplate} from './text-template.ts';

/** Whether what a plain surface says of itself agrees: no fields of other dialects, an address for all, and outputs only where there is a control. */
export function checkPlain(path: string, file: WholeSurfaceFile): readonly Problem[] {
  return [
    ...checkForeign(path, file),
    ...checkFaders(path, file),
    ...checkAddresses(path, file, 'controls'),
    ...checkAddresses(path, file, 'lamps'),
    ...checkAddresses(path, file, 'keys'),
    ...checkAddresses(path, file, 'motors'),
    ...checkAddresses(path, file, 'touches'),
    ...checkAddresses(path, file, 'rings'),
    ...checkAddresses(path, file, 'styles'),
    ...checkAddresses(path, file, 'meters'),
    ...checkPads(path, file),
    ...checkOwners(path, file),
    ...checkShown(path, file),
  ];
}

function checkForeign(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const problems: Problem[] = [];
  const foreign = ['encoders', 'jog', 'buttons', 'lights', 'digits'] as const;
  for (const field of foreign) {
    if (file[field] !== undefined && file[field] !== null && file[field] !== false) {
      problems.push(
        problemAt(
          path,
          [field],
          'belongs to the mackie dialect',
          'the plain dialect lists everything under controls and lamps',
        ),
      );
    }
  }
  if (Object.keys(file.controls ?? {}).length === 0)
    problems.push(problemAt(path, ['controls'], 'a plain surface lists its controls here'));
  return problems;
}

function checkFaders(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const problems: Problem[] = [];
  const faders = Object.keys(file.controls ?? {}).filter((name) => kindOf(name) === 'fader');
  const untold = faders.filter((name) => file.touches?.[name] === undefined);
  if (file.faders.touch === 'sensed' && untold.length > 0) {
    problems.push(
      problemAt(path, ['faders', 'touch'], `touches does not say where ${untold[0]} is felt`, 'write "inferred"'),
    );
  }
  if (file.faders.touch !== 'sensed' && Object.keys(file.touches ?? {}).length > 0) {
    problems.push(problemAt(path, ['touches'], 'faders.touch is not sensed', '"touch": "sensed"'));
  }
  const hasMaster = file.controls?.['fader.master'] !== undefined;
  if ((file.faders.master === true) !== hasMaster) {
    problems.push(
      problemAt(
        path,
        ['faders', 'master'],
        hasMaster ? 'is not true, yet controls has "fader.master"' : 'is true, yet controls has no "fader.master"',
      ),
    );
  }
  return problems;
}

/** Whether lamps, motors and touches belong to controls that are there, of a kind that has them. */
function checkOwners(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const controls = Object.keys(file.controls ?? {});
  const owners = [
    {field: 'lamps', kinds: ['button'], what: 'button'},
    {field: 'motors', kinds: ['fader', 'knob'], what: 'fader or knob'},
    {field: 'touches', kinds: ['fader'], what: 'fader'},
  ] as const;
  return owners.flatMap(({field, kinds, what}) => {
    const known = controls.filter((name) => kinds.some((kind) => kind === kindOf(name)));
    return Object.keys(file[field] ?? {})
      .filter((name) => !known.includes(name))
      .map((name) => problemAt(path, [field, name], `no ${what} of this surface has this name`, nameHint(name, known)));
  });
}

/** Whether rings, meters and displays say what they need. */
function checkShown(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const problems: Problem[] = [];
  const {meters, display, rings} = file;
  if (Object.keys(rings ?? {}).length > 1)
    problems.push(problemAt(path, ['rings'], 'a strip has one ring', 'leave one of them out'));
  if (meters && meters.at === undefined)
    problems.push(problemAt(path, ['meters'], 'does not say where they live', '"at": {"cc": 90}'));
  const steps = meters?.steps ?? 12;
  if (meters?.values !== undefined && meters.values.length !== steps + 1) {
    problems.push(
      problemAt(path, ['meters', 'values'], `lists ${meters.values.length} values for dark and ${steps} steps`),
    );
  }
  for (const field of ['overload', 'master'] as const) {
    if (meters?.[field] === true) problems.push(problemAt(path, ['meters', field], 'belongs to other dialects'));
  }
  if (display && display.messages === undefined)
    problems.push(
      problemAt(path, ['display'], 'does not say by which messages texts get there', 'list them under messages'),
    );
  if (display?.colours !== undefined && display.colours !== 'none')
    problems.push(problemAt(path, ['display', 'colours'], 'belongs to other dialects'));
  for (const [index, text] of (display?.messages ?? []).entries()) {
    const template = readTextTemplate(text);
    if (template.state === 'bad') problems.push(problemAt(path, ['display', 'messages', index], template.reason));
  }
  return problems;
}
