import type {Findings, ForeignAddress, FoundControl, FoundLamp, ImportNote} from './finding.ts';
import {deckMeaning} from './mixxx-targets.ts';
import {readNumber} from './number-word.ts';
import {childOf, elementWords, type XmlElement} from './xml-element.ts';

/** Options that make a control endless, with the values of one step clockwise and one step back. */
const turning: Readonly<Record<string, {readonly up: number; readonly down: number}>> = {
  diff: {up: 0x01, down: 0x7f},
  selectknob: {up: 0x01, down: 0x7f},
  hercjog: {up: 0x01, down: 0x7f},
  hercjogfast: {up: 0x01, down: 0x7f},
  rot64: {up: 0x41, down: 0x3f},
  rot64fast: {up: 0x41, down: 0x3f},
  spread64: {up: 0x41, down: 0x3f},
  rot64inv: {up: 0x3f, down: 0x41},
};
/** Options that change nothing here: keys press, and every knob picks up. */
const usual = ['normal', 'button', 'switch', 'soft-takeover'];

/** Reads the controls and lamps of a preset for a deck mixer (`.midi.xml`, root element `MixxxControllerPreset` or `MixxxMIDIPreset`). */
export function readMixxxPreset(root: XmlElement): Findings {
  const controls: FoundControl[] = [];
  const lamps: FoundLamp[] = [];
  const notes: ImportNote[] = [];
  const info = childOf(root, 'info');
  for (const controller of root.children.filter(({name}) => name.toLowerCase() === 'controller')) {
    for (const script of rowsOf(controller, 'scriptfiles')) {
      const reason = 'a script is a program and is not read: what it does is left out';
      notes.push({line: script.line, element: elementWords(script), reason, outcome: 'left out'});
    }
    const elements = rowsOf(controller, 'controls');
    const partners = new Set(elements.flatMap(partnersIn));
    for (const element of elements) readControl(element, partners, controls, notes);
    for (const element of rowsOf(controller, 'outputs')) readLamp(element, lamps, notes);
  }
  const id = root.children.find(({name}) => name.toLowerCase() === 'controller')?.attributes.get('id');
  return {
    name: (info && childOf(info, 'name')?.text) || id || '',
    maker: '',
    motor: false,
    echoes: false,
    controls,
    lamps,
    notes,
  };
}

function rowsOf(controller: XmlElement, name: string): readonly XmlElement[] {
  return controller.children.filter((child) => child.name.toLowerCase() === name).flatMap(({children}) => children);
}

/** `partners`: what the rows of the file are for those that are heard with another one. */
function readControl(
  element: XmlElement,
  partners: ReadonlySet<string>,
  controls: FoundControl[],
  notes: ImportNote[],
): void {
  const at = placeOf(element);
  const note = (reason: string, outcome: ImportNote['outcome'] = 'left out'): number =>
    notes.push({...at, reason, outcome});
  const options = optionsOf(element);
  if (options.includes('script-binding')) {
    const name = (childOf(element, 'key')?.text ?? '').slice(0, 60);
    return void note(`the script function "${name}" does this, and scripts are not read`);
  }
  const located = locate(element);
  if (located.state === 'bad') return void note(located.reason);
  const half = halfOf(options);
  const otherHalf = half === 'coarse' ? 'fine' : 'coarse';
  const other = {...located, number: located.number + (half === 'coarse' ? fineOffset : -fineOffset)};
  // Only the lower controllers have a fine one that belongs to them.
  const isPaired =
    located.message === 'cc' &&
    Math.min(located.number, other.number) < fineOffset &&
    partners.has(`${otherHalf} ${placeWords(other)} ${purposeOf(element)}`);
  if (half === 'fine') {
    // It is heard with the coarse half.
    if (isPaired) return;
    if (partners.has(`coarse ${purposeOf(element)}`))
      return void note('the fine half of a control of 14 bits: seven bits are heard', 'changed');
    return void note('only the fine half of a control of 14 bits is bound');
  }
  const meaning = deckMeaning(childOf(element, 'group')?.text ?? '', childOf(element, 'key')?.text ?? '');
  if (meaning.state === 'none') return void note(meaning.reason);
  if (located.isRelease) {
    // The release of a key has a message of its own, and is heard with its press.
    if (partners.has(`press ${placeWords(located)} ${purposeOf(element)}`)) return;
    return void note('only the release of a key is bound to this: here its press does it');
  }
  for (const option of options) {
    if (option === 'invert') note('turned round: this must be done on the device', 'changed');
    else if (option === 'fourteen-bit-msb') {
      if (!isPaired) note('has 14 bits: the upper seven are heard', 'changed');
    } else if (!usual.includes(option) && !Object.hasOwn(turning, option))
      note(`the option "${option.slice(0, 40)}" is not known`, 'changed');
  }
  const endless = options.find((option) => Object.hasOwn(turning, option));
  const turns = located.message === 'cc' && endless !== undefined ? turning[endless] : undefined;
  const {number, channel} = located;
  const message = half === 'coarse' && isPaired ? 'cc14' : located.message;
  const address: ForeignAddress = {message, number, channel, turns};
  controls.push({...at, address, target: meaning.target});
}

