/**
 * Regular expressions for the names of ports that a product's name may have: its whole name, and the name without its first word
 * (which is often the maker's). Each stands at the beginning and ends with a word.
 */
export function portPatterns(name: string): readonly string[] {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const names = [words, ...(words.length > 1 ? [words.slice(1)] : [])].map((some) => some.join(' '));
  return [...new Set(names)]
    .filter((some) => some.length >= 3)
    .map((some) => `^${escaped(some.slice(0, 55))}${/\w$/.test(some) ? '\\b' : ''}`);
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
