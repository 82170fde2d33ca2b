import type {FirmwareLinkEmitted} from '../../machines/firmware-link-words.ts';
import type {Connection, Port, Transport} from '../../transport/contract.ts';
import {newDeejReader, stepDeej} from '../../wire/deej.ts';
import type {Descriptor} from '../../wire/longthrow/descriptor.ts';
import type {Clock} from '../clock.ts';
import {type DeviceLine, openDeviceLine} from './device-line.ts';

/** Someone who sees to one port of a line for as long as it is there: opens it, and again after a failure. */
export interface Attendance {
  end(): void;
}

export interface AttendanceOptions {
  readonly port: Port;
  readonly transport: LineTransport;
  readonly clock: Clock;
  readonly line: {
    readonly progress: () => number;
    readonly live: () => boolean;
    readonly nextNonce: () => number;
    readonly learned: ReadonlyMap<number, Descriptor>;
    readonly isKnown: () => boolean;
  };
  readonly told: (news: Exclude<FirmwareLinkEmitted, {type: 'line.send'}>, line: DeviceLine) => void;
  /** A deej box speaks here; its bytes follow. */
  readonly deejFound: (sliders: number) => void;
  readonly bytes: (bytes: Uint8Array) => void;
  /** The connection is over. */
  readonly ended: (reason: string) => void;
}

/** Lines that home-made surfaces may be on. */
export interface LineTransport extends Transport {
  /** Opens a port at another speed; undefined where lines have no speeds, which whoever makes them must say. */
  readonly openAt: AtBaud | undefined;
  /** Longest body that a line carries; as long as the protocol knows if absent. */
  readonly mtu?: number;
}

type AtBaud = (port: Port, baud: number, listener: Parameters<Transport['open']>[1]) => ReturnType<Transport['open']>;

const firstRetryMs = 250;
const longestRetryMs = 4000;
const deejBaud = 9600;
/** So many lines of one length in a row are no accident. */
const deejLines = 3;
const deejPatienceMs = 4000;

/** Begins to see to a port. */
export function openAttendance({
  port,
  transport,
  clock,
  line: given,
  told,
  ...listener
}: AttendanceOptions): Attendance {
  let connection: Connection | undefined;
  let line: DeviceLine | undefined;
  let endTimer = (): void => {};
  let ended = false;
  let failures = 0;
  let deej = newDeejReader;
  let sliders = 0;
  let alike = 0;
  let isDeej = false;

  const later = (delayMs: number, call: () => void): void => {
    endTimer();
    if (!ended) endTimer = clock.after(delayMs, call);
  };
  const letGo = (): void => {
    const [oldLine, old] = [line, connection];
    line = undefined;
    connection = undefined;
    oldLine?.close();
    old?.close();
  };
  const retry = (): void => {
    failures += 1;
    later(Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1)), () => void begin());
  };
  const lost = (reason: string): void => {
    letGo();
    isDeej = false;
    listener.ended(reason);
    retry();
  };

  const sniff = (bytes: Uint8Array): void => {
    const {state, lines} = stepDeej(deej, bytes);
    deej = state;
    for (const {length} of lines) {
      alike = length === sliders ? alike + 1 : 1;
      sliders = length;
    }
    if (alike < deejLines) return;
    isDeej = true;
    endTimer();
    line?.close();
    line = undefined;
    listener.deejFound(sliders);
  };
  const received = (bytes: Uint8Array): void => {
    if (isDeej) listener.bytes(bytes);
    else {
      line?.received(bytes);
      if (line?.device === undefined) sniff(bytes);
    }
  };

  const begin = async (): Promise<void> => {
    const opened = await transport.open(port, {received, lost});
    if (opened.state !== 'open') return retry();
    if (ended) return opened.connection.close();
    connection = opened.connection;
    deej = newDeejReader;
    alike = 0;
    line = openDeviceLine({
      ...given,
      known: given.isKnown(),
      mtu: transport.mtu,
      clock,
      send: (bytes) => opened.connection.send(bytes),
      waiting: () => opened.connection.waiting ?? 0,
      told: (news) => {
        if (news.type === 'device.ready') failures = 0;
        if (line !== undefined) told(news, line);
        if (news.type === 'device.unanswered') clock.soon(listenSlowly);
        else if (news.type === 'device.refused') clock.soon(letGo);
      },
    });
  };
  /** Nobody answers: perhaps a box that only talks, at its own speed. It is listened to, and told nothing. */
  const listenSlowly = (): void => {
    if (isDeej || ended) return;
    letGo();
    const {openAt} = transport;
    if (openAt === undefined) return;
    const open = async (): Promise<void> => {
      const opened = await openAt(port, deejBaud, {received, lost});
      if (opened.state !== 'open') return;
      if (ended) return opened.connection.close();
      connection = opened.connection;
      deej = newDeejReader;
      alike = 0;
      later(deejPatienceMs, letGo);
    };
    later(firstRetryMs, () => void open());
  };
  void begin();

  return {
    end() {
      if (ended) return;
      ended = true;
      endTimer();
      letGo();
    },
  };
}
