/**
 * Reports to a HID device as they are handed over in one piece of bytes, since a picture is many reports in a row, and the way of a report is not told by its bytes.
 *
 *   0      00 output report, 01 feature report
 *   1-2    length of the report, low byte first
 *   3      the report: its number (00 where the device numbers none), then its data
 *   …      the next one
 *
 * What a device says is one input report at a time, bare: its number only where the device numbers its reports, then its data.
 */
export interface HidReport {
  readonly way: 'output' | 'feature';
  /** Number and data, at most 65,535 bytes. */
  readonly bytes: Uint8Array;
}

const headLength = 3;

/** Reports in one piece. */
export function packReports(reports: readonly HidReport[]): Uint8Array {
  const packed = new Uint8Array(reports.reduce((sum, {bytes}) => sum + headLength + bytes.length, 0));
  let at = 0;
  for (const {way, bytes} of reports) {
    packed.set([way === 'feature' ? 1 : 0, bytes.length & 0xff, bytes.length >> 8], at);
    packed.set(bytes, at + headLength);
    at += headLength + bytes.length;
  }
  return packed;
}

/** The reports of one piece; from where it is damaged, none. */
export function unpackReports(packed: Uint8Array): readonly HidReport[] {
  const reports: HidReport[] = [];
  for (let at = 0; at + headLength < packed.length; ) {
    const [way = 0, low = 0, high = 0] = packed.subarray(at, at + headLength);
    const end = at + headLength + low + 256 * high;
    if (way > 1 || end > packed.length || end === at + headLength) break;
    reports.push({way: way === 1 ? 'feature' : 'output', bytes: packed.slice(at + headLength, end)});
    at = end;
  }
  return reports;
}
