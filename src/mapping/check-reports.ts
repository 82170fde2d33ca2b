import type {Problem} from '../model/problem.ts';
import type {ReportPlace} from '../model/report-traits.ts';
import {isStripName} from './control-names.ts';
import {patternsOf, placeAt, placesOf} from './expand-reports.ts';
import {problemAt} from './file-problems.ts';
import type {WholeSurfaceFile} from './inherit.ts';
import type {ReportPlaceFile, ReportsFile, WrittenReportFile} from './report-schema.ts';
import {readReportStart, readReportTemplate} from './report-template.ts';

/** Whether a surface that speaks in HID reports says whom it means, where everything lies, and what is to be written. */
export function checkReports(path: string, file: WholeSurfaceFile): readonly Problem[] {
  const problems: Problem[] = [];
  const {reports, strips, dialect} = file;
  const at = (place: readonly PropertyKey[], reason: string, hint?: string): number =>
    problems.push(problemAt(path, place, reason, hint));
  for (const field of ['controls', 'lamps', 'pads', 'buttons', 'encoders', 'display', 'digits', 'meters'] as const)
    if (file[field] !== undefined && file[field] !== null)
      at([field], 'belongs to MIDI', 'a surface on HID says everything under "reports"');
  for (const field of ['greeting', 'farewell'] as const)
    if ((file[field] ?? []).length > 0) at([field], 'is for MIDI messages', `write it under "reports", "${field}"`);
  if (reports === undefined) {
    at(['reports'], 'missing: where the controls of the device lie');
    return problems;
  }
  const patterns = patternsOf(reports);
  if (patterns.length === 0) at(['reports', 'controls'], 'a surface has controls');
  if (strips === 0 && patterns.some(isStripName)) at(['strips'], 'is 0, yet there are controls of strips');
  const isDrawn = (reports.pictures ?? []).length > 0;
  if (isDrawn !== (dialect === 'image-keys'))
    at(['dialect'], isDrawn ? 'has pictures' : 'has no pictures', isDrawn ? '"image-keys"' : '"reports"');
  if (reports.pictures?.some(({keys}) => keys !== undefined) && reports.keyReport === undefined)
    at(['reports', 'keyReport'], 'missing: how the device tells which key is pressed');

  const starts = [
    ...(['keyReport', 'touch'] as const).map((field) => [reports[field]?.start, ['reports', field]] as const),
    ...patterns.flatMap((pattern) =>
      writtenPlaces(reports, pattern).map(({file: {start}, where}) => [start, where] as const),
    ),
  ];
  for (const [start, where] of starts) {
    const read = readReportStart(start ?? '');
    if (read.state === 'bad') at([...where, 'start'], read.reason);
  }
  const written = [
    ...(reports.greeting ?? []).map((one, index) => [one, ['greeting', index]] as const),
    ...(reports.farewell ?? []).map((one, index) => [one, ['farewell', index]] as const),
    ...Object.entries(reports.lamps ?? {}).flatMap(([name, one]) => (one ? [[one, ['lamps', name]] as const] : [])),
    ...(reports.pictures ?? []).map(({packet, size}, index) => [{output: packet, size}, ['pictures', index]] as const),
  ];
  for (const [one, place] of written) {
    const wrong = wrongIn(one);
    if (wrong !== undefined) at(['reports', ...place], wrong);
  }
  for (const [index, {body, size, packet}] of (reports.pictures ?? []).entries())
    if ((body ?? 0) + packet.trim().split(/\s+/).length > size)
      at(['reports', 'pictures', index, 'body'], 'head and body are longer than the packet');
  problems.push(...checkPlaces(path, file, patterns));
  return problems;
}

function wrongIn({output, feature}: WrittenReportFile): string | undefined {
  if ((output === undefined) === (feature === undefined))
    return output === undefined ? 'has neither output nor feature' : 'has output and feature at once';
  const read = readReportTemplate(output ?? feature ?? '');
  if (read.state === 'bad') return read.reason;
  return read.bytes.length === 0 ? 'is empty' : undefined;
}

