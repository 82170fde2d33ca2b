import {plainText} from '../model/problem.ts';
import type {Transport} from '../transport/contract.ts';

/**
 * The same transport, which tells once what it lacks if it does not work at all: when somebody asks for its ports, or, where they are seen without its library
 * (`seesPorts`), when one does not open. So nothing is loaded for devices that are not there.
 */
export function tellingMissing(under: Transport, seesPorts: boolean, notice: (text: string) => void): Transport {
  let hasAsked = false;
  let isClosed = false;
  const ask = async (): Promise<void> => {
    if (hasAsked) return;
    hasAsked = true;
    const availability = await under.availability();
    if (availability.state === 'available' || isClosed) return;
    notice(`${under.kind.toUpperCase()}: ${plainText(availability.reason)} – ${plainText(availability.cure)}`);
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
    async open(port, listener) {
      const opened = await under.open(port, listener);
      if (opened.state === 'failed') void ask();
      return opened;
    },
    close() {
      isClosed = true;
      return under.close();
    },
  };
}
