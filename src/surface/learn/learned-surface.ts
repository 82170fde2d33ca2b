import type {AddressFile} from '../../mapping/address-schema.ts';
import {controlPatterns, isStripName} from '../../mapping/control-names.ts';
import {addressEntry, type StripAddress, singleEntry, standsWith} from '../../mapping/import/address-list.ts';
import {fileId, portPatterns} from '../../mapping/import/port-pattern.ts';
import {portNames} from '../../mapping/match-surface.ts';
import type {SurfaceFile} from '../../mapping/surface-schema.ts';
import {plainText} from '../../model/problem.ts';
import type {MidiFinding} from './finding.ts';
import {learnedReports} from './learned-reports.ts';
import type {Learner} from './learner-state.ts';
import {alignedRows} from './row-way.ts';
import {overlaps, type Place} from './tracks.ts';

/** What was learned, as a surface file. */
export interface LearnedSurface {
  /** The file's name without ending. */
  readonly id: string;
  /** Undefined if nothing was found. */
  readonly file: SurfaceFile | undefined;
  /** Controls that could not be written down with the others of their row, a sentence each. */
  readonly left: readonly string[];
  /** What else its user should know of what was written down, a sentence each. */
  readonly notes: readonly string[];
}

/** Where a device was learned. */
export interface LearnedPort {
  /** As the system calls it. */
  readonly name: string;
  /** Of a HID device: four hexadecimal digits each, and the usage page of its interface if it is known. */
  readonly usb?: {readonly vendor: string; readonly product: string};
  readonly usagePage?: number;
}

/** The surface of everything that was found; it is taken for ports of that name, or for devices of those USB numbers. */
export function learnedSurface(learner: Learner, port: LearnedPort): LearnedSurface {
  // Without the numbers that systems add, which are others after a replug.
  const name =
    plainText(portNames(port.name).at(-1) ?? '')
      .slice(0, 60)
      .trim() || 'Learned surface';
  const id = `learned-${fileId(name)}`;
  const {found, notes} = alignedRows(learner.found);
  const aligned = {...learner, found};
  const made = learner.device.kind === 'hid' ? learnedReports(aligned, name, port) : learnedMessages(aligned, name);
  return {id, ...made, notes: [...notes, ...made.notes]};
}

function learnedMessages({found, lamps, motors}: Learner, name: string): Omit<LearnedSurface, 'id'> {
  const rows = new Map<string, (StripAddress | undefined)[]>();
  const touches = new Map<string, (StripAddress | undefined)[]>();
  const left: string[] = [];
  const taken: (readonly [control: string, place: Place])[] = [];
  for (const [control, finding] of found) {
    if (finding.type === 'field') continue;
    const [stem = '', number = ''] = control.split('.');
    const strip = isStripName(control) ? Number(number) - 1 : 0;
    const pattern = isStripName(control) ? `${stem}.*` : control;
    const same = taken.find(([, place]) => overlaps(place, finding.place))?.[0];
    if (same !== undefined) left.push(`${control} is left out: it sends the same as ${same}.`);
    else if (!put(rows, pattern, strip, addressOf(finding))) {
      left.push(`${control} is left out: it sends another kind of message than the others of its row.`);
    } else {
      taken.push([control, finding.place]);
      if (finding.type === 'travel' && finding.touch !== undefined) put(touches, pattern, strip, bare(finding.touch));
    }
  }
  if (rows.size === 0) return {file: undefined, left, notes: []};
  const strips = Math.max(1, ...[...rows].map(([pattern, list]) => (isStripName(pattern) ? list.length : 1)));
  const faders = [...found].filter(([control]) => control.startsWith('fader.'));
  const steps = faders.flatMap(([, finding]) => (finding.type === 'travel' ? [finding.step] : []));
  const isSensed = touches.size > 0 && touches.size === faderRows(rows);
  const file: SurfaceFile = {
    $schema: '../surface.schema.json',
    name,
    maker: 'Learned',
    dialect: 'plain',
    ports: [...portPatterns(name).slice(0, 1)],
    unit: 'main',
    strips,
    faders: {
      master: rows.has('fader.master'),
      motor: motors && faders.length > 0,
      touch: isSensed ? 'sensed' : 'inferred',
      ...(motors && steps.length > 0 ? {stepValue: Math.min(1024, ...steps)} : {}),
    },
    controls: entries(rows, strips),
    ...(lamps.size === 0 ? {} : {lamps: entries(lampRows(rows, lamps), strips)}),
    ...(isSensed ? {touches: entries(touches, strips)} : {}),
    tested: 'Learned from the device itself.',
  };
  return {file, left, notes: touchNotes(rows, touches)};
}

