import type {AppendFile, OpenAppendFile} from '../../src/session/append-file.ts';
import type {Disk} from '../../src/session/durable-file.ts';

/** What a power cut may leave of a folder: which entries, and what is in them. */
export type Entries = ReadonlyMap<string, Buffer>;

/** A disk as an unkind file system has it. */
export interface CuttableDisk {
  readonly disk: Disk;
  readonly openFile: OpenAppendFile;
  /** Every state that a power cut could leave now. */
  states(): readonly Entries[];
  /** What a program sees now. */
  current(): Entries;
}

type Change = (entries: Map<string, Buffer>) => void;

/** Of a longer list of changes a cut keeps any of the last so many, and all before them, or none: more would be too many states to look at. */
const looseChanges = 5;

/**
 * Whole files are on it only after `writeThrough`, what is appended only after `flush`; and of what was changed since the folder was last synchronised (or the
 * file flushed) a power cut keeps any of it, in any selection, appended bytes by halves, with zeros where an earlier piece is missing. `looked` is called
 * before and after every step.
 */
export function createCuttableDisk(first: Entries, looked: (step: string) => void): CuttableDisk {
  let synced: Entries = first;
  let pending: Change[] = [];
  const current = (): Map<string, Buffer> => changed(synced, pending);
  const read = (name: string): Buffer => {
    const found = current().get(name);
    if (found === undefined) throw Object.assign(new Error(`no ${name}`), {code: 'ENOENT'});
    return found;
  };
  const disk: Disk = {
    read: async (name) => current().get(name),
    resolve: async (name) => name,
    mode: async () => 0o644,
    writeThrough: async (name, bytes) => {
      const text = Buffer.from(bytes);
      const before = pending;
      pending = [...before, (entries) => entries.set(name, text.subarray(0, text.length / 2))];
      looked(`half of ${name} written`);
      pending = [...before, (entries) => entries.set(name, text)];
      looked(`${name} written`);
    },
    rename: async (from, to) => {
      const moved = read(from);
      pending.push((entries) => {
        entries.delete(from);
        entries.set(to, moved);
      });
      looked(`${from} renamed to ${to}`);
    },
    remove: async (name) => {
      pending.push((entries) => entries.delete(name));
      looked(`${name} removed`);
    },
    syncFolder: async () => {
      synced = current();
      pending = [];
      looked('folder synchronised');
    },
    names: async (folder) =>
      [...current().keys()]
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => name.slice(folder.length + 1)),
    leftovers: async () => [],
  };
  const openFile: OpenAppendFile = async (name): Promise<AppendFile> => {
    read(name);
    let unflushed: Change[] = [];
    const put = (bytes: Buffer, position: number): void => {
      const change: Change = (entries) => {
        const old = entries.get(name) ?? Buffer.alloc(0);
        const next = Buffer.alloc(Math.max(old.length, position + bytes.length));
        old.copy(next);
        bytes.copy(next, position);
        entries.set(name, next);
      };
      unflushed.push(change);
      pending.push(change);
    };
    return {
      write: async (bytes, position) => {
        const text = Buffer.from(bytes);
        const half = Math.ceil(text.length / 2);
        put(text.subarray(0, half), position);
        looked(`half of ${text.length} bytes appended`);
        put(text.subarray(half), position + half);
        looked(`${text.length} bytes appended`);
      },
      flush: async () => {
        const done = unflushed;
        unflushed = [];
        synced = changed(synced, done);
        pending = pending.filter((change) => !done.includes(change));
        looked('flushed');
      },
      length: async () => read(name).length,
      close: async () => {},
    };
  };
  const states = (): readonly Entries[] => {
    const fixed = pending.slice(0, -looseChanges);
    const loose = pending.slice(-looseChanges);
    const subsets = Array.from({length: 2 ** loose.length}, (_, mask) =>
      loose.filter((_change, bit) => mask & (1 << bit)),
    );
    return [synced, ...subsets.map((subset) => changed(synced, [...fixed, ...subset]))];
  };
  return {disk, openFile, states, current};
}

function changed(from: Entries, changes: readonly Change[]): Map<string, Buffer> {
  const entries = new Map(from);
  for (const change of changes) change(entries);
  return entries;
}
