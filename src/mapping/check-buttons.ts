import type {Problem} from '../model/problem.ts';
import {globalButtonNames, moreButtonNames, stripButtonNames} from './control-names.ts';
import {problemAt} from './file-problems.ts';
import type {WholeSurfaceFile} from './inherit.ts';

/** The buttons that a protocol knows by name. */
interface ProtocolButtons {
  readonly protocol: string;
  readonly strip: readonly string[];
  readonly global: readonly string[];
}

const mackie: ProtocolButtons = {
  protocol: 'the Mackie Control protocol',
  strip: ['rec', 'solo', 'mute', 'select'],
  global: globalButtonNames,
};

/** Buttons of the HUI protocol that the Mackie Control protocol has, too. */
const sharedNames: readonly string[] = [
  ...['control', 'shift', 'undo', 'alt', 'option', 'save', 'marker', 'enter', 'group'],
  ...['channel-left', 'bank-left', 'channel-right', 'bank-right', 'outputs', 'inputs', 'assign-pan'],
  ...['cursor-down', 'cursor-left', 'cursor-right', 'cursor-up', 'scrub'],
  ...['rewind', 'forward', 'stop', 'play', 'record', 'cycle'],
  ...['trim', 'latch', 'read', 'write', 'touch'],
  ...['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8', 'user-a', 'user-b'],
];

/** The buttons of the HUI protocol. */
export const huiButtons: ProtocolButtons = {
  protocol: 'the HUI protocol',
  strip: stripButtonNames,
  global: [...sharedNames, ...moreButtonNames],
};

/** Whether every button of a surface is one that its protocol has. */
export function checkButtons(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const known = file.dialect === 'hui' ? huiButtons : mackie;
  return (['strip', 'global'] as const).flatMap((field) => {
    const names: readonly string[] = file.buttons?.[field] ?? [];
    return names.flatMap((name, index) =>
      known[field].includes(name)
        ? []
        : [problemAt(path, ['buttons', field, index], `${known.protocol} has no button "${name}"`)],
    );
  });
}
