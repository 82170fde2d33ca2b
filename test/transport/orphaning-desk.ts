/** Starts the MIDI driver as a desk does, says which process it is, and waits to be killed. */
import {driverTransport} from '../../src/transport/driver.ts';

const transport = driverTransport('midi');
await transport.availability();
process.stdout.write(`${transport.health.processId}\n`);
