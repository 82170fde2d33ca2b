import type {Surface} from '../model/surface.ts';

/**
 * The one thin byte pipe at the edge. A transport lists ports, says when they come and go, and opens them;
 * bytes are what the device said, in any chunking; of a HID device each call is one report, and what is sent to it is packed reports (model/hid-report.ts). What is normal with hardware (absent, busy, pulled) is a value, never an exception.
 */
export interface Port {
  /** Names the port while it is there; may differ after a replug. */
  readonly id: string;
  /** What the system calls it, without client and port numbers; untrusted text. */
  readonly name: string;
  readonly kind: 'midi' | 'hid' | 'serial' | 'memory';
  /** What the device said it is; absent where its name must tell. */
  readonly surface?: Surface;
  /** Of a HID interface: its number in the device, and what it is used for. */
  readonly hid?: HidFacts;
  /** Of a serial port or HID device on USB: four hexadecimal digits each, and the device's own number if it has one. */
  readonly usb?: UsbFacts;
}

export interface HidFacts {
  readonly interface: number;
  readonly usages: readonly HidUsage[];
  /** Whether its reports begin with a number; absent where the system does not tell. */
  readonly numbered?: boolean;
}

/** One outermost collection of a HID interface. */
export interface HidUsage {
  readonly page: number;
  readonly usage: number;
}

export interface UsbFacts {
  readonly vendor: string;
  readonly product: string;
  readonly serial: string | undefined;
}

export type Availability =
  | {readonly state: 'available'}
  /** `reason` says what is missing, `cure` what to do about it: a sentence each. */
  | {readonly state: 'unavailable'; readonly reason: string; readonly cure: string};

/** What a connection tells; never called before whoever awaits `open` has gone on, nor after `close`. */
export interface ConnectionListener {
  /** At least one byte; the array is the listener's to keep. */
  received(bytes: Uint8Array): void;
  /** The port failed or vanished; the connection is over. At most once. */
  lost(reason: string): void;
}

export type Opened =
  | {readonly state: 'open'; readonly connection: Connection}
  /** `busy`: another program holds it. `gone`: it is no longer there. */
  | {readonly state: 'busy' | 'gone' | 'failed'; readonly reason: string};

export interface Connection {
  /** Hands whole messages to the driver at once. Never throws; a failure arrives as `lost`. `because` is for whoever listens in; drivers need not take it. */
  send(bytes: Uint8Array, because?: string): void;
  /** Idempotent; nothing is received afterwards. */
  close(): void;
  /** Bytes that were handed over and have not gone out; absent where that is not known. */
  readonly waiting?: number | undefined;
}

/** How the process fares that a transport runs in. */
export interface TransportHealth {
  /** How often it failed and was exchanged, and how it did last; empty before the first time. */
  readonly failures: number;
  readonly reason: string;
  /** How often it was exchanged before it could fail. */
  readonly renewals: number;
  /** It fails again and again, and is tried only now and then. */
  readonly isHopeless: boolean;
  /** Ports that are not opened for a while, because it went down with them again and again: a sentence each. */
  readonly leftAlone: readonly string[];
  /** The process that runs or starts now. */
  readonly processId: number | undefined;
}

export interface Transport {
  readonly kind: Port['kind'];
  /** Absent where it runs in this process. */
  readonly health?: TransportHealth | undefined;
  availability(): Promise<Availability>;
  /** How often the system was asked for its ports; absent where nobody counts. */
  readonly listings?: number;
  /** Calls back with all ports now and whenever they change, until the returned function is called. */
  watch(changed: (ports: readonly Port[]) => void): () => void;
  open(port: Port, listener: ConnectionListener): Promise<Opened>;
  /** Ends watches and connections and gives the driver back. Idempotent. */
  close(): Promise<void>;
}
