import type {MidiDriver} from './midi-driver.ts';
import {wholeMessages} from './midi-message.ts';
import type {MidiPort} from './midi-ports.ts';

/** Both directions of one opened port, as the driver's handles. */
export interface MidiLink {
  /** Throws what the driver throws. */
  send(bytes: Uint8Array): void;
  /** Gives both handles back, whatever the driver says to it. */
  close(): void;
}

/** Opens what there is of the port; throws, with nothing left open, if either direction does not open. */
export function openLink(driver: MidiDriver, port: MidiPort, received: (bytes: Uint8Array) => void): MidiLink {
  const handles: {close(): void}[] = [];
  const close = (): void => {
    for (const handle of handles.splice(0)) {
      try {
        handle.close();
      } catch {
        // The handle of a device that is gone may refuse; there is nothing left to give back.
      }
    }
  };
  try {
    const output = port.output === undefined ? undefined : driver.openOutput(port.output);
    if (output !== undefined) handles.push(output);
    if (port.input !== undefined) handles.push(driver.openInput(port.input, received));
    return {
      send(bytes) {
        for (const message of wholeMessages(bytes)) output?.send(message);
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
