import type {Transport} from '../transport/contract.ts';
import {driverTransport} from '../transport/driver.ts';
import type {Clock} from './clock.ts';
import {createMidiLines, type MidiLines} from './midi-lines.ts';

/** MIDI lines of a desk, made when the first is asked for: on the transport that its surfaces have, else on one of their own. */
export interface DeskLines {
  open(): MidiLines;
  notices(): readonly string[];
  close(): Promise<void>;
}

export function deskLines(transports: readonly Transport[], clock: Clock): DeskLines {
  let own: Transport | undefined;
  let lines: MidiLines | undefined;
  return {
    open() {
      if (lines !== undefined) return lines;
      const shared = transports.find(({kind}) => kind === 'midi');
      own = shared === undefined ? driverTransport('midi') : undefined;
      lines = createMidiLines(shared ?? own ?? driverTransport('midi'), clock);
      return lines;
    },
    notices: () => (lines?.notices() ?? []).map((line) => `MIDI: ${line}.`),
    async close() {
      lines?.close();
      await own?.close();
    },
  };
}
