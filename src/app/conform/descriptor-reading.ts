import {storedCheck} from '../../wire/longthrow/crc.ts';
import {type ReadDescriptor, readDescriptor} from '../../wire/longthrow/descriptor-reader.ts';
import type {Hello} from '../../wire/longthrow/hello.ts';
import type {Bench} from './check.ts';

const pageSize = 48;
const patienceMs = 300;

/** Bytes of the descriptor from an offset on, as one answer gives them; undefined if none comes. */
export async function readPage(bench: Bench, offset: number, length: number): Promise<Uint8Array | undefined> {
  await bench.host.say({type: 'descriptor-read', offset, length});
  const answer = await bench.until('descriptor-data', patienceMs, (message) => message.offset === offset);
  return answer?.message.bytes;
}

/** Reads the descriptor of a device in a session, whole, and holds it against its checksum. */
export async function readDeviceDescriptor(bench: Bench, hello: Hello): Promise<ReadDescriptor> {
  const bytes = new Uint8Array(Math.min(4096, hello.descriptorLength));
  for (let at = 0; at < bytes.length; ) {
    const page = await readPage(bench, at, Math.min(pageSize, bytes.length - at));
    if (page === undefined || page.length === 0)
      return {
        state: 'bad',
        faults: [`DESC_READ at ${at} was answered with ${page === undefined ? 'nothing' : 'no bytes'}`],
      };
    bytes.set(page.subarray(0, bytes.length - at), at);
    at += page.length;
  }
  if (storedCheck(bytes) !== hello.descriptorCheck)
    return {state: 'bad', faults: ['its CRC-32 is not the one that HELLO tells']};
  return readDescriptor(bytes);
}
