/** Waits until the program is told to end, or for so many seconds; whether it was told. A second signal ends it at once. */
export async function untilStopped(seconds: number | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    let told = false;
    const timer = seconds === undefined ? undefined : setTimeout(() => resolve(false), seconds * 1000);
    // Without a timer nothing else might keep the program running.
    const beat = setInterval(() => undefined, 60_000);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (told) process.exit(130);
        told = true;
        clearTimeout(timer);
        clearInterval(beat);
        resolve(true);
      });
    }
  });
}
