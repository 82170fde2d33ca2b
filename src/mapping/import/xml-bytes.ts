/** The text of an XML file, and how it was read if that was not as it said. */
export type DecodedXml =
  | {readonly state: 'decoded'; readonly text: string; readonly warning: string | undefined}
  | {readonly state: 'refused'; readonly reason: string};

/** Larger files than this are no mapping. */
const longestFile = 4 * 1024 * 1024;

/**
 * The text of the bytes, by byte order mark, by the zero bytes of UTF-16, by what the XML declaration says, else UTF-8
 * (XML 1.0, appendix F). Bytes that are not what they are said to be are read as Windows-1252, which knows every byte.
 */
export function decodeXml(bytes: Uint8Array): DecodedXml {
  if (bytes.length > longestFile) return {state: 'refused', reason: 'is longer than any mapping (4 MiB)'};
  const {encoding, told} = encodingOf(bytes);
  // Only what is neither UTF-16 nor text holds a zero.
  if (!encoding.startsWith('utf-16') && bytes.includes(0)) return {state: 'refused', reason: 'is not a text file'};
  const text = decoded(bytes, encoding);
  if (text !== undefined) return {state: 'decoded', text, warning: told};
  const warning = `is not ${encoding.toUpperCase()}; it was read as Windows-1252, and letters with accents may be wrong`;
  return {state: 'decoded', text: decoded(bytes, 'windows-1252') ?? '', warning};
}

interface Encoding {
  readonly encoding: string;
  /** What had to be guessed, as a sentence. */
  readonly told: string | undefined;
}

function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second, third] = bytes;
  const sure = (encoding: string): Encoding => ({encoding, told: undefined});
  if (first === 0xef && second === 0xbb && third === 0xbf) return sure('utf-8');
  if (first === 0xff && second === 0xfe) return sure('utf-16le');
  if (first === 0xfe && second === 0xff) return sure('utf-16be');
  if (first === 0x3c && second === 0) return sure('utf-16le');
  if (first === 0 && second === 0x3c) return sure('utf-16be');
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const named = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(head)?.[1]?.toLowerCase();
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  if (named === undefined || named.startsWith('utf-16') || named === 'utf-8') return sure('utf-8');
  if (isKnown(named)) return sure(named);
  return {encoding: 'utf-8', told: `says that its encoding is "${named}", which is not known; it was read as UTF-8`};
}

function isKnown(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, {fatal: true}).decode(bytes);
  } catch {
    return undefined;
  }
}
