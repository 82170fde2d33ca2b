import type {FirmwareLinkEmitted} from '../../machines/firmware-link-words.ts';
import {deejLimits, deejSurface} from '../../surface/deej.ts';
import {deviceSurface} from '../../surface/longthrow/device-surface.ts';
import type {ConnectionListener, Port, Transport} from '../../transport/contract.ts';
import {decodeBody, encodeFrame} from '../../wire/longthrow/codec.ts';
import type {Descriptor} from '../../wire/longthrow/descriptor.ts';
import {newFramer, step} from '../../wire/longthrow/framer.ts';
import type {Message} from '../../wire/longthrow/message.ts';
import type {Clock} from '../clock.ts';
import {type Attendance, type LineTransport, openAttendance} from './attendance.ts';
import type {DeviceLine} from './device-line.ts';

export interface DeviceTransportOptions {
  readonly clock: Clock;
  /** Whether a port may be opened at all: others are left alone. */
  readonly mayOpen: (port: Port) => boolean;
  readonly progress: () => number;
  readonly live: () => boolean;
  /** A sentence for the user. */
  readonly notice: (text: string) => void;
  /** A number of 32 bits that is another one each time; random ones if absent. */
  readonly nextNonce?: () => number;
}

/** A device that is ready: a port of the desk. */
interface Ready {
  readonly port: Port;
  readonly line: DeviceLine | undefined;
  listener: ConnectionListener | undefined;
}

/** Home-made surfaces as ports: each that has told what it is comes and goes here, whatever line it is on. The lines are of `under`, which is closed with this. */
export function deviceTransport(under: LineTransport, options: DeviceTransportOptions): Transport {
  const {clock, mayOpen, progress, live, notice} = options;
  const nextNonce = options.nextNonce ?? randomNonce;
  const watchers = new Set<(ports: readonly Port[]) => void>();
  const attended = new Map<string, Attendance>();
  const ready = new Map<string, Ready>();
  const learned = new Map<number, Descriptor>();
  /** Boards on which a device of ours was found once. */
  const known = new Set<string>();
  let count = 0;
  let endWatch: (() => void) | undefined;
  let closed = false;

  const announce = (): void => {
    const now = [...ready.values()].map(({port}) => port);
    for (const changed of [...watchers]) if (watchers.has(changed)) changed(now);
  };
  const come = (at: string, port: Omit<Port, 'id' | 'kind'>, line: DeviceLine | undefined): void => {
    count += 1;
    ready.set(at, {port: {...port, id: `${under.kind}-device:${count}`, kind: under.kind}, line, listener: undefined});
    announce();
  };
  const go = (at: string, reason: string): void => {
    const gone = ready.get(at);
    if (gone === undefined) return;
    ready.delete(at);
    const {listener} = gone;
    gone.listener = undefined;
    listener?.lost(reason);
    announce();
  };

  const attend = (port: Port): Attendance =>
    openAttendance({
      port,
      transport: under,
      clock,
      line: {progress, live, nextNonce, learned, isKnown: () => known.has(boardOf(port))},
      told: (news, line) => told(port, news, line),
      bytes: (bytes) => hear(ready.get(port.id), bytes),
      deejFound: (sliders) => {
        const surface = deejSurface(port.usb?.serial ?? port.name.replace(/\W+/g, '-'), sliders);
        notice(`${port.name}: ${deejLimits}`);
        come(port.id, {name: `deej ${port.name}`, surface}, undefined);
      },
      ended: (reason) => go(port.id, reason),
    });
  const told = (at: Port, news: Exclude<FirmwareLinkEmitted, {type: 'line.send'}>, line: DeviceLine): void => {
    switch (news.type) {
      case 'device.ready': {
        const {hello, descriptor, label, bank} = news.device;
        const {serial, descriptorCheck} = hello;
        learned.set(descriptorCheck, descriptor);
        known.add(boardOf(at));
        const surface = deviceSurface(descriptor, {serial, descriptorCheck, label, bank});
        come(at.id, {name: `${surface.name} ${serial}`, surface}, line);
        break;
      }
      case 'device.lost':
        go(at.id, news.reason);
        break;
      case 'device.refused':
        notice(`${at.name}: the surface on it cannot be used: ${news.reason}.`);
        break;
      case 'device.said':
        if (isInput(news.message)) {
          const {message, time} = news;
          hear(ready.get(at.id), encodeFrame({message, sequence: 0, ...(time !== undefined && {time})}, 0));
        }
        break;
      default:
    }
  };

  const attendAll = (ports: readonly Port[]): void => {
    const here = new Set(ports.map(({id}) => id));
    for (const [id, attendance] of [...attended]) {
      if (here.has(id)) continue;
      attended.delete(id);
      go(id, 'unplugged');
      attendance.end();
    }
    for (const port of ports) if (!attended.has(port.id) && mayOpen(port)) attended.set(port.id, attend(port));
  };

  return {
    kind: under.kind,
    get health() {
      return under.health;
    },
    availability: () => under.availability(),
    watch(changed) {
      if (closed) return () => {};
      watchers.add(changed);
      changed([...ready.values()].map(({port}) => port));
      endWatch ??= under.watch(attendAll);
      return () => watchers.delete(changed);
    },
    async open({id, name}, listener) {
      const found = [...ready.values()].find(({port}) => port.id === id);
      if (found === undefined) return {state: 'gone', reason: `${name} is no longer there`};
      if (found.listener !== undefined) return {state: 'busy', reason: `${name} is open already`};
      found.listener = listener;
      found.line?.say({type: 'keyframe-request'});
      return {
        state: 'open',
        connection: {
          send: (bytes) => {
            if (found.listener === listener && found.line !== undefined) sayAll(found.line, bytes);
          },
          close: () => {
            if (found.listener === listener) found.listener = undefined;
          },
        },
      };
    },
    async close() {
      if (closed) return;
      closed = true;
      watchers.clear();
      ready.clear();
      for (const attendance of attended.values()) attendance.end();
      attended.clear();
      endWatch?.();
      await under.close();
    },
  };
}

/** A board is the same one wherever it is plugged in, if it has a serial number; else its place stands for it. */
function boardOf({id, usb}: Port): string {
  return usb?.serial === undefined ? id : `${usb.vendor}:${usb.product}:${usb.serial}`;
}

function hear(ready: Ready | undefined, bytes: Uint8Array): void {
  ready?.listener?.received(bytes);
}

/** What the dialect wrote: frames of session 0. */
function sayAll(line: DeviceLine, bytes: Uint8Array): void {
  for (const framed of step(newFramer(), bytes).frames) {
    const decoded = framed.type === 'body' ? decodeBody(framed.body, 0) : undefined;
    if (decoded?.state === 'good') line.say(decoded.frame.message);
  }
}

function isInput({type}: Message): boolean {
  return ['faders', 'touches', 'buttons', 'encoders', 'keyframe'].includes(type);
}

function randomNonce(): number {
  return Math.floor(Math.random() * 0x1_0000_0000);
}
