import type {Action} from './layout.ts';
import type {StripView} from './view.ts';

/** The section of all surfaces that no other is made for. */
export const mainSection = 'main';

/** Which surfaces stand in a section. */
export interface SectionUnit {
  /** Id of a surface; `*` stands for any characters. */
  readonly surface: string;
  /** Text in the name of the port, whatever its case; any port if absent. */
  readonly port?: string;
}

/** Surfaces that stand together as on a console: their strips count on from one to the next, and their keys move one bank, layer and page. */
export interface DeskSection {
  readonly id: string;
  /** In the order in which their strips count. */
  readonly units: readonly SectionUnit[];
  /** The section whose bank, layer and page it shows, counting from its first strip again; its own if absent. */
  readonly follows?: string;
  /** Strips shown at the start. */
  readonly shows: StripView;
  /** Layer shown at the start; the first if absent. */
  readonly layer?: string;
  /** Control id or pattern → action, before those of the layout. */
  readonly bindings: ReadonlyMap<string, Action>;
  readonly shifted: ReadonlyMap<string, Action>;
}

/** Where a unit stands. */
export interface SectionPlace {
  readonly section: string;
  /** Its place in the section's list; those that no list names stand behind the others. */
  readonly order: number;
}

/** The place of a surface by what it is and what its port is called: the first section that names it, else behind all others in the main one. */
export function sectionPlace(sections: readonly DeskSection[], surface: string, port: string): SectionPlace {
  for (const {id, units} of sections) {
    const order = units.findIndex((unit) => isMeant(unit, surface, port));
    if (order >= 0) return {section: id, order};
  }
  return {section: mainSection, order: Number.MAX_SAFE_INTEGER};
}

/** Whether an id is meant by a pattern in which `*` stands for any characters. */
export function matchesPattern(pattern: string, id: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return id === first;
  if (!id.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = id.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return id.length - last.length >= at && id.endsWith(last);
}

function isMeant({surface: pattern, port: part}: SectionUnit, surface: string, port: string): boolean {
  return matchesPattern(pattern, surface) && (part === undefined || port.toLowerCase().includes(part.toLowerCase()));
}

/** The section whose view a section shows: itself, or the one that it follows. */
export function viewedSection(sections: readonly DeskSection[], id: string): string {
  return sections.find((section) => section.id === id)?.follows ?? id;
}
