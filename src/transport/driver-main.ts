import {driverKinds} from './driver-kinds.ts';
import {serveDriver} from './driver-serve.ts';

/**
 * A driver's own process: one transport, its native library, and nothing else. `argv`: the kind. It is apart from the desk because such libraries crash,
 * leak and block; it ends with its parent.
 */
const [, , kind] = process.argv;
const make = Object.entries(driverKinds).find(([name]) => name === kind)?.[1];
if (make === undefined) throw new Error(`there is no driver for ${kind}`);
serveDriver(make);
