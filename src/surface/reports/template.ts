import type {HidReport} from '../../model/hid-report.ts';
import type {ReportByte, ReportTemplate} from '../../model/report-traits.ts';

/** What stands for the words of a template; what is not given is 0. */
export type ReportValues = {readonly [Word in Exclude<ReportByte, number>]?: number};

/** A report of a template, `tail` behind its head, padded with zeros to its size. */
export function filledReport(
  {way, bytes, size}: ReportTemplate,
  values: ReportValues,
  tail: Uint8Array = new Uint8Array(0),
): HidReport {
  const filled = new Uint8Array(Math.max(size, bytes.length + tail.length));
  filled.set(bytes.map((byte) => (typeof byte === 'number' ? byte : (values[byte] ?? 0))));
  filled.set(tail, bytes.length);
  return {way, bytes: filled};
}
