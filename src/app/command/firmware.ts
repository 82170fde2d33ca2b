import {plainText} from '../../model/problem.ts';
import {allPorts} from '../../transport/serial.ts';
import {isBoard} from '../../transport/serial-ports.ts';
import type {Message} from '../../wire/longthrow/message.ts';
import {exitCode} from '../exit-code.ts';
import {openTalk, type Talk} from '../firmware/talk.ts';

const resetCauses = ['unknown', 'power', 'reset line', 'brown-out', 'watchdog', 'asked for'];
const featureNames = ['time stamps', 'configuration', 'calibration', 'boot hand-off', 'identify'];

/** Writes a line to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Lists serial ports, and says which the desk opens by itself. Opens none. */
export async function listFirmware({json}: {readonly json?: boolean}): Promise<number> {
  const ports = await allPorts({});
  if (json) {
    const rows = ports.map((port) => ({
      path: port.id,
      name: port.name,
      usb: port.usb ?? null,
      openedByItself: isBoard(port),
    }));
    print(JSON.stringify({schemaVersion: 1, ports: rows}, null, 2));
    return exitCode.ok;
  }
  if (ports.length === 0) print('No serial port is there.');
  for (const port of ports) {
    const usb = port.usb === undefined ? 'not on USB' : `${port.usb.vendor}:${port.usb.product}`;
    const how = isBoard(port) ? 'the desk opens it by itself' : `left alone; "longthrow --serial ${port.id}" opens it`;
    print(`${plainText(port.name)}  ${usb}  ${how}`);
  }
  return exitCode.ok;
}

/** Says who is on a port. */
export function firmwareInfo(path: string, {json}: {readonly json?: boolean}): Promise<number> {
  return talking(path, async ({device: {hello, descriptor, label, bank}}) => {
    const {serial, bootCount, resetCause, firmware, mtu, credits, features} = hello;
    const told = featureNames.filter((_, bit) => (features >> bit) & 1);
    const facts = {
      serial,
      label,
      bank: bank ?? null,
      firmware: firmware.join('.'),
      strips: descriptor.strips,
      unit: descriptor.unit,
      bootCount,
      lastReset: resetCauses[resetCause] ?? 'unknown',
      mtu,
      credits,
      features: told,
    };
    if (json) print(JSON.stringify({schemaVersion: 1, ...facts, records: descriptor.records}, null, 2));
    else {
      for (const [name, value] of Object.entries(facts))
        print(`${name.padEnd(10)} ${Array.isArray(value) ? value.join(', ') : (value ?? '–')}`);
      for (const {type, ...record} of descriptor.records)
        print(`${type.padEnd(14)} ${plainText(JSON.stringify(record))}`);
    }
    return exitCode.ok;
  });
}

/** Prints what a surface says until it is gone or the program is interrupted; heartbeats and keyframes only with `all`. */
export function monitorFirmware(
  path: string,
  {all, seconds}: {readonly all?: boolean; readonly seconds?: number},
): Promise<number> {
  return talking(path, async (talk) => {
    talk.onSaid(({type, ...what}, time) => {
      if (!all && (type === 'heartbeat' || type === 'keyframe')) return;
      print(`${time === undefined ? '' : `${(time / 10).toFixed(1)} ms  `}${type}  ${plainText(JSON.stringify(what))}`);
    });
    const interrupted = new Promise<'interrupted'>((resolve) => process.once('SIGINT', () => resolve('interrupted')));
    const over = new Promise<'over'>((resolve) => {
      if (seconds !== undefined) setTimeout(() => resolve('over'), seconds * 1000);
    });
    const how = await Promise.race([talk.lost, interrupted, over]);
    if (how === 'over') return exitCode.ok;
    if (how === 'interrupted') return exitCode.interrupted;
    print(`lost: ${how}`);
    return exitCode.deviceRefused;
  });
}

/** Has a surface show which one it is. */
export function identifyFirmware(path: string, {seconds}: {readonly seconds: number}): Promise<number> {
  return talking(path, async (talk) => {
    await talk.ask({type: 'identify', seconds: Math.min(255, Math.round(seconds))});
    print(`It shows which one it is for ${seconds} s.`);
    // Its session must last as long: good-bye ends what it shows.
    await Promise.race([talk.lost, new Promise((resolve) => setTimeout(resolve, seconds * 1000))]);
    return exitCode.ok;
  });
}

/** Speaks with the surface on a port, and lets go of it whatever happens. */
export async function talking(path: string, work: (talk: Talk) => Promise<number>): Promise<number> {
  const talk = await openTalk(path);
  try {
    return await work(talk);
  } finally {
    await talk.close();
  }
}

/** An order without anything in it. */
export function order(type: 'config-commit' | 'config-factory' | 'boot-arm'): Message {
  return {type};
}
