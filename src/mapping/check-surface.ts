import type {Problem} from '../model/problem.ts';
import {checkAddresses} from './check-addresses.ts';
import {checkPads} from './check-pads.ts';
import {kindOf} from './control-names.ts';
import {problemAt} from './file-problems.ts';
import {readHexMessage} from './hex-message.ts';
import type {WholeSurfaceFile} from './inherit.ts';
import {nameHint} from './nearest.ts';

/** What a schema cannot see: whether the values of a whole surface file agree with each other. */
export function checkSurface(path: string, file: WholeSurfaceFile): readonly Problem[] {
  return [
    ...checkPorts(path, file),
    ...checkScale(path, file),
    ...checkMessages(path, file),
    ...checkUnit(path, file),
    ...(file.dialect === 'plain' ? checkPlain(path, file) : checkMackie(path, file)),
  ];
}

function checkPorts(path: string, file: WholeSurfaceFile): readonly Problem[] {
  return file.ports.flatMap((pattern, index) => {
    try {
      if (!new RegExp(pattern, 'i').test('')) return [];
      return [
        problemAt(path, ['ports', index], 'matches every port', 'write down a part of the name that must be there'),
      ];
    } catch {
      return [
        problemAt(
          path,
          ['ports', index],
          'is not a regular expression',
          'put a backslash before ( ) [ ] + * ? . that mean themselves',
        ),
      ];
    }
  });
}

function checkScale(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const marks = file.faders.scale;
  if (marks === undefined) return [];
  const at = (index: number): readonly PropertyKey[] => ['faders', 'scale', index];
  return marks.flatMap(([position, level], index) => {
    const before = marks[index - 1];
    if (before === undefined) {
      return position === 0 && level === null
        ? []
        : [problemAt(path, at(index), 'the first mark is silence at the bottom', 'write [0, null]')];
    }
    if (level === null) return [problemAt(path, at(index), 'only the first mark may be null')];
    if (position <= before[0])
      return [problemAt(path, at(index), `position ${position} is not above the mark before it`)];
    if (level <= (before[1] ?? -90)) return [problemAt(path, at(index), `${level} dB is not above the mark before it`)];
    return index === marks.length - 1 && position !== 1
      ? [problemAt(path, at(index), 'the last mark stands at position 1')]
      : [];
  });
}

function checkMessages(path: string, file: WholeSurfaceFile): readonly Problem[] {
  return (['greeting', 'farewell'] as const).flatMap((field) =>
    (file[field] ?? []).flatMap((text, index) => {
      const message = readHexMessage(text);
      return message.state === 'good' ? [] : [problemAt(path, [field, index], message.reason)];
    }),
  );
}

function checkUnit(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const problems: Problem[] = [];
  if (file.unit === 'extender') {
    const extra = [
      ...(file.faders.master === true ? [['faders', 'master']] : []),
      ...(file.jog === true ? [['jog']] : []),
      ...((file.buttons?.global ?? []).length > 0 ? [['buttons', 'global']] : []),
      ...(file.meters?.master === true ? [['meters', 'master']] : []),
      ...(file.digits ? [['digits']] : []),
    ];
    problems.push(
      ...extra.map((place) =>
        problemAt(path, place, 'an extender only adds strips', 'write "unit": "main", or leave this out'),
      ),
    );
  }
  if (file.faders.echo === true && file.faders.motor !== true) {
    problems.push(problemAt(path, ['faders', 'echo'], 'only faders with a motor can be sent their moves back'));
  }
  for (const field of ['strip', 'global'] as const) {
    const names: readonly string[] = file.buttons?.[field] ?? [];
    problems.push(
      ...names.flatMap((name, index) =>
        names.indexOf(name) < index ? [problemAt(path, ['buttons', field, index], `"${name}" stands here twice`)] : [],
      ),
    );
  }
  return problems;
}

function checkMackie(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const problems: Problem[] = [];
  if (file.strips > 8)
    problems.push(
      problemAt(path, ['strips'], 'a Mackie unit has at most 8 strips', 'further ones are units of their own'),
    );
  for (const field of ['controls', 'lamps', 'pads'] as const) {
    if (file[field] !== undefined && file[field] !== null) {
      problems.push(
        problemAt(
          path,
          [field],
          'the mackie dialect knows its controls by name',
          'list them under buttons, or write "dialect": "plain"',
        ),
      );
    }
  }
  return problems;
}

function checkPlain(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const problems: Problem[] = [];
  for (const field of ['encoders', 'jog', 'buttons', 'lights', 'display', 'digits', 'meters'] as const) {
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
  if (file.faders.touch === 'sensed') {
    problems.push(problemAt(path, ['faders', 'touch'], 'the plain dialect has no touch messages', 'write "inferred"'));
  }
  if (Object.keys(file.controls ?? {}).length === 0)
    problems.push(problemAt(path, ['controls'], 'a plain surface lists its controls here'));
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
  problems.push(...checkAddresses(path, file, 'controls'), ...checkAddresses(path, file, 'lamps'));
  problems.push(...checkAddresses(path, file, 'keys'), ...checkPads(path, file));
  for (const pattern of Object.keys(file.lamps ?? {})) {
    const buttons = Object.keys(file.controls ?? {}).filter((name) => kindOf(name) === 'button');
    if (!buttons.includes(pattern)) {
      problems.push(
        problemAt(path, ['lamps', pattern], 'no button of this surface has this name', nameHint(pattern, buttons)),
      );
    }
  }
  return problems;
}
