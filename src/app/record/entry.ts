import {type Problem, plainText} from '../../model/problem.ts';
import {hexWords, type SaidMessage} from '../../surface/midi-words.ts';

/** What a recording says of itself in its first line. */
export interface RecordingHeader {
  /** Of this form of recordings. */
  readonly version: number;
  /** Id of the surface's mapping. */
  readonly surface: string;
  /** Name of the port, as the system called it. */
  readonly port: string;
  /** The name of the layout that said what controls do. */
  readonly layout: string;
  /** `made` if a program made it up, else with which device it was recorded, if that is known. */
  readonly source: string;
  /** Of a home-made surface: what it said of itself. */
  readonly device?: unknown;
  /** What the desk mixed, as `session.json` has it. */
  readonly session: unknown;
}

/** One piece of bytes of a recording. */
export interface RecordingEntry {
  /** Milliseconds since the port was opened. */
  readonly atMs: number;
  readonly from: 'device' | 'desk';
  readonly bytes: Uint8Array;
  /** Of pictures: how many bytes there were, and what they show; only the first of the bytes are kept. */
  readonly cut?: Cut;
  /** What it means, for people; not read again. */
  readonly means: string;
  /** Why the desk sent it. */
  readonly because?: string;
}

/** What is kept of a message that is too long to be kept whole. */
export interface Cut {
  readonly length: number;
  readonly shows: readonly SaidMessage[];
}

/** A whole recording. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly entries: readonly RecordingEntry[];
}

/** What came of reading one; a recording that is cut off in its last line is read up to there, with a problem. */
export type ReadRecording =
  | {readonly state: 'read'; readonly recording: Recording; readonly problems: readonly Problem[]}
  | {readonly state: 'refused'; readonly problems: readonly Problem[]};

/** The form that is written and read. */
export const recordingVersion = 1;

/** The first line of a recording. */
export function headerLine(header: RecordingHeader): string {
  const {version, ...rest} = header;
  return JSON.stringify({longthrow: 'recording', version, ...rest});
}

/** One further line. */
export function entryLine({atMs, from, bytes, cut, means, because}: RecordingEntry): string {
  const at = Math.round(atMs * 10) / 10;
  const rest = {...(cut === undefined ? {} : {cut}), means, ...(because === undefined ? {} : {because})};
  return JSON.stringify({at, from, bytes: hexWords(bytes), ...rest});
}

/** Reads a recording; `path` is how problems call it. Never throws, whatever the text is. */
export function readRecording(path: string, text: string): ReadRecording {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const refuse = (line: number, reason: string, hint?: string): ReadRecording => ({
    state: 'refused',
    problems: [problem(path, line, reason, 'error', hint)],
  });
  const header = headerOf(parsed(lines[0] ?? ''));
  if (typeof header === 'string') return refuse(1, header, 'A recording is made by "longthrow record".');
  const entries: RecordingEntry[] = [];
  let lastMs = 0;
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue;
    const entry = entryOf(parsed(line));
    if (typeof entry === 'string') {
      const isLast = lines.slice(index + 1).every((rest) => rest.trim() === '');
      // Whoever records may be stopped in the middle of a line; nothing before it is worse for that.
      if (isLast && !text.endsWith('\n')) {
        const cut = problem(path, index + 1, 'is cut off; what stands before it is used', 'warning');
        return {state: 'read', recording: {header, entries}, problems: [cut]};
      }
      return refuse(index + 1, entry);
    }
    if (entry.atMs < lastMs) return refuse(index + 1, 'is earlier than the line before it');
    lastMs = entry.atMs;
    entries.push(entry);
  }
  return {state: 'read', recording: {header, entries}, problems: []};
}

function problem(path: string, line: number, reason: string, severity: Problem['severity'], hint?: string): Problem {
  return {path: `${path}: line ${line}`, reason, severity, ...(hint === undefined ? {} : {hint})};
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function headerOf(value: unknown): RecordingHeader | string {
  if (typeof value !== 'object' || value === null || !('longthrow' in value) || value.longthrow !== 'recording') {
    return 'is not the beginning of a recording';
  }
  const version = 'version' in value ? value.version : undefined;
  if (version !== recordingVersion)
    return `is of version ${plainText(String(version)).slice(0, 20)}; this desk reads ${recordingVersion}`;
  const text = (name: string): string | undefined => {
    const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
    return typeof found === 'string' ? found : undefined;
  };
  const [surface, port] = [text('surface'), text('port')];
  if (surface === undefined || port === undefined) return 'does not say which surface and port it is of';
  const session: unknown = 'session' in value ? value.session : undefined;
  const device = 'device' in value ? {device: value.device} : {};
  return {version, surface, port, layout: text('layout') ?? 'mixer', source: text('source') ?? '', ...device, session};
}

function entryOf(value: unknown): RecordingEntry | string {
  if (typeof value !== 'object' || value === null) return 'is not an object { } of JSON';
  const {at, from, bytes, cut, means, because} = {
    at: undefined,
    from: undefined,
    bytes: undefined,
    cut: undefined,
    means: '',
    because: undefined,
    ...value,
  };
  if (typeof at !== 'number' || !Number.isFinite(at) || at < 0) return '"at" is no time in milliseconds';
  if (from !== 'device' && from !== 'desk') return '"from" is neither "device" nor "desk"';
  const read = typeof bytes === 'string' ? hexBytes(bytes) : undefined;
  if (read === undefined) return '"bytes" are not bytes in hex, as "B0 07 7F"';
  const kept = cut === undefined ? undefined : cutOf(cut);
  if (cut !== undefined && kept === undefined) return '"cut" does not say how long it was and what it shows';
  return {
    atMs: at,
    from,
    bytes: read,
    ...(kept === undefined ? {} : {cut: kept}),
    means: typeof means === 'string' ? means : '',
    ...(typeof because === 'string' ? {because} : {}),
  };
}

function cutOf(value: unknown): Cut | undefined {
  if (typeof value !== 'object' || value === null || !('length' in value) || !('shows' in value)) return undefined;
  const {length, shows} = value;
  if (typeof length !== 'number' || !Number.isFinite(length) || !Array.isArray(shows)) return undefined;
  const said = shows.flatMap((one: unknown): readonly SaidMessage[] => {
    if (typeof one !== 'object' || one === null || !('about' in one) || !('value' in one)) return [];
    const {about, value: shown} = one;
    return typeof about === 'string' && typeof shown === 'string' ? [{about, value: shown}] : [];
  });
  return said.length === shows.length ? {length, shows: said} : undefined;
}

function hexBytes(text: string): Uint8Array | undefined {
  const words = text.trim().split(/\s+/);
  return words.every((word) => /^[0-9a-f]{2}$/i.test(word))
    ? Uint8Array.from(words, (word) => Number.parseInt(word, 16))
    : undefined;
}
