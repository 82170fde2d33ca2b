import {plainWord} from './instruments.ts';

/** Words of file names that tell of the export and not of the music. */
const noise: ReadonlySet<string> = new Set(
  [
    'stem stems bounce bounced bounces mixdown render rendered export exported print printed consolidated',
    'final finale fin ver version master mastered mastering edit edited edt comp comped tuned cleaned processed proc',
    'raw new old copy kopie copie merged multitrack multitracks session project song wav aif aiff flac mp3 ogg',
    'mono stereo st audio track take tk dup bip bit bits khz hz bpm tempo rec recording unmixed nomix noeq nofx mix',
  ]
    .join(' ')
    .split(' '),
);

/** Whole words with figures that tell of version, take, tempo, resolution or rate. */
const figures: readonly RegExp[] = [
  /^v\d+([a-z]|\.\d+)?$/,
  /^ver\d+$/,
  /^(take|tk|t)\d+$/,
  /^\d+(\.\d+)?bpm$/,
  /^bpm\d+$/,
  /^\d+(\.\d+)?k(hz)?$/,
  /^\d{2}(b|bit|bits)$/,
  /^\d+(\.\d+)?k(hz)?\d{2}(b|bit|bits)?$|^\d{2}(b|bit|bits)\d+(\.\d+)?k(hz)?$/,
  /^(44100|48000|88200|96000|192000)$/,
  /^dup\d*$/,
];

/** Keys as they end a file name: `Am`, `C#min`, `Bb`, `F#`. A letter alone is no key: it may be the A of A and B. */
const musicalKey = /^[A-G](?:(?:#|b|♯|♭)(?:m|min|minor|maj|major)?|(?:m|min|minor|maj|major))$/;

/** Whether a word tells of the export and not of the music. */
export function isNoise(word: string): boolean {
  const plain = plainWord(word);
  return noise.has(plain) || figures.some((figure) => figure.test(plain));
}

/** Whether a word is a musical key, written with a capital as keys are. */
export function isMusicalKey(word: string): boolean {
  return musicalKey.test(word);
}

/** The text without dates and times of day (`2024-03-01`, `01.03.2024`, `20240301`, `14h30`). */
export function withoutDates(text: string): string {
  return text
    .replace(/(?<!\d)(?:19|20)\d\d([-_.\s]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)/g, ' ')
    .replace(/(?<!\d)(?:0?[1-9]|[12]\d|3[01])([-_.])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?!\d)/g, ' ')
    .replace(/(?<!\d)(?:[01]\d|2[0-3])h[0-5]\d(?!\d)/g, ' ');
}
