import type {Surface} from '../../model/surface.ts';
import type {Connection, ConnectionListener, Port, Transport} from '../../transport/contract.ts';

/** One piece of bytes that went over an open port, as it was handed over. */
export interface TappedBytes {
  readonly port: Port;
  readonly surface: Surface | undefined;
  readonly from: 'device' | 'desk';
  readonly bytes: Uint8Array;
  /** Why the desk sent it; undefined from the device. */
  readonly because: string | undefined;
}

/** Whoever listens in. */
export interface Tap {
  opened(port: Port, surface: Surface | undefined): void;
  passed(bytes: TappedBytes): void;
  closed(port: Port, reason: string): void;
}

/**
 * The same transport, with someone listening in on every port that is opened. Nothing is changed or kept back. `only` leaves out ports
 * of which nobody should know; `surfaceOf` says what a port is.
 */
export function tappedTransport(
  transport: Transport,
  tap: Tap,
  surfaceOf: (port: Port) => Surface | undefined,
  only: (port: Port) => boolean = () => true,
): Transport {
  return {
    kind: transport.kind,
    availability: () => transport.availability(),
    watch: (changed) => transport.watch((ports) => changed(ports.filter(only))),
    async open(port, listener) {
      const surface = surfaceOf(port);
      const listening: ConnectionListener = {
        received(bytes) {
          tap.passed({port, surface, from: 'device', bytes, because: undefined});
          listener.received(bytes);
        },
        lost(reason) {
          tap.closed(port, reason);
          listener.lost(reason);
        },
      };
      const opened = await transport.open(port, listening);
      if (opened.state !== 'open') return opened;
      tap.opened(port, surface);
      return {state: 'open', connection: tapped(opened.connection)};

      function tapped(connection: Connection): Connection {
        let open = true;
        return {
          send(bytes, because) {
            tap.passed({port, surface, from: 'desk', bytes, because});
            connection.send(bytes, because);
          },
          close() {
            if (open) tap.closed(port, 'closed');
            open = false;
            connection.close();
          },
          get waiting() {
            return connection.waiting;
          },
        };
      }
    },
    close: () => transport.close(),
  };
}
