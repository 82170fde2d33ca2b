import {styleText} from 'node:util';

export interface Progress {
  /** `fraction` 0…1. */
  show(fraction: number): void;
  /** Takes the bar away again. */
  end(): void;
}

/** A progress bar on a terminal; nothing at all elsewhere. */
export function createProgress(label: string, stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return {show: () => {}, end: () => {}};
  const cells = 30;
  const startedMs = performance.now();
  let drawnMs = Number.NEGATIVE_INFINITY;
  return {
    show(fraction) {
      const nowMs = performance.now();
      if (nowMs - drawnMs < 50 && fraction < 1) return;
      drawnMs = nowMs;
      const full = Math.round(Math.min(1, Math.max(0, fraction)) * cells);
      const leftSeconds = fraction > 0.02 ? Math.ceil(((nowMs - startedMs) / 1000) * (1 / fraction - 1)) : undefined;
      const bar = `${styleText('green', '━'.repeat(full))}${styleText('dim', '━'.repeat(cells - full))}`;
      stream.write(
        `\r${label} ${bar} ${String(Math.floor(fraction * 100)).padStart(3)} %${leftSeconds === undefined ? '' : `  ${leftSeconds} s left`}\u001b[K`,
      );
    },
    end() {
      stream.write('\r\u001b[K');
    },
  };
}
