// A host at a real serial port, in a process of its own, so that it can be killed: hello, heartbeats, an alarm on every strip. `host PORT LEASE_MS`
import {SerialPort} from 'serialport';
import {decodeBody, encodeFrame} from '../../../src/wire/longthrow/codec.ts';
import {newFramer, step} from '../../../src/wire/longthrow/framer.ts';
import {classOf, type Message} from '../../../src/wire/longthrow/message.ts';
import {travelsOf} from '../../../src/wire/longthrow/travel.ts';

const [path = '', lease = '1000'] = process.argv.slice(2);
const port = new SerialPort({path, baudRate: 115_200});
let nonce = ((Date.now() << 8) | 1 | (process.pid << 1)) >>> 0;
const sequences = {state: 0, reliable: 0, ack: 0, system: 0};
const warnings = Array.from({length: 9}, () => ({severity: 4, reason: 1}) as const);
let framer = newFramer();
let session = 0;
let beats = 0;

function send(message: Message): void {
  port.write(encodeFrame({message, sequence: sequences[classOf(message)]++ & 0xff}, session));
}

function speak(): void {
  if (session === 0) {
    send({type: 'hello-request', lowest: 1, highest: 1, nonce, mtu: 64, leaseMs: Number(lease)});
    return;
  }
  send({type: 'heartbeat', session, state: 0, heard: 0, crcFaults: 0, overruns: 0, resyncs: 0, descriptor: 0});
  send({type: 'warnings', first: 0, warnings});
  if (++beats === 3) process.stdout.write('up\n');
}

function take(message: Message): void {
  if (message.type === 'hello' && message.nonce === nonce && session === 0) {
    session = message.session;
    Object.assign(sequences, {state: 0, reliable: 0, ack: 0, system: 0});
    speak();
  }
  // A host that was held up for longer than the lease says hello again.
  if (message.type === 'hello' && message.nonce === 0 && session !== 0) {
    session = 0;
    nonce = (nonce ^ 0x100) >>> 0;
    speak();
  }
  const sections = message.type === 'keyframe' ? message.sections : [message];
  for (const section of sections) {
    if (section.type !== 'faders') continue;
    for (const {index, value} of travelsOf(section)) process.stdout.write(`fader ${index} ${value}\n`);
  }
}

port.on('data', (bytes: Buffer) => {
  const read = step(framer, bytes);
  framer = read.state;
  for (const framed of read.frames) {
    const decoded = framed.type === 'body' ? decodeBody(framed.body, session) : undefined;
    if (decoded?.state === 'good') take(decoded.frame.message);
  }
});
port.on('open', speak);
port.on('error', () => process.exit(1));
setInterval(speak, 100);
