import {type Assessor, type AssessorOptions, createAssessor} from '../../src/gain/assess.ts';
import {type Facts, noFacts} from '../../src/gain/facts.ts';
import type {VerdictChange} from '../../src/gain/verdict.ts';
import {type Mixer, newMixer, newStrip, type Strip, type StripId} from '../../src/model/mixer.ts';
import type {RuleId, Verdict} from '../../src/model/warning.ts';
import {frameOf, type Levels} from './sound-frame.ts';

/** A virtual clock, a virtual tape and an assessor that listens: what the desk would be told, and when. */

export const kick: StripId = 'kick';

export const twoStrips: Mixer = newMixer({
  strips: [newStrip({id: kick, name: 'Kick', group: 'drums'}), newStrip({id: 'pad', name: 'Pad', group: 'keys'})],
});

/** The mixer with other values of the kick. */
export function withKick(values: Partial<Strip>): Mixer {
  const strips = twoStrips.strips.map((strip) => (strip.id === kick ? {...strip, ...values} : strip));
  return {...twoStrips, strips};
}

/** Something the desk would tell. */
export interface Told {
  readonly atMs: number;
  readonly type: 'raised' | 'cleared';
  readonly strip: StripId;
  readonly rule: RuleId;
  readonly short: string;
  readonly advice: string;
}

export interface Rehearsal {
  readonly assessor: Assessor;
  /** Raised and cleared, by the times of the rules' rows; a latched one clears only by `acknowledge`. */
  readonly told: readonly Told[];
  readonly changes: readonly (VerdictChange & {readonly atMs: number})[];
  readonly nowMs: number;
  mixer: Mixer;
  facts: Facts;
  /** Runs the tape in blocks of 10 ms (or what was asked for) and asks for verdicts after each; `undefined` means that no frame came. */
  run(untilMs: number, levels: (atMs: number) => Levels | undefined, rolling?: boolean): void;
  verdict(strip: StripId, rule: RuleId): Verdict;
  /** `raised@5000 cleared@12000` of one rule. */
  story(strip: StripId, rule: RuleId): string;
}

const minimumOnMs = 400;
const minimumOffMs = 1000;

/** Timings of one warning, as its statechart has them: a plain reference. */
interface Timing {
  verdict: Verdict;
  sinceMs: number;
  raised: boolean;
  changedMs: number;
  /** The clear verdict is the work of our own hand. */
  mended: boolean;
  last: VerdictChange;
}

export function rehearse(options: Partial<AssessorOptions> = {}, stepMs = 10): Rehearsal {
  const sampleRate = options.sampleRate ?? 48_000;
  const frames = (sampleRate * stepMs) / 1000;
  const assessor = createAssessor({sampleRate, mixer: twoStrips, expected: () => true, facts: () => facts, ...options});
  const timings = new Map<string, Timing>();
  const told: Told[] = [];
  const changes: (VerdictChange & {readonly atMs: number})[] = [];
  let mixer = options.mixer ?? twoStrips;
  let facts = noFacts;
  let nowMs = 0;
  assessor.restarted(nowMs);

  function hear(change: VerdictChange): void {
    changes.push({...change, atMs: nowMs});
    const key = `${change.strip} ${change.rule}`;
    const timing = timings.get(key);
    if (timing === undefined)
      timings.set(key, {
        verdict: change.verdict,
        sinceMs: nowMs,
        raised: false,
        changedMs: Number.NEGATIVE_INFINITY,
        mended: change.mended === true,
        last: change,
      });
    else {
      if (timing.verdict !== change.verdict) timing.sinceMs = nowMs;
      timing.mended = change.verdict === 'clear' && (timing.mended || change.mended === true);
      timing.verdict = change.verdict;
      timing.last = change;
    }
  }

  function tick(): void {
    for (const timing of timings.values()) {
      const {strip, rule, short, advice, raiseAfterMs, clearAfterMs, latched} = timing.last;
      const lasted = nowMs - timing.sinceMs;
      const steady = nowMs - timing.changedMs;
      const raises = !timing.raised && timing.verdict === 'raise' && lasted >= raiseAfterMs && steady >= minimumOffMs;
      const clears =
        timing.raised &&
        !latched &&
        timing.verdict === 'clear' &&
        (timing.mended || lasted >= clearAfterMs) &&
        steady >= minimumOnMs;
      if (!raises && !clears) continue;
      timing.raised = raises;
      timing.changedMs = nowMs;
      told.push({atMs: nowMs, type: raises ? 'raised' : 'cleared', strip, rule, short, advice});
    }
  }

  return {
    assessor,
    told,
    changes,
    get nowMs() {
      return nowMs;
    },
    get mixer() {
      return mixer;
    },
    set mixer(next) {
      mixer = next;
    },
    get facts() {
      return facts;
    },
    set facts(next) {
      facts = next;
    },
    run(untilMs, levels, rolling = true) {
      while (nowMs < untilMs) {
        const block = levels(nowMs);
        const atFrame = (nowMs / stepMs) * frames;
        nowMs += stepMs;
        if (block !== undefined) assessor.push(frameOf(block, {atFrame, frames, rolling}), mixer, nowMs);
        for (const change of assessor.verdicts(nowMs)) hear(change);
        tick();
      }
    },
    verdict(strip, rule) {
      return timings.get(`${strip} ${rule}`)?.verdict ?? 'unknown';
    },
    story(strip, rule) {
      return told
        .filter((event) => event.strip === strip && event.rule === rule)
        .map(({type, atMs}) => `${type}@${atMs}`)
        .join(' ');
    },
  };
}

/** A short burst at the beginning of every 200 ms, a rest between. */
export function bursts(levelDb: number): (atMs: number) => Levels {
  return (atMs) => ({pre: atMs % 200 < 50 ? levelDb : -90});
}
