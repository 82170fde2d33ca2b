import {editLane} from '../../automation/edit.ts';
import type {LaneEdit} from '../../model/automation-intent.ts';
import {type LaneId, laneTarget, laneValue} from '../../model/lane.ts';
import {type LaneChange, type Lanes, withChange} from '../../model/lane-change.ts';
import {formatClock} from '../../model/playback.ts';
import {DeskError} from '../../model/problem.ts';
import {laneName} from '../automation-names.ts';
import {chosenLanes} from '../chosen-lanes.ts';
import {editSession} from '../edit-session.ts';
import {exitCode} from '../exit-code.ts';
import type {OpenedSession} from '../open-session.ts';

export interface EditCommandOptions {
  /** In seconds. */
  readonly from?: number;
  readonly to?: number;
  readonly json?: boolean;
}

/** An edit, but for the lane that a copy goes to: that is the last of the words. */
export type WantedEdit = Exclude<LaneEdit, {readonly type: 'copy'}> | {readonly type: 'copy'};

interface Done {
  readonly name: string;
  readonly changes: readonly LaneChange[];
  /** Why some lanes of a strip, or of all, were left as they are. */
  readonly left: readonly string[];
}

/** Edits lanes of a session that is not open, as one step that its desk can take back. */
export async function editAutomation(
  path: string,
  words: readonly string[],
  wanted: WantedEdit,
  options: EditCommandOptions,
): Promise<number> {
  const {from, to, json} = options;
  if (from !== undefined && to !== undefined && !(from < to))
    throw new DeskError('usage', '--to must lie after --from.');
  let done: Done = {name: '', changes: [], left: []};
  const {opened, lanes, changed} = await editSession(path, (session) => {
    done = doneOf(session, words, wanted, options);
    return {step: {name: done.name, edits: [], lanes: done.changes}};
  });
  const {mixer} = opened.session;
  const touched = [...new Set(done.changes.map(({lane}) => lane))].map((lane) => ({
    lane,
    pointsBefore: opened.lanes.get(lane)?.frames.length ?? 0,
    points: lanes.get(lane)?.frames.length ?? 0,
  }));
  if (json) {
    const answer = {schemaVersion: 1, changed, step: changed ? done.name : null, lanes: touched, left: done.left};
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return exitCode.ok;
  }
  for (const sentence of done.left) process.stderr.write(`${sentence}\n`);
  for (const {lane, pointsBefore, points} of touched) {
    process.stdout.write(`${laneName(lane, mixer)}: ${counted(pointsBefore)} before, ${counted(points)} now\n`);
  }
  process.stdout.write(changed ? `Done: ${done.name}. The desk can take it back.\n` : 'Nothing changes.\n');
  return exitCode.ok;
}

function doneOf(
  opened: OpenedSession,
  words: readonly string[],
  wanted: WantedEdit,
  options: EditCommandOptions,
): Done {
  const {session, lanes: before} = opened;
  const {mixer, sampleRate} = session;
  const {edit, chosen} = editOf(wanted, words, opened);
  const frameOf = (seconds: number | undefined): number | undefined =>
    seconds === undefined ? undefined : Math.round(seconds * sampleRate);
  const place = {
    fromFrame: frameOf(options.from),
    toFrame: frameOf(options.to),
    sampleRate,
    standing: (id: LaneId) => {
      const target = laneTarget(id);
      return target === undefined ? undefined : laneValue(mixer, target);
    },
  };
  const changes: LaneChange[] = [];
  const left: string[] = [];
  let lanes: Lanes = before;
  for (const {id, named} of chosen) {
    const made = editLane(lanes, id, edit, place);
    if (typeof made === 'string') {
      if (named) throw new DeskError('usage', made);
      left.push(made);
      continue;
    }
    changes.push(...made);
    lanes = made.reduce(withChange, lanes);
  }
  const [only] = chosen;
  const what = chosen.length === 1 && only !== undefined ? laneName(only.id, mixer) : `${chosen.length} lanes`;
  const target = edit.type === 'copy' ? ` to ${laneName(edit.to, mixer)}` : '';
  return {name: `${edit.type} ${what}${target}${whenText(options, sampleRate)}`, changes, left};
}

function editOf(wanted: WantedEdit, words: readonly string[], {session: {mixer}, lanes}: OpenedSession) {
  if (wanted.type !== 'copy') return {edit: wanted, chosen: chosenLanes(words, mixer, lanes)};
  const [from, to, ...more] = words.map((word) => chosenLanes([word], mixer, lanes));
  const [source, target] = [from?.[0], to?.[0]];
  const isOneEach = from?.length === 1 && to?.length === 1 && more.length === 0;
  if (!isOneEach || source === undefined || target === undefined) {
    throw new DeskError('usage', 'Give two lanes: copy SESSION "vox level" "backing level".');
  }
  return {edit: {type: 'copy', to: target.id} as const, chosen: [source]};
}

function whenText({from, to}: EditCommandOptions, sampleRate: number): string {
  if (from === undefined && to === undefined) return '';
  const clock = (seconds: number): string => formatClock(seconds * sampleRate, sampleRate).replace(/\.0$/, '');
  return ` ${clock(from ?? 0)}–${to === undefined ? 'end' : clock(to)}`;
}

function counted(points: number): string {
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}
