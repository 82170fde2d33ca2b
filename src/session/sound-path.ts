import {z} from 'zod';

/** A sound file: relative to the session's folder and inside it, or absolute. */
export const soundPathSchema = z
  .string()
  .min(1)
  .max(4096)
  .refine((file) => !hasControls(file), 'must not contain control characters')
  .refine(staysInside, 'leads out of the session folder; write it as an absolute path');

/** Whether a stem can be named so in a session file. */
export function isStemPath(file: string): boolean {
  return file !== '' && file.length <= 4096 && !hasControls(file) && staysInside(file);
}

function hasControls(file: string): boolean {
  return /[\u0000-\u001f]/.test(file);
}

/** Whether a relative path stays in its folder; absolute paths are the user's own word and pass. */
function staysInside(file: string): boolean {
  if (/^([/\\]|[A-Za-z]:[/\\])/.test(file)) return true;
  let depth = 0;
  for (const step of file.split(/[/\\]/)) {
    depth += step === '..' ? -1 : step === '' || step === '.' ? 0 : 1;
    if (depth < 0) return false;
  }
  return depth > 0;
}
