import {constants} from 'node:fs';
import {open} from 'node:fs/promises';

/** A file that grows: what is asked of a disk for a journal. All reject with the system's own error. */
export interface AppendFile {
  /** Puts all bytes at a place. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Returns when all that was written is on the disk. */
  flush(): Promise<void>;
  /** Its length in bytes. */
  length(): Promise<number>;
  close(): Promise<void>;
}

/** Opens a file that is there for writing at any place. */
export type OpenAppendFile = (path: string) => Promise<AppendFile>;

/** A file on the machine's own disk. */
export const openAppendFile: OpenAppendFile = async (path) => {
  const file = await open(path, constants.O_WRONLY);
  return {
    write: async (bytes, position) => {
      for (let written = 0; written < bytes.length; ) {
        written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
      }
    },
    flush: () => file.datasync(),
    length: async () => (await file.stat()).size,
    close: () => file.close(),
  };
};
