import {DeskError} from '../model/problem.ts';

/** What the program's exit status says; documented in docs/command-line.md. */
export const exitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  problemsFound: 3,
  deviceRefused: 4,
  fileRefused: 5,
  interrupted: 130,
} as const;

/** The exit status of an error that ended the program. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof DeskError)) return exitCode.failed;
  switch (error.code) {
    case 'usage':
      return exitCode.usage;
    case 'transport.unavailable':
    case 'transport.busy':
      return exitCode.deviceRefused;
    case 'session.invalid':
    case 'session.missing':
    case 'session.busy':
    case 'mapping.invalid':
    case 'audio.invalid':
    case 'file.unreadable':
    case 'file.unwritable':
      return exitCode.fileRefused;
    case 'engine.failed':
      return exitCode.failed;
  }
}
