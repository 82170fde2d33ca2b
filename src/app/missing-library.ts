import {plainText} from '../model/problem.ts';
import type {Opened} from '../transport/contract.ts';
import type {DriverTransport} from '../transport/driver.ts';

/**
 * The same transport, which tells once what it lacks if it does not work at all: when somebody asks for its ports, or, where they are seen without its library
 * (`seesPorts`), when one does not open. So nothing is loaded for devices that are not there.
 */
export function tellingMissing(
  under: DriverTransport,
  seesPorts: boolean,
  notice: (text: string) => void,
): DriverTransport {
  let hasAsked = false;
  let isClosed = false;
  const ask = async (): Promise<void> => {
    if (hasAsked) return;
    hasAsked = true;
    const availability = await under.availability();
    if (availability.state === 'available' || isClosed) return;
    notice(`${under.kind.toUpperCase()}: ${plainText(availability.reason)} – ${plainText(availability.cure)}`);
  };
  const telling = async (opening: Promise<Opened>): Promise<Opened> => {
    const opened = await opening;
    if (opened.state === 'failed') void ask();
    return opened;
  };
  return {
    kind: under.kind,
    get health() {
      return under.health;
    },
    availability: () => under.availability(),
    watch(changed) {
      if (!seesPorts) void ask();
      return under.watch(changed);
    },
    open: (port, listener) => telling(under.open(port, listener)),
    openAt: (port, baud, listener) => telling(under.openAt(port, baud, listener)),
    close() {
      isClosed = true;
      return under.close();
    },
  };
}
