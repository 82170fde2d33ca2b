/** A handle of the library under easymidi: one client of the system's sequencer. */
export interface Handle {
  isPortOpen(): boolean;
  destroy(): void;
}

/**
 * Lets easymidi open a port and takes over the handle it opened. While it does, `put` has it make its handles of a class that counts
 * them: it makes a second one to look at the list and never gives it back, nor the first when opening fails.
 * Sixty-four such losses and no program on the computer opens a MIDI port any more.
 */
export function adoptOpened<H extends Handle>(
  Original: new () => H,
  put: (counting: new () => H) => void,
  open: () => unknown,
): H {
  const made: H[] = [];
  put(
    new Proxy(Original, {
      construct(target) {
        const handle = new target();
        made.push(handle);
        return handle;
      },
    }),
  );
  let opened: H | undefined;
  try {
    open();
    opened = made.find((handle) => handle.isPortOpen());
  } finally {
    put(Original);
    for (const handle of made) if (handle !== opened) handle.destroy();
  }
  if (opened === undefined) throw new Error('the port did not open');
  return opened;
}
