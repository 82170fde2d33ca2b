import type {RingStyle} from '../model/picture.ts';
import type {Address, Control, Output, RingValues, Surface} from '../model/surface.ts';
import type {AddressFile, RingFile} from './address-schema.ts';
import {controlPatterns, isStripName, kindOf} from './control-names.ts';
import {readHexMessage} from './hex-message.ts';
import type {WholeSurfaceFile} from './inherit.ts';
import {padNumber} from './pad-template.ts';
import {readTextTemplate} from './text-template.ts';
import {addressOf, kindAt, messagesOfPlace, placeOf, standsOn} from './wire-address.ts';

type Addresses = WholeSurfaceFile['controls'];

/** The ways in which rings draw, in the order of preference where one is not there. */
const ringStyles: readonly RingStyle[] = ['wrap', 'dot', 'boost-cut', 'spread'];

/** The controls of a plain surface, in the order of their names. */
export function plainControls(file: WholeSurfaceFile): readonly Control[] {
  return spread(file, file.controls, (pattern, given, id, strip) => {
    const kind = kindAt(pattern, given);
    const address = addressOf(given, kind, strip);
    const touch = addressIn(file.touches, pattern, strip);
    const also = furtherPlaces(given, address, strip);
    const alsoTouch = furtherPlaces(file.touches?.[pattern], touch, strip);
    return {
      id,
      kind,
      strip,
      address,
      ...(also.length === 0 ? {} : {also}),
      ...(touch === undefined ? {} : {touch}),
      ...(alsoTouch.length === 0 ? {} : {alsoTouch}),
    };
  });
}

/** The further places of what lives at an address. */
function furtherPlaces(
  given: AddressFile | undefined,
  address: Address | undefined,
  strip: number | undefined,
): readonly Address[] {
  return (given?.also ?? []).flatMap((place): readonly Address[] => {
    const at = placeOf(place, strip);
    return at === undefined || address === undefined ? [] : [{...address, ...at}];
  });
}

/** The outputs of a plain surface: motors, rings, lamps, coloured keys and columns, meters, texts. */
export function plainOutputs(file: WholeSurfaceFile): readonly Output[] {
  const lights = (type: 'lamp' | 'pad', addresses: Addresses): readonly Output[] =>
    spread(file, addresses, (_, given, id, strip) =>
      output(`${type}.${id}`, type, strip, addressOf(given, 'button', strip)),
    );
  return [
    ...motors(file),
    ...rings(file),
    ...lights('lamp', file.lamps),
    ...lights('pad', file.pads?.keys),
    ...columnPads(file),
    ...meters(file),
    ...texts(file),
  ];
}

/** The top of the travel where the file says nothing: what the faders' messages can carry. */
export function plainTopValue({controls}: WholeSurfaceFile): number {
  const fader = controls?.['fader.*'] ?? controls?.['fader.master'];
  const wide = fader !== undefined && messagesOfPlace(fader).some((message) => wideMessages.includes(message));
  return wide ? 16_383 : 127;
}

const wideMessages: readonly string[] = ['cc14', 'nrpn', 'rpn', 'bend'];

/** What only plain surfaces can say of themselves. */
export function plainTraits(file: WholeSurfaceFile): Pick<Surface, 'ringStyles' | 'texts' | 'keepAlive' | 'ownLamps'> {
  const drawn = ringStyles.filter((style) =>
    Object.values(file.rings ?? {}).every((ring) => ring && drawsAs(ring, style)),
  );
  const alive = file.keepAlive ? readHexMessage(file.keepAlive.message) : undefined;
  const templates = (file.display?.messages ?? []).map(readTextTemplate);
  return {
    ...(file.rings === undefined ? {} : {ringStyles: drawn}),
    ...(templates.length === 0
      ? {}
      : {texts: templates.flatMap((template) => (template.state === 'good' ? [template.bytes] : []))}),
    ...(file.keepAlive && alive?.state === 'good'
      ? {keepAlive: {message: alive.bytes, everyMs: file.keepAlive.everyMs}}
      : {}),
    ...(file.ownLamps === true ? {ownLamps: true} : {}),
  };
}

/** Driven faders and knobs: all faders of a surface with motors, and what is listed as driven. */
function motors(file: WholeSurfaceFile): readonly Output[] {
  return plainControls(file).flatMap(({id, kind, strip, address}) => {
    const pattern = patternOf(id);
    const own = addressIn(file.motors, pattern, strip);
    const isDriven = own !== undefined || (kind === 'fader' && file.faders.motor === true);
    return isDriven && (kind === 'fader' || kind === 'knob') ? [output(id, 'fader', strip, own ?? address)] : [];
  });
}

