import {type Accumulators, readAccumulators, writeAccumulators} from './accumulator.ts';
import {type EdgeCounters, readEdgeCounters, writeEdgeCounters} from './edge-counter.ts';
import {readTravels, type Travels, writeTravels} from './travel.ts';

/**
 * KEYFRAME, device to host: 1F, STATE; b2 of the header: further ones follow
 *   one or more sections, each:  type 10…13   length   payload as in a message of that type
 */
export interface Keyframe {
  readonly type: 'keyframe';
  readonly sections: readonly Section[];
}

/** Inputs of one kind. */
export type Section = (Travels & {readonly type: 'faders'}) | EdgeCounters | Accumulators;

/** Reads a KEYFRAME; undefined where it is malformed. */
export function readKeyframe(payload: Uint8Array): Keyframe | undefined {
  const sections: Section[] = [];
  for (let at = 0; at < payload.length; ) {
    const end = at + 2 + (payload[at + 1] ?? 0);
    if (end > payload.length) return undefined;
    const section = readSection(payload[at] ?? 0, payload.subarray(at + 2, end));
    if (section === undefined) return undefined;
    sections.push(section);
    at = end;
  }
  return sections.length === 0 ? undefined : {type: 'keyframe', sections};
}

/** Writes a KEYFRAME. */
export function writeKeyframe({sections}: Keyframe): readonly number[] {
  return sections.flatMap((section) => {
    const payload = writeSection(section);
    return [sectionTypes[section.type], payload.length, ...payload];
  });
}

const sectionTypes = {faders: 0x10, touches: 0x11, buttons: 0x12, encoders: 0x13} as const;

function readSection(type: number, payload: Uint8Array): Section | undefined {
  switch (type) {
    case sectionTypes.faders: {
      const travels = readTravels('faders', payload);
      return travels && {...travels, type: 'faders'};
    }
    case sectionTypes.touches:
      return readEdgeCounters('touches', payload);
    case sectionTypes.buttons:
      return readEdgeCounters('buttons', payload);
    case sectionTypes.encoders:
      return readAccumulators(payload);
    default:
      return undefined;
  }
}

function writeSection(section: Section): readonly number[] {
  switch (section.type) {
    case 'faders':
      return writeTravels(section);
    case 'touches':
    case 'buttons':
      return writeEdgeCounters(section);
    case 'encoders':
      return writeAccumulators(section);
  }
}
