import type {Port, Transport} from '../transport/contract.ts';

/** How long the system may take to list its ports. */
const listWithinMs = 3000;

/** The ports as the transport tells them first; none where it tells of none in time. */
export function listPorts(transport: Transport): Promise<readonly Port[]> {
  return new Promise((resolve) => {
    let end: () => void = () => {};
    const settle = (ports: readonly Port[]): void => {
      clearTimeout(timer);
      resolve(ports);
      setImmediate(() => end());
    };
    const timer = setTimeout(() => settle([]), listWithinMs);
    end = transport.watch(settle);
  });
}
