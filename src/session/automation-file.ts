import {type LaneId, laneKind, laneTarget} from '../model/lane.ts';
import type {Lanes} from '../model/lane-change.ts';
import type {Problem} from '../model/problem.ts';
import {parsePoints} from './automation-points.ts';
import {isLaneText, laneText} from './automation-text.ts';
import {shown} from './schema-words.ts';

/**
 * The file of a session's lanes, made to be read, compared and parsed fast:
 *
 *     longthrow automation 1
 *     lane vox level 3         a lane's name and how many points follow
 *     0 -6                     frames since the point before (the first: since the start), and the value in the parameter's unit
 *     4800 -3.25
 *     960 0
 *
 * Values are written with as many decimals as it takes to read the same number again: short ones for values that lie on a grid.
 */
const firstLine = 'longthrow automation 1\n';

/** Names of automation files, each newer than those with smaller numbers. */
const namePattern = /^automation-([1-9]\d{0,8})\.txt$/;

export function automationFileName(number: number): string {
  return `automation-${number}.txt`;
}

/** The number in the name of an automation file; undefined if it is none. */
export function automationFileNumber(name: string): number | undefined {
  const number = namePattern.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Lanes that could be read whole, and what was wrong with the others. */
export interface ParsedAutomation {
  readonly lanes: Lanes;
  /** With the number of the line in their `path`. */
  readonly problems: readonly Problem[];
}

/** The text of all lanes that have points, piece by piece in their order. What no lane may hold (frames that do not rise, values that are no numbers) is left out. */
export function* automationPieces(lanes: Lanes): Generator<Uint8Array> {
  yield Buffer.from(firstLine);
  for (const [id, lane] of lanes) {
    if (lane.frames.length > 0 && isLaneText(id)) yield laneText(id, lane);
  }
}

/** The same as one text. */
export function automationText(lanes: Lanes): string {
  return Buffer.concat([...automationPieces(lanes)]).toString('latin1');
}

const newline = 10;
const laneMark = Buffer.from('lane ');

/**
 * The lanes of an automation file; `path` names it in the problems. A lane that is damaged is left out and told with its line, all others are kept. Values
 * outside the parameter's range are brought into it, and told. Never throws.
 */
export function parseAutomation(bytes: Uint8Array, path = 'automation'): ParsedAutomation {
  const lanes = new Map<LaneId, {readonly frames: Int32Array; readonly values: Float64Array}>();
  const problems: Problem[] = [];
  const lineAt = lineCounter(bytes);
  const tell = (at: number, reason: string, severity: Problem['severity'], hint?: string): void => {
    const place = {path: `${path}: line ${lineAt(at)}`, reason, severity};
    problems.push(hint === undefined ? place : {...place, hint});
  };
  const start = endOfLine(bytes, 0);
  const first = lineText(bytes, 0, start);
  if (`${first}\n` !== firstLine) {
    const newer = /^longthrow automation (\d+)$/.exec(first)?.[1];
    if (newer === undefined) tell(0, 'is no automation file: it begins in another way', 'error');
    else tell(0, `was written by a newer Longthrow (file version ${newer})`, 'error', 'Update Longthrow to open it.');
    return {lanes, problems};
  }
  for (let at = start; at < bytes.length; ) {
    const next = endOfLine(bytes, at);
    const line = lineText(bytes, at, next);
    const head = /^lane (\S+ \S+) (\d{1,9})$/.exec(line);
    const id = head?.[1] ?? '';
    const target = laneTarget(id);
    if (head === null || target === undefined || lanes.has(id)) {
      const isBlank = line.trim() === '';
      if (!isBlank) tell(at, `${headFault(line, id, head !== null && target !== undefined)}; it is left out`, 'error');
      at = isBlank ? next : nextLane(bytes, next);
      continue;
    }
    const {low, high} = laneKind(target.parameter);
    const points = parsePoints(bytes, next, Number(head[2]), {low, high});
    if (points.type === 'damaged') {
      tell(points.at, `${points.reason}; the lane "${id}" is left out`, 'error');
      at = nextLane(bytes, points.at);
      continue;
    }
    const {outside} = points;
    if (outside > 0)
      tell(at, `${outside} values of "${id}" lie outside ${low} … ${high} and were brought in`, 'warning');
    lanes.set(id, {frames: points.frames, values: points.values});
    at = points.end;
  }
  return {lanes, problems};
}

function headFault(line: string, id: string, isTwice: boolean): string {
  if (isTwice) return `the lane "${id}" is there a second time`;
  return id === ''
    ? `"${shown(line)}" should be the head of a lane`
    : `"${shown(id)}" names nothing that can be automated`;
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(newline, from);
  return end === -1 ? bytes.length : end + 1;
}

function lineText(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, Math.min(to, from + 400)))
    .toString('latin1')
    .replace(/\r?\n$/, '');
}

/** Where the next line that begins a lane is, at or after the start of the line at `from`. */
function nextLane(bytes: Uint8Array, from: number): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = Math.max(0, from - 1); ; at++) {
    at = buffer.indexOf(laneMark, at);
    if (at === -1) return bytes.length;
    if (at === 0 || bytes[at - 1] === newline) return at;
  }
}

/** The numbers of lines at rising places. */
function lineCounter(bytes: Uint8Array): (at: number) => number {
  let line = 1;
  let counted = 0;
  return (at) => {
    for (; counted < at; counted++) if (bytes[counted] === newline) line++;
    return line;
  };
}
