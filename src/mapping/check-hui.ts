import type {Problem} from '../model/problem.ts';
import {checkButtons} from './check-buttons.ts';
import {problemAt} from './file-problems.ts';
import type {WholeSurfaceFile} from './inherit.ts';

const mostStrips = 8;
/** Characters of a small display, and digits of the time display. */
const cells = 4;
const digits = 8;

/** Whether a surface asks for no more than the HUI protocol has. */
export function checkHui(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const problems: Problem[] = [];
  const has = (is: boolean, place: readonly PropertyKey[], reason: string, hint: string): void => {
    if (is) problems.push(problemAt(path, place, reason, hint));
  };
  has(file.strips > mostStrips, ['strips'], 'a HUI has at most 8 strips', 'further ones are units of their own');
  has(
    file.handshake?.kind !== undefined && file.handshake.kind !== 'ping',
    ['handshake', 'kind'],
    'a HUI is asked every second whether it is there, and answers',
    'leave this out',
  );
  has((file.display?.cells ?? cells) > cells, ['display', 'cells'], 'a HUI shows 4 characters a strip', 'write 4');
  has(
    (file.display?.colours ?? 'none') !== 'none',
    ['display', 'colours'],
    'the HUI protocol has no colours',
    'leave this out',
  );
  has((file.digits?.time ?? 0) > digits, ['digits', 'time'], 'a HUI has at most 8 digits', 'write 8');
  has(file.meters?.master === true, ['meters', 'master'], 'a HUI has no meters for the mix bus', 'leave this out');
  for (const field of ['controls', 'lamps', 'pads'] as const) {
    const given = file[field] !== undefined && file[field] !== null;
    has(given, [field], 'the hui dialect knows its controls by name', 'list them under buttons');
  }
  return [...problems, ...checkButtons(path, file)];
}
