import {stretchTo} from '../automation/write-to.ts';
import type {LaneEmitted} from '../machines/lane-words.ts';
import type {AutomationSettings} from '../model/automation.ts';
import type {AutomationStatus} from '../model/automation-status.ts';
import {emptyLane} from '../model/lane.ts';
import type {AutomationDesk, AutomationOptions} from './automation-contract.ts';
import {createLaneFollower, offsetLaneOf} from './automation-follower.ts';
import {createHands} from './automation-hands.ts';
import {performAutomation} from './automation-intents.ts';
import {createLaneUnits, type LaneUnit} from './automation-lanes.ts';
import {deskName, passName} from './automation-names.ts';
import {createPassRecorder, type EndedPass} from './automation-passes.ts';
import {createHandMixer, statusOf} from './automation-shown.ts';
import {createTapeWatch, type TapeMoment} from './automation-tape.ts';
import {createLaneValues, isTrimmed} from './automation-values.ts';
import {afterWriting, lanesInWriteMode} from './automation-write-mode.ts';
import {createDeskHistory} from './desk-history.ts';
import {createDeskJournal} from './desk-journal.ts';

/** Follows the lanes it begins with at once. */
export function createAutomation({engine, clock, changed, ...options}: AutomationOptions): AutomationDesk {
  const {sampleRate} = engine.status;
  let {settings} = options.automation;
  let previewing = false;
  let status: AutomationStatus | undefined;
  /** Frames of what happens now, and its number: passes that begin and end together are one step. */
  let now = {endFrame: 0, beginFrame: 0, number: 0};
  let pressed: number | undefined;
  let ended: EndedPass[] = [];

  const units = createLaneUnits(
    () => settings,
    () => tape.isPlaying,
    heard,
  );
  const follower = createLaneFollower({
    engine,
    lanes: options.automation.lanes,
    settings: () => settings,
    taken: () => values.taken(units.all),
  });
  const values = createLaneValues(engine, () => follower);
  const recorder = createPassRecorder(sampleRate, () => journal.soon());
  const journal = createDeskJournal(clock, options.journal, () =>
    recorder.gathered(engine.mixer, engine.playback.frame),
  );
  const history = createDeskHistory({engine, lanes: follower, history: options.history, journal: journal.tell});
  const handMixer = createHandMixer(follower);
  const hands = createHands({
    engine,
    clock,
    units,
    values,
    follower,
    recorder,
    journal,
    isPlaying: () => tape.isPlaying,
    look: () => tape.look(),
    previewing: () => previewing,
    during: (act) => {
      tape.look();
      during(act);
    },
    changed: () => {
      status = undefined;
    },
    pressed: (value) => {
      pressed = value;
    },
  });
  const tape = createTapeWatch(engine, tapeMoved);
  follower.sync();

  /** All that is sent meanwhile happens at one moment; what ended in it becomes steps, then the engine follows. */
  function during(act: () => void, frames?: Pick<TapeMoment, 'endFrame' | 'beginFrame'>): void {
    const {frame} = engine.playback;
    now = {...(frames ?? {endFrame: frame, beginFrame: frame}), number: now.number + 1};
    act();
    commit();
    follower.sync();
    status = undefined;
    changed();
  }

  function heard(unit: LaneUnit, event: LaneEmitted): void {
    switch (event.type) {
      case 'lane.followed':
        unit.offsetDb = undefined;
        unit.punched = false;
        break;
      case 'lane.letGo':
        if (isTrimmed(unit)) unit.offsetDb = follower.offsetDbNow(unit.target.strip);
        break;
      case 'pass.began':
        if (unit.mode === 'write') unit.wroteAlways = true;
        if (!unit.isTouched && unit.mode === 'write') unit.by = deskName;
        unit.writes = isTrimmed(unit) ? offsetLaneOf(unit.target.strip) : unit.id;
        recorder.begin(unit.writes, now.beginFrame, values.valueOf(unit), now.number);
        break;
      case 'pass.ended':
        endPass(unit, event.how === 'looped');
        break;
    }
  }

  function endPass(unit: LaneUnit, isAtLoop: boolean): void {
    const lane = unit.writes;
    unit.writes = undefined;
    if (lane === undefined) return;
    const {lanes} = follower;
    const untilNext = stretchTo('next-point', lanes.get(lane) ?? emptyLane, {atFrame: now.endFrame});
    const finish =
      pressed !== undefined && untilNext !== undefined
        ? {endFrame: untilNext.toFrame, glideFrames: 0}
        : {endFrame: now.endFrame, glideFrames: isAtLoop ? 0 : (settings.glideMs * sampleRate) / 1000};
    const pass = recorder.end(lane, lanes, finish);
    if (pass !== undefined) ended.push({...pass, pressed});
  }

  /** Passes that began and ended together are one step. */
  function commit(): void {
    const passes = ended;
    ended = [];
    for (const began of new Set(passes.map((pass) => pass.began))) {
      const together = passes.filter((pass) => pass.began === began);
      const changes = together.flatMap(({change}) => change ?? []);
      const written = together.filter(({change}) => change !== undefined);
      if (changes.length > 0) history.apply(passName(written, engine.mixer, sampleRate), [], changes);
    }
    for (const {told} of passes) if (told !== undefined) journal.tell({type: 'pass.ended', pass: told});
  }

  function become(next: AutomationSettings): void {
    if (next === settings) return;
    settings = next;
    journal.tell({type: 'settings', settings});
    during(() => units.settle(settings));
  }

  function tapeMoved({type, endFrame, beginFrame}: TapeMoment): void {
    const ends = type === 'tape.stopped' || type === 'tape.located';
    // Also what was punched out, so that the next start does not overwrite it.
    const wroteAlways =
      ends && [...units.all].some((unit) => unit.mode === 'write' && (unit.isWriting || unit.wroteAlways));
    if (type === 'tape.played')
      for (const target of lanesInWriteMode(engine.mixer, settings, follower.lanes)) units.of(target);
    during(() => units.tell({type}), {endFrame, beginFrame});
    if (wroteAlways) become(afterWriting(settings));
  }

  return {
    history,
    get status() {
      status = statusOf({last: status, settings, previewing, units: units.all, written: recorder.lanes, follower});
      return status;
    },
    get handMixer() {
      return handMixer(engine.mixer, settings);
    },
    get kept() {
      return {mixer: follower.bareMixer, automation: {lanes: follower.lanes, settings}, history: history.history};
    },
    isTouched: (lane) => units.get(lane)?.isTouched === true,
    isMoved: follower.isMoved,
    hands,
    perform: (intent) =>
      performAutomation(intent, {
        engine,
        settings,
        become,
        units,
        recorder,
        follower,
        values,
        history,
        during,
        previewing,
        preview: (on) => {
          previewing = on;
        },
        drop: (lane) => {
          const pass = recorder.end(lane, follower.lanes, {endFrame: 0, glideFrames: 0});
          if (pass !== undefined) ended.push({...pass, change: undefined});
        },
        selected: options.selected(),
        tell: options.tell,
      }),
    obey: tape.obey,
    playbackChanged: tape.changed,
    mixerChanged() {
      if (hands.isSetting || !recorder.isWriting) return;
      const {frame} = engine.playback;
      for (const unit of units.all)
        if (unit.writes !== undefined) recorder.sample(unit.writes, frame, values.valueOf(unit));
    },
    look: tape.look,
    end() {
      const {frame} = engine.playback;
      during(() => units.tell({type: 'tape.stopped'}), {endFrame: frame, beginFrame: frame});
      hands.end();
      units.end();
      journal.end();
    },
  };
}