type Rows = ReadonlyMap<string, readonly (StripAddress | undefined)[]>;

function faderRows(rows: Rows): number {
  return [...rows.keys()].filter((pattern) => pattern.startsWith('fader.')).length;
}

/** What is to be said of faders that did not tell of the hand, while others did. */
function touchNotes(rows: Rows, touches: Rows): readonly string[] {
  if (touches.size === 0) return [];
  const silent = [...rows].flatMap(([pattern, list]) => {
    if (!pattern.startsWith('fader.')) return [];
    return list.flatMap((fader, strip) =>
      fader === undefined || touches.get(pattern)?.[strip] !== undefined ? [] : [nameOn(pattern, strip)],
    );
  });
  if (silent.length === 0) return [];
  const who = `${silent.join(', ')} did not tell of the hand, while other faders did`;
  const cure = 'Learn the surface again with a hand on each cap, or write "touches" by hand.';
  return touches.size === faderRows(rows)
    ? [`${who}: there a hand counts only while it moves. ${cure}`]
    : [`${who}: so on all faders a hand counts only while it moves. ${cure}`];
}

function nameOn(pattern: string, strip: number): string {
  return isStripName(pattern) ? pattern.replace('*', String(strip + 1)) : pattern;
}

/** Whether an address could be put into its row. */
function put(
  rows: Map<string, (StripAddress | undefined)[]>,
  pattern: string,
  strip: number,
  address: StripAddress,
): boolean {
  const list = rows.get(pattern) ?? [];
  const first = list.find((one) => one !== undefined);
  if (first !== undefined && !standsWith(first, address)) return false;
  while (list.length < strip) list.push(undefined);
  // One hand goes further than another: the furthest is the top for all.
  const top = Math.max(address.top ?? 0, ...list.map((one) => one?.top ?? 0));
  list[strip] = address;
  rows.set(pattern, top === 0 ? list : list.map((one) => one && {...one, top}));
  return true;
}

function lampRows(rows: Rows, lamps: ReadonlySet<string>): Rows {
  return new Map(
    [...rows]
      .filter(([pattern]) => lamps.has(pattern))
      .map(([pattern, list]) => [pattern, list.map((one) => one && {...bare(one), on: one.on, off: one.off})]),
  );
}

function entries(rows: Rows, strips: number): Readonly<Record<string, AddressFile>> {
  return Object.fromEntries(
    controlPatterns.flatMap((pattern): readonly (readonly [string, AddressFile])[] => {
      const list = rows.get(pattern);
      if (list === undefined) return [];
      const [alone] = list;
      if (!isStripName(pattern)) return alone === undefined ? [] : [[pattern, singleEntry(alone)]];
      return [[pattern, addressEntry(Array.from({length: strips}, (_, strip) => list[strip]))]];
    }),
  );
}

function addressOf(finding: MidiFinding): StripAddress {
  const place = bare(finding.place);
  switch (finding.type) {
    case 'travel':
      return {...place, top: finding.top, ...(finding.reverse ? {reverse: true} : {})};
    case 'turn':
      return {...place, on: finding.encoding.up, off: finding.encoding.down};
    case 'press':
      return {
        ...place,
        ...(finding.on === 127 ? {} : {on: finding.on}),
        ...(finding.off === 0 ? {} : {off: finding.off}),
        ...(finding.press === 'gate' || finding.place.message === 'program' ? {} : {press: finding.press}),
      };
  }
}

function bare({message, number, channel}: Place | StripAddress): StripAddress {
  return {message, number, channel, on: undefined, off: undefined};
}
