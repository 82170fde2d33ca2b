import {readHexMessage} from '../hex-message.ts';
import {taskMeaning, uriMeaning} from './ardour-targets.ts';
import {meantAttributes} from './attribute-names.ts';
import type {Findings, ForeignAddress, FoundControl, ImportNote} from './finding.ts';
import {readNumber} from './number-word.ts';
import {childOf, elementWords, type XmlElement} from './xml-element.ts';

/** Attributes that say where a control lives; endless ones with their values of one step up and down. */
const places: Readonly<Record<string, {readonly up: number; readonly down: number} | ForeignAddress['message']>> = {
  ctl: 'cc',
  'ctl-toggle': 'cc',
  'ctl-dial': 'cc',
  note: 'note',
  pgm: 'program',
  pb: 'bend',
  nrpn: 'nrpn',
  rpn: 'rpn',
  'enc-r': {up: 0x41, down: 0x01},
  'enc-l': {up: 0x01, down: 0x41},
  'enc-2': {up: 0x01, down: 0x7f},
  'enc-b': {up: 0x41, down: 0x3f},
};
/** Messages that no control of ours can send. */
const foreign: Readonly<Record<string, string>> = {
  sysex: 'a system exclusive message is no control here',
  'rpn-delta': 'a parameter number that is counted up and down must be learned',
  'nrpn-delta': 'a parameter number that is counted up and down must be learned',
};
const known = [
  ...Object.keys(places),
  ...Object.keys(foreign),
  ...['msg', 'channel', 'uri', 'function', 'action', 'arg', 'argument', 'arguments', 'momentary', 'threshold'],
];

/** Reads a file of generic MIDI bindings (`.map`, root element `ArdourMIDIBindings`). */
export function readArdourMap(root: XmlElement): Findings {
  const controls: FoundControl[] = [];
  const notes: ImportNote[] = [];
  for (const element of root.children) {
    if (element.name.toLowerCase() === 'binding') {
      const read = readBinding(element);
      notes.push(...read.notes);
      if (read.control !== undefined) controls.push(read.control);
    } else if (element.name.toLowerCase() !== 'deviceinfo') {
      notes.push({...at(element), reason: 'is no binding', outcome: 'left out'});
    }
  }
  const info = childOf(root, 'DeviceInfo');
  const motor = /^(?:yes|true|1|on)$/i.test(info?.attributes.get('motorized')?.trim() ?? '');
  return {
    name: root.attributes.get('name') ?? '',
    maker: root.attributes.get('manufacturer') ?? '',
    motor,
    // The program sends back what a control is bound to, over the control's own message.
    echoes: true,
    controls,
    lamps: [],
    notes,
  };
}

interface ReadBinding {
  readonly control: FoundControl | undefined;
  readonly notes: readonly ImportNote[];
}

function readBinding(element: XmlElement): ReadBinding {
  const {values, misspelt} = meantAttributes(element, known);
  const notes: ImportNote[] = misspelt.map((reason) => ({...at(element), reason, outcome: 'changed'}));
  const leave = (reason: string): ReadBinding => ({
    control: undefined,
    notes: [...notes, {...at(element), reason, outcome: 'left out'}],
  });
  const change = (reason: string): number => notes.push({...at(element), reason, outcome: 'changed'});

  const [uri, task] = [values.get('uri'), values.get('function') ?? values.get('action')];
  if (uri === undefined && task === undefined) return leave('says where, and not what for');
  const argument = values.get('arg') ?? values.get('argument') ?? values.get('arguments');
  const meaning = uri === undefined ? taskMeaning(task ?? '', argument) : uriMeaning(uri);
  if (uri !== undefined && task !== undefined) change(`has two targets: only "${uri.slice(0, 40)}" is kept`);
  const located = locate(values);
  if (located.state === 'bad') return leave(located.reason);
  if (meaning.state === 'none') return leave(meaning.reason);
  for (const reason of located.changed) change(reason);
  if (meaning.changed !== undefined) change(meaning.changed);
  return {control: {...at(element), address: located.address, target: meaning.target}, notes};
}

type Located =
  | {readonly state: 'good'; readonly address: ForeignAddress; readonly changed: readonly string[]}
  | {readonly state: 'bad'; readonly reason: string};

function locate(values: ReadonlyMap<string, string>): Located {
  const message = values.get('msg');
  if (message !== undefined) return locateMessage(message);
  const place = Object.keys(places).find((name) => values.has(name));
  if (place === undefined) {
    const other = Object.keys(foreign).find((name) => values.has(name));
    return {state: 'bad', reason: foreign[other ?? ''] ?? 'does not say where the control lives'};
  }
  const number = readNumber(place, values.get(place), 0, place === 'nrpn' || place === 'rpn' ? 16_383 : 127);
  if (number.state === 'bad') return number;
  const changed: string[] = [];
  let channel = 1;
  if (values.get('channel') === undefined) changed.push('has no channel: taken for 1');
  else {
    const read = readNumber('channel', values.get('channel'), 0, 16);
    if (read.state === 'bad') return read;
    if (read.value === 0) changed.push('channel 0 is read as 1');
    channel = Math.max(1, read.value);
  }
  if (place === 'ctl-dial') changed.push('a dial that sends positions is a knob here');
  const kind = places[place];
  const turns = typeof kind === 'object' ? kind : undefined;
  const wire = typeof kind === 'string' ? kind : 'cc';
  const address = {message: wire, number: wire === 'bend' ? 0 : number.value, channel, turns} as const;
  return {state: 'good', address, changed};
}

/** A whole message, as `B0 3C 7F`: a key that sends this when pressed. */
function locateMessage(text: string): Located {
  const message = readHexMessage(text);
  if (message.state === 'bad') return {state: 'bad', reason: `msg "${text.slice(0, 40)}" is no message`};
  const [status = 0, number = 0] = message.bytes;
  const kind = status & 0xf0;
  if ((kind !== 0xb0 && kind !== 0x90) || message.bytes.length !== 3) {
    return {state: 'bad', reason: `msg "${text.slice(0, 40)}" is neither a controller nor a note`};
  }
  const address = {
    message: kind === 0x90 ? 'note' : 'cc',
    number,
    channel: (status & 0x0f) + 1,
    turns: undefined,
  } as const;
  return {state: 'good', address, changed: []};
}

function at(element: XmlElement): {readonly line: number; readonly element: string} {
  return {line: element.line, element: elementWords(element)};
}
