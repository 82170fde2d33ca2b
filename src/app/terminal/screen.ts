/** The sink of escape sequences: a terminal, or a string in tests. */
export interface TerminalSink {
  write(text: string): unknown;
}

export interface Screen {
  /** Shows these lines; only lines that differ from the last frame are written, all in one write. */
  show(lines: readonly string[], rows: number): void;
  /** Forgets what is shown: the next frame is written whole (after a resize). */
  forget(): void;
  /** Brings back the user's own screen and cursor. Idempotent. */
  leave(): void;
}

/** Takes over the terminal: alternate screen, no cursor, no line wrap. */
export function enterScreen(sink: TerminalSink): Screen {
  let shown: readonly string[] = [];
  let open = true;
  let whole = true;
  sink.write('\u001b[?1049h\u001b[?25l\u001b[?7l');
  return {
    show(lines, rows) {
      if (!open) return;
      let out = whole ? '\u001b[2J' : '';
      const count = Math.max(lines.length, whole ? 0 : shown.length);
      for (let row = 0; row < Math.min(count, rows); row++) {
        const text = lines[row] ?? '';
        if (whole || text !== shown[row]) out += `\u001b[${row + 1};1H${text}\u001b[K`;
      }
      whole = false;
      shown = lines;
      if (out !== '') sink.write(out);
    },
    forget() {
      whole = true;
    },
    leave() {
      if (!open) return;
      open = false;
      sink.write('\u001b[?7h\u001b[?25h\u001b[?1049l');
    },
  };
}
