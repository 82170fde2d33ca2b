/** Something that a device did, at a time in ms. Bytes come in pieces, as the line takes them; all else only from a device that can be looked into. */
export type Deed =
  | {readonly type: 'sent'; readonly atMs: number; readonly bytes: Uint8Array}
  /** `kind` is the number of the message type. */
  | {
      readonly type: 'shown';
      readonly atMs: number;
      readonly kind: number;
      readonly index: number;
      readonly value: number;
    }
  | {readonly type: 'text'; readonly atMs: number; readonly index: number; readonly text: string}
  | {readonly type: 'linked' | 'identify' | 'boot'; readonly atMs: number; readonly value: number}
  | {readonly type: 'motors-off' | 'cut'; readonly atMs: number};

/** What is under test: a device on a line, with a clock that the kit waits by. */
export interface Target {
  /**
   * `virtual`: a program that takes orders in virtual time, shows what it does and lets itself be moved.
   * `program`: frames over its standard input and output, in real time. `port`: a serial port.
   */
  readonly kind: 'virtual' | 'program' | 'port';
  /** ms since it was opened. */
  now(): number;
  /** Bytes from the host, now. */
  send(bytes: Uint8Array): Promise<readonly Deed[]>;
  /** Waits until then, and gives what the device did meanwhile. */
  advance(toMs: number): Promise<readonly Deed[]>;
  /** An order of `core/host/virtual-device.c`, or some, a line each; only of kind `virtual`. */
  order(text: string): Promise<readonly Deed[]>;
  /** Switches it off and on; absent where the kit cannot. */
  readonly restart?: () => Promise<readonly Deed[]>;
  /** Idempotent. */
  end(): void;
}

/** Opens the same device for one check after the other: anew, where a device can be had anew. */
export interface TargetSource {
  readonly name: string;
  readonly kind: Target['kind'];
  /** Throws where it cannot be opened, with a sentence. */
  open(): Promise<Target>;
  close(): Promise<void>;
}
