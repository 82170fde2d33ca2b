import {packReports} from '../../model/hid-report.ts';
import {rgbOf} from '../../model/pad.ts';
import type {Cell} from '../../model/picture.ts';
import type {LampReport} from '../../model/report-traits.ts';
import type {Surface} from '../../model/surface.ts';
import {filledReport} from './template.ts';

/** The report that shows a cell on a lamp, packed; undefined for what a lamp cannot show. A part that is lit at all stays lit on a lamp with few steps. */
export function lampBytes({meters}: Surface, {template, full}: LampReport, cell: Cell): Uint8Array | undefined {
  const part = (share: number): number => (share > 0 ? Math.max(1, Math.round(Math.min(1, share) * full)) : 0);
  const grey = (share: number): Uint8Array =>
    packReports([
      filledReport(template, {level: part(share), red: part(share), green: part(share), blue: part(share)}),
    ]);
  switch (cell.type) {
    case 'lamp':
    case 'overload':
      return grey(cell.on ? 1 : 0);
    case 'meter':
      return grey(cell.step / (meters?.steps || 1));
    case 'pad': {
      const share = cell.hue === 'off' ? 0 : cell.brightness;
      const [red, green, blue] = rgbOf(cell.hue).map((value) => part((value / 255) * share));
      return packReports([
        filledReport(template, {level: part(share), red: red ?? 0, green: green ?? 0, blue: blue ?? 0}),
      ]);
    }
    default:
      return undefined;
  }
}
