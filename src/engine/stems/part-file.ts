import {open, rename, unlink} from 'node:fs/promises';
import {dirname} from 'node:path';
import {DeskError, describeError} from '../../model/problem.ts';
import {systemCode} from './audio-file.ts';

/** A file that grows under a name of its own and gets its true name only when it is complete. */
export interface PartFile {
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Flushes the file to the disk and renames it, so that a complete name always means a complete file. */
  complete(finalPath: string): Promise<void>;
  /** Closes and removes it, unless it is complete. Idempotent. */
  discard(): Promise<void>;
}

/** Creates a part file; it must not exist yet. Everything rejects with a DeskError `file.unwritable`. */
export async function createPartFile(path: string): Promise<PartFile> {
  const handle = await open(path, 'wx').catch((error: unknown) => fail(path, error));
  let state: 'open' | 'closed' | 'complete' = 'open';
  const close = async (): Promise<void> => {
    if (state !== 'open') return;
    state = 'closed';
    await handle.close();
  };
  return {
    async write(bytes, position) {
      let done = 0;
      while (done < bytes.length) {
        const written = await handle
          .write(bytes, done, bytes.length - done, position + done)
          .catch((error: unknown) => fail(path, error));
        done += written.bytesWritten;
      }
    },
    async complete(finalPath) {
      try {
        await handle.datasync();
        await close();
        await rename(path, finalPath);
        state = 'complete';
      } catch (error) {
        fail(path, error);
      }
    },
    async discard() {
      if (state === 'complete') return;
      await close().catch(() => {});
      await unlink(path).catch(() => {});
    },
  };
}

function fail(path: string, error: unknown): never {
  const code = systemCode(error);
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  const reason = isFull ? 'its disk is full' : describeError(error);
  throw new DeskError('file.unwritable', `its decoded form cannot be written to ${dirname(path)}: ${reason}`, error);
}
