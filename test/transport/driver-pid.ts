import type {DriverTransport} from '../../src/transport/driver.ts';

/** The process of a driver; throws where none runs, since a signal to process 0 reaches the tests themselves. */
export function pidOf({health: {processId}}: DriverTransport): number {
  if (processId === undefined || processId <= 0) throw new Error('no driver runs');
  return processId;
}
