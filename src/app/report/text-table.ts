const columnsOfPage = 80;

/** How many cells of a terminal a text takes: wide characters (East Asian, most emoji) two, marks that combine none. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) {
    if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(character)) continue;
    cells +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return cells;
}

/** A text cut to so many cells, with a sign that something is missing. */
export function cutTo(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text;
  let kept = '';
  for (const character of text) {
    if (cellsOf(kept + character) > cells - 1) break;
    kept += character;
  }
  return `${kept}~`;
}

/** Rows under a head: the first column to the left, all others to the right. The first gives way if the page is too narrow. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => cellsOf(row[column] ?? ''))));
  const others = widths.slice(1).reduce((sum, width) => sum + width + 2, 0);
  const first = Math.max(6, Math.min(widths[0] ?? 0, columnsOfPage - others));
  return all.map((row) =>
    row
      .map((cell, column) => {
        if (column > 0) return ' '.repeat((widths[column] ?? 0) - cellsOf(cell)) + cell;
        const shown = cutTo(cell, first);
        return shown + ' '.repeat(first - cellsOf(shown));
      })
      .join('  ')
      .trimEnd(),
  );
}

/** A text in lines of at most 80 cells, broken between words, within words only where one alone is too long. */
export function wrapped(text: string, first = '', next = first.replace(/\S/g, ' ')): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  const end = (): void => {
    lines.push(line.trimEnd());
    line = next;
    empty = true;
  };
  for (const word of text.trim().split(/\s+/)) {
    if (!empty && cellsOf(line) + 1 + cellsOf(word) > columnsOfPage) end();
    let rest = word;
    if (!empty) line += ' ';
    while (cellsOf(line) + cellsOf(rest) > columnsOfPage) {
      let part = '';
      for (const character of rest) {
        if (cellsOf(line + part + character) > columnsOfPage) break;
        part += character;
      }
      line += part;
      rest = rest.slice(part.length);
      end();
    }
    line += rest;
    empty = false;
  }
  lines.push(line.trimEnd());
  return lines;
}
