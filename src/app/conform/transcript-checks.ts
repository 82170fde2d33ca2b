import type {Check, Level} from './check.ts';
import {playTranscript} from './transcript.ts';
import type {KitData} from './vectors.ts';

/** Which level a transcript belongs to; others of later versions are of the longest run. */
const levelsOf: Readonly<Record<string, Level>> = {
  probe: 'L0',
  'no-session': 'L0',
  hello: 'L1',
  descriptor: 'L1',
  versions: 'L1',
  session: 'L1',
  time: 'L1',
  inputs: 'L2',
  keyframe: 'L2',
  touched: 'L3',
  text: 'L3',
  lease: 'L3',
  'lease-asked': 'L3',
  bye: 'L3',
  reliable: 'L4',
  config: 'L4',
  calibration: 'L4',
  boot: 'L5',
  'boot-enter': 'L5',
  'boot-late': 'L5',
};

/** The transcripts as checks: for devices in virtual time with the surface that they are written for. */
export function transcriptChecks({transcripts}: KitData): readonly Check[] {
  return [...transcripts].map(([name, transcript]): Check => {
    const level = levelsOf[name] ?? 'L6';
    return {
      id: `${level}.transcript-${name}`,
      level,
      requirements: transcript.shows,
      law: transcript.name,
      needs: ['orders', 'reference'],
      async run(bench) {
        for (const fault of await playTranscript(transcript, bench.host.target)) bench.expect(false, fault);
      },
    };
  });
}
