import {type Pass, samplesOf, startPass, withSample} from '../automation/pass.ts';
import {writePass} from '../automation/write-pass.ts';
import type {JournalEntry} from '../model/journal.ts';
import {emptyLane, type LaneId} from '../model/lane.ts';
import type {LaneChange, Lanes} from '../model/lane-change.ts';
import type {Mixer} from '../model/mixer.ts';
import {type PassFacts, passName} from './automation-names.ts';

/** How a pass is brought to its end. */
export interface PassFinish {
  readonly endFrame: number;
  /** How long the value takes back to what was there before, in frames. */
  readonly glideFrames: number;
}

/** A pass that has ended. */
export interface EndedPass extends PassFacts {
  /** Undefined if it wrote nothing. */
  readonly change: LaneChange | undefined;
  /** Passes that began in the same moment have the same. */
  readonly began: number;
  /** The journal knows it by this; undefined if it was told nothing of it. */
  readonly told: number | undefined;
}

/** Passes that are being written: what hands do, sample by sample, with the frame that was heard. No modes, no hands. */
export interface PassRecorder {
  /** A lane is written from a frame on, where its parameter has this value; passes of one moment belong together. */
  begin(lane: LaneId, frame: number, value: number, moment: number): void;
  /** The value at a frame; of a lane that is not being written, nothing. */
  sample(lane: LaneId, frame: number, value: number): void;
  /** The pass as it is now; it goes on. */
  running(lane: LaneId): Pass | undefined;
  /** The value before the pass, which stands where the lane has no points. */
  standing(lane: LaneId): number | undefined;
  /** Ends a pass of a lane; undefined if there is none. */
  end(lane: LaneId, lanes: Lanes, finish: PassFinish): EndedPass | undefined;
  /** Lanes that are being written, the one begun last at the end. */
  readonly lanes: Iterable<LaneId>;
  /** Whether anything is being written. */
  readonly isWriting: boolean;
  /** What was written since this was last asked, up to a frame, for the journal. */
  gathered(mixer: Mixer, atFrame: number): readonly JournalEntry[];
}

interface Recording {
  readonly number: number;
  readonly moment: number;
  readonly standing: number;
  pass: Pass;
  /** Frame up to which the journal knows it. */
  toldFrame: number;
}

/** `news` is called while there is something for the journal. */
export function createPassRecorder(sampleRate: number, news: () => void): PassRecorder {
  const recordings = new Map<LaneId, Recording>();
  let last = 0;

  /** What the journal does not know: the samples, and that the hand rests where it is now. */
  const untold = (recording: Recording, mixer: Mixer, atFrame: number): readonly JournalEntry[] => {
    const {pass, number, toldFrame} = recording;
    const fresh = samplesOf(pass, toldFrame + 1);
    const rests = atFrame > Math.max(pass.last.frame, toldFrame);
    const frames = rests ? [...fresh.frames, atFrame] : [...fresh.frames];
    const values = rests ? [...fresh.values, pass.last.value] : [...fresh.values];
    const endFrame = frames.at(-1);
    if (endFrame === undefined) return [];
    recording.toldFrame = endFrame;
    const name = passName([{lane: pass.lane, fromFrame: pass.fromFrame, endFrame}], mixer, sampleRate);
    return [{type: 'pass.wrote', pass: number, name, lane: pass.lane, frames, values}];
  };

  return {
    begin(lane, frame, value, moment) {
      last++;
      recordings.set(lane, {
        number: last,
        moment,
        standing: value,
        pass: startPass(lane, frame, value),
        toldFrame: -1,
      });
      news();
    },
    sample(lane, frame, value) {
      const recording = recordings.get(lane);
      if (recording === undefined) return;
      const pass = withSample(recording.pass, frame, value);
      if (pass === recording.pass) return;
      recording.pass = pass;
      news();
    },
    running: (lane) => recordings.get(lane)?.pass,
    standing: (lane) => recordings.get(lane)?.standing,
    end(lane, lanes, {endFrame, glideFrames}) {
      const recording = recordings.get(lane);
      if (recording === undefined) return undefined;
      recordings.delete(lane);
      const {pass, standing, moment, number, toldFrame} = recording;
      const change = writePass(lanes.get(lane) ?? emptyLane, pass, {endFrame, glideFrames, sampleRate, standing});
      const told = toldFrame < 0 ? undefined : number;
      return {lane, fromFrame: pass.fromFrame, endFrame, change, began: moment, told};
    },
    get lanes() {
      return recordings.keys();
    },
    get isWriting() {
      return recordings.size > 0;
    },
    gathered(mixer, atFrame) {
      if (recordings.size > 0) news();
      return [...recordings.values()].flatMap((recording) => untold(recording, mixer, Math.round(atFrame)));
    },
  };
}
