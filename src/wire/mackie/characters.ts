/**
 * What the displays can show.
 *
 *   LCD       one byte a cell, 20–7E as ASCII; other codes are glyphs that differ from device to device
 *   segments  0dcc cccc: d a dot behind the character; c 00–1F for the characters 40–5F, 20–3F for themselves
 *
 * Everything else is transliterated: letters lose their accents, Greek and Cyrillic become Latin, what has no Latin
 * likeness becomes `?`.
 */

/** Any text in characters an LCD shows the same everywhere (20–7E); it may become longer. */
export function lcdText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  let plain = '';
  for (const character of text.normalize('NFKD')) plain += lcdCharacters(character);
  return plain;
}

function lcdCharacters(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code <= 0x7e) return character;
  if (/[\p{Cc}\p{Z}]/u.test(character)) return ' ';
  if (/[\p{M}\p{Cf}]/u.test(character)) return '';
  const likeness = likenesses.get(character);
  if (likeness !== undefined) return likeness;
  const small = likenesses.get(character.toLowerCase());
  return small === undefined ? '?' : small.charAt(0).toUpperCase() + small.slice(1);
}

/** Any text in characters that seven segments show: capitals, figures and signs of 20–5F. */
export function segmentText(text: string): string {
  return lcdText(text)
    .toUpperCase()
    .replace(/[`{|}~]/g, (sign) => bracketLikenesses[sign] ?? ' ');
}

/** The byte of one segment digit; characters without a likeness are blank. */
export function segmentCode(character: string, dot: boolean): number {
  const plain = character.charCodeAt(0);
  const code = plain >= 0x20 && plain <= 0x5f ? plain : segmentText(character).charCodeAt(0);
  return (Number.isNaN(code) ? 0x20 : code & 0x3f) | (dot ? 0x40 : 0);
}

/** What a segment byte shows. */
export function segmentCharacter(code: number): {readonly character: string; readonly dot: boolean} {
  const low = code & 0x3f;
  return {character: String.fromCharCode(low < 0x20 ? low + 0x40 : low), dot: (code & 0x40) !== 0};
}

const bracketLikenesses: Readonly<Record<string, string>> = {'`': "'", '{': '(', '|': 'I', '}': ')', '~': '-'};

/** Pairs without a decomposition in Unicode, small letters first; a pair is a character and what stands for it. */
const likenesses: ReadonlyMap<string, string> = new Map(
  [
    // Latin letters
    'ß:ss æ:ae œ:oe ø:o đ:d ð:d þ:th ł:l ħ:h ı:i ŋ:ng ĸ:k ŧ:t ə:e ɪ:i',
    // Greek
    'α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o',
    // Cyrillic
    'а:a б:b в:v г:g д:d е:e ж:zh з:z и:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch',
    "ъ: ы:y ь:' э:e ю:yu я:ya є:ye і:i ґ:g ђ:dj ј:j љ:lj њ:nj ћ:c џ:dz ѕ:dz",
    // Signs
    '‘:\' ’:\' ‚:, ‛:\' “:" ”:" „:" ‹:< ›:> «:< »:> ′:\' ″:" ‐:- ‑:- ‒:- –:- —:- ―:- −:- ⁄:/ ∕:/',
    '×:x ÷:/ ·:. •:* ∙:. ∞:inf ±:+- ≈:~ ≤:<= ≥:>= ≠:!= √:v °:o ♯:# ♭:b ♮:n →:-> ←:<- ↑:^ ↓:v ↔:<->',
    '¡:! ¿:? §:S ¶:P †:+ ‡:+ €:EUR £:GBP ¥:JPY ¢:c ©:(c) ®:(r) ¦:| ¬:- ✓:v ✗:x ★:* ☆:* ♪:* ♫:* ♥:*',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)] as const),
);
