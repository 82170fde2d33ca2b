import {fileURLToPath} from 'node:url';

/** Absolute path of the mappings that come with the program. */
export const shippedMappings: string = fileURLToPath(new URL('../../mappings', import.meta.url));
