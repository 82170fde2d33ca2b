import type {ControlEvent} from '../../model/control.ts';
import type {ReportField, ReportPlace} from '../../model/report-traits.ts';
import type {Surface} from '../../model/surface.ts';

/**
 * Controls in HID input reports, at places of the mapping.
 *
 *   bit          button   1 pressed
 *   code         button   pressed while the byte is one value
 *   counter      wheel    8 bits that wrap; steps are the difference, so none are lost while nobody reads
 *   relative     wheel    signed 8 bits, steps since the last report
 *   spring       shuttle or axis, signed 8 or 16 bits, 0 at rest
 *   position     fader or knob, unsigned 8 or 16 bits, from `bottom` to `top`
 *
 * Reports tell how all controls stand, so what is told is what differs from the report before.
 */
type Remembered = Map<string, number>;

/** What a report says of the hand, in the order of the controls. */
export function createReportReader({controls, reports}: Surface): (report: Uint8Array) => readonly ControlEvent[] {
  const before: Remembered = new Map();
  const placed = [...(reports?.places ?? [])].filter(([control]) => controls.has(control));

  return (report) =>
    placed.flatMap(([control, places]) => {
      const place = places.find((one) => fits(one, report));
      const event = place && read(control, place, report, before);
      return event === undefined ? [] : [event];
    });
}

/** Whether a report begins as it must. */
export function startsWith(start: readonly (number | undefined)[], report: Uint8Array): boolean {
  return report.length >= start.length && start.every((byte, index) => byte === undefined || byte === report[index]);
}

function fits({start, at, field}: ReportPlace, report: Uint8Array): boolean {
  return at + lengthOf(field) <= report.length && startsWith(start, report);
}

function lengthOf(field: ReportField): number {
  if (field.type === 'bit') return Math.floor(field.bit / 8) + 1;
  return field.type === 'spring' || field.type === 'position' ? field.bytes : 1;
}

function read(
  control: string,
  {at, field}: ReportPlace,
  report: Uint8Array,
  before: Remembered,
): ControlEvent | undefined {
  switch (field.type) {
    case 'bit':
    case 'code': {
      const isDown =
        field.type === 'code'
          ? report[at] === field.code
          : (((report[at + Math.floor(field.bit / 8)] ?? 0) >> (field.bit % 8)) & 1) === 1;
      const value = isDown ? 1 : 0;
      if (value === (before.get(control) ?? 0)) return undefined;
      before.set(control, value);
      return {type: value === 1 ? 'button.pressed' : 'button.released', control};
    }
    case 'counter': {
      const value = report[at] ?? 0;
      const last = before.get(control);
      before.set(control, value);
      return last === undefined ? undefined : turned(control, signed(value - last, 1), field.reverse);
    }
    case 'relative':
      return turned(control, signed(report[at] ?? 0, 1), field.reverse);
    case 'spring': {
      const value = signed(unsigned(report, at, field.bytes), field.bytes);
      const beyond = Math.max(0, Math.abs(value) - field.dead) / (field.span - field.dead);
      const deflection = Math.min(1, beyond) * Math.sign(value) * (field.reverse ? -1 : 1) + 0;
      if (deflection === (before.get(control) ?? 0)) return undefined;
      before.set(control, deflection);
      return {type: 'spring.moved', control, deflection};
    }
    case 'position': {
      const above = unsigned(report, at, field.bytes) - field.bottom;
      const share = Math.min(1, Math.max(0, above / (field.top - field.bottom)));
      const position = field.reverse ? 1 - share : share;
      if (position === before.get(control)) return undefined;
      before.set(control, position);
      return {type: 'fader.moved', control, position};
    }
  }
}

function turned(control: string, steps: number, reverse: boolean): ControlEvent | undefined {
  return steps === 0 ? undefined : {type: 'encoder.turned', control, steps: reverse ? -steps : steps};
}

function unsigned(report: Uint8Array, at: number, bytes: 1 | 2): number {
  return (report[at] ?? 0) + (bytes === 2 ? 256 * (report[at + 1] ?? 0) : 0);
}

/** The lowest bits of a value, the uppermost of them as the sign. */
function signed(value: number, bytes: 1 | 2): number {
  return bytes === 1 ? (value << 24) >> 24 : (value << 16) >> 16;
}
