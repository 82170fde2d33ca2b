import {readFileSync} from 'node:fs';
import type {FrameVector, RefusedVector} from '../../src/app/conform/vectors.ts';
import type {Descriptor} from '../../src/wire/longthrow/descriptor.ts';
import {projectFile} from '../project.ts';

/** The bytes of a descriptor, and what is read from them or wrong with them. */
export interface DescriptorVector {
  readonly name: string;
  readonly bytes: string;
  readonly check: string;
  readonly descriptor?: Descriptor;
  readonly faults?: readonly string[];
}

/** A report of HID, and the bodies in it. */
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
