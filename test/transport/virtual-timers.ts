/** Time that stands still until a test moves it. */
export class VirtualTimers {
  nowMs = 0;
  readonly #calls: {atMs: number; call: () => void}[] = [];

  readonly now = (): number => this.nowMs;

  readonly after = (delayMs: number, call: () => void): (() => void) => {
    const entry = {atMs: this.nowMs + delayMs, call};
    this.#calls.push(entry);
    return () => {
      const at = this.#calls.indexOf(entry);
      if (at >= 0) this.#calls.splice(at, 1);
    };
  };

  get pending(): number {
    return this.#calls.length;
  }

  /** Moves time on, calling what falls due in its order. */
  advance(ms: number): void {
    const end = this.nowMs + ms;
    for (;;) {
      const next = this.#calls.filter(({atMs}) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#calls.splice(this.#calls.indexOf(next), 1);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.call();
    }
    this.nowMs = end;
  }

  /** The same, with promises settled after each call. */
  async pass(ms: number): Promise<void> {
    const end = this.nowMs + ms;
    await settle();
    for (;;) {
      const next = this.#calls.reduce((least, {atMs}) => Math.min(least, atMs), Number.POSITIVE_INFINITY);
      if (next > end) break;
      this.advance(Math.max(0, next - this.nowMs));
      await settle();
    }
    this.advance(end - this.nowMs);
  }
}

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
