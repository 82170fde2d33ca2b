/**
 * Bodies in HID reports, which keep their own borders and are checked by the bus: no stuffing, no delimiters.
 *
 *   0      number of bodies n
 *   then   n times: length, body
 *   rest   00
 */

/** Bytes of a report. */
export const reportSize = 64;
/** Longest body that fits. */
export const reportMtu = 62;
const shortestBody = 5;

/** The bodies of a report; undefined where it says otherwise than it may, which drops it as a whole. */
export function readReport(report: Uint8Array): readonly Uint8Array[] | undefined {
  if (report.length !== reportSize) return undefined;
  const bodies: Uint8Array[] = [];
  let at = 1;
  for (let left = report[0] ?? 0; left > 0; left--) {
    const length = report[at] ?? 0;
    if (length < shortestBody || at + 1 + length > report.length) return undefined;
    bodies.push(report.slice(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return report.subarray(at).every((byte) => byte === 0) ? bodies : undefined;
}

/** As few reports as carry these bodies in order; one that no report can carry is left out. */
export function writeReports(bodies: readonly Uint8Array[]): readonly Uint8Array[] {
  const reports: Uint8Array[] = [];
  let report = new Uint8Array(reportSize);
  let at = 1;
  for (const body of bodies) {
    if (body.length < shortestBody || body.length > reportMtu) continue;
    if (at === 1 || at + 1 + body.length > reportSize) {
      report = new Uint8Array(reportSize);
      reports.push(report);
      at = 1;
    }
    report[0] = (report[0] ?? 0) + 1;
    report[at] = body.length;
    report.set(body, at + 1);
    at += 1 + body.length;
  }
  return reports;
}
