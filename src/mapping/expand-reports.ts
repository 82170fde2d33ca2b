import {packReports} from '../model/hid-report.ts';
import type {
  HidId,
  LampReport,
  PicturePlace,
  PictureTraits,
  ReportField,
  ReportPlace,
  ReportTemplate,
  ReportTraits,
} from '../model/report-traits.ts';
import type {Control, Output, Surface} from '../model/surface.ts';
import {controlPatterns, isStripName, kindWhere} from './control-names.ts';
import type {WholeSurfaceFile} from './inherit.ts';
import type {PictureFile, ReportPlaceFile, ReportsFile, WrittenReportFile} from './report-schema.ts';
import {readReportStart, readReportTemplate} from './report-template.ts';

/** A USB device by its numbers. */
export function hidIdOf({vendor, product, usagePage}: NonNullable<WholeSurfaceFile['hid']>[number]): HidId {
  return {vendor, product, usagePage: usagePage === undefined ? undefined : Number.parseInt(usagePage, 16)};
}

/** The parts of a surface that speaks in HID reports, of a checked file. */
export function expandReports(
  file: WholeSurfaceFile,
): Pick<Surface, 'controls' | 'outputs' | 'greeting' | 'farewell'> & {readonly reports: ReportTraits} {
  const reports = file.reports ?? {};
  const placesAt = (name: string, strip: number): readonly ReportPlace[] =>
    placesOf(reports, name).flatMap((place) => placeAt(place, strip) ?? []);
  const controls = patternsOf(reports)
    .flatMap((pattern) => named(pattern, file.strips))
    .filter(({pattern, strip}) => {
      const places = placesOf(reports, pattern);
      return places.length === 0 || strip === undefined || places.some((place) => placeAt(place, strip) !== undefined);
    });
  const lamps = eachNamed(reports.lamps ?? {}, file.strips).map(({id, strip, value}) => {
    const report = {template: templateOf(value), full: value.full ?? 1};
    return {id: `${isDimmable(report) ? 'pad' : 'lamp'}.${id}`, strip, report};
  });
  const pictures = (reports.pictures ?? []).flatMap((picture) => picturesOf(picture, file.strips));
  return {
    controls: new Map(
      controls.map(({id, pattern, strip}): [string, Control] => {
        const turns = placesOf(reports, pattern).some(({as}) => as === 'counter' || as === 'relative');
        return [id, {id, kind: kindWhere(id, turns), strip, address: undefined}];
      }),
    ),
    outputs: new Map(
      [
        ...lamps.map(({id, strip}): Output => outputOf(id, id.startsWith('pad.') ? 'pad' : 'lamp', strip)),
        ...pictures.map(({id, strip}): Output => outputOf(id, 'key', strip)),
      ].map((output) => [output.id, output]),
    ),
    greeting: messagesOf(reports.greeting, reports.brightness ?? 70),
    farewell: messagesOf(reports.farewell, 0),
    reports: {
      places: new Map(
        controls.flatMap(({id, pattern, strip}): [string, readonly ReportPlace[]][] => {
          const places = placesAt(pattern, strip ?? 0);
          return places.length === 0 ? [] : [[id, places]];
        }),
      ),
      lamps: new Map(lamps.map(({id, report}) => [id, report])),
      pictures: new Map(pictures.map(({id, place}) => [id, place])),
      touch: reports.touch && {
        ...{start: startOf(reports.touch.start), kindAt: reports.touch.kindAt, xAt: reports.touch.xAt},
        ...{endAt: reports.touch.endAt, width: reports.touch.width},
        ...{short: reports.touch.short, long: reports.touch.long},
        ...{swipeLeft: reports.touch.swipeLeft, swipeRight: reports.touch.swipeRight},
      },
    },
  };
}

/** The controls of such a surface as they are written: in reports, on keys, under the finger. */
export function patternsOf({controls, pictures, touch}: ReportsFile): readonly string[] {
  const touched = [touch?.short, touch?.long, touch?.swipeLeft, touch?.swipeRight];
  return controlPatterns.filter(
    (pattern) =>
      controls?.[pattern] !== undefined ||
      pictures?.some(({keys}) => keys?.[pattern] !== undefined) === true ||
      touched.includes(pattern),
  );
}

/** Where a control of the first strip lies: as it is written, or by its key. */
export function placesOf({controls, pictures, keyReport}: ReportsFile, pattern: string): readonly ReportPlaceFile[] {
  const written = controls?.[pattern];
  const keys = (pictures ?? []).flatMap(({keys: on}) => on?.[pattern] ?? []);
  return [
    ...(written === undefined ? [] : Array.isArray(written) ? written : [written]),
    ...(keyReport === undefined
      ? []
      : keys.map(({key, step}): ReportPlaceFile => ({...keyReport, at: keyReport.at + key, step: step ?? 1}))),
  ];
}

