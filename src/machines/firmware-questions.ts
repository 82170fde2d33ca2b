import {configKeys} from '../wire/longthrow/configuration.ts';
import {storedCheck} from '../wire/longthrow/crc.ts';
import {readDescriptor} from '../wire/longthrow/descriptor-reader.ts';
import {featureBits, type Hello, protocolVersion} from '../wire/longthrow/hello.ts';
import type {Message} from '../wire/longthrow/message.ts';
import type {FirmwareLinkContext} from './firmware-link-words.ts';
import {leaseMs} from './firmware-session.ts';

/** Bytes of a descriptor asked for at once, as far as the device's frames hold them. */
const longestPage = 48;
const frameOverhead = 7;

/** Asks who is there; `mtu` is the longest body that the line carries. */
export function greetingOf(nonce: number, mtu: number): Message {
  const version = {lowest: protocolVersion, highest: protocolVersion};
  return {type: 'hello-request', ...version, nonce, mtu, leaseMs};
}

/** Good-bye of a host that closes. */
export const bye: readonly Message[] = [{type: 'bye', reason: 0}];
/** Asks what the owner of a device calls it, and where it stands. */
export const valueQuestions: readonly Message[] = [
  {type: 'config-get', key: configKeys.label, control: 0},
  {type: 'config-get', key: configKeys.bank, control: 0},
];

/** Asks for what is not read yet of the descriptor. */
export function pageQuestion({session, pages}: FirmwareLinkContext): readonly Message[] {
  const length = Math.min(longestPage, (session?.hello.mtu ?? 0) - frameOverhead);
  return [{type: 'descriptor-read', offset: pages.length, length}];
}

/** A nonce whose lowest byte, the session, is not 0. */
export function nonceOf(number: number): number {
  const nonce = number >>> 0;
  return (nonce & 0xff) === 0 ? nonce + 1 : nonce;
}

/** Whether as much of the descriptor was read as the hello announced. */
export function isFilled({session, pages}: FirmwareLinkContext): boolean {
  return session !== undefined && pages.length >= session.hello.descriptorLength;
}

/** Whether the descriptor is read and as the hello announced it. */
export function isWhole(context: FirmwareLinkContext): boolean {
  return isFilled(context) && storedCheck(context.pages) === context.session?.hello.descriptorCheck;
}

/** Why a device cannot be used, for people. */
export function refusal({pages}: FirmwareLinkContext, hello: Hello | undefined): string {
  if (hello !== undefined)
    return `its firmware speaks version ${hello.version} of the protocol, this program ${protocolVersion}`;
  const read = readDescriptor(pages);
  return read.state === 'bad' ? `what it says of itself is broken: ${read.faults.join(', ')}` : 'it cannot be used';
}

/** Whether the device has no configuration to be asked for. */
export function tellsNothing({session}: FirmwareLinkContext): boolean {
  return ((session?.hello.features ?? 0) & featureBits.configuration) === 0;
}
