import {readFileSync} from 'node:fs';
import type {Frame} from '../../src/wire/longthrow/codec.ts';
import type {Descriptor} from '../../src/wire/longthrow/descriptor.ts';
import {projectFile} from '../project.ts';

/** A frame on the line and what it says. Bytes within messages are written `hex:…`. */
export interface FrameVector {
  readonly name: string;
  readonly group: string;
  readonly session: number;
  readonly wire: string;
  readonly frame: unknown;
}

/** Bytes on the line, and what a receiver makes of them: good frames by the types of their messages, faults by their names. */
export interface RefusedVector {
  readonly name: string;
  readonly group: string;
  readonly session: number;
  readonly mtu: number;
  readonly wire: string;
  readonly heard: readonly string[];
}

export interface DescriptorVector {
  readonly name: string;
  readonly bytes: string;
  readonly check: string;
  readonly descriptor?: Descriptor;
  readonly faults?: readonly string[];
}

export interface ReportVector {
  readonly name: string;
  readonly report: string;
  /** Absent where the report is dropped. */
  readonly bodies?: readonly string[];
}

export interface Vectors {
  readonly frames: readonly FrameVector[];
  readonly refused: readonly RefusedVector[];
  readonly reports: readonly ReportVector[];
  readonly descriptors: readonly DescriptorVector[];
}

/** The vectors beside the specification. */
export function readVectors(): Vectors {
  return JSON.parse(readFileSync(projectFile('firmware-protocol/vectors.json'), 'utf8'));
}

/** Bytes written in hex, with or without spaces. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.replace(/\s/g, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Bytes in hex, with spaces. */
export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** A value as vectors write it: bytes as `hex:…`, what is undefined left out. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part) => (part instanceof Uint8Array ? `hex:${toHex(part)}` : part)));
}

/** A frame written in a vector or transcript, with bytes as they are. */
export function frameOf(written: unknown): Frame {
  return JSON.parse(JSON.stringify(written), (_, part) =>
    typeof part === 'string' && part.startsWith('hex:') ? fromHex(part.slice(4)) : part,
  );
}
