import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import type {Deed} from '../../src/app/conform/target.ts';
import {toHex} from '../../src/app/conform/vectors.ts';
import {decodeBody, encodeFrame, type Frame} from '../../src/wire/longthrow/codec.ts';
import {edgesBetween} from '../../src/wire/longthrow/edge-counter.ts';
import {newFramer, step} from '../../src/wire/longthrow/framer.ts';
import type {Message} from '../../src/wire/longthrow/message.ts';
import {projectFile} from '../project.ts';
import {compileCore} from './compiler.ts';
import {createDice} from './mutation.ts';
import {startVirtualDevice, type VirtualDevice} from './virtual-device.ts';

const compiled = compileCore('virtual-device', ['host/virtual-device.c', 'longthrow.c']);
const session = 0xef;
/** Bytes of one slot of the eight strips: eight calibrations, label and bank, padded to an even number, and 8 around them. */
const slotSize = 118;

interface Timed {
  readonly atMs: number;
  readonly frame: Frame;
}

/** Reads what a device sends, across its pieces; what is faulty is a failure of the device. */
function createListener(): (deeds: readonly Deed[]) => readonly Timed[] {
  let framer = newFramer();
  return (deeds) =>
    deeds.flatMap((deed) => {
      if (deed.type !== 'sent') return [];
      const next = step(framer, deed.bytes);
      framer = next.state;
      return next.frames.flatMap((framed) => {
        const decoded = framed.type === 'body' ? decodeBody(framed.body, session) : undefined;
        return decoded?.state === 'good' ? [{atMs: deed.atMs, frame: decoded.frame}] : [];
      });
    });
}

function rx(message: Message, sequence = 0): string {
  return `rx ${toHex(encodeFrame({message, sequence}, session)).replaceAll(' ', '')}`;
}

const hello = rx({type: 'hello-request', lowest: 1, highest: 1, nonce: 0xdeadbeef, mtu: 64, leaseMs: 1000});
const beat = rx({type: 'heartbeat', session, state: 0, heard: 0, crcFaults: 0, overruns: 0, resyncs: 0, descriptor: 0});

/** Reads the label that a device has after a restart. */
async function labelAfterRestart(device: VirtualDevice, fromMs: number): Promise<{label: string; state: number}> {
  const listen = createListener();
  const deeds = await device.obey(
    'restart 1',
    hello,
    `to ${fromMs + 20}`,
    rx({type: 'config-get', key: 1, control: 0}),
    `to ${fromMs + 60}`,
  );
  const frames = listen(deeds).map(({frame}) => frame.message);
  const value = frames.find((message) => message.type === 'config-value');
  const heart = frames.find((message) => message.type === 'heartbeat');
  return {
    label: value?.type === 'config-value' ? new TextDecoder().decode(value.value) : 'nothing',
    state: heart?.type === 'heartbeat' ? heart.state : -1,
  };
}

function setLabel(label: string, sequence: number): string {
  return rx({type: 'config-set', key: 1, control: 0, value: new TextEncoder().encode(label)}, sequence);
}

