import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

/** A file of the project by its path in it. Tests run in the project's folder, from their sources or compiled elsewhere. */
export function projectFile(path: string): URL {
  return pathToFileURL(join(process.cwd(), path));
}
