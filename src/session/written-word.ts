import {plainWord} from './instruments.ts';

/** Abbreviations that readers should not have to guess, written out; keys in small letters. */
const writtenOut: Readonly<Record<string, string>> = {
  acgtr: 'Acoustic Guitar',
  acou: 'Acoustic',
  agtr: 'Acoustic Guitar',
  bd: 'Kick',
  bgv: 'Backing Vocal',
  bgvs: 'Backing Vocals',
  bgvox: 'Backing Vox',
  bkg: 'Backing',
  bkgd: 'Backing',
  bv: 'Backing Vocal',
  bvs: 'Backing Vocals',
  bot: 'Bottom',
  btm: 'Bottom',
  cym: 'Cymbal',
  cyms: 'Cymbals',
  dbl: 'Double',
  dist: 'Distorted',
  dly: 'Delay',
  egtr: 'Electric Guitar',
  elec: 'Electric',
  elgtr: 'Electric Guitar',
  git: 'Guitar',
  gt: 'Guitar',
  gtr: 'Guitar',
  gtrs: 'Guitars',
  gts: 'Guitars',
  harm: 'Harmony',
  hh: 'Hi-Hat',
  hihat: 'Hi-Hat',
  hihats: 'Hi-Hats',
  kbd: 'Keyboard',
  kck: 'Kick',
  kd: 'Kick',
  kik: 'Kick',
  ld: 'Lead',
  ldv: 'Lead Vocal',
  lv: 'Lead Vocal',
  ldvox: 'Lead Vox',
  leadvox: 'Lead Vox',
  oh: 'Overhead',
  ohs: 'Overheads',
  org: 'Organ',
  ovh: 'Overhead',
  perc: 'Percussion',
  percs: 'Percussion',
  pno: 'Piano',
  rhds: 'Rhodes',
  rvb: 'Reverb',
  sd: 'Snare',
  sn: 'Snare',
  snr: 'Snare',
  syn: 'Synth',
  tamb: 'Tambourine',
  tbn: 'Trombone',
  tpt: 'Trumpet',
  vc: 'Cello',
  vla: 'Viola',
  vln: 'Violin',
  vlns: 'Violins',
  voc: 'Vocal',
  vocs: 'Vocals',
  subbass: 'Sub Bass',
};

/** Words that say which guitar, if a guitar follows. */
const guitarKinds: Readonly<Record<string, string>> = {
  a: 'Acoustic',
  ac: 'Acoustic',
  ak: 'Acoustic',
  e: 'Electric',
  el: 'Electric',
};

/** Words that stay in capitals. */
const capitals: ReadonlySet<string> = new Set(
  'di fx sfx dj mc ep l r m s a b c tv uk us ii iii iv eq ms xy ab ltc'.split(' '),
);

/** Whether a word is an abbreviation that is written out. */
export function isAbbreviation(word: string): boolean {
  return writtenOut[plainWord(word)] !== undefined;
}

/** One word as it stands in a name, with the word that follows it: `GTR` is `Guitar`, `ac` before a guitar `Acoustic`. */
export function writtenWord(word: string, next = ''): string {
  const plain = plainWord(word);
  const kind = guitarKinds[plain];
  if (kind !== undefined && /^(gt|gtr|gtrs|guitar|guitars)$/.test(plainWord(next))) return kind;
  const long = writtenOut[plain];
  if (long !== undefined) return long;
  if (capitals.has(plain)) return word.toUpperCase();
  if (/^0+\d+$/.test(word)) return String(Number(word));
  if (/\d/.test(word)) return word.charAt(0).toUpperCase() + word.slice(1);
  const mixed = /\p{Ll}/u.test(word) && /\p{Lu}/u.test(word.slice(1));
  const [head = '', ...tail] = word;
  return head.toUpperCase() + (mixed ? tail.join('') : tail.join('').toLowerCase());
}
