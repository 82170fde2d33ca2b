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
import {overlaps, type Place} from './tracks.ts';

/** What was learned, as a surface file. */
export interface LearnedSurface {
  /** The file's name without ending. */
  readonly id: string;
  /** Undefined if nothing was found. */
  readonly file: SurfaceFile | undefined;
  /** Controls that could not be written down with the others of their row, a sentence each. */
  readonly left: readonly string[];
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
  return {
    id,
    ...(learner.device.kind === 'hid' ? learnedReports(learner, name, port) : learnedMessages(learner, name)),
  };
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
  if (rows.size === 0) return {file: undefined, left};
  const strips = Math.max(1, ...[...rows].map(([pattern, list]) => (isStripName(pattern) ? list.length : 1)));
  const faders = [...found].filter(([control]) => control.startsWith('fader.'));
  const steps = faders.flatMap(([, finding]) => (finding.type === 'travel' ? [finding.step] : []));
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
      touch: touches.size > 0 && touches.size === faderRows(rows) ? 'sensed' : 'inferred',
      ...(motors && steps.length > 0 ? {stepValue: Math.min(1024, ...steps)} : {}),
    },
    controls: entries(rows, strips),
    ...(lamps.size === 0 ? {} : {lamps: entries(lampRows(rows, lamps), strips)}),
    ...(touches.size === 0 || touches.size !== faderRows(rows) ? {} : {touches: entries(touches, strips)}),
    tested: 'Learned from the device itself.',
  };
  return {file, left};
}

type Rows = ReadonlyMap<string, readonly (StripAddress | undefined)[]>;

function faderRows(rows: Rows): number {
  return [...rows.keys()].filter((pattern) => pattern.startsWith('fader.')).length;
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
      .map(([pattern, list]) => [pattern, list.map((one) => one && bare(one))]),
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
      return {...place, top: finding.top};
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
