import {type Passage, renderPassage} from '../../engine/bounce-render.ts';
import {createProgramMeter} from '../../engine/program-meter.ts';
import type {Stem} from '../../engine/stem.ts';
import type {Facts} from '../../gain/facts.ts';
import type {Lanes} from '../../model/lane-change.ts';
import {masterId} from '../../model/mixer.ts';
import type {Session} from '../../model/session.ts';
import type {OpenedStems} from '../open-stems.ts';
import type {TrackFigures} from './figures.ts';
import type {StripReport} from './report.ts';
import {createSoundMeter, type SoundMeter} from './sound-meter.ts';
import {createStripMeters} from './strip-meters.ts';
import {proposeTrim} from './trim-proposal.ts';
import {createWarningLog, type LoggedWarning} from './warning-log.ts';

/** A session as it was measured. */
export interface MeasuredSession {
  readonly strips: readonly StripReport[];
  readonly mix: TrackFigures;
  readonly mixWarnings: readonly LoggedWarning[];
  readonly overs: number;
}

export interface SessionMeasureOptions {
  readonly session: Session;
  /** What moves its mix. */
  readonly lanes: Lanes;
  readonly opened: OpenedStems;
  readonly facts: Facts;
  /** Told the share done, 0…1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Renders a session once by the graph that is heard and bounced, and measures on the way: what each stem was recorded as, what the engine's meters say of each strip, and
 * the finished mix. Rejects with a DeskError, or with the signal's reason.
 */
export async function measureSession(options: SessionMeasureOptions): Promise<MeasuredSession> {
  const {session, lanes, opened, facts, onProgress, signal} = options;
  const {sampleRate, mixer} = session;
  const {lengthFrames} = opened;
  const listeners = opened.stems.map((stem) =>
    stem === undefined
      ? undefined
      : listenTo(stem, createSoundMeter({sampleRate, channels: stem.channels, psr: false})),
  );
  const mix = createSoundMeter({sampleRate, channels: 2, psr: true});
  const meters = mixer.strips.map(() => createStripMeters(sampleRate));
  const expected = new Set(session.stems.map(({strip}) => strip));
  const log = createWarningLog({
    sampleRate,
    mixer,
    expected: (strip) => expected.has(strip),
    changes: session.rules ?? [],
    facts: () => ({lineUpDb: session.meters?.lineUpDb, ...facts}),
  });
  const program = createProgramMeter(sampleRate);
  const passage: Passage = {
    mixer,
    moves: [],
    lanes,
    stems: listeners.map((listener) => listener?.stem),
    sampleRate,
    fromFrame: 0,
    toFrame: lengthFrames,
    lengthFrames,
    tailSeconds: 'until-silent',
    onProgress,
    onMeters: (frame, left, right) => {
      // The tape ends with the last stem; what rings on is in the mix.
      if (frame.atFrame >= lengthFrames) return;
      const reading = program.push(left, right, frame.frames, true);
      log.push(reading === undefined ? frame : {...frame, program: reading});
      for (const [index, one] of meters.entries()) one.push(frame, index);
    },
    signal,
  };
  const {overs} = await renderPassage(passage, async (left, right) => mix.push(left, right, left.length));
  const warnings = log.warnings();
  const strips = mixer.strips.flatMap((strip, index): readonly StripReport[] => {
    const {id, name, kind, group, channels, muted, trimDb} = strip;
    const own = meters[index];
    if (kind === 'vca' || own === undefined) return [];
    const pre = own.pre.figures();
    return [
      {
        ...{id, name, kind, group, channels, muted, trimDb, pre},
        recorded: listeners[index]?.meter.figures(),
        post: own.post.figures(),
        trim: kind === 'stem' ? proposeTrim(pre.workingPeakDb, trimDb) : undefined,
        warnings: warnings.filter((warning) => warning.strip === id),
      },
    ];
  });
  const mixWarnings = warnings.filter(({strip}) => strip === masterId);
  return {strips, mix: mix.figures(), mixWarnings, overs};
}

/** A stem that is measured while it is read: each frame once, to its end and no further. */
function listenTo(stem: Stem, meter: SoundMeter): {readonly stem: Stem; readonly meter: SoundMeter} {
  let heardFrames = 0;
  return {
    meter,
    stem: {
      ...stem,
      read(atFrame, left, right) {
        const whole = stem.read(atFrame, left, right);
        // A piece that has to be rendered anew is read anew: what was heard is not heard twice.
        const first = heardFrames - atFrame;
        const last = Math.min(left.length, stem.lengthFrames - atFrame);
        if (whole && first >= 0 && last > first) {
          meter.push(left.subarray(first, last), right.subarray(first, last), last - first);
          heardFrames = atFrame + last;
        }
        return whole;
      },
    },
  };
}
