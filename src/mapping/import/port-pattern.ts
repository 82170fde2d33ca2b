/** A pattern in a surface file may be 120 letters long, and any of these may need a backslash. */
const longestName = 55;

/**
 * Regular expressions for the names of ports that a product's name may have: its whole name, and the name without its first word
 * (which is often the maker's). Each stands at the beginning and ends with a word; a name of one or two letters, which others begin with as well,
 * must be all there is. None where nothing is left of the name without what stands before a colon, which ports put there themselves.
 */
export function portPatterns(name: string): readonly string[] {
  const words = name
    .slice(name.lastIndexOf(':') + 1)
    .split(/\s+/)
    .filter((word) => word !== '');
  const [whole, rest] = [words, words.slice(1)].map((some) => some.join(' '));
  const names = [whole ?? '', ...(rest !== undefined && rest.length > 2 ? [rest] : [])];
  return names.filter((some) => some !== '').map(patternOf);
}

function patternOf(name: string): string {
  if (name.length < 3) return `^${escaped(name)}$`;
  // Never in the middle of a letter of two units.
  const cut = name
    .slice(0, longestName)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
  const isWhole = cut.length === name.length;
  return `^${escaped(cut)}${isWhole && /\w$/.test(name) ? '\\b' : ''}`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** The name of a file from a product's name: small letters, digits and dashes. */
export function fileId(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return id === '' ? 'imported' : id;
}
