import {readdir, readFile} from 'node:fs/promises';
import type {Frame} from '../../wire/longthrow/codec.ts';
import type {Transcript} from './transcript.ts';

/** A frame on the line and what it says. */
export interface FrameVector {
  readonly name: string;
  readonly group: string;
  readonly session: number;
  readonly wire: string;
  /** As `frameOf` reads it. */
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

/** What the kit plays to a device: the vectors and transcripts beside the specification. */
export interface KitData {
  readonly frames: readonly FrameVector[];
  readonly refused: readonly RefusedVector[];
  /** By their names, without the ending. */
  readonly transcripts: ReadonlyMap<string, Transcript>;
}

const protocolFolder = new URL('../../../firmware-protocol/', import.meta.url);

/** Reads vectors and transcripts; they are part of the package. */
export async function readKitData(): Promise<KitData> {
  const vectors: Pick<KitData, 'frames' | 'refused'> = await readJson(new URL('vectors.json', protocolFolder));
  const folder = new URL('transcripts/', protocolFolder);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const transcripts = await Promise.all(
    files.map(
      async (file): Promise<[string, Transcript]> => [file.replace('.json', ''), await readJson(new URL(file, folder))],
    ),
  );
  return {...vectors, transcripts: new Map(transcripts)};
}

async function readJson<Read>(url: URL): Promise<Read> {
  return JSON.parse(await readFile(url, 'utf8'));
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
