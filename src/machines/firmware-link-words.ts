import type {Frame} from '../wire/longthrow/codec.ts';
import type {ConfigValue} from '../wire/longthrow/configuration.ts';
import type {Descriptor} from '../wire/longthrow/descriptor.ts';
import type {DescriptorData} from '../wire/longthrow/descriptor-page.ts';
import {mtuLimits} from '../wire/longthrow/framer.ts';
import type {Hello} from '../wire/longthrow/hello.ts';
import type {Message} from '../wire/longthrow/message.ts';
import type {FirmwareSession} from './firmware-session.ts';

/** What is known of a home-made surface that can be used. */
export interface FirmwareDevice {
  readonly hello: Hello;
  readonly descriptor: Descriptor;
  /** What its owner calls it; empty for nothing. */
  readonly label: string;
  /** Its place beside others, from 0; undefined if it tells none. */
  readonly bank: number | undefined;
}

/** What happens on the line and on the desk. */
export type FirmwareLinkEvent =
  /** The event loop turned. `blocks` rises while the sound engine renders; `live` while it plays. */
  | {readonly type: 'host.pulse'; readonly atMs: number; readonly blocks: number; readonly live: boolean}
  /** A frame that passed all checks in the session that runs, or one without effect: dropped, or of a type that is not known. */
  | {readonly type: 'frame.heard'; readonly frame: Frame}
  | {readonly type: 'frame.unknown'; readonly sequence: number; readonly reliable: boolean}
  | {readonly type: 'frame.dropped'; readonly fault: 'crc' | 'oversized' | 'resyncs'}
  /** The desk has something for the device. */
  | {readonly type: 'desk.said'; readonly message: Message}
  | {readonly type: 'desk.closed'}
  | FirmwareNews;

/** What frames come to. */
export type FirmwareNews =
  | {readonly type: 'hello.came'; readonly hello: Hello}
  | {readonly type: 'page.came'; readonly page: DescriptorData}
  | {readonly type: 'value.came'; readonly value: ConfigValue}
  /** It announced itself: it has just started, or its lease ran out. */
  | {readonly type: 'device.restarted'; readonly reason: string}
  /** It said good-bye. */
  | {readonly type: 'device.left'; readonly reason: string}
  | {readonly type: 'device.broke'; readonly reason: string}
  | {readonly type: 'device.silent'};

/** What a line tells. */
export type FirmwareLinkEmitted =
  /** To be sent at once. */
  | {readonly type: 'line.send'; readonly session: number; readonly frame: Frame}
  | {readonly type: 'device.ready'; readonly device: FirmwareDevice}
  /** After a `device.ready`. */
  | {readonly type: 'device.lost'; readonly reason: string}
  /** It will never do; nothing follows. */
  | {readonly type: 'device.refused'; readonly reason: string}
  /** Nothing on this line speaks our protocol; nothing follows. */
  | {readonly type: 'device.unanswered'}
  /** Anything it says while it is used. */
  | {readonly type: 'device.said'; readonly message: Message; readonly time: number | undefined}
  /** What became of a RELIABLE message of the desk. */
  | {readonly type: 'desk.answered'; readonly message: Message; readonly status: number};

/** What a line is made for. */
export interface FirmwareLinkInput {
  /** A number of 32 bits that is another one each time. */
  readonly nextNonce: () => number;
  /** Longest body that the line carries, whatever a device says of itself; as long as the protocol knows if absent. */
  readonly mtu?: number | undefined;
  /** Whether a device of ours was on this line before: then it is greeted for ever. */
  readonly known: boolean;
  /** Descriptors that were read before, by their checks. */
  readonly learned: ReadonlyMap<number, Descriptor>;
}

/** What a line remembers. */
export interface FirmwareLinkContext extends FirmwareLinkInput {
  readonly mtu: number;
  readonly nonce: number;
  /** How often it was greeted. */
  readonly greetings: number;
  /** The engine's blocks at the last pulse, and when the host last showed that it is alive. */
  readonly blocks: number;
  readonly saidBlocks: number | undefined;
  readonly beatAtMs: number;
  readonly live: boolean;
  readonly session: FirmwareSession | undefined;
  /** What was read of the descriptor. */
  readonly pages: Uint8Array;
  /** What is configured, by key. */
  readonly values: ReadonlyMap<number, Uint8Array>;
}

/** A line on which nothing was said. */
export function newFirmwareLink(input: FirmwareLinkInput): FirmwareLinkContext {
  return {
    ...input,
    mtu: input.mtu ?? mtuLimits.highest,
    nonce: 0,
    greetings: 0,
    blocks: 0,
    saidBlocks: undefined,
    beatAtMs: Number.NEGATIVE_INFINITY,
    live: false,
    session: undefined,
    pages: new Uint8Array(0),
    values: new Map(),
  };
}
