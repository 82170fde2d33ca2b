import type {ControlEvent, ControlId} from '../../src/model/control.ts';
import {unpackReports} from '../../src/model/hid-report.ts';
import {type Hue, hues, padBrightness} from '../../src/model/pad.ts';
import type {Cell, OutputId} from '../../src/model/picture.ts';
import type {PicturePlace, ReportByte, ReportPlace, ReportTemplate} from '../../src/model/report-traits.ts';
import type {Surface} from '../../src/model/surface.ts';
import {lampBytes} from '../../src/surface/reports/lamps.ts';
import type {Face, Panel} from './face.ts';
import {darkKey, readKey} from './key-eye.ts';

/** A face that hears packed reports in place of MIDI messages. */
export interface ReportFace extends Face {
  take(packed: Uint8Array): void;
  /** Looks at the pictures that came since the last look. */
  look(): void;
}

/** A HID device: it tells how its controls stand in reports, and shows lamps and pictures. */
export function createReportFace(surface: Surface, panel: Panel): ReportFace {
  const {reports, strips} = surface;
  const places = reports?.places ?? new Map<ControlId, readonly ReportPlace[]>();
  const states = new Map<string, Uint8Array>();
  const placeOf = (control: ControlId): ReportPlace | undefined => places.get(control)?.[0];
  const stateOf = ({start}: ReportPlace): Uint8Array => {
    const known = states.get(start.join());
    if (known !== undefined) return known;
    const alike = [...places.values()].flatMap(([first]) => (first?.start.join() === start.join() ? [first] : []));
    const fresh = new Uint8Array(Math.max(start.length, ...alike.map(endOf)));
    fresh.set(start.map((byte) => byte ?? 0));
    states.set(start.join(), fresh);
    return fresh;
  };

  /** Touches of areas and swipes, for the controls that a touch strip presses. */
  const touched = (control: ControlId): Uint8Array | undefined => {
    const touch = reports?.touch;
    if (touch === undefined) return undefined;
    const area = Number(control.split('.')[1] ?? '1') - 1;
    const x = Math.round(((area + 0.5) * touch.width) / strips);
    const name = control.replace(/\.\d+$/, '.*');
    const [kind, end] =
      name === touch.short
        ? [1, x]
        : name === touch.long
          ? [2, x]
          : name === touch.swipeLeft
            ? [3, x - 60]
            : [3, x + 60];
    const report = new Uint8Array(14);
    report.set(touch.start.map((byte) => byte ?? 0));
    report.set([kind, 0], touch.kindAt);
    report.set([x & 0xff, x >> 8], touch.xAt);
    report.set([end & 0xff, end >> 8], touch.endAt);
    return report;
  };

  const say = (gesture: ControlEvent): readonly Uint8Array[] => {
    const place = placeOf(gesture.control);
    if (place === undefined) {
      const report = gesture.type === 'button.pressed' ? touched(gesture.control) : undefined;
      return report === undefined ? [] : [report];
    }
    const state = stateOf(place);
    const {at, field} = place;
    switch (gesture.type) {
      case 'button.pressed':
      case 'button.released': {
        if (field.type === 'code') {
          state[at] = gesture.type === 'button.pressed' ? field.code : 0;
          return [state.slice()];
        }
        if (field.type !== 'bit') return [];
        const byte = at + Math.floor(field.bit / 8);
        const mask = 1 << (field.bit % 8);
        state[byte] = gesture.type === 'button.pressed' ? (state[byte] ?? 0) | mask : (state[byte] ?? 0) & ~mask;
        return [state.slice()];
      }
      case 'encoder.turned': {
        if (field.type !== 'counter' && field.type !== 'relative') return [];
        const steps = field.reverse ? -gesture.steps : gesture.steps;
        state[at] = field.type === 'counter' ? (state[at] ?? 0) + steps : steps;
        const said = state.slice();
        if (field.type === 'relative') state[at] = 0;
        return [said];
      }
      case 'spring.moved': {
        if (field.type !== 'spring') return [];
        const share = field.reverse ? -gesture.deflection : gesture.deflection;
        const value = Math.round(share * (field.span - field.dead) + Math.sign(share) * field.dead);
        state.set(field.bytes === 1 ? [value & 0xff] : [value & 0xff, (value >> 8) & 0xff], at);
        return [state.slice()];
      }
      case 'fader.moved': {
        if (field.type !== 'position') return [];
        const share = field.reverse ? 1 - gesture.position : gesture.position;
        const value = Math.round(field.bottom + share * (field.top - field.bottom));
        state.set(field.bytes === 1 ? [value] : [value & 0xff, value >> 8], at);
        return [state.slice()];
      }
      default:
        return [];
    }
  };

  const lamps = lampsOf(surface);
  const wanted = new Map<OutputId, Uint8Array>();
  const parts: Uint8Array[] = [];
  const plain = new Set(
    [...surface.greeting, ...surface.farewell].flatMap(unpackReports).map(({way, bytes}) => keyOf(way, bytes)),
  );
  const farewell = new Set(surface.farewell.flatMap(unpackReports).map(({way, bytes}) => keyOf(way, bytes)));

  return {
    online: true,
    // How a counter stands is only told with a report: a device that is asked for one tells it.
    powerOn: () =>
      [...places.values()].flatMap(([first]) => (first?.field.type === 'counter' ? [stateOf(first).slice()] : [])),
    say,
    hear: () => [],
    nearest: (control, position) => {
      const field = placeOf(control)?.field;
      if (field?.type !== 'position') return position;
      const steps = field.top - field.bottom;
      return Math.round(position * steps) / steps;
    },
    take(packed) {
      for (const {way, bytes} of unpackReports(packed)) {
        const key = keyOf(way, bytes);
        const lamp = lamps.get(key);
        if (farewell.has(key)) {
          wanted.clear();
          for (const id of reports?.pictures.keys() ?? []) panel.show(id, darkKey);
        }
        if (lamp !== undefined) panel.show(lamp.id, lamp.cell);
        else if (!plain.has(key)) takePacket(way, bytes);
      }
    },
    look() {
      for (const [id, file] of wanted) {
        const place = reports?.pictures.get(id);
        if (place === undefined) continue;
        const [name] = id.slice('key.'.length).split('.');
        panel.show(id, readKey(file, place.traits, ['select', 'wheel', 'selected'].includes(name ?? '')));
      }
      wanted.clear();
    },
  };

  function takePacket(way: 'output' | 'feature', bytes: Uint8Array): void {
    for (const [id, place] of reports?.pictures ?? []) {
      const values = way === 'output' ? readTemplate(place.traits.packet, bytes) : undefined;
      if (values === undefined || !isPlace(place, values)) continue;
      const part = (values.get('part-low') ?? 0) + 256 * (values.get('part-high') ?? 0);
      if (part !== place.traits.firstPart + parts.length) panel.stray(`part ${part} of ${id} out of turn`);
      const length = values.has('length-low')
        ? (values.get('length-low') ?? 0) + 256 * (values.get('length-high') ?? 0)
        : place.traits.body;
      const head = place.traits.packet.bytes.length;
      parts.push(bytes.slice(head, head + length));
      if (bytes.length !== place.traits.packet.size) panel.stray(`a packet of ${bytes.length} bytes for ${id}`);
      if (values.get('last') === 1) wanted.set(id, Uint8Array.from(parts.splice(0).flatMap((piece) => [...piece])));
      return;
    }
    panel.stray(`${way} ${Buffer.from(bytes.subarray(0, 16)).toString('hex')}`);
  }
}