function rings(file: WholeSurfaceFile): readonly Output[] {
  return Object.entries(file.rings ?? {}).flatMap(([pattern, given]) =>
    given === undefined
      ? []
      : strips(file)
          .filter((strip) => standsOn(given, strip))
          .map((strip) => {
            const at = placeOf(given, strip);
            const address = at && {...at, on: 127, off: 0};
            return {
              ...output(`ring.${strip + 1}`, 'ring', strip, address),
              ring: ringValues(given, strip),
              ...(pattern === 'encoder.*' ? {} : {around: `${pattern.slice(0, -1)}${strip + 1}`}),
            };
          }),
  );
}

function ringValues(given: RingFile, strip: number): RingValues {
  const spans = ringStyles.flatMap((style) => {
    const span = given[style];
    return span === undefined ? [] : [[style, span] as const];
  });
  const at = given.style && placeOf(given.style, strip);
  const chosen = ringStyles.flatMap((style) => {
    const value = given.style?.[style];
    return value === undefined ? [] : [[style, value] as const];
  });
  return {
    dark: given.dark ?? 0,
    styles: spans.length === 0 ? {wrap: [0, 127]} : Object.fromEntries(spans),
    centre: given.centre ?? 0,
    ...(at === undefined
      ? {}
      : {
          styleAt: {
            address: {...at, on: 127, off: 0},
            values: Object.fromEntries(chosen),
            ...(given.style?.dark === undefined ? {} : {dark: given.style.dark}),
          },
        }),
  };
}

/** Whether a ring can draw so: it has values for it, and a value that chooses it where it is chosen apart. */
function drawsAs(ring: RingFile, style: RingStyle): boolean {
  const hasSpans = ringStyles.some((one) => ring[one] !== undefined);
  const hasValues = hasSpans ? ring[style] !== undefined : style === 'wrap';
  return hasValues && (ring.style === undefined || ring.style[style] !== undefined);
}

function columnPads(file: WholeSurfaceFile): readonly Output[] {
  const columns = file.pads?.columns;
  if (columns === undefined) return [];
  const kind = columns.cc === undefined ? 'note' : 'cc';
  return strips(file).flatMap((strip) =>
    Array.from({length: columns.rows}, (_, row): Output => {
      const at = {[kind]: padNumber(columns, strip, row), ...(columns.channel && {channel: columns.channel})};
      return {...output(`column.${strip + 1}.${row + 1}`, 'pad', strip, addressOf(at, 'button', undefined)), row};
    }),
  );
}

function meters(file: WholeSurfaceFile): readonly Output[] {
  const {at, further} = file.meters ?? {};
  return strips(file).flatMap((strip) => {
    const given = [at, further].find((place) => place !== undefined && standsOn(place, strip));
    return given === undefined ? [] : [output(`meter.${strip + 1}`, 'meter', strip, addressOf(given, 'button', strip))];
  });
}

function texts(file: WholeSurfaceFile): readonly Output[] {
  const {display} = file;
  if (display?.messages === undefined) return [];
  return strips(file).map((strip) => ({
    ...output(`text.${strip + 1}`, 'text', strip, undefined),
    cells: display.cells ?? 7,
  }));
}

/** One made of each address, strip by strip where it stands on strips. */
function spread<Made>(
  file: WholeSurfaceFile,
  addresses: Addresses,
  make: (pattern: string, given: AddressFile, id: string, strip: number | undefined) => Made,
): readonly Made[] {
  return controlPatterns.flatMap((pattern) => {
    const given = addresses?.[pattern];
    if (given === undefined) return [];
    if (!isStripName(pattern)) return [make(pattern, given, pattern, undefined)];
    return strips(file)
      .filter((strip) => standsOn(given, strip))
      .map((strip) => make(pattern, given, `${pattern.slice(0, -1)}${strip + 1}`, strip));
  });
}

function addressIn(addresses: Addresses, pattern: string, strip: number | undefined): Address | undefined {
  const given = addresses?.[pattern];
  return given === undefined || (strip !== undefined && !standsOn(given, strip))
    ? undefined
    : addressOf(given, kindOf(pattern), strip);
}

function patternOf(id: string): string {
  return isStripName(id) ? id.replace(/\d+$/, '*') : id;
}

function output(id: string, type: Output['type'], strip: number | undefined, address: Address | undefined): Output {
  return {id, type, strip, cells: 0, address};
}

function strips(file: WholeSurfaceFile): readonly number[] {
  return Array.from({length: file.strips}, (_, strip) => strip);
}
