/** Names of keys that are more than one byte; everything else is the character itself. */
const sequences: readonly (readonly [string, string])[] = [
  ['\u001b[1;2A', 'shift-up'],
  ['\u001b[1;2B', 'shift-down'],
  ['\u001b[1;2C', 'shift-right'],
  ['\u001b[1;2D', 'shift-left'],
  ['\u001b[A', 'up'],
  ['\u001b[B', 'down'],
  ['\u001b[C', 'right'],
  ['\u001b[D', 'left'],
  ['\u001bOA', 'up'],
  ['\u001bOB', 'down'],
  ['\u001bOC', 'right'],
  ['\u001bOD', 'left'],
  ['\u001b[5~', 'page-up'],
  ['\u001b[6~', 'page-down'],
  ['\u001b[H', 'home'],
  ['\u001b[F', 'end'],
  ['\u001b[1~', 'home'],
  ['\u001b[4~', 'end'],
  ['\u001bOH', 'home'],
  ['\u001bOF', 'end'],
  ['\u001b[Z', 'shift-tab'],
  ...['P', 'Q', 'R', 'S'].map((letter, index) => [`\u001bO${letter}`, `f${index + 1}`] as const),
  ...['A', 'B', 'C', 'D', 'E'].map((letter, index) => [`\u001b[[${letter}`, `f${index + 1}`] as const),
  ...[11, 12, 13, 14, 15, 17, 18, 19].map((code, index) => [`\u001b[${code}~`, `f${index + 1}`] as const),
];

const control: Readonly<Record<string, string>> = {
  '\u0003': 'ctrl-c',
  '\t': 'tab',
  '\r': 'enter',
  '\n': 'enter',
  ' ': 'space',
  '\u007f': 'backspace',
};

/** The keys in a chunk of terminal input; unknown escape sequences are passed over, a lone escape is `escape`. */
export function readKeys(input: string): readonly string[] {
  const keys: string[] = [];
  let rest = input;
  while (rest !== '') {
    const known = sequences.find(([sequence]) => rest.startsWith(sequence));
    if (known !== undefined) {
      keys.push(known[1]);
      rest = rest.slice(known[0].length);
      continue;
    }
    const unknown = /^\u001b(?:\[[\d;?<=>]*[ -/]*[@-~]|O.)/.exec(rest);
    if (unknown !== null) {
      rest = rest.slice(unknown[0].length);
      continue;
    }
    const character = Array.from(rest)[0] ?? '';
    keys.push(character === '\u001b' ? 'escape' : (control[character] ?? character));
    rest = rest.slice(character.length);
  }
  return keys;
}
