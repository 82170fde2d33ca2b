import type {Problem} from '../model/problem.ts';
import {checkButtons} from './check-buttons.ts';
import {checkHui} from './check-hui.ts';
import {checkPlain} from './check-plain.ts';
import {checkReports} from './check-reports.ts';
import {problemAt} from './file-problems.ts';
import {readHexMessage} from './hex-message.ts';
import type {WholeSurfaceFile} from './inherit.ts';

/** What a schema cannot see: whether the values of a whole surface file agree with each other. */
export function checkSurface(path: string, file: WholeSurfaceFile): readonly Problem[] {
  return [
    ...checkPorts(path, file),
    ...checkScale(path, file),
    ...checkMessages(path, file),
    ...checkUnit(path, file),
    ...checkBus(path, file),
    ...dialectChecks[file.dialect](path, file),
  ];
}

const dialectChecks: Readonly<
  Record<WholeSurfaceFile['dialect'], (path: string, file: WholeSurfaceFile) => readonly Problem[]>
> = {mackie: checkMackie, hui: checkHui, plain: checkPlain, reports: checkReports, 'image-keys': checkReports};

/** What is on HID has its own dialects, and these are nothing without it. */
function checkBus(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const onHid = file.dialect === 'reports' || file.dialect === 'image-keys';
  if (onHid && file.hid === undefined) return [problemAt(path, ['hid'], 'missing: the USB devices that it is')];
  if (onHid && file.ports.length > 0) return [problemAt(path, ['ports'], 'are for MIDI', 'leave them out')];
  if (onHid) return [];
  const fields = (['hid', 'reports'] as const).filter((field) => file[field] !== undefined);
  return [
    ...fields.map((field) => problemAt(path, [field], 'belongs to HID', 'write "dialect": "reports" or "image-keys"')),
    ...(file.strips === 0 ? [problemAt(path, ['strips'], 'a surface on MIDI has strips')] : []),
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
  const written = [
    ...(['greeting', 'farewell'] as const).flatMap((field) =>
      (file[field] ?? []).map((text, index) => ({text, place: [field, index]})),
    ),
    ...(file.keepAlive ? [{text: file.keepAlive.message, place: ['keepAlive', 'message']}] : []),
  ];
  return written.flatMap(({text, place}) => {
    const message = readHexMessage(text);
    return message.state === 'good' ? [] : [problemAt(path, place, message.reason)];
  });
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
  for (const field of ['controls', 'lamps', 'pads', 'motors', 'touches', 'rings', 'ownLamps'] as const) {
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
  const {main, kind} = {main: file.display?.main, kind: file.handshake?.kind};
  if (main === true) problems.push(problemAt(path, ['display', 'main'], 'only a HUI has such a display'));
  if (kind === 'ping')
    problems.push(problemAt(path, ['handshake', 'kind'], 'only a HUI answers a ping', 'write "answer"'));
  return [...problems, ...checkButtons(path, file)];
}
