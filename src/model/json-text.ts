/** JSON as people write it: parsed, or refused where it breaks. */
export type ParsedJson = {readonly type: 'value'; readonly value: unknown} | ({readonly type: 'broken'} & JsonFault);

/** Where a text stops being good JSON, and why; line and column count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** Deeper nesting than any file that people write needs is refused, so that none exhausts a stack later on. */
const deepest = 40;

/** Parses JSON text; a byte order mark at its start is passed over. Never throws. */
export function parseJson(text: string): ParsedJson {
  const json = withoutMark(text);
  try {
    return {type: 'value', value: JSON.parse(json)};
  } catch {
    return {type: 'broken', ...(findJsonFault(json) ?? faultAt(json, 0, 'this is no JSON'))};
  }
}

/**
 * The same for files that people write by hand: one that nests too deeply is refused, and one in which a name stands twice in one object, since the first of the
 * two would be lost in silence.
 */
export function parseHandwrittenJson(text: string): ParsedJson {
  const json = withoutMark(text);
  const fault = findJsonFault(json, true);
  return fault === undefined ? {type: 'value', value: JSON.parse(json)} : {type: 'broken', ...fault};
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalarPattern = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const spacePattern = /[ \t\r\n]*/y;

/** An object or list that is not closed yet; an object keeps the names it has so far. */
type Open = {readonly kind: 'object'; readonly names: Set<string>} | {readonly kind: 'list'};

/** What may come next: `first` is what stands behind an opening bracket, which may be its closing one. */
type Expected = 'value' | 'first value' | 'name' | 'first name' | 'colon' | 'after value';

/** `doubt`: what is JSON, but none that should be written by hand. */
type Step =
  | {readonly at: number; readonly expected: Expected; readonly doubt?: string | undefined}
  | {readonly reason: string};

/**
 * The first fault of a JSON text (RFC 8259) or undefined: engines differ in whether they say the place. `isHandwritten` as in `parseHandwrittenJson`. The stack
 * is a list, since the text may nest as deep as it likes.
 */
function findJsonFault(text: string, isHandwritten = false): JsonFault | undefined {
  const open: Open[] = [];
  let at = skipSpace(text, 0);
  let expected: Expected = 'value';
  while (at < text.length) {
    const step = take(text, at, expected, open);
    if ('reason' in step) return faultAt(text, at, step.reason);
    if (isHandwritten && step.doubt !== undefined) return faultAt(text, at, step.doubt);
    at = skipSpace(text, step.at);
    expected = step.expected;
  }
  return expected === 'after value' && open.length === 0 ? undefined : faultAt(text, at, 'the file ends too early');
}

function take(text: string, at: number, expected: Expected, open: Open[]): Step {
  const here = text[at] ?? '';
  const inside = open.at(-1);
  switch (expected) {
    case 'first value':
      return here === ']' ? close(at, open) : takeValue(text, at, open);
    case 'value':
      return here === ']' && inside ? {reason: 'no comma may stand before ]'} : takeValue(text, at, open);
    case 'first name':
      return here === '}' ? close(at, open) : takeName(text, at, inside);
    case 'name':
      return here === '}' ? {reason: 'no comma may stand before }'} : takeName(text, at, inside);
    case 'colon':
      return here === ':' ? {at: at + 1, expected: 'value'} : {reason: `a colon was expected, not "${here}"`};
    case 'after value':
      if (inside === undefined) return {reason: "something follows after the file's end"};
      if (here === (inside.kind === 'object' ? '}' : ']')) return close(at, open);
      if (here === ',') return {at: at + 1, expected: inside.kind === 'object' ? 'name' : 'value'};
      return {reason: `a comma or ${inside.kind === 'object' ? '}' : ']'} was expected, not "${here}"`};
  }
}

function takeValue(text: string, at: number, open: Open[]): Step {
  const here = text[at] ?? '';
  if (here === '{' || here === '[') {
    open.push(here === '{' ? {kind: 'object', names: new Set()} : {kind: 'list'});
    const doubt = open.length > deepest ? 'nested too deeply' : undefined;
    return {at: at + 1, expected: here === '{' ? 'first name' : 'first value', doubt};
  }
  const end = endOf(here === '"' ? stringPattern : scalarPattern, text, at);
  if (end !== undefined) return {at: end, expected: 'after value'};
  return {reason: here === '"' ? brokenString : `a value was expected, not "${here}"`};
}

function takeName(text: string, at: number, inside: Open | undefined): Step {
  if (text[at] !== '"') return {reason: `a name in double quotes was expected, not "${text[at] ?? ''}"`};
  const end = endOf(stringPattern, text, at);
  if (end === undefined) return {reason: brokenString};
  const name = String(JSON.parse(text.slice(at, end)));
  const isTwice = inside?.kind === 'object' && inside.names.has(name);
  if (inside?.kind === 'object') inside.names.add(name);
  return {at: end, expected: 'colon', doubt: isTwice ? `"${name}" stands here twice` : undefined};
}

const brokenString = 'this text has no closing quote on its line, or a wrong escape in it';

function close(at: number, open: Open[]): Step {
  open.pop();
  return {at: at + 1, expected: 'after value'};
}

function skipSpace(text: string, at: number): number {
  return endOf(spacePattern, text, at) ?? at;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function faultAt(text: string, at: number, reason: string): JsonFault {
  const before = text.slice(0, at).split('\n');
  return {line: before.length, column: (before.at(-1)?.length ?? 0) + 1, reason};
}
