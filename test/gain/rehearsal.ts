import {type Assessor, type AssessorOptions, createAssessor} from '../../src/gain/assess.ts';
import type {VerdictChange} from '../../src/gain/verdict.ts';
import {factorFromDb} from '../../src/model/decibel.ts';
import {type MeterFrame, masterField, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import {type Mixer, newMixer, newStrip, type StripId} from '../../src/model/mixer.ts';
import type {RuleId, Verdict} from '../../src/model/warning.ts';

/** A virtual clock, a virtual tape and an assessor that listens: what the desk would be told, and when. */

/** Levels in dBFS of one block; what is absent is silent. `pre` stands for `in` and `post` too where those are absent; `out` is at −30 dBFS if it is absent. */
export interface Levels {
  readonly in?: number;
  readonly pre?: number;
  readonly post?: number;
  readonly clipRun?: number;
  /** Samples that were no numbers. */
  readonly broken?: number;
  readonly bus?: number;
  readonly out?: number;
  readonly overs?: number;
}

export const kick: StripId = 'kick';

export const twoStrips: Mixer = newMixer({
  strips: [newStrip({id: kick, name: 'Kick', group: 'drums'}), newStrip({id: 'pad', name: 'Pad', group: 'keys'})],
});

/** The mixer with other values of the kick. */
export function withKick(values: {readonly trimDb?: number; readonly muted?: boolean; readonly name?: string}): Mixer {
  const strips = twoStrips.strips.map((strip) => (strip.id === kick ? {...strip, ...values} : strip));
  return {...twoStrips, strips};
}

/** A frame in which the first strip has these levels; all further strips play at −9 dBFS. */
export function frameOf(
  levels: Levels,
  where: {readonly atFrame: number; readonly frames: number; readonly rolling?: boolean; readonly strips?: number},
): MeterFrame {
  const {atFrame, frames, rolling = true, strips = 2} = where;
  const values = new Float32Array(strips * stripFields + masterFields);
  const silence = Number.NEGATIVE_INFINITY;
  for (let strip = 0; strip < strips; strip += 1) {
    const at = strip * stripFields;
    const pre = strip === 0 ? (levels.pre ?? silence) : -9;
    const stripIn = strip === 0 ? (levels.in ?? pre) : -9;
    const post = strip === 0 ? (levels.post ?? pre) : -9;
    for (const [field, levelDb] of [
      [stripField.inPeakLeft, stripIn],
      [stripField.inPeakRight, stripIn],
      [stripField.prePeakLeft, pre],
      [stripField.prePeakRight, pre],
      [stripField.postPeakLeft, post],
      [stripField.postPeakRight, post],
    ] as const)
      values[at + field] = factorFromDb(levelDb);
    values[at + stripField.nonFinite] = strip === 0 ? (levels.broken ?? 0) : 0;
    values[at + stripField.inClipRun] = strip === 0 ? (levels.clipRun ?? 0) : 0;
  }
  const at = strips * stripFields;
  values[at + masterField.busPeakLeft] = factorFromDb(levels.bus ?? silence);
  values[at + masterField.busPeakRight] = factorFromDb(levels.bus ?? silence);
  values[at + masterField.outPeakLeft] = factorFromDb(levels.out ?? -30);
  values[at + masterField.outPeakRight] = factorFromDb(levels.out ?? -30);
  values[at + masterField.outOvers] = levels.overs ?? 0;
  return {atFrame, frames, rolling, values};
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
  /** Runs the tape in blocks of 10 ms and asks for verdicts after each; `undefined` means that no frame came. */
  run(untilMs: number, levels: (atMs: number) => Levels | undefined, rolling?: boolean): void;
  verdict(strip: StripId, rule: RuleId): Verdict;
  /** `raised@5000 cleared@12000` of one rule. */
  story(strip: StripId, rule: RuleId): string;
}

const stepMs = 10;
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

export function rehearse(options: Partial<AssessorOptions> = {}): Rehearsal {
  const sampleRate = options.sampleRate ?? 48_000;
  const frames = (sampleRate * stepMs) / 1000;
  const assessor = createAssessor({sampleRate, mixer: twoStrips, expected: () => true, ...options});
  const timings = new Map<string, Timing>();
  const told: Told[] = [];
  const changes: (VerdictChange & {readonly atMs: number})[] = [];
  let mixer = options.mixer ?? twoStrips;
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
