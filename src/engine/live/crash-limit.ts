/** So many crashes within so many ms are mended by a restart; one more is too many. */
const crashesMended = 3;
const crashesWithinMs = 60_000;

/** Notes a crash now, on a steady clock; false where they come too often to go on. */
export function createCrashLimit(nowMs: () => number): () => boolean {
  let crashesMs: readonly number[] = [];
  return () => {
    const now = nowMs();
    crashesMs = [...crashesMs.filter((crashMs) => crashMs > now - crashesWithinMs), now];
    return crashesMs.length <= crashesMended;
  };
}
