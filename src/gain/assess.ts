import {anySoloed} from '../model/audibility.ts';
import {type MeterFrame, masterFields, masterMeter, stripFields, stripMeter} from '../model/meter.ts';
import {type Mixer, masterId, type StripId} from '../model/mixer.ts';
import type {ProgramReading} from '../model/program.ts';
import type {Reading} from '../model/reading.ts';
import type {RuleChange} from '../model/rule-change.ts';
import {type Channel, createMasterChannel, createStripChannel, cut, follow, forgetClip} from './channel.ts';
import {readingOf} from './channel-reading.ts';
import {type Facts, noFacts} from './facts.ts';
import {skip, takeMaster, takeReduction, takeStrip} from './hearing.ts';
import {type Probe, probeOf} from './measures.ts';
import {createMixSense} from './mix-sense.ts';
import type {Moment} from './moment.ts';
import type {Rule} from './rule.ts';
import {type Duty, dutiesAt, type RulePlace} from './rule-override.ts';
import {ruleTable, shippedChanges} from './rules.ts';
import {createJudge, type Judge, type VerdictChange} from './verdict.ts';

/** Turns meter frames into readings and verdicts. Times are in ms on any clock that only rises. */
export interface Assessor {
  /** Takes one frame that became audible; the mixer gives order, names, trims, faders and mutes. A frame of another number of strips is passed over. */
  push(frame: MeterFrame, mixer: Mixer, nowMs: number): void;
  /** What changed since the last call. Push what has come first: this also notices that frames stopped. */
  verdicts(nowMs: number): readonly VerdictChange[];
  /** What the meters of a strip or of the bus (`masterId`) say; undefined for a strip that is not there. */
  reading(strip: StripId): Reading | undefined;
  /** A hand moved trim or fader of that strip: advice waits 3 s. */
  touched(strip: StripId, nowMs: number): void;
  /** Start, locate or reconnect: nothing but alarms for 3 s. What was measured across the cut is dropped; what strips peak at is kept. */
  restarted(nowMs: number): void;
  /** Forgets the clip of a strip, of the output (`masterId`), or all. */
  acknowledge(strip: StripId | 'all'): void;
}

/** What an assessor is made for. */
export interface AssessorOptions {
  /** Frames a second. */
  readonly sampleRate: number;
  readonly mixer: Mixer;
  /** Whether a clip of that strip lies under the playhead, so that it should be heard. */
  readonly expected: (strip: StripId) => boolean;
  /** The gain table; the shipped one if absent. */
  readonly rules?: readonly Rule[];
  /** What this session changes in it. */
  readonly changes?: readonly RuleChange[];
  /** What rules need to know beyond meters and mixer, asked at every look. */
  readonly facts?: () => Facts;
}

/** Frames older than this are no longer the present. */
const staleMs = 500;
const startingMs = 3000;
const touchedMs = 3000;
/** What moves slowly is looked at so often. */
const slowMs = 100;
/** A block longer than this is no block. */
const longestSeconds = 10;
const usualLineUpDb = -18;

/** A rule at its place. */
type Post = Duty & {readonly judge: Judge; readonly probe: Probe};

interface Assessed {
  readonly channel: Channel;
  readonly posts: readonly Post[];
  /** Those that are looked at every time, and those that need no meters. */
  readonly quick: readonly Post[];
  readonly blind: readonly Post[];
  touchedUntilMs: number;
}

