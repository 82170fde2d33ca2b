import test from 'ava';
import {tellingMissing} from '../../src/app/missing-library.ts';
import type {Availability, Opened, Port} from '../../src/transport/contract.ts';
import type {DriverTransport} from '../../src/transport/driver.ts';

const port: Port = {id: '/dev/hidraw0', name: 'Pad', kind: 'hid'};
const listener = {received() {}, lost() {}};
const missing: Availability = {state: 'unavailable', reason: 'the package is\nnot there', cure: 'install it'};

/** A kind without its library, and how often it was asked for it. */
function begin(seesPorts: boolean, availability: Availability = missing, state: 'busy' | 'failed' = 'failed') {
  const told: string[] = [];
  let asked = 0;
  let answer = (): void => {};
  const speeds: number[] = [];
  const under: DriverTransport = {
    kind: 'hid',
    health: {failures: 3, reason: '', renewals: 0, isHopeless: false, leftAlone: [], processId: 1},
    availability() {
      asked += 1;
      return new Promise((resolve) => {
        answer = () => resolve(availability);
      });
    },
    watch(changed) {
      changed([port]);
      return () => {};
    },
    open: async (): Promise<Opened> => ({state, reason: 'no library'}),
    async openAt(_, baud): Promise<Opened> {
      speeds.push(baud);
      return {state, reason: 'no library'};
    },
    async close() {},
  };
  const settle = (): Promise<void> => {
    answer();
    return new Promise((resolve) => setImmediate(resolve));
  };
  return {
    transport: tellingMissing(under, seesPorts, (text) => told.push(text)),
    told,
    speeds,
    settle,
    asked: () => asked,
  };
}

test('a kind whose ports only its library lists is asked for it by who watches, and tells once what is missing', async (t) => {
  const {transport, told, settle, asked} = begin(false);
  t.is(asked(), 0);
  const lists: (readonly Port[])[] = [];
  transport.watch((ports) => lists.push(ports));
  transport.watch(() => {});
  await settle();
  t.deepEqual(lists, [[port]]);
  t.deepEqual(told, ['HID: the package is not there – install it']);
  t.is(asked(), 1);
  t.is(transport.health?.failures, 3);
});

test('one whose ports are seen without it is not asked before one of them fails to open', async (t) => {
  const {transport, told, settle, asked} = begin(true);
  transport.watch(() => {});
  await settle();
  t.is(asked(), 0);
  for (let again = 0; again < 2; again++) t.like(await transport.open(port, listener), {state: 'failed'});
  await settle();
  t.deepEqual([asked(), told.length], [1, 1]);
});

test('ports are opened at other speeds all the same, and one that does not open there tells what is missing, too', async (t) => {
  const {transport, told, speeds, settle} = begin(true);
  t.like(await transport.openAt(port, 9600, listener), {state: 'failed'});
  await settle();
  t.deepEqual(speeds, [9600]);
  t.is(told.length, 1);
});

test('nothing is told of a library that is there, of a port that others hold, and after the end', async (t) => {
  const good = begin(false, {state: 'available'});
  good.transport.watch(() => {});
  await good.settle();
  const busy = begin(true, missing, 'busy');
  await busy.transport.open(port, listener);
  await busy.settle();
  t.is(busy.asked(), 0);
  const ended = begin(false);
  ended.transport.watch(() => {});
  await ended.transport.close();
  await ended.settle();
  t.deepEqual([good.told, busy.told, ended.told], [[], [], []]);
});
