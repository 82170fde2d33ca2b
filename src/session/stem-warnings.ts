import {basename} from 'node:path';
import {isDefaultName} from '../model/default-name.ts';
import {type Problem, plainText} from '../model/problem.ts';
import type {StemFacts} from '../model/stem-facts.ts';

/** A stem of a new session with the name that its strip was given. */
export interface WarnedStem {
  readonly facts: StemFacts;
  readonly name: string;
}

/** Lengths within a second of each other count as the same. */
const sameLengthSeconds = 1;

/** What a person should know of the stems before mixing: default names, silence, clips, doubles, odd lengths. */
export function stemWarnings(stems: readonly WarnedStem[]): readonly Problem[] {
  const usual = usualLength(stems);
  const firstOf = new Map<string, StemFacts>();
  return stems.flatMap(({facts, name}) => {
    const path = plainText(facts.path);
    const warnings: Problem[] = [];
    const warn = (reason: string, hint: string): void => {
      warnings.push({path, reason, hint, severity: 'warning'});
    };
    if (isDefaultName(name)) warn(`has a default name ("${name}")`, 'Give the track a name that says what it is.');
    const first = firstOf.get(facts.digest);
    if (facts.peakDb === Number.NEGATIVE_INFINITY) {
      warn('is silent: every sample is zero', 'Leave it out, or export it again.');
    } else if (first !== undefined) {
      warn(
        `is the same recording as ${plainText(basename(first.path))}`,
        'Together they are 6 dB too loud: mute or remove one.',
      );
    } else {
      firstOf.set(facts.digest, facts);
    }
    if (facts.clippedRuns > 0) {
      const times = facts.clippedRuns === 1 ? 'once' : `${facts.clippedRuns} times`;
      warn(
        `is clipped: it stays at full scale ${times}`,
        'Trimming cannot repair it; export or record it again with less gain.',
      );
    }
    const seconds = secondsOf(facts);
    if (usual !== undefined && (seconds < usual * 0.5 || seconds > usual * 1.5)) {
      const hint = 'If it was not exported from the start of the song, it plays at the wrong time.';
      warn(`is ${shownTime(seconds)} long, most others are ${shownTime(usual)}`, hint);
    }
    return warnings;
  });
}

/** The length in seconds that at least half of three or more stems have, within a second. */
function usualLength(stems: readonly WarnedStem[]): number | undefined {
  const lengths = stems.map(({facts}) => secondsOf(facts)).sort((one, other) => one - other);
  const middle = lengths[Math.floor(lengths.length / 2)];
  if (middle === undefined || lengths.length < 3) return undefined;
  const alike = lengths.filter((seconds) => Math.abs(seconds - middle) <= sameLengthSeconds).length;
  return alike * 2 >= lengths.length ? middle : undefined;
}

function secondsOf(facts: StemFacts): number {
  return facts.lengthFrames / facts.sampleRate;
}

/** `3:20`, or `4.5 s` under ten seconds. */
function shownTime(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
