import {packReports} from '../../model/hid-report.ts';
import type {ConnectionListener, Transport} from '../../transport/contract.ts';
import {frame, newFramer, step} from '../../wire/longthrow/framer.ts';
import {readReport, reportMtu, writeReports} from '../../wire/longthrow/report.ts';
import type {LineTransport} from './attendance.ts';

/** Report number of devices that number none. */
const unnumbered = 0;

/**
 * HID devices as lines for home-made surfaces: the frames that go over a serial line go in reports of 64 bytes, and come back as frames of a line. What is
 * no such report is dropped. The devices are of `under`, which is closed with this.
 */
export function reportLines(under: Transport): LineTransport {
  return {
    kind: 'hid',
    mtu: reportMtu,
    openAt: undefined,
    availability: () => under.availability(),
    watch: (changed) => under.watch(changed),
    async open(port, listener) {
      const opened = await under.open(port, framed(listener));
      if (opened.state !== 'open') return opened;
      const {connection} = opened;
      let framer = newFramer();
      return {
        state: 'open',
        connection: {
          get waiting() {
            return connection.waiting;
          },
          send(bytes, because) {
            const next = step(framer, bytes);
            framer = next.state;
            const bodies = next.frames.flatMap((one) => (one.type === 'body' ? [one.body] : []));
            const reports = writeReports(bodies).map((report) => {
              return {way: 'output' as const, bytes: Uint8Array.of(unnumbered, ...report)};
            });
            if (reports.length > 0) connection.send(packReports(reports), because);
          },
          close: () => connection.close(),
        },
      };
    },
    close: () => under.close(),
  };
}

function framed(listener: ConnectionListener): ConnectionListener {
  return {
    received(report) {
      const bodies = readReport(report) ?? [];
      if (bodies.length > 0) listener.received(Uint8Array.from(bodies.flatMap((body) => [...frame(body)])));
    },
    lost: (reason) => listener.lost(reason),
  };
}
