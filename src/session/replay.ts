import type {AutomationSettings} from '../model/automation.ts';
import {applyCommand, type MixerCommand} from '../model/command.ts';
import {type History, redone, type Step, undone} from '../model/history.ts';
import type {JournalEntry} from '../model/journal.ts';
import type {LaneId} from '../model/lane.ts';
import {type LaneChange, type Lanes, withChange} from '../model/lane-change.ts';
import type {MeterSettings} from '../model/meter-settings.ts';
import type {Mixer} from '../model/mixer.ts';
import {settingOf} from '../model/setting.ts';
import {type Snapshot, withSnapshot} from '../model/snapshot.ts';
import type {Timeline} from '../model/timeline.ts';
import type {NumberedEntry} from './journal-file.ts';

/** What a session file has, and the entries of its journal that are in it already. */
export interface ReplayBase {
  readonly mixer: Mixer;
  readonly settings: AutomationSettings;
  readonly timeline: Timeline | undefined;
  readonly meters: MeterSettings | undefined;
  /** None if absent. */
  readonly snapshots?: readonly Snapshot[] | undefined;
  readonly lanes: Lanes;
  /** The last entry that is in all but the lanes. */
  readonly number: number;
  /** The last entry that is in the lanes. */
  readonly lanesNumber: number;
}

/** Points of a pass that never ended, in the order in which they were written. */
export interface OpenPass {
  readonly pass: number;
  readonly name: string;
  readonly lane: LaneId;
  readonly frames: readonly number[];
  readonly values: readonly number[];
}

/** What came of it. */
export interface Replayed extends Omit<ReplayBase, 'number' | 'lanesNumber'> {
  readonly history: History;
  readonly openPasses: readonly OpenPass[];
  readonly recovered: Recovered;
}

/** How much was done since the session file was written. */
export interface Recovered {
  /** Entries that were replayed. */
  readonly entries: number;
  /** Steps that wrote lanes, and other steps. */
  readonly rides: number;
  readonly steps: number;
  /** Movements of settings beside them, however many values each had. */
  readonly moves: number;
  /** From the first to the last of them. */
  readonly spanMs: number;
}

/** A rest of a second ends a movement. */
const restMs = 1000;

/**
 * Does again what the journal tells and the session file does not have; entries that it has make only the history. Never throws.
 */
export function replay(base: ReplayBase, entries: readonly NumberedEntry[]): Replayed {
  let {mixer, settings, timeline, meters, lanes, snapshots} = base;
  const past: Step[] = [];
  let future: Step[] = [];
  const passes = new Map<number, {pass: number; name: string; lane: LaneId; frames: number[]; values: number[]}>();
  const count = {entries: 0, rides: 0, steps: 0, moves: 0};
  const movedMs = new Map<string, number>();
  let firstMs: number | undefined;
  let lastMs = 0;

  const command = (commands: readonly MixerCommand[]): void => {
    for (const one of commands) mixer = applyCommand(mixer, one);
  };
  const write = (changes: readonly LaneChange[]): void => {
    for (const change of changes) lanes = withChange(lanes, change);
  };
  /** Takes a step back or again; on the part of the state that does not have it yet. */
  const take = (entry: JournalEntry['type'], isNew: boolean, isNewToLanes: boolean): void => {
    const from = entry === 'undone' ? past : future;
    const last = from.at(-1);
    if (last === undefined) return;
    if (isNewToLanes) {
      const history = entry === 'undone' ? {past: [last], future: []} : {past: [], future: [last]};
      const move = (entry === 'undone' ? undone : redone)(history, {mixer, lanes});
      if (isNew) command(move?.commands ?? []);
      write(move?.lanes ?? []);
    }
    from.pop();
    (entry === 'undone' ? future : past).push(last);
  };

  for (const {number, writtenMs, entry} of entries) {
    const isNew = number > base.number;
    const isNewToLanes = number > base.lanesNumber;
    if (isNew) {
      count.entries++;
      firstMs ??= writtenMs;
      lastMs = writtenMs;
    }
    switch (entry?.type) {
      case 'step': {
        const {step} = entry;
        past.push(step);
        future = [];
        if (isNewToLanes) write(step.lanes ?? []);
        if (!isNew) break;
        for (const {forth} of step.edits) command(forth);
        if ((step.lanes ?? []).length > 0) count.rides++;
        else count.steps++;
        break;
      }
      case 'undone':
      case 'redone':
        take(entry.type, isNew, isNewToLanes);
        break;
      case 'moved':
        if (!isNew) break;
        command(entry.commands);
        for (const one of entry.commands) {
          const setting = settingOf(one);
          if (writtenMs - (movedMs.get(setting) ?? Number.NEGATIVE_INFINITY) > restMs) count.moves++;
          movedMs.set(setting, writtenMs);
        }
        break;
      case 'settings':
        if (isNew) settings = entry.settings;
        break;
      case 'timeline':
        if (isNew) timeline = entry.timeline;
        break;
      case 'meters':
        if (isNew) meters = entry.meters;
        break;
      case 'snapshot':
        if (isNew) snapshots = withSnapshot(snapshots ?? [], entry.name, entry.snapshot);
        break;
      case 'pass.wrote': {
        const open = passes.get(entry.pass) ?? {...entry, frames: [], values: []};
        // Not by spreading: a chunk may be longer than a call may have arguments.
        for (const frame of entry.frames) open.frames.push(frame);
        for (const value of entry.values) open.values.push(value);
        passes.set(entry.pass, {
          pass: entry.pass,
          name: entry.name,
          lane: open.lane,
          frames: open.frames,
          values: open.values,
        });
        break;
      }
      case 'pass.ended':
        passes.delete(entry.pass);
        break;
      case undefined:
        break;
    }
  }
  for (const {pass} of [...passes.values()].filter((open) => isWritten(open, entries.at(-1)?.entry)))
    passes.delete(pass);
  const recovered = {...count, spanMs: firstMs === undefined ? 0 : Math.max(0, lastMs - firstMs)};
  return {
    mixer,
    settings,
    timeline,
    meters,
    snapshots,
    lanes,
    history: {past, future},
    openPasses: [...passes.values()],
    recovered,
  };
}

/** Whether the last thing in the journal is the step that a pass became: only that the pass has ended did not come to be written. */
function isWritten({lane, frames}: OpenPass, last: JournalEntry | undefined): boolean {
  if (last?.type !== 'step') return false;
  const [first = 0, end = 0] = [frames[0], frames.at(-1)];
  return (last.step.lanes ?? []).some((made) => made.lane === lane && made.fromFrame <= first && made.toFrame >= end);
}
