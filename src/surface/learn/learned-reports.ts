import {controlPatterns, isStripName} from '../../mapping/control-names.ts';
import type {ReportPlaceFile} from '../../mapping/report-schema.ts';
import type {SurfaceFile} from '../../mapping/surface-schema.ts';
import type {ReportField, ReportPlace} from '../../model/report-traits.ts';
import {reportPlaces} from './known-places.ts';
import type {LearnedPort, LearnedSurface} from './learned-surface.ts';
import type {Learner} from './learner-state.ts';

type Row = readonly (ReportPlace | undefined)[];

/** Tops and bottoms of a row that lie so near to each other are the same but for how far each control goes. */
const alike = 0.05;

/** What was learned of a HID device, as the reports of a surface file. */
export function learnedReports(
  {found}: Learner,
  name: string,
  {usb, usagePage}: LearnedPort,
): Omit<LearnedSurface, 'id'> {
  const rows = new Map<string, (ReportPlace | undefined)[]>();
  const left: string[] = [];
  for (const [control, place] of placesIn(found)) {
    const [stem = '', number = ''] = control.split('.');
    const strip = isStripName(control) ? Number(number) - 1 : 0;
    const pattern = isStripName(control) ? `${stem}.*` : control;
    const row = rows.get(pattern) ?? [];
    const first = row.find((one) => one !== undefined);
    if (first !== undefined && !standsWith(first, place)) {
      left.push(
        `${control} is left out: it lies in another report than the others of its row, or tells something else.`,
      );
      continue;
    }
    while (row.length < strip) row.push(undefined);
    row[strip] = place;
    rows.set(pattern, row);
  }
  if (rows.size === 0 || usb === undefined) return {file: undefined, left, notes: []};
  const strips = Math.max(0, ...[...rows].map(([pattern, row]) => (isStripName(pattern) ? row.length : 0)));
  const controls = controlPatterns.flatMap((pattern): readonly (readonly [string, ReportPlaceFile])[] => {
    const row = rows.get(pattern);
    if (row === undefined) return [];
    const length = isStripName(pattern) ? strips : 1;
    const entry = entryOf(Array.from({length}, (_, strip) => row[strip]));
    return entry === undefined ? [] : [[pattern, entry]];
  });
  const page = usagePage === undefined ? {} : {usagePage: usagePage.toString(16).padStart(4, '0')};
  const file: SurfaceFile = {
    $schema: '../surface.schema.json',
    name,
    maker: 'Learned',
    dialect: 'reports',
    hid: [{vendor: usb.vendor, product: usb.product, ...page}],
    unit: 'main',
    strips,
    faders: {master: rows.has('fader.master')},
    reports: {controls: Object.fromEntries(controls)},
    tested: 'Learned from the device itself.',
  };
  return {file, left, notes: []};
}

/** All places; a bit of a byte that tells other keys by numbers is a number, too. */
function placesIn(found: Learner['found']): readonly (readonly [control: string, place: ReportPlace])[] {
  const codes = reportPlaces(found).filter(({field}) => field.type === 'code');
  return [...found].flatMap(([control, finding]) => {
    if (finding.type !== 'field') return [];
    const {place} = finding;
    const {start, at, field} = place;
    const isNumber = codes.some((code) => code.at === at && code.start.join() === start.join());
    const told: ReportPlace =
      field.type === 'bit' && isNumber ? {start, at, field: {type: 'code', code: 1 << field.bit}} : place;
    return [[control, told] as const];
  });
}

/** Whether two controls can stand in one entry: in the same report, told in the same way, the same way round. */
function standsWith(one: ReportPlace, other: ReportPlace): boolean {
  const [{field}, {field: its}] = [one, other];
  const traits = (of: ReportField): readonly unknown[] => [
    of.type,
    'bytes' in of ? of.bytes : 0,
    'reverse' in of ? of.reverse : false,
  ];
  return one.start.join() === other.start.join() && traits(field).join() === traits(its).join();
}

/** The entry of a row, as short as it can be written: what counts up evenly by its step, else a list with one a strip. */
function entryOf(row: Row): ReportPlaceFile | undefined {
  const places = row.flatMap((place) => place ?? []);
  const [first] = places;
  if (first === undefined) return undefined;
  const {start, field} = first;
  const head = start.length === 0 ? {} : {start: start.map((byte) => hex(byte ?? 0)).join(' ')};
  const at = evenly(row.map((place) => place?.at ?? null));
  const away = {at: at.values, ...(at.step === undefined ? {} : {step: at.step})};
  switch (field.type) {
    case 'bit': {
      // Counted on from the lowest byte, keys lie evenly over several.
      const lowest = Math.min(...places.map((place) => place.at));
      const bits = evenly(row.map((place) => place && 8 * (place.at - lowest) + numberOf(place.field)));
      return {...head, at: lowest, bit: bits.values, ...(bits.step === undefined ? {} : {bitStep: bits.step})};
    }
    case 'code': {
      const codes = evenly(row.map((place) => place && numberOf(place.field)));
      const step = codes.step === undefined || codes.step === 0 ? {} : {codeStep: codes.step};
      return {...head, ...away, as: 'code', code: codes.values, ...step};
    }
    case 'counter':
    case 'relative':
      return {...head, ...away, as: field.type, ...turned(field.reverse)};
    case 'spring': {
      const {bytes, span, dead, reverse} = field;
      return {...head, ...away, as: 'spring', ...wide(bytes), span, ...(dead === 0 ? {} : {dead}), ...turned(reverse)};
    }
    case 'position': {
      const {bytes, reverse} = field;
      const fields = places.flatMap((place) => (place.field.type === 'position' ? [place.field] : []));
      return {...head, ...away, as: 'position', ...wide(bytes), ...endsOf(fields), ...turned(reverse)};
    }
  }
}

/** Where all controls of a row end. One hand goes further than another: the furthest counts, unless they are so near that all shall reach it. */
function endsOf(fields: readonly Pick<Extract<ReportField, {type: 'position'}>, 'bottom' | 'top'>[]): {
  readonly bottom?: number;
  readonly top: number;
} {
  const [lowest, highest] = [Math.min(...fields.map(({bottom}) => bottom)), Math.max(...fields.map(({top}) => top))];
  const near = (highest - lowest) * alike;
  const bottom = Math.max(...fields.map((one) => one.bottom).filter((one) => one - lowest <= near));
  const top = Math.min(...fields.map((one) => one.top).filter((one) => highest - one <= near));
  return {...(bottom === 0 ? {} : {bottom}), top};
}

/** Numbers, one a strip: the first and how far the next is, or a list. */
function evenly(numbers: readonly (number | null | undefined)[]): {
  readonly values: number | (number | null)[];
  readonly step?: number;
} {
  const [first, second] = numbers;
  if (typeof first === 'number' && numbers.length === 1) return {values: first};
  const step = typeof first === 'number' && typeof second === 'number' ? second - first : Number.NaN;
  const isEven = Math.abs(step) <= 64 && numbers.every((number, strip) => number === (first ?? 0) + strip * step);
  if (isEven && typeof first === 'number') return {values: first, step};
  return {values: numbers.map((number) => number ?? null)};
}

function numberOf(field: ReportField): number {
  return field.type === 'bit' ? field.bit : field.type === 'code' ? field.code : 0;
}

function wide(bytes: 1 | 2): {readonly bytes?: 2} {
  return bytes === 1 ? {} : {bytes};
}

function turned(reverse: boolean): {readonly reverse?: true} {
  return reverse ? {reverse} : {};
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0').toUpperCase();
}
