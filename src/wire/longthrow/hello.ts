import {mtuLimits} from './framer.ts';
import {u16At, u16Bytes, u32At, u32Bytes} from './little-endian.ts';

/**
 * HELLO_REQ, host to device: 01, SYSTEM, of session 0
 *   0 lowest version   1 highest version   2 nonce u32, its lowest byte is the session and not 0   6 MTU   7 lease in 10 ms
 */
export interface HelloRequest {
  readonly type: 'hello-request';
  readonly lowest: number;
  readonly highest: number;
  readonly nonce: number;
  readonly mtu: number;
  /** 0…2,550 ms in steps of 10; devices hold it between 300 and 2,500. */
  readonly leaseMs: number;
}

/**
 * HELLO, device to host: 02, SYSTEM, of session 0
 *    0 version   1 nonce u32   5 session   6 serial u64   14 boot count u16   16 reset cause   17 uptime u32 ms   21 firmware, three numbers
 *   24 descriptor length u16   26 descriptor CRC-32   30 MTU   31 credits 1…4   32 tick in µs   33 features u32
 */
export interface Hello {
  readonly type: 'hello';
  readonly version: number;
  /** 0 in an announcement: the device has just started, or lost its host. */
  readonly nonce: number;
  /** 0 in an announcement, and where no version is common. */
  readonly session: number;
  /** 16 hex digits, highest first. */
  readonly serial: string;
  readonly bootCount: number;
  /** 0 unknown, 1 power, 2 reset line, 3 brown-out, 4 watchdog, 5 asked for. */
  readonly resetCause: number;
  readonly uptimeMs: number;
  readonly firmware: readonly [number, number, number];
  readonly descriptorLength: number;
  readonly descriptorCheck: number;
  readonly mtu: number;
  readonly credits: number;
  /** Length of a tick of its time stamps, 0 without a clock. */
  readonly tickUs: number;
  /** Bits of `featureBits`. */
  readonly features: number;
}

/** The version of the protocol that this program speaks. */
export const protocolVersion = 1;
/** What a device can do beside the necessary. */
export const featureBits = {time: 1, configuration: 2, calibration: 4, boot: 8, identify: 16} as const;

/** Reads a HELLO_REQ; undefined where it is malformed. */
export function readHelloRequest(payload: Uint8Array): HelloRequest | undefined {
  const [lowest = 0, highest = 0] = payload;
  const nonce = u32At(payload, 2);
  const mtu = payload[6] ?? 0;
  if (payload.length !== 8 || lowest > highest || (nonce & 0xff) === 0 || !isMtu(mtu)) return undefined;
  return {type: 'hello-request', lowest, highest, nonce, mtu, leaseMs: (payload[7] ?? 0) * 10};
}

/** Writes a HELLO_REQ. */
export function writeHelloRequest({lowest, highest, nonce, mtu, leaseMs}: HelloRequest): readonly number[] {
  return [lowest, highest, ...u32Bytes(nonce), mtu, Math.round(leaseMs / 10)];
}

/** Reads a HELLO; undefined where it is malformed. */
export function readHello(payload: Uint8Array): Hello | undefined {
  const mtu = payload[30] ?? 0;
  const credits = payload[31] ?? 0;
  if (payload.length !== 37 || !isMtu(mtu) || credits < 1 || credits > 4) return undefined;
  return {
    type: 'hello',
    version: payload[0] ?? 0,
    nonce: u32At(payload, 1),
    session: payload[5] ?? 0,
    serial: [...payload.subarray(6, 14)].reverse().map(hexByte).join(''),
    bootCount: u16At(payload, 14),
    resetCause: payload[16] ?? 0,
    uptimeMs: u32At(payload, 17),
    firmware: [payload[21] ?? 0, payload[22] ?? 0, payload[23] ?? 0],
    descriptorLength: u16At(payload, 24),
    descriptorCheck: u32At(payload, 26),
    mtu,
    credits,
    tickUs: payload[32] ?? 0,
    features: u32At(payload, 33),
  };
}

/** Writes a HELLO. */
export function writeHello(hello: Hello): readonly number[] {
  const serial = hello.serial.padStart(16, '0').match(/../g) ?? [];
  return [
    hello.version,
    ...u32Bytes(hello.nonce),
    hello.session,
    ...serial.map((digits) => Number.parseInt(digits, 16)).reverse(),
    ...u16Bytes(hello.bootCount),
    hello.resetCause,
    ...u32Bytes(hello.uptimeMs),
    ...hello.firmware,
    ...u16Bytes(hello.descriptorLength),
    ...u32Bytes(hello.descriptorCheck),
    hello.mtu,
    hello.credits,
    hello.tickUs,
    ...u32Bytes(hello.features),
  ];
}

function isMtu(mtu: number): boolean {
  return mtu >= mtuLimits.lowest && mtu <= mtuLimits.highest;
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