/** Where the control of one strip lies; undefined where the strip has none. */
export function placeAt(file: ReportPlaceFile, strip: number): ReportPlace | undefined {
  const {bitStep, codeStep} = file;
  // What counts up by bits or codes, or lists them, stays at its byte.
  const stays = bitStep !== undefined || codeStep !== undefined || Array.isArray(file.bit) || Array.isArray(file.code);
  const at = counted(file.at, strip, file.step ?? (stays ? 0 : 1));
  const bit = counted(file.bit ?? 0, strip, bitStep ?? 0);
  const code = counted(file.code ?? 1, strip, codeStep ?? 0);
  if (at === undefined || bit === undefined || code === undefined) return undefined;
  return {start: startOf(file.start), at, field: fieldOf(file, bit, code)};
}

function counted(given: number | readonly (number | null)[], strip: number, step: number): number | undefined {
  return typeof given === 'number' ? given + strip * step : (given[strip] ?? undefined);
}

function fieldOf(file: ReportPlaceFile, bit: number, code: number): ReportField {
  const {as = 'button', bytes = 1, dead = 0, reverse = false} = file;
  switch (as) {
    case 'button':
      return {type: 'bit', bit};
    case 'code':
      return {type: 'code', code};
    case 'counter':
    case 'relative':
      return {type: as, reverse};
    case 'spring':
      return {type: 'spring', bytes, span: file.span ?? (bytes === 1 ? 127 : 32767), dead, reverse};
    case 'position':
      return {type: 'position', bytes, bottom: file.bottom ?? 0, top: file.top ?? (bytes === 1 ? 255 : 65535), reverse};
  }
}

function picturesOf(
  file: PictureFile,
  strips: number,
): readonly {readonly id: string; readonly strip: number | undefined; readonly place: PicturePlace}[] {
  const traits = pictureTraits(file);
  const {firstKey = 0} = file;
  const keys = eachNamed(file.keys ?? {}, strips).map(({id, strip, value: {key, step = 1}}) => {
    return {id: `key.${id}`, strip, place: {traits, key: firstKey + key + (strip ?? 0) * step, x: 0, y: 0}};
  });
  const areas = eachNamed(file.areas ?? {}, strips).map(({id, strip, value: {x, y = 0, step = 0}}) => {
    return {id: `key.${id}`, strip, place: {traits, key: 0, x: x + (strip ?? 0) * step, y}};
  });
  return [...keys, ...areas];
}

function pictureTraits(file: PictureFile): PictureTraits {
  const packet = templateOf({output: file.packet, size: file.size});
  const {width, height, format, turn = 0, mirror = 'none', firstPart = 0} = file;
  return {width, height, format, turn, mirror, packet, body: file.body ?? file.size - packet.bytes.length, firstPart};
}

/** A lamp of colours or of several steps is a pad. */
function isDimmable({template, full}: LampReport): boolean {
  return full > 1 || template.bytes.some((byte) => byte === 'red' || byte === 'green' || byte === 'blue');
}

function templateOf({output, feature, size = 0}: WrittenReportFile): ReportTemplate {
  const read = readReportTemplate(output ?? feature ?? '');
  return {way: output === undefined ? 'feature' : 'output', bytes: read.state === 'good' ? read.bytes : [], size};
}

function startOf(text: string | undefined): readonly (number | undefined)[] {
  const read = readReportStart(text ?? '');
  return read.state === 'good' ? read.bytes : [];
}

function messagesOf(written: readonly WrittenReportFile[] | undefined, level: number): readonly Uint8Array[] {
  return (written ?? []).map((report) => {
    const {way, bytes, size} = templateOf(report);
    const filled = new Uint8Array(Math.max(size, bytes.length));
    filled.set(bytes.map((byte) => (typeof byte === 'number' ? byte : byte === 'level' ? level : 0)));
    return packReports([{way, bytes: filled}]);
  });
}

interface Named {
  readonly id: string;
  readonly pattern: string;
  readonly strip: number | undefined;
}

function named(pattern: string, strips: number): readonly Named[] {
  if (!isStripName(pattern)) return [{id: pattern, pattern, strip: undefined}];
  return Array.from({length: strips}, (_, strip) => ({id: `${pattern.slice(0, -1)}${strip + 1}`, pattern, strip}));
}

function eachNamed<Value>(
  byName: Readonly<Record<string, Value | undefined>>,
  strips: number,
): readonly (Named & {readonly value: Value})[] {
  return Object.entries(byName).flatMap(([pattern, value]) =>
    value === undefined ? [] : named(pattern, strips).map((one) => ({...one, value})),
  );
}

function outputOf(id: string, type: Output['type'], strip: number | undefined): Output {
  return {id, type, strip, cells: 0, address: undefined};
}