/** The fine one of two controllers that are one of 14 bits is so much above the coarse one. */
const fineOffset = 32;

/** What a row is for another one of the same purpose: a half of 14 bits with the place where it lives, or the press of a key. */
function partnersIn(element: XmlElement): readonly string[] {
  const options = optionsOf(element);
  const located = locate(element);
  if (options.includes('script-binding') || located.state === 'bad' || located.isRelease) return [];
  const [place, purpose] = [placeWords(located), purposeOf(element)];
  const half = halfOf(options);
  if (half !== undefined) return [`${half} ${place} ${purpose}`, `${half} ${purpose}`];
  return located.message === 'note' ? [`press ${place} ${purpose}`] : [];
}

/** Which half of a control of 14 bits a row is, if it is one. */
function halfOf(options: readonly string[]): 'coarse' | 'fine' | undefined {
  if (options.includes('fourteen-bit-msb')) return 'coarse';
  return options.includes('fourteen-bit-lsb') ? 'fine' : undefined;
}

function optionsOf(element: XmlElement): readonly string[] {
  return (childOf(element, 'options')?.children ?? []).map(({name}) => name.toLowerCase());
}

/** What a row does, and to what. */
function purposeOf(element: XmlElement): string {
  return JSON.stringify(['group', 'key'].map((name) => childOf(element, name)?.text.toLowerCase() ?? ''));
}

function placeWords({message, number, channel}: Pick<ForeignAddress, 'message' | 'number' | 'channel'>): string {
  return `${message} ${number} ${channel}`;
}

function readLamp(element: XmlElement, lamps: FoundLamp[], notes: ImportNote[]): void {
  const at = placeOf(element);
  const note = (reason: string): number => notes.push({...at, reason, outcome: 'left out'});
  const located = locate(element);
  if (located.state === 'bad') return void note(located.reason);
  const meaning = deckMeaning(childOf(element, 'group')?.text ?? '', childOf(element, 'key')?.text ?? '');
  if (meaning.state === 'none') return void note(meaning.reason);
  const on = readNumber('on', childOf(element, 'on')?.text ?? '0x7F', 0, 127);
  const off = readNumber('off', childOf(element, 'off')?.text ?? '0x00', 0, 127);
  if (on.state === 'bad') return void note(on.reason);
  if (off.state === 'bad') return void note(off.reason);
  const {message, number, channel} = located;
  if (message === 'bend') return void note('a lamp is lit by a controller or a note');
  lamps.push({...at, target: meaning.target, message, number, channel, on: on.value, off: off.value});
}

type Located =
  | {
      readonly state: 'good';
      readonly message: 'cc' | 'note' | 'bend';
      readonly number: number;
      readonly channel: number;
      readonly isRelease: boolean;
    }
  | {readonly state: 'bad'; readonly reason: string};

function locate(element: XmlElement): Located {
  const status = readNumber('status', childOf(element, 'status')?.text, 0x80, 0xff);
  if (status.state === 'bad') return status;
  const kind = status.value & 0xf0;
  const channel = (status.value & 0x0f) + 1;
  if (kind === 0xe0) return {state: 'good', message: 'bend', number: 0, channel, isRelease: false};
  if (kind !== 0xb0 && kind !== 0x90 && kind !== 0x80)
    return {state: 'bad', reason: 'is neither a controller nor a note'};
  const number = readNumber('midino', childOf(element, 'midino')?.text, 0, 127);
  if (number.state === 'bad') return number;
  const message = kind === 0xb0 ? 'cc' : 'note';
  return {state: 'good', message, number: number.value, channel, isRelease: kind === 0x80};
}

/** What the element says of itself, which is in its children. */
function placeOf(element: XmlElement): {readonly line: number; readonly element: string} {
  const parts = ['group', 'key', 'status', 'midino'].map((name) => childOf(element, name)?.text ?? '');
  return {line: element.line, element: `<${element.name.slice(0, 20)}> ${parts.join(' ').slice(0, 100)}`.trim()};
}
