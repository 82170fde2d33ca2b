import type {DriverWear} from './driver-message.ts';

/**
 * When a process is worn. A library that leaks a client of the sound system with each listing leaves three files behind with each, and 64 such clients
 * take MIDI from all programs on the computer: so files are counted, beside what open ports need. Without leaks 10,000 listings harm nothing.
 */
const worn = {listings: 10_000, files: 96, memoryMb: 256};
const wornOut = {listings: 100_000, files: 160, memoryMb: 512};
const filesAnOpenPort = 8;
/** Nothing went through open ports for so long: their loss for a moment disturbs least. */
const restMs = 30_000;
/** Exchanging a worn process that young would mend nothing. */
const youngMs = 60_000;

/** Whether a process that runs for `lastedMs` is exchanged now; nothing went through its open ports (`connections`) for `quietMs`. */
export function mustRenew(wear: DriverWear, connections: number, quietMs: number, lastedMs: number): boolean {
  const exceeds = (most: DriverWear): boolean =>
    wear.listings >= most.listings ||
    wear.files >= most.files + filesAnOpenPort * connections ||
    wear.memoryMb >= most.memoryMb;
  if (lastedMs < youngMs) return false;
  return exceeds(wornOut) || (exceeds(worn) && (connections === 0 || quietMs >= restMs));
}