interface WrittenPlace {
  readonly file: ReportPlaceFile;
  /** Where in the file it is written. */
  readonly where: readonly PropertyKey[];
}

/** The places of a control that are written under its name. */
function writtenPlaces({controls}: ReportsFile, pattern: string): readonly WrittenPlace[] {
  const written = controls?.[pattern];
  const where = ['reports', 'controls', pattern];
  if (written === undefined) return [];
  return Array.isArray(written)
    ? written.map((file, index) => ({file, where: [...where, index]}))
    : [{file: written, where}];
}

/** No two controls may lie at the same place, not even in part, and none before the report begins. */
function checkPlaces(path: string, file: WholeSurfaceFile, patterns: readonly string[]): readonly Problem[] {
  const taken: Taken[] = [];
  const reports = file.reports ?? {};
  for (const pattern of patterns) {
    const count = isStripName(pattern) ? file.strips : 1;
    const written = writtenPlaces(reports, pattern);
    const onKeys = placesOf(reports, pattern).slice(written.length);
    const places = [...written, ...onKeys.map((key) => ({file: key, where: ['reports', 'pictures']}))];
    for (let strip = 0; strip < count; strip++) {
      const name = isStripName(pattern) ? `${pattern.slice(0, -1)}${strip + 1}` : pattern;
      for (const {file: one, where} of places) {
        const place = placeAt(one, strip);
        const wrong = wrongAt(one, count);
        if (wrong !== undefined) return [problemAt(path, where, wrong)];
        if (place === undefined) continue;
        if (place.at < 0 || (place.field.type === 'bit' && place.field.bit < 0))
          return [problemAt(path, where, `${name} lies before the report begins`)];
        const other = taken.find((earlier) => overlap(earlier, {name, place}));
        if (other !== undefined) return [problemAt(path, where, `${name} lies where ${other.name} lies`)];
        taken.push({name, place});
      }
    }
  }
  return [];
}

/** What is wrong with a place by itself. */
function wrongAt({at, bit, code, as, bottom = 0, top, bytes = 1}: ReportPlaceFile, count: number): string | undefined {
  for (const list of [at, bit, code]) {
    if (Array.isArray(list) && list.length !== count)
      return `lists ${list.length} numbers for ${count} ${count === 1 ? 'control' : 'strips'}`;
  }
  if (as === 'code' && code === undefined) return 'does not say which code it is';
  return bottom >= (top ?? (bytes === 1 ? 255 : 65535)) ? 'its bottom is not below its top' : undefined;
}

interface Taken {
  readonly name: string;
  readonly place: ReportPlace;
}

/** Whether what a report says at one place would be told of both. Of the places of one control only the first counts that fits a report. */
function overlap(one: Taken, other: Taken): boolean {
  const [a, b] = [one.place, other.place];
  const isOneReport =
    one.name === other.name
      ? a.start.join() === b.start.join()
      : a.start.every((byte, index) => isSame(byte, b.start[index]));
  if (!isOneReport) return false;
  const [from, to] = [bitsOf(a), bitsOf(b)];
  if (from.last < to.first || to.last < from.first) return false;
  // Keys that are told by numbers share a byte.
  return a.field.type !== 'code' || b.field.type !== 'code' || a.field.code === b.field.code;
}

/** Whether a byte of two beginnings can be the same; undefined is any byte, or none any more. */
function isSame(one: number | undefined, other: number | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** The first and the last bit of a report that a place takes. */
function bitsOf({at, field}: ReportPlace): {readonly first: number; readonly last: number} {
  if (field.type === 'bit') return {first: at * 8 + field.bit, last: at * 8 + field.bit};
  const bytes = field.type === 'position' || field.type === 'spring' ? field.bytes : 1;
  return {first: at * 8, last: (at + bytes) * 8 - 1};
}
