import {plainText} from '../../model/problem.ts';
import type {LayoutFile} from '../layout-schema.ts';
import type {SurfaceFile} from '../surface-schema.ts';
import {readArdourMap} from './ardour-map.ts';
import {assemble} from './assembly.ts';
import type {ImportNote} from './finding.ts';
import {readMackieDevice} from './mackie-device.ts';
import {readMackieProfile} from './mackie-profile.ts';
import {readMixxxPreset} from './mixxx-preset.ts';
import {fileId} from './port-pattern.ts';
import {readXml, type XmlElement} from './xml-element.ts';

/** What became of a file of another program. */
export type Imported =
  | {
      readonly state: 'imported';
      /** What the file is, for people. */
      readonly format: string;
      /** The name of our files, without ending. */
      readonly id: string;
      /** What people call the device or profile. */
      readonly name: string;
      readonly surface: SurfaceFile | undefined;
      readonly layout: LayoutFile | undefined;
      /** Controls, lamps, keys or fields that were carried over. */
      readonly carried: number;
      readonly notes: readonly ImportNote[];
    }
  /** Nothing came out of it. `notes` say why, part by part, if it could be read at all. */
  | {
      readonly state: 'refused';
      readonly reason: string;
      readonly line: number | undefined;
      readonly notes: readonly ImportNote[];
    };

type Made = Pick<Extract<Imported, {state: 'imported'}>, 'format' | 'surface' | 'layout' | 'carried' | 'notes'>;

const formats = 'a .map of MIDI bindings, a .device or .profile of a Mackie Control, or a .midi.xml of a deck mixer';

/**
 * Makes surface and layout files of a file of another program, told by what stands in it. `base` is the layout that stays as it is wherever
 * the file says nothing; without it no layout is made. Never throws, whatever the bytes are; what comes out is good by our own schemas.
 */
export function importFile(fileName: string, bytes: Uint8Array, base: LayoutFile | undefined): Imported {
  const xml = readXml(bytes);
  if (xml.state === 'refused') return {state: 'refused', reason: xml.fault.reason, line: xml.fault.line, notes: []};
  const faults = xml.faults.map(({line, reason}): ImportNote => ({line, element: '', reason, outcome: 'changed'}));
  const origin = plainText(fileName).slice(-80) || 'a file';
  const made = make(xml.root, base, origin);
  if (made === undefined) {
    return {
      state: 'refused',
      reason: `<${plainText(xml.root.name).slice(0, 60)}> is none of the files that can be imported: ${formats}`,
      line: xml.root.line,
      notes: faults,
    };
  }
  const notes = [...faults, ...made.notes];
  const name = made.surface?.name ?? made.layout?.name;
  if (name === undefined)
    return {state: 'refused', reason: 'nothing in it could be carried over', line: undefined, notes};
  return {...made, state: 'imported', id: fileId(name), name, notes};
}

function make(root: XmlElement, base: LayoutFile | undefined, origin: string): Made | undefined {
  switch (root.name.toLowerCase()) {
    case 'ardourmidibindings':
      return {format: 'MIDI bindings', ...assemble(readArdourMap(root), base, origin)};
    case 'mackieprotocoldevice':
      return {format: 'a Mackie Control device', layout: undefined, ...readMackieDevice(root, origin)};
    case 'mackiedeviceprofile':
      return {format: 'keys of a Mackie Control', surface: undefined, ...readMackieProfile(root, base)};
    case 'mixxxcontrollerpreset':
    case 'mixxxmidipreset':
      return {format: 'a deck mixer’s controls', ...assemble(readMixxxPreset(root), base, origin)};
    default:
      return undefined;
  }
}