if (compiled.state === 'absent') {
  test('the core keeps its word', (t) => {
    t.log(compiled.reason);
    t.pass();
  });
} else {
  const {program} = compiled;

  test('a power cut at any byte of a commit leaves the old values or the new ones, whole', async (t) => {
    const seen = new Set<string>();
    for (let cut = 1; cut <= slotSize; cut++) {
      const device = await startVirtualDevice(program);
      await device.obey('line 255', hello, 'to 20', setLabel('old', 0), rx({type: 'config-commit'}, 1), 'to 200');
      const orders = [hello, 'to 220', setLabel('new', 0), `cut ${cut}`, rx({type: 'config-commit'}, 1), 'to 400'];
      const deeds = await device.obey('restart 1', ...orders);
      const {label, state} = await labelAfterRestart(device, 400);
      device.end();
      seen.add(label);
      const wasCut = deeds.some(({type}) => type === 'cut');
      t.is(state, 0, `after ${cut} bytes`);
      t.true(wasCut, `the commit is shorter than ${cut} bytes`);
      t.is(label, cut < slotSize ? 'old' : 'new', `after ${cut} bytes`);
    }
    t.deepEqual([...seen].sort(), ['new', 'old']);
  });

  test('with both slots spoilt a device runs on defaults, and says so', async (t) => {
    const device = await startVirtualDevice(program);
    t.teardown(() => device.end());
    await device.obey('line 255', hello, 'to 20', setLabel('kept', 0), rx({type: 'config-commit'}, 1), 'to 200');
    t.deepEqual(await labelAfterRestart(device, 200), {label: 'kept', state: 0});
    await device.obey('stored 10 7', 'stored 130 7');
    t.deepEqual(await labelAfterRestart(device, 300), {label: '', state: 4});
  });

  test('of 10,000 presses with every fifth frame lost none is lost or doubled, and each is known within a second', async (t) => {
    t.timeout(60_000);
    const device = await startVirtualDevice(program);
    t.teardown(() => device.end());
    const listen = createListener();
    const dice = createDice(Date.now());
    const counters = new Map<number, number>();
    const made: {button: number; atMs: number}[] = [];
    const known: {button: number; atMs: number}[] = [];
    let now = 20;
    const hear = (deeds: readonly Deed[]): void => {
      for (const {atMs, frame} of listen(deeds)) {
        if (dice(5) === 0) continue;
        const {message} = frame;
        const sections = message.type === 'keyframe' ? message.sections : [message];
        for (const section of sections) {
          if (section.type !== 'buttons') continue;
          for (const [offset, counter] of section.counters.entries()) {
            const button = section.first + offset;
            for (const edge of edgesBetween(counters.get(button) ?? 0, counter))
              if (edge === 'pressed') known.push({button, atMs});
            counters.set(button, counter);
          }
        }
      }
    };
    hear(await device.obey('line 255', hello, 'to 20'));
    for (let round = 0; round < 100; round++) {
      const orders: string[] = [];
      for (let press = 0; press < 100; press++) {
        const button = dice(16);
        made.push({button, atMs: now});
        orders.push(`button ${button} 1`, `to ${now + 7}`, `button ${button} 0`, `to ${now + 40}`, beat);
        now += 40;
      }
      hear(await device.obey(...orders));
    }
    hear(await device.obey(`to ${now + 500}`, beat, `to ${now + 1200}`));
    t.is(known.length, 10_000);
    for (let button = 0; button < 16; button++) {
      const [pressed, told] = [made, known].map((list) => list.filter((one) => one.button === button));
      t.is(told?.length, pressed?.length);
      const delays = (pressed ?? []).map(({atMs}, index) => (told?.[index]?.atMs ?? Number.POSITIVE_INFINITY) - atMs);
      t.true(Math.max(...delays) <= 1000, `button ${button} took ${Math.max(...delays)} ms`);
    }
  });

  test('whatever is sent to it, all that the core sends can be read, and it never sends more than the line takes', async (t) => {
    const device = await startVirtualDevice(program);
    t.teardown(() => device.end());
    const dice = createDice(77);
    let framer = newFramer(64);
    let faults = 0;
    let frames = 0;
    const orders: string[] = ['line 11'];
    const kinds = ['fader', 'reading', 'touch', 'sensed', 'button', 'turn'];
    for (let now = 5; now < 8000; now += 5) {
      orders.push(`${kinds[dice(6)]} ${dice(18)} ${dice(1024)}`, `to ${now}`);
      if (now % 200 === 0) orders.push(beat);
      if (now % 1000 === 100) orders.push(hello);
      if (dice(9) === 0) orders.push(`rx ${toHex(Uint8Array.from({length: 20}, () => dice(256))).replaceAll(' ', '')}`);
    }
    for (const deed of await device.obey(...orders)) {
      if (deed.type !== 'sent') continue;
      t.true(deed.bytes.length <= 11);
      const next = step(framer, deed.bytes);
      framer = next.state;
      for (const framed of next.frames) {
        frames++;
        const decoded = framed.type === 'body' ? [decodeBody(framed.body, session), decodeBody(framed.body, 0)] : [];
        if (!decoded.some(({state}) => state === 'good')) faults++;
      }
    }
    t.true(frames > 500);
    t.is(faults, 0);
  });

  test('the core keeps to its share of flash and memory', async (t) => {
    const {stdout} = await promisify(execFile)('bash', [fileURLToPath(projectFile('firmware-protocol/core/size.sh'))]);
    t.log(stdout.trim());
    t.regex(stdout, /core|no avr-gcc/);
  });
}
