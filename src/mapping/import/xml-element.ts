import {SaxesParser} from 'saxes';
import {describeError, plainText} from '../../model/problem.ts';
import {decodeXml} from './xml-bytes.ts';

/** An element of an XML file. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly in it, ends trimmed. */
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
}

/** Something that is wrong with the file itself. */
export interface XmlFault {
  /** From 1; undefined where it is the file as a whole. */
  readonly line: number | undefined;
  readonly reason: string;
}

/** `read` even if it has faults: what can be understood of a damaged file is there. */
export type ReadXml =
  | {readonly state: 'read'; readonly root: XmlElement; readonly faults: readonly XmlFault[]}
  | {readonly state: 'refused'; readonly fault: XmlFault};

/** Deeper and more elements than any mapping has; what lies beyond is left out, and told. */
const deepest = 60;
const mostElements = 60_000;
/** More faults than these are not listed. */
const mostFaults = 12;

interface Growing {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: Growing[];
  text: string;
  readonly line: number;
}

/** The elements of an XML file in any encoding. Never throws, whatever the bytes are; nothing outside the file is read, and no entity is expanded but the five that XML has. */
export function readXml(bytes: Uint8Array): ReadXml {
  const decoded = decodeXml(bytes);
  if (decoded.state === 'refused') return {state: 'refused', fault: {line: undefined, reason: decoded.reason}};
  const faults: XmlFault[] = decoded.warning === undefined ? [] : [{line: undefined, reason: decoded.warning}];
  const root = grow(decoded.text, faults);
  if (root === undefined) {
    const first = faults[0];
    return {state: 'refused', fault: {line: first?.line, reason: `is not XML${first ? `: ${first.reason}` : ''}`}};
  }
  return {state: 'read', root, faults};
}

function grow(text: string, faults: XmlFault[]): XmlElement | undefined {
  const parser = new SaxesParser();
  const open: Growing[] = [];
  let root: Growing | undefined;
  let elements = 0;
  let tooDeep = 0;
  const told = new Set<string>();
  const fault = (reason: string): void => {
    const {line} = parser;
    if (faults.length >= mostFaults || told.has(`${line} ${reason}`)) return;
    told.add(`${line} ${reason}`);
    faults.push({line, reason});
  };

  /** The element whose beginning is being read; one that is cut off in it is none. */
  let begun: Growing | undefined;
  parser.on('error', (error) => fault(plainText(error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '')).slice(0, 160)));
  parser.on('doctype', () => fault('a document type is not read; its entities stay as they are written'));
  parser.on('opentagstart', ({name}) => {
    elements += 1;
    begun = undefined;
    const parent = open.at(-1);
    if (open.length >= deepest || elements > mostElements || (parent === undefined && root !== undefined)) {
      if (tooDeep === 0) fault('what is nested here so deep, or stands here so late, is left out');
      tooDeep += 1;
      return;
    }
    begun = {name, attributes: new Map(), children: [], text: '', line: parser.line};
  });
  parser.on('attribute', ({name, value}) => {
    begun?.attributes.set(name, value);
  });
  parser.on('opentag', () => {
    if (begun === undefined) return;
    open.at(-1)?.children.push(begun);
    root ??= begun;
    open.push(begun);
    begun = undefined;
  });
  parser.on('text', (part) => addText(part));
  parser.on('cdata', (part) => addText(part));
  parser.on('closetag', () => {
    if (tooDeep > 0) tooDeep -= 1;
    else open.pop();
  });
  const addText = (part: string): void => {
    const inside = open.at(-1);
    if (inside !== undefined && tooDeep === 0 && inside.text.length < 2000) inside.text += part;
  };

  try {
    parser.write(text).close();
  } catch (error) {
    // The parser tells faults as events; what it throws none the less ends the reading, and what was read stays.
    fault(describeError(error));
  }
  for (const element of elementsOf(root)) element.text = element.text.trim();
  return root;
}

function elementsOf(root: Growing | undefined): readonly Growing[] {
  if (root === undefined) return [];
  const found = [root];
  for (const element of found) found.push(...element.children);
  return found;
}

/** The first child of that name, upper and lower case alike. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name.toLowerCase() === name.toLowerCase());
}

/** How an element looks at its beginning, on one line, safe to show. */
export function elementWords({name, attributes}: XmlElement): string {
  const written = [...attributes].map(([key, value]) => ` ${key}="${value}"`).join('');
  return plainText(`<${name}${written}>`).slice(0, 120);
}
