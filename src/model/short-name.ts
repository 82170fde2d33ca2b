/** Names for displays of six or seven characters: plain ASCII, as readable as the room allows. */

/** What engineers write on tape, from the longest form to the shortest; keys are whole words in small letters. */
const abbreviations: Readonly<Record<string, readonly string[]>> = {
  acoustic: ['Acou', 'Ac'],
  ambience: ['Amb'],
  audio: ['Aud', 'Au'],
  background: ['Bkgd', 'Bg'],
  backing: ['Back', 'Bk'],
  bottom: ['Bot', 'Bt'],
  brass: ['Brs'],
  cello: ['Clo', 'Vc'],
  chorus: ['Chor', 'Ch'],
  clean: ['Cln'],
  cymbal: ['Cym'],
  cymbals: ['Cyms', 'Cym'],
  delay: ['Dly'],
  distorted: ['Dist', 'Ds'],
  double: ['Dbl', 'Db'],
  drum: ['Drm', 'Dr'],
  drums: ['Drms', 'Dr'],
  effect: ['FX'],
  effects: ['FX'],
  electric: ['Elec', 'El'],
  guitar: ['Gtr', 'Gt'],
  guitars: ['Gtrs', 'Gts', 'Gt'],
  harmony: ['Harm', 'Hm'],
  kick: ['Kik', 'Kk'],
  lead: ['Ld'],
  left: ['L'],
  organ: ['Org'],
  overhead: ['OH'],
  overheads: ['OHs', 'OH'],
  percussion: ['Perc', 'Prc'],
  piano: ['Pno'],
  reverb: ['Verb', 'Rvb'],
  rhythm: ['Rhy', 'Rh'],
  right: ['R'],
  saxophone: ['Sax', 'Sx'],
  shaker: ['Shkr', 'Shk'],
  snare: ['Snr', 'Sn'],
  string: ['Strg', 'Str', 'St'],
  strings: ['Strgs', 'Strs', 'Str', 'St'],
  synth: ['Syn', 'Sy'],
  synthesizer: ['Synth', 'Syn', 'Sy'],
  tambourine: ['Tamb', 'Tmb'],
  track: ['Trk', 'Tr'],
  trombone: ['Tbn'],
  trumpet: ['Trpt', 'Tpt'],
  violin: ['Vln', 'Vn'],
  vocal: ['Voc', 'Vx'],
  vocals: ['Vocs', 'Voc', 'Vx'],
  voice: ['Vce', 'Vx'],
};

/** Letters that do not fall apart into a base letter and a mark. */
const replacements: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  ø: 'o',
  Ø: 'O',
  œ: 'oe',
  Œ: 'Oe',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '∞': 'inf',
};

/** A name as printable ASCII: marks are taken off letters, what has no likeness is left out, gaps are single spaces. */
export function asciiName(name: string): string {
  const replaced = name.replace(/[ßæÆøØœŒłŁđĐðþı∞]/g, (letter) => replacements[letter] ?? '');
  return replaced
    .normalize('NFKD')
    .replace(/[^\x20-\x7e\s]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * A name that fits `cells` characters of a scribble strip: whole if it fits, else its words are joined, then shortened one
 * after the other, the longest first, first to the usual abbreviations. Numbers stay: `Electric Guitar 2` is `ElGtr 2` in
 * seven cells. A name without a single ASCII character becomes `?`; no cells give an empty text.
 */
export function shortName(name: string, cells: number): string {
  const room = Math.max(0, Math.floor(cells) || 0);
  const ascii = asciiName(name.slice(0, 200));
  if (ascii.length <= room) return ascii === '' ? '?'.slice(0, room) : ascii;
  const words = ascii.split(/[ _-]+/).filter((word) => word !== '');
  if (words.length === 0) return ascii.slice(0, room);
  const ladders = words.map((word) => formsOf(word));
  const steps = words.map(() => 0);
  for (;;) {
    const forms = ladders.map((ladder, index) => ladder[steps[index] ?? 0] ?? '');
    for (const joined of [join(forms, ' '), join(forms, '')]) if (joined.length <= room) return joined;
    const longest = longestThatYields(forms, ladders, steps);
    if (longest === undefined) return join(forms, '').slice(0, room);
    steps[longest] = (steps[longest] ?? 0) + 1;
  }
}

/**
 * Short names of a whole session, each its own: where two would read the same, the later ones end in a number.
 * (In one or two cells there are not enough numbers for everyone; then some do read the same.)
 */
export function shortNames(names: readonly string[], cells: number): readonly string[] {
  const first = names.map((name) => shortName(name, cells));
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name, index) => {
    const wanted = first[index] ?? '';
    let unique = wanted;
    for (let number = counts.get(wanted) ?? 2; taken.has(unique) || clashes(unique, wanted, first, index); number++) {
      const digits = String(number);
      if (digits.length >= cells) break;
      counts.set(wanted, number + 1);
      unique = shortName(name, cells - digits.length) + digits;
    }
    taken.add(unique);
    return unique;
  });
}

/** Whether a name made up for one strip is what another strip is called anyway. */
function clashes(unique: string, wanted: string, first: readonly string[], index: number): boolean {
  return unique !== wanted && first.some((other, place) => place !== index && other === unique);
}

/** A word from whole to its first letter; numbers, and letters with numbers, are never cut. */
function formsOf(word: string): readonly string[] {
  const whole = word.charAt(0).toUpperCase() + word.slice(1);
  if (/\d/.test(word) && word.length <= 4) return [whole];
  const known = abbreviations[word.toLowerCase()];
  const withoutVowels = whole.charAt(0) + whole.slice(1).replace(/[aeiou]/g, '');
  const squeezed = withoutVowels.replace(/([a-z])\1+/g, '$1');
  const shorter = known ?? [withoutVowels, squeezed, squeezed.slice(0, 4), squeezed.slice(0, 3)];
  const last = shorter.at(-1) ?? whole;
  const forms = [whole, ...shorter, last.slice(0, 2), last.slice(0, 1)];
  return forms.filter(
    (form, index) => index === 0 || form.length < Math.min(...forms.slice(0, index).map((one) => one.length)),
  );
}

/** Words run together, each with its capital; `gap` stands before numbers, and between two numbers there is always one. */
function join(forms: readonly string[], gap: string): string {
  return forms.reduce((text, form) => {
    if (text === '') return form;
    const startsWithDigit = /^\d/.test(form);
    if (startsWithDigit && /\d$/.test(text)) return `${text} ${form}`;
    return startsWithDigit ? text + gap + form : text + form;
  }, '');
}

function longestThatYields(
  forms: readonly string[],
  ladders: readonly (readonly string[])[],
  steps: readonly number[],
): number | undefined {
  let longest: number | undefined;
  for (const [index, form] of forms.entries()) {
    if ((steps[index] ?? 0) >= (ladders[index]?.length ?? 0) - 1) continue;
    if (longest === undefined || form.length > (forms[longest]?.length ?? 0)) longest = index;
  }
  return longest;
}
