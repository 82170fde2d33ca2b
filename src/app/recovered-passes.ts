import {startPass, withSample} from '../automation/pass.ts';
import {writePass} from '../automation/write-pass.ts';
import {type History, type Step, withStep} from '../model/history.ts';
import type {JournalEntry} from '../model/journal.ts';
import {emptyLane, laneTarget, laneValue} from '../model/lane.ts';
import {type Lanes, withChange} from '../model/lane-change.ts';
import type {RecoveredSession} from '../session/recover.ts';
import type {OpenPass} from '../session/replay.ts';

/** What passes became that a crash cut off. */
export interface ClosedPasses {
  readonly lanes: Lanes;
  readonly history: History;
  /** To be written down, so that they are closed for good. */
  readonly added: readonly JournalEntry[];
  /** How many of them wrote something. */
  readonly rides: number;
}

/** Ends passes that never ended at their last point, each as a step of its own: `ride Vox 0:42–0:51 (recovered)`. */
export function closePasses(recovered: RecoveredSession): ClosedPasses {
  const {session, openPasses} = recovered;
  let {lanes, history} = recovered;
  const added: JournalEntry[] = [];
  for (const pass of openPasses) {
    const step = stepOf(pass, lanes, session);
    if (step !== undefined) {
      lanes = (step.lanes ?? []).reduce(withChange, lanes);
      history = withStep(history, step);
      added.push({type: 'step', step});
    }
    added.push({type: 'pass.ended', pass: pass.pass});
  }
  return {lanes, history, added, rides: added.filter(({type}) => type === 'step').length};
}

function stepOf(open: OpenPass, lanes: Lanes, session: RecoveredSession['session']): Step | undefined {
  const {frames, values, lane: id, name} = open;
  const [first, value] = [frames[0], values[0]];
  const target = laneTarget(id);
  if (first === undefined || value === undefined || target === undefined) return undefined;
  const pass = frames.reduce(
    (made, frame, index) => withSample(made, frame, values[index] ?? value),
    startPass(id, first, value),
  );
  const change = writePass(lanes.get(id) ?? emptyLane, pass, {
    endFrame: Math.max(first + 1, frames.at(-1) ?? first),
    glideFrames: ((session.automation?.settings.glideMs ?? 0) * session.sampleRate) / 1000,
    sampleRate: session.sampleRate,
    standing: laneValue(session.mixer, target) ?? value,
  });
  return change === undefined ? undefined : {name: `${name} (recovered)`, edits: [], lanes: [change]};
}
