/**
 * Runs a decoder without its remarks: the decoders print errors to the console, where a terminal view may be standing.
 * Only what runs at once is quiet, nothing awaited inside.
 */
export function quietly<Result>(run: () => Result): Result {
  const {error, warn} = console;
  const silent = (): void => {};
  console.error = silent;
  console.warn = silent;
  try {
    return run();
  } finally {
    console.error = error;
    console.warn = warn;
  }
}
