import {statSync, watch} from 'node:fs';
import {constants, open} from 'node:fs/promises';

const sequencerPath = '/dev/snd/seq';
const cardsFolder = '/dev/snd';

/** What keeps ALSA's sequencer from us, or undefined if it opens. Asked by us since the library would print to the terminal. */
export async function alsaSequencer(
  path = sequencerPath,
): Promise<{readonly reason: string; readonly cure: string} | undefined> {
  try {
    const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
    await file.close();
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    switch (code) {
      case 'ENOENT':
      case 'ENXIO':
      case 'ENODEV':
        return {
          reason: `ALSA's sequencer is not there (${path})`,
          cure: 'sudo modprobe snd-seq (a container or a small virtual machine may have no sound at all)',
        };
      case 'EACCES':
      case 'EPERM':
        return {
          reason: `no permission to open ALSA's sequencer (${path})`,
          cure: 'sudo usermod -aG audio "$USER", then log out and in again',
        };
      default:
        return {
          reason: `ALSA's sequencer does not open (${path}: ${code})`,
          cure: 'close programs that hold many MIDI ports, or restart the computer',
        };
    }
  }
}

/**
 * Tells one plugging from the next: the sequencer gives a card the same client number (16 + 4 × card) again, but its
 * MIDI node is a new one, and is there before the client and after it. Empty for what has none, such as other programs' ports.
 */
export function cardStamp(listed: string, folder = cardsFolder): string {
  const client = Number(/ (\d+):\d+$/.exec(listed)?.[1] ?? 0);
  if (client < 16 || client >= 128) return '';
  const card = Math.floor((client - 16) / 4);
  return String(statSync(`${folder}/midiC${card}D0`, {throwIfNoEntry: false})?.ino ?? '');
}

/** Calls back when nodes of sound cards come or go; silent where the folder cannot be watched. Returns the way out. */
export function watchCards(changed: () => void, folder = cardsFolder): () => void {
  try {
    const watcher = watch(folder, {persistent: false}, (event) => {
      if (event === 'rename') changed();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}
