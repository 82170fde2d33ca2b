/** Where a text stops being good JSON; line and column count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** Deeper nesting than any mapping needs is refused, so that no file exhausts the stack. */
const deepest = 40;

const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const wordPattern = /true|false|null/y;
const spacePattern = /[ \t\r\n]*/y;

class Fault extends Error {
  readonly at: number;

  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

/**
 * The first fault of a JSON text (RFC 8259) or undefined: engines differ in whether they say the place.
 * A name written twice in one object is a fault, too, since the first of the two would be lost in silence.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  try {
    const end = skipSpace(text, readValue(text, skipSpace(text, 0), 0));
    if (end < text.length) throw new Fault(end, "something follows after the end of the file's object");
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.at).split('\n');
    return {line: before.length, column: (before.at(-1)?.length ?? 0) + 1, reason: error.message};
  }
}

function readValue(text: string, at: number, depth: number): number {
  if (depth > deepest) throw new Fault(at, 'nested too deeply');
  switch (text[at]) {
    case undefined:
      throw new Fault(at, 'the file ends too early');
    case '{':
      return readObject(text, at, depth);
    case '[':
      return readArray(text, at, depth);
    case '"':
      return readString(text, at);
    default: {
      const end = match(wordPattern, text, at) ?? match(numberPattern, text, at);
      if (end === undefined) throw new Fault(at, `a value was expected, not ${show(text, at)}`);
      return end;
    }
  }
}

function readObject(text: string, start: number, depth: number): number {
  const names = new Set<string>();
  let at = skipSpace(text, start + 1);
  if (text[at] === '}') return at + 1;
  for (;;) {
    if (text[at] !== '"') throw new Fault(at, `a name in double quotes was expected, not ${show(text, at)}`);
    const end = readString(text, at);
    const name = String(JSON.parse(text.slice(at, end)));
    if (names.has(name)) throw new Fault(at, `"${name}" stands here twice`);
    names.add(name);
    at = skipSpace(text, end);
    if (text[at] !== ':') throw new Fault(at, `a colon was expected, not ${show(text, at)}`);
    at = skipSpace(text, readValue(text, skipSpace(text, at + 1), depth + 1));
    if (text[at] === '}') return at + 1;
    if (text[at] !== ',') throw new Fault(at, `a comma or } was expected, not ${show(text, at)}`);
    at = skipSpace(text, at + 1);
    if (text[at] === '}') throw new Fault(at, 'no comma may stand before }');
  }
}

function readArray(text: string, start: number, depth: number): number {
  let at = skipSpace(text, start + 1);
  if (text[at] === ']') return at + 1;
  for (;;) {
    at = skipSpace(text, readValue(text, at, depth + 1));
    if (text[at] === ']') return at + 1;
    if (text[at] !== ',') throw new Fault(at, `a comma or ] was expected, not ${show(text, at)}`);
    at = skipSpace(text, at + 1);
    if (text[at] === ']') throw new Fault(at, 'no comma may stand before ]');
  }
}

function readString(text: string, at: number): number {
  const end = match(stringPattern, text, at);
  if (end === undefined) throw new Fault(at, 'this text has no closing quote on its line, or a wrong escape in it');
  return end;
}

function skipSpace(text: string, at: number): number {
  return match(spacePattern, text, at) ?? at;
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function show(text: string, at: number): string {
  const found = text[at];
  return found === undefined ? 'the end of the file' : `"${found}"`;
}
