import {plainText} from '../../model/problem.ts';
import type {LayoutFile} from '../layout-schema.ts';
import {taskMeaning} from './ardour-targets.ts';
import type {ImportNote} from './finding.ts';
import {mackieKey, mackieStripKey} from './mackie-buttons.ts';
import {childOf, elementWords, type XmlElement} from './xml-element.ts';

/** What came out of a profile. */
export interface ImportedProfile {
  readonly layout: LayoutFile | undefined;
  readonly notes: readonly ImportNote[];
  /** Keys that were carried over. */
  readonly carried: number;
}

/** Attributes of a key, and where the same stands here; null for keys held that are no shift here. */
const fields: Readonly<Record<string, 'bindings' | 'shifted' | null>> = {
  plain: 'bindings',
  shift: 'shifted',
  control: null,
  option: null,
  cmdalt: null,
  shiftcontrol: null,
};

/** Reads a file that says what the keys of a Mackie Control device do (`.profile`, root element `MackieDeviceProfile`). */
export function readMackieProfile(root: XmlElement, base: LayoutFile | undefined): ImportedProfile {
  const notes: ImportNote[] = [];
  const bound = {bindings: new Map<string, string>(), shifted: new Map<string, string>()};
  for (const button of childOf(root, 'Buttons')?.children ?? []) {
    const note = (reason: string, outcome: ImportNote['outcome'] = 'left out'): number =>
      notes.push({line: button.line, element: elementWords(button), reason, outcome});
    const name = button.attributes.get('name') ?? '';
    const key = mackieKey(name);
    if (key === undefined) {
      note(
        mackieStripKey(name) === undefined
          ? 'such a unit has no key of this name'
          : 'keys of strips do one thing for all strips here',
      );
      continue;
    }
    for (const [attribute, word] of button.attributes) {
      if (attribute === 'name' || word.trim() === '') continue;
      const field = Object.hasOwn(fields, attribute) ? fields[attribute] : undefined;
      const meaning = taskMeaning(word.replace(/^<Actions>\//, ''), undefined);
      if (field === undefined) note(`the attribute "${attribute.slice(0, 40)}" is not known`);
      else if (field === null) note(`${attribute}: shift is the only key that is held here`);
      else if (meaning.state === 'none') note(`${attribute}: ${meaning.reason}`);
      else if (meaning.target.type !== 'task') note(`${attribute}: this key means no strip`);
      else if (bound[field].has(key)) note(`${attribute}: this key has a task already`);
      else {
        if (meaning.changed !== undefined) note(`${attribute}: ${meaning.changed}`, 'changed');
        bound[field].set(key, meaning.target.action);
      }
    }
  }
  const carried = bound.bindings.size + bound.shifted.size;
  if (base === undefined || carried === 0) return {layout: undefined, notes, carried: 0};
  const name = plainText(childOf(root, 'Name')?.attributes.get('value') ?? '').slice(0, 60) || 'Imported layout';
  return {
    layout: {
      ...base,
      $schema: '../layout.schema.json',
      name,
      bindings: {...base.bindings, ...Object.fromEntries(bound.bindings)},
      shifted: {...base.shifted, ...Object.fromEntries(bound.shifted)},
    },
    notes,
    carried,
  };
}
