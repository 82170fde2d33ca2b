import {fileURLToPath} from 'node:url';

/** Absolute path of the demo session's folder; the same from the sources and from the built program. */
export const demoFolder: string = fileURLToPath(new URL('../../src/session/demo', import.meta.url));
