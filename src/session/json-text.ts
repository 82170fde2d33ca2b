/** JSON as people write it: parsed, or refused with the line and column where it breaks and what belongs there. */
export type ParsedJson =
  | {readonly type: 'value'; readonly value: unknown}
  /** `line` and `column` count from 1; `expected` says what belongs there, in a few words. */
  | {readonly type: 'broken'; readonly line: number; readonly column: number; readonly expected: string};

/** Parses JSON text; a byte order mark at its start is passed over. Never throws. */
export function parseJson(text: string): ParsedJson {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return {type: 'value', value: JSON.parse(json)};
  } catch {
    const {offset, expected} = findBreak(json);
    const before = json.slice(0, offset).split('\n');
    return {type: 'broken', line: before.length, column: (before.at(-1) ?? '').length + 1, expected};
  }
}

type State = keyof typeof expectations;

const expectations = {
  value: 'a value',
  firstValue: 'a value or ]',
  key: 'a name in double quotes (is there a comma too many?)',
  firstKey: 'a name in double quotes, or }',
  colon: 'a colon',
  comma: 'a comma, or the closing bracket',
  end: 'nothing more',
};

const space = /[ \t\r\n]*/y;
const quoted = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/**
 * Where text stops being JSON (RFC 8259). The engine's own messages name a position only now and then, and in another
 * way in each version. An explicit stack, since the text may nest as deep as it likes.
 */
function findBreak(text: string): {readonly offset: number; readonly expected: string} {
  const open: ('}' | ']')[] = [];
  let state: State = 'value';
  let offset = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    const match = pattern.exec(text);
    offset += match?.[0].length ?? 0;
    return match !== null;
  };
  const afterValue = (): State => (open.length === 0 ? 'end' : 'comma');
  for (;;) {
    take(space);
    const next = text[offset];
    const here: State = state;
    if ((here === 'value' || here === 'firstValue') && (next === '{' || next === '[')) {
      open.push(next === '{' ? '}' : ']');
      state = next === '{' ? 'firstKey' : 'firstValue';
      offset++;
    } else if ((here === 'value' || here === 'firstValue') && (take(quoted) || take(scalar))) {
      state = afterValue();
    } else if (next !== undefined && next === open.at(-1) && (here === 'comma' || here.startsWith('first'))) {
      open.pop();
      state = afterValue();
      offset++;
    } else if ((here === 'key' || here === 'firstKey') && take(quoted)) {
      state = 'colon';
    } else if (here === 'colon' && next === ':') {
      state = 'value';
      offset++;
    } else if (here === 'comma' && next === ',') {
      state = open.at(-1) === '}' ? 'key' : 'value';
      offset++;
    } else {
      return {offset, expected: expectations[here]};
    }
  }
}
