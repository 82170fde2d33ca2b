import type {ConnectionListener, Opened, Port, Transport} from './contract.ts';
import type {DriverSetup} from './driver-message.ts';

/** A transport as a driver's process has it. */
export interface DrivenTransport extends Transport {
  /** Opens a port at another speed, where there are speeds. */
  openAt?(port: Port, baud: number, listener: ConnectionListener): Promise<Opened>;
}

export interface DriverStart extends DriverSetup {
  /** Ports as the process before this one called them. */
  readonly known: readonly Port[];
}

/** The transports that run in a process of their own, each loaded only there. */
export const driverKinds = {
  midi: async ({known}: DriverStart): Promise<DrivenTransport> => (await import('./midi.ts')).midiTransport({known}),
  serial: async ({paths = []}: DriverStart): Promise<DrivenTransport> =>
    (await import('./serial.ts')).serialTransport({paths}),
  hid: async (): Promise<DrivenTransport> => (await import('./hid.ts')).hidTransport(),
};

export type DriverKind = keyof typeof driverKinds;

/** How a kind is called in sentences. */
export const driverNames: Readonly<Record<Port['kind'], string>> = {
  midi: 'MIDI',
  hid: 'HID',
  serial: 'serial',
  memory: 'memory',
};
