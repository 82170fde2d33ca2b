import {plainText} from '../../model/problem.ts';
import {globalButtonNames} from '../control-names.ts';
import type {SurfaceFile} from '../surface-schema.ts';
import type {ImportNote} from './finding.ts';
import {mackieKey, mackieStripKey} from './mackie-buttons.ts';
import {readNumber} from './number-word.ts';
import {portPatterns} from './port-pattern.ts';
import {childOf, elementWords, type XmlElement} from './xml-element.ts';

/** What came out of a device file. */
export interface ImportedDevice {
  readonly surface: SurfaceFile | undefined;
  readonly notes: readonly ImportNote[];
  /** Fields that were carried over, each key counted for itself. */
  readonly carried: number;
}

const fields = [
  ...['Name', 'Manufacturer', 'DeviceType', 'Strips', 'MasterFader', 'TimecodeDisplay', 'TwoCharacterDisplay'],
  ...[
    'Extenders',
    'MasterPosition',
    'GlobalControls',
    'JogWheel',
    'TouchSenseFaders',
    'HasMeters',
    'HasSeparateMeters',
  ],
  ...['NoHandShake', 'LogicControlButtons', 'Buttons', 'UsesIPMIDI'],
];
/** First note of each key that stands on strips (Mackie Control protocol). */
const stripNotes = {rec: 0x00, solo: 0x08, mute: 0x10, select: 0x18, push: 0x20} as const;
/** Note of the first key that is there once; the others follow in the order of their names. */
const firstGlobalNote = 0x28;

/** Reads a file that describes a Mackie Control device (`.device`, root element `MackieProtocolDevice`). */
export function readMackieDevice(root: XmlElement, origin: string): ImportedDevice {
  const notes: ImportNote[] = [];
  const note = (element: XmlElement, reason: string, outcome: ImportNote['outcome']): number =>
    notes.push({line: element.line, element: elementWords(element), reason, outcome});
  const value = (name: string): string | undefined => childOf(root, name)?.attributes.get('value')?.trim();
  const says = (name: string, otherwise: boolean): boolean => {
    const written = value(name);
    return written === undefined || written === '' ? otherwise : /^(?:yes|true|1|y|on)$/i.test(written);
  };

  if (root.children.length === 0) {
    note(root, 'says nothing of the device', 'left out');
    return {surface: undefined, notes, carried: 0};
  }
  const type = (value('DeviceType') ?? 'MCU').toUpperCase();
  const typeElement = childOf(root, 'DeviceType') ?? root;
  if (type === 'HUI') {
    note(
      typeElement,
      'a HUI device has a surface file of its own: copy a HUI one and put the name under ports',
      'left out',
    );
    return {surface: undefined, notes, carried: 0};
  }
  if (!['MCU', 'MCXT', 'LC', 'LCXT'].includes(type))
    note(typeElement, 'is no known type of device; taken for MCU', 'changed');
  const isExtender = type.endsWith('XT');
  const strips = readStrips(root, note);
  const hasKeys = !isExtender && says('GlobalControls', false);
  const hasTime = !isExtender && says('TimecodeDisplay', false);
  const hasMeters = says('HasSeparateMeters', says('HasMeters', true));
  const kind = says('NoHandShake', false) ? 'none' : type.startsWith('LC') ? 'challenge' : 'answer';
  tellRest(root, note, says);
  const name = plainText(value('Name') ?? '').slice(0, 60) || 'Imported surface';
  const surface: SurfaceFile = {
    $schema: '../surface.schema.json',
    extends: isExtender ? 'mackie-extender' : 'mackie-control',
    name,
    maker: plainText(value('Manufacturer') ?? '').slice(0, 60) || 'Imported',
    ports: [...portPatterns(name)],
    unit: isExtender ? 'extender' : 'main',
    strips,
    handshake: {kind},
    faders: {
      master: !isExtender && says('MasterFader', true),
      touch: says('TouchSenseFaders', false) ? 'sensed' : 'inferred',
    },
    ...(isExtender
      ? {}
      : {
          jog: says('JogWheel', false),
          ...(hasKeys ? {} : {buttons: {global: []}}),
          digits:
            hasTime || says('TwoCharacterDisplay', true)
              ? {time: hasTime ? 10 : 0, assignment: says('TwoCharacterDisplay', true) ? 2 : 0}
              : null,
        }),
    ...(hasMeters ? {} : {meters: null}),
    notes: [`Imported from ${origin}.`],
    tested: 'Imported from a file of another program; not tried here.',
  };
  const parts = root.children.flatMap((element) => (isNamed(element, 'Buttons') ? element.children : [element]));
  const carried = parts.length - notes.filter(({outcome}) => outcome === 'left out').length;
  // Without a single field of the file it would be a device with the usual values, and not this one.
  return {surface: carried === 0 ? undefined : surface, notes, carried};
}

type Note = (element: XmlElement, reason: string, outcome: ImportNote['outcome']) => number;

function readStrips(root: XmlElement, note: Note): number {
  const element = childOf(root, 'Strips');
  const read = readNumber('Strips', element?.attributes.get('value'), 1, 8);
  if (read.state === 'good') return read.value;
  note(element ?? root, `${read.reason}: taken for 8`, 'changed');
  return 8;
}

/** What has no place in a file of ours, one note each. */
function tellRest(root: XmlElement, note: Note, says: (name: string, otherwise: boolean) => boolean): void {
  for (const element of root.children) {
    const {name, attributes} = element;
    const known = fields.find((field) => isNamed(element, field));
    const first = childOf(root, name);
    const value = attributes.get('value')?.trim() ?? '';
    // Some devices have ways of their own; what they do not have is none.
    if (known === 'Buttons') for (const button of element.children) tellButton(button, note);
    else if (known !== undefined && first !== undefined && first !== element) {
      note(element, `stands in line ${first.line} already, and is read there`, 'left out');
    } else if (known === undefined) {
      if (!/^(?:no|false|0)$/i.test(value)) note(element, 'is not known here', 'left out');
    } else if (known === 'Extenders' && !/^0*$/.test(value)) {
      note(element, 'extenders are surfaces of their own here, and found when they are plugged in', 'left out');
    } else if (known === 'MasterPosition' && !/^[01]?$/.test(value)) {
      note(element, 'units are put in order by their names and places here', 'left out');
    } else if (known === 'UsesIPMIDI' && says(known, false))
      note(element, 'MIDI over the network is not heard here', 'left out');
  }
}

function isNamed({name}: XmlElement, field: string): boolean {
  return name.toLowerCase() === field.toLowerCase();
}

/** Keys are at their protocol's own notes here; a file that says the same loses nothing. */
function tellButton(element: XmlElement, note: Note): void {
  const written = element.attributes.get('name') ?? '';
  const [key, stripKey] = [mackieKey(written), mackieStripKey(written)];
  const id = readNumber('id', element.attributes.get('id') ?? element.attributes.get('baseid'), 0, 127);
  const own = stripKey ? stripNotes[stripKey] : key && firstGlobalNote + globalButtonNames.indexOf(key);
  if (own === undefined) note(element, 'such a unit has no key of this name', 'left out');
  else if (id.state === 'bad') note(element, id.reason, 'left out');
  else if (id.value !== own)
    note(element, `this key sends note ${own} in the protocol, and is only heard there`, 'left out');
}
