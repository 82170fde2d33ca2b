import {startPass} from '../automation/pass.ts';
import {writePass} from '../automation/write-pass.ts';
import {heldSince, stretchTo} from '../automation/write-to.ts';
import {type AutomationSettings, ownMode, withMode, withSafe} from '../model/automation.ts';
import type {AutomationIntent, WriteTo} from '../model/automation-intent.ts';
import {emptyLane, type LaneId} from '../model/lane.ts';
import type {LaneChange} from '../model/lane-change.ts';
import type {StripId} from '../model/mixer.ts';
import {type EditParts, editLanes, mergeTrims} from './automation-edits.ts';
import {offsetLaneOf} from './automation-follower.ts';
import type {LaneUnit, LaneUnits} from './automation-lanes.ts';
import {deskName, writeToName} from './automation-names.ts';
import type {PassRecorder} from './automation-passes.ts';
import {isTrimmed, type LaneValues} from './automation-values.ts';
import {lanesInWriteMode, writtenLanesOf} from './automation-write-mode.ts';

/** What keys and buttons of automation act on. */
export interface AutomationParts extends EditParts {
  readonly settings: AutomationSettings;
  become(settings: AutomationSettings): void;
  readonly units: LaneUnits;
  readonly recorder: PassRecorder;
  readonly values: LaneValues;
  /** All that is done meanwhile happens at one moment. */
  during(act: () => void): void;
  readonly previewing: boolean;
  preview(on: boolean): void;
  /** Forgets a pass that became part of another step. */
  drop(lane: LaneId): void;
  readonly selected: StripId | undefined;
}

/** Does what a key or button asks of automation. */
export function performAutomation(intent: AutomationIntent, parts: AutomationParts): void {
  const {settings, become, units} = parts;
  switch (intent.type) {
    case 'automation.setMode':
      become(withMode(settings, intent.scope, intent.mode));
      break;
    case 'automation.modeKey': {
      const {mode, strip} = intent;
      const scope = strip === 'desk' ? ({type: 'desk'} as const) : ({type: 'strip', strip} as const);
      become(withMode(settings, scope, ownMode(settings, scope) === mode ? undefined : mode));
      break;
    }
    case 'automation.setSafe':
      become(withSafe(settings, intent.scope, intent.safe));
      break;
    case 'automation.setGlide':
      if (!Number.isNaN(intent.glideMs)) become({...settings, glideMs: Math.min(10_000, Math.max(0, intent.glideMs))});
      break;
    case 'automation.punch':
      parts.during(() => punch(parts));
      break;
    case 'automation.record':
      parts.during(() => (intent.on ? punchIn(writtenAlways(parts)) : punchOut(parts)));
      break;
    case 'automation.writeTo':
      parts.during(() => writeTo(intent.to, parts));
      break;
    case 'automation.preview':
      parts.preview(!parts.previewing);
      parts.during(() => {
        for (const unit of units.all) {
          if (parts.previewing) unit.send({type: 'preview.ended'});
          else if (unit.isTouched) unit.send({type: 'preview.began'});
        }
      });
      break;
    case 'automation.punchPreview':
      parts.preview(false);
      parts.during(() => {
        for (const unit of units.all) {
          if (!unit.isPreviewed) continue;
          unit.send({type: 'preview.punched'});
          unit.punched = !unit.isFollowed;
        }
      });
      break;
    case 'automation.mergeTrim':
      parts.during(() => mergeTrims(intent.strips, parts));
      break;
    case 'automation.edit':
      parts.during(() => editLanes(intent, parts));
      break;
  }
}

/** Out, if anything was punched in; else in: what is touched, or else the selected strip's level and what else of it has a lane. */
function punch(parts: AutomationParts): void {
  const {units, follower, engine, selected} = parts;
  if (punchOut(parts)) return;
  const touched = [...units.all].filter(({isTouched}) => isTouched);
  punchIn(touched.length > 0 || selected === undefined ? touched : lanesOfStrip(selected));

  function lanesOfStrip(strip: StripId): readonly LaneUnit[] {
    const {lanes} = follower;
    const targets = writtenLanesOf(engine.mixer, strip, lanes);
    return targets
      .filter((target) => target.parameter === 'level' || lanes.has(units.of(target).id))
      .map((target) => units.of(target));
  }
}

/** What waits in write mode for the next start or a punch. */
function writtenAlways({settings, units, follower, engine}: AutomationParts): readonly LaneUnit[] {
  return lanesInWriteMode(engine.mixer, settings, follower.lanes).map((target) => units.of(target));
}

function punchIn(wanted: readonly LaneUnit[]): void {
  for (const unit of wanted) {
    if (!unit.isTouched) unit.by = deskName;
    unit.send({type: 'punch.began'});
    unit.punched = !unit.isFollowed;
  }
}

/** Whether anything was punched in. */
function punchOut({units}: AutomationParts): boolean {
  const punched = [...units.all].filter((unit) => unit.punched && !unit.isFollowed);
  for (const unit of punched) unit.send({type: 'punch.ended'});
  for (const unit of punched) unit.punched = false;
  return punched.length > 0;
}

/** Writes values as they stand over a part of the tape: of a lane that is being written together with its pass, as one step. */
function writeTo(to: WriteTo, parts: AutomationParts): void {
  const {engine, units, recorder, follower, values, history} = parts;
  const {frame: atFrame, loop, lengthFrames, sampleRate, looping} = engine.playback;
  const range = loop ?? (looping ? {inFrame: 0, outFrame: lengthFrames} : undefined);
  const place = {atFrame, loop: range && {fromFrame: range.inFrame, toFrame: range.outFrame}};
  const written = [...units.all].filter(
    ({isFollowed, mode, isSafe}) => !isFollowed && !isSafe && mode !== 'off' && mode !== 'read',
  );
  const changes = written.flatMap((unit): readonly LaneChange[] => {
    const id = isTrimmed(unit) ? offsetLaneOf(unit.target.strip) : unit.id;
    const lane = follower.lanes.get(id) ?? emptyLane;
    const stretch = stretchTo(to, lane, place);
    if (stretch === undefined) return [];
    const value = values.valueOf(unit);
    const running = recorder.running(id);
    const standing = recorder.standing(id) ?? (id === unit.id ? value : 0);
    const pass =
      running === undefined ? startPass(id, stretch.fromFrame, value) : heldSince(running, stretch.fromFrame);
    const end = {endFrame: Math.max(stretch.toFrame, running?.last.frame ?? 0), glideFrames: 0, sampleRate, standing};
    const change = writePass(lane, pass, end);
    return change === undefined ? [] : [change];
  });
  if (changes.length > 0) {
    const lanes = changes.map(({lane}) => lane);
    for (const lane of lanes) parts.drop(lane);
    history.apply(writeToName(lanes, to, engine.mixer), [], changes);
  }
  for (const unit of written) unit.send({type: 'value.written'});
}