/** An assessor that has heard nothing yet: every verdict is `unknown`. Its first call counts as a start. */
export function createAssessor(options: AssessorOptions): Assessor {
  const {sampleRate, expected, rules = ruleTable, facts = () => noFacts} = options;
  const changes = [...shippedChanges, ...(options.changes ?? [])];
  const master = assess(createMasterChannel(sampleRate), {type: 'master'});
  const sense = createMixSense(master.channel);
  const listensForMasks =
    rules.some((rule) => rule.id === 'mask' && rule.on) || changes.some(({rule, on}) => rule === 'mask' && on);
  let strips = new Map<StripId, Assessed>();
  let order: readonly Assessed[] = [];
  let mixer: Mixer | undefined;
  let mixerChanged = false;
  let program: ProgramReading | undefined;
  let startedMs: number | undefined;
  let startingUntilMs = Number.NEGATIVE_INFINITY;
  let frameMs: number | undefined;
  let nextFrame = Number.POSITIVE_INFINITY;
  let goodFrames = 0;
  let rolling = false;
  let stale = true;
  /** Whether every rule has said that it knows nothing, since meters stopped: then only those are asked that need none. */
  let silenced = false;
  let nextSlowMs = Number.NEGATIVE_INFINITY;

  function assess(channel: Channel, at: RulePlace): Assessed {
    const posts = dutiesAt(at, rules, changes).map((duty): Post => {
      const {rule, place} = duty;
      return {rule, place, judge: createJudge(channel.strip, duty), probe: probeOf(rule.measure, place.tap)};
    });
    const quick = posts.filter(({probe}) => !probe.isSlow);
    const blind = posts.filter(({probe}) => probe.isBlind);
    return {channel, posts, quick, blind, touchedUntilMs: Number.NEGATIVE_INFINITY};
  }

  function adopt(next: Mixer): void {
    if (next === mixer) return;
    mixer = next;
    mixerChanged = true;
    const known = strips;
    order = next.strips.map((strip) => {
      const {kind, group, channels} = strip;
      const assessed =
        known.get(strip.id) ?? assess(createStripChannel(sampleRate, strip), {type: 'strip', kind, group, channels});
      follow(assessed.channel, strip, next, sampleRate);
      return assessed;
    });
    silenced = false;
    strips = new Map(order.map((assessed) => [assessed.channel.strip, assessed]));
    sense.adopt(
      next,
      order.map(({channel}) => channel),
    );
  }

  function begin(nowMs: number): void {
    startingUntilMs = Math.max(startingUntilMs, nowMs + startingMs);
    for (const {channel} of [master, ...order]) cut(channel);
  }

  function wake(nowMs: number): number {
    if (startedMs === undefined) {
      startedMs = nowMs;
      begin(nowMs);
    }
    return startedMs;
  }

  /** Whether the frame speaks of this desk: a mixer of another size has other strips. */
  function isUsable({frames, values}: MeterFrame): boolean {
    return (
      values.length === order.length * stripFields + masterFields && frames > 0 && frames <= longestSeconds * sampleRate
    );
  }

  function find(strip: StripId): Assessed | undefined {
    return strip === masterId ? master : strips.get(strip);
  }

  adopt(options.mixer);

  return {
    push(frame, current, nowMs) {
      wake(nowMs);
      adopt(current);
      if (!isUsable(frame)) return;
      const outage = frameMs === undefined || nowMs - frameMs >= staleMs;
      goodFrames = outage ? 1 : goodFrames + 1;
      frameMs = nowMs;
      stale = silenced = false;
      const lost = Math.min(frame.atFrame - nextFrame, longestSeconds * sampleRate);
      if (lost > 0) for (const {channel} of [master, ...order]) skip(channel, lost);
      nextFrame = frame.atFrame + frame.frames;
      if (frame.rolling && !rolling) begin(nowMs - (frame.frames * 1000) / sampleRate);
      rolling = frame.rolling;
      program = frame.program ?? program;
      const seconds = frame.frames / sampleRate;
      for (let index = 0; index < order.length; index++) {
        const channel = order[index]?.channel;
        if (channel === undefined) continue;
        takeStrip(channel, frame, index);
        const is = current.strips[index]?.parameters ?? {};
        const compressor = is['comp.on'] === 1 ? stripMeter(frame, index, 'compressorReductionDb') : undefined;
        const gate = is['gate.on'] === 1 ? stripMeter(frame, index, 'gateReductionDb') : undefined;
        takeReduction(channel, compressor, gate, seconds);
      }
      takeMaster(master.channel, frame, current.masterParameters['limiter.on'] === 1);
      const is = current.masterParameters;
      const compressor = is['comp.on'] === 1 ? masterMeter(frame, 'compressorReductionDb') : undefined;
      const limiter = is['limiter.on'] === 1 ? masterMeter(frame, 'limiterReductionDb') : undefined;
      takeReduction(master.channel, compressor, limiter, seconds);
    },

    verdicts(nowMs) {
      const sinceMs = wake(nowMs);
      const ageMs = nowMs - (frameMs ?? sinceMs);
      stale = frameMs === undefined || ageMs >= staleMs;
      const known = facts();
      sense.look();
      if (listensForMasks && rolling && known.bandsOf !== undefined) sense.lookForMasks(known.bandsOf, nowMs);
      const moment: Moment = {
        ageMs: frameMs === undefined && ageMs < staleMs ? undefined : ageMs,
        goodFrames: stale ? 0 : goodFrames,
        expected: (channel) => expected(channel.strip),
        lineUpDb: known.lineUpDb ?? usualLineUpDb,
        program,
        facts: known,
        mixerChanged,
        soloing: mixer !== undefined && mixer.soloMode === 'in-place' && anySoloed(mixer),
        ...sense.answers,
      };
      const starting = nowMs < startingUntilMs;
      const looksSlowly = nowMs >= nextSlowMs || (stale && !silenced);
      if (looksSlowly) nextSlowMs = (Math.floor(nowMs / slowMs) + 1) * slowMs;
      const found: VerdictChange[] = [];
      for (const {channel, posts, quick, blind, touchedUntilMs} of [master, ...order]) {
        const restraint = {starting, touched: nowMs < touchedUntilMs};
        const loud = looksSlowly || channel.trimmedDb !== 0 ? posts : quick;
        for (const {rule, judge, probe} of silenced ? blind : loud) {
          const finding = probe.take(channel, moment, stale);
          const change = judge.judge(finding, channel.name, restraint, nowMs, channel.trimmedDb);
          if (change === undefined) continue;
          found.push(change);
          if (rule.latched && change.verdict === 'raise') channel.clipped = true;
        }
        channel.batch.taken = true;
        channel.trimmedDb = 0;
      }
      mixerChanged = false;
      silenced = stale;
      return found;
    },

    reading(strip) {
      const channel = find(strip)?.channel;
      return channel === undefined ? undefined : readingOf(channel, stale);
    },

    touched(strip, nowMs) {
      const assessed = find(strip);
      if (assessed !== undefined) assessed.touchedUntilMs = nowMs + touchedMs;
    },

    restarted(nowMs) {
      wake(nowMs);
      begin(nowMs);
    },

    acknowledge(strip) {
      silenced = false;
      const meant = strip === 'all' ? [master, ...order] : [find(strip)];
      for (const assessed of meant) {
        if (assessed === undefined) continue;
        forgetClip(assessed.channel);
        for (const {rule, judge} of assessed.posts) if (rule.latched) judge.forget();
      }
    },
  };
}
