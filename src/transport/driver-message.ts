import type {Availability, Opened, Port} from './contract.ts';

/** What a driver is started with; each kind takes from it what it knows. */
export interface DriverSetup {
  /** Serial ports beside those that the system lists, by path. */
  readonly paths?: readonly string[];
}

/** What the desk tells a driver's process. Connections are numbered by the desk, and no number comes twice. */
export type ToDriver =
  /** The first message. `known`: ports as the process before this one called them. */
  | {readonly type: 'begin'; readonly setup: DriverSetup; readonly known: readonly Port[]}
  /** The desk lives. */
  | {readonly type: 'beat'}
  | {readonly type: 'ask'; readonly question: number}
  /** `baud` only where there are speeds. */
  | {readonly type: 'open'; readonly connection: number; readonly port: Port; readonly baud: number | undefined}
  | {readonly type: 'send'; readonly connection: number; readonly bytes: Uint8Array}
  | {readonly type: 'close'; readonly connection: number}
  /** Gives all ports back in order, and ends. */
  | {readonly type: 'end'};

/** How an `open` went; `counts` tells whether the driver knows what has not gone out. */
export type DriverOpened =
  | {readonly state: 'open'; readonly counts: boolean}
  | Extract<Opened, {readonly state: 'busy' | 'gone' | 'failed'}>;

/** What a driver's process tells the desk. */
export type FromDriver =
  /** The driver lives, several times a second. */
  | ({readonly type: 'alive'} & DriverWear)
  /** All ports there are; first of all, and whenever they change. */
  | {readonly type: 'ports'; readonly ports: readonly Port[]}
  | {readonly type: 'answer'; readonly question: number; readonly availability: Availability}
  | {readonly type: 'opened'; readonly connection: number; readonly opened: DriverOpened}
  | {readonly type: 'received'; readonly connection: number; readonly bytes: Uint8Array}
  | {readonly type: 'lost'; readonly connection: number; readonly reason: string}
  /** So many bytes of the connection reached the driver since it was opened, and so many of them have not gone out. */
  | {readonly type: 'taken'; readonly connection: number; readonly bytes: number; readonly waiting: number}
  /** It cannot go on, and ends. */
  | {readonly type: 'failed'; readonly reason: string};

/** What use leaves behind in a process: native libraries leak, and some leak what all programs share. */
export interface DriverWear {
  /** How often the system was asked for its ports. */
  readonly listings: number;
  /** Files that are open; 0 where that is not known. */
  readonly files: number;
  /** Memory in MB. */
  readonly memoryMb: number;
}