/** What each lamp shows after each report that it knows; of cells that look the same to it, the brightest. */
function lampsOf(surface: Surface): ReadonlyMap<string, {readonly id: OutputId; readonly cell: Cell}> {
  const known = new Map<string, {readonly id: OutputId; readonly cell: Cell}>();
  for (const [id, report] of surface.reports?.lamps ?? []) {
    const type = surface.outputs.get(id)?.type;
    const cells: readonly Cell[] = type === 'lamp' ? [false, true].map((on) => ({type, on})) : padCells;
    for (const cell of cells) {
      for (const {way, bytes} of unpackReports(lampBytes(surface, report, cell) ?? new Uint8Array(0)))
        known.set(keyOf(way, bytes), {id, cell});
    }
  }
  return known;
}

const padCells: readonly Cell[] = [
  ...Object.values(padBrightness).flatMap((brightness) =>
    Object.keys(hues)
      .filter((name): name is Hue => name in hues && name !== 'off')
      // What shows no hues shows the one that devices are tried with.
      .sort((one, other) => Number(one === 'orange') - Number(other === 'orange'))
      .map((hue): Cell => ({type: 'pad', hue, brightness})),
  ),
  {type: 'pad', hue: 'off', brightness: 0},
];

function readTemplate(
  {bytes: template}: ReportTemplate,
  bytes: Uint8Array,
): ReadonlyMap<ReportByte, number> | undefined {
  const values = new Map<ReportByte, number>();
  for (const [index, byte] of template.entries()) {
    if (typeof byte !== 'number') values.set(byte, bytes[index] ?? 0);
    else if (byte !== bytes[index]) return undefined;
  }
  return values;
}

function isPlace({key, x, y}: PicturePlace, values: ReadonlyMap<ReportByte, number>): boolean {
  const word = (name: 'x' | 'y'): number => (values.get(`${name}-low`) ?? 0) + 256 * (values.get(`${name}-high`) ?? 0);
  return (values.get('key') ?? 0) === key && word('x') === x && word('y') === y;
}

function endOf({at, field}: ReportPlace): number {
  if (field.type === 'bit') return at + Math.floor(field.bit / 8) + 1;
  return at + (field.type === 'spring' || field.type === 'position' ? field.bytes : 1);
}

function keyOf(way: string, bytes: Uint8Array): string {
  return `${way} ${Buffer.from(bytes).toString('hex')}`;
}
