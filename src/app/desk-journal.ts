import type {MixerCommand} from '../model/command.ts';
import type {JournalEntry} from '../model/journal.ts';
import {settingOf} from '../model/setting.ts';
import type {Clock} from './clock.ts';

/** Entries wait so long for others at most: well within the 250 ms after which nothing may be lost, so that the disk has time left. */
const gatherMs = 100;

/** What is told of what happens, so that a crash cannot take it. */
export interface DeskJournal {
  /** After what was told before, at once. */
  tell(entry: JournalEntry): void;
  /** A setting has been moved; of each setting the newest value is told soon. */
  moved(command: MixerCommand): void;
  /** Something was gathered elsewhere: `gathered` will be called soon, and before any entry. */
  soon(): void;
  /** Tells what waits. */
  flush(): void;
  /** Flushes, and tells nothing more by itself. */
  end(): void;
}

/** `gathered` gives the entries that were gathered elsewhere since it was last called. */
export function createDeskJournal(
  clock: Clock,
  write: (entry: JournalEntry) => void,
  gathered: () => readonly JournalEntry[],
): DeskJournal {
  let moved = new Map<string, MixerCommand>();
  let cancel: (() => void) | undefined;

  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    const commands = [...moved.values()];
    moved = new Map();
    if (commands.length > 0) write({type: 'moved', commands});
    for (const entry of gathered()) write(entry);
  };
  const soon = (): void => {
    cancel ??= clock.after(gatherMs, flush);
  };
  return {
    tell(entry) {
      flush();
      write(entry);
    },
    moved(command) {
      const setting = settingOf(command);
      // In the order of the last moves: a switch of a mode after what it must not undo.
      moved.delete(setting);
      moved.set(setting, command);
      soon();
    },
    soon,
    flush,
    end: flush,
  };
}
