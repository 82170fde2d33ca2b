/** Milliseconds since the machine started: all its processes read the same clock, and nobody sets it. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
