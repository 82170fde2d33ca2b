import {isStripName} from './control-names.ts';

/** Controls whose names say little to somebody who looks at a panel; strip controls are meant all together. */
const words: Readonly<Record<string, string>> = {
  'fader.*': 'faders',
  'knob.*': 'knobs',
  'encoder.*': 'encoders',
  'wheel.*': 'encoders',
  'push.*': 'encoders, pushed',
  'send1.*': 'first send knobs',
  'send2.*': 'second send knobs',
  'send3.*': 'third send knobs',
  'fader.master': 'master fader',
  jog: 'jog wheel',
  'shuttle-ring': 'shuttle ring',
  'push-x': 'cap, pushed to the right and left',
  'push-y': 'cap, pushed forth and back',
  'push-z': 'cap, lifted and pressed',
  'twist-x': 'cap, tilted forth and back',
  'twist-y': 'cap, tilted to the sides',
  'twist-z': 'cap, twisted',
  dial: 'knob',
  'dial-push': 'knob, pushed',
  'pan-dial': 'pan knob',
  'user-a': 'foot switch A',
  'user-b': 'foot switch B',
};
const arrows: Readonly<Record<string, string>> = {left: '◄', right: '►', up: '▲', down: '▼'};

/** What a control is called for people: as the device's panel calls it if the mapping says so, else by its name, keys in capitals. */
export function sayControl(pattern: string, labels: Readonly<Record<string, string | undefined>>): string {
  const said = labels[pattern] ?? words[pattern];
  if (said !== undefined) return said;
  const parts = (isStripName(pattern) ? pattern.slice(0, -2) : pattern).split('-');
  return parts.map((part) => arrows[part] ?? part.toUpperCase()).join(' ');
}
