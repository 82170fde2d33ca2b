import type {AutomationSettings} from '../model/automation.ts';
import type {Lanes} from '../model/lane-change.ts';
import type {SessionAutomation} from '../model/session.ts';
import type {RecoveredSession} from './recover.ts';

/** What is known of a session's file of lanes. */
export interface LaneFile {
  /** Undefined: there is none, and no lanes. */
  readonly name: string | undefined;
  /** What it holds, to be compared by identity; undefined if that is not what the desk has. */
  readonly lanes: Lanes | undefined;
  /** The last journal entry that is in it. */
  readonly number: number;
}

/** Points up to which a file of lanes is written as often as session.json. */
const cheapPoints = 200_000;

/** The file of lanes as it was found. */
export function laneFileOf({session, lanes, damagedLanes, recovered}: RecoveredSession): LaneFile {
  const sessionNumber = session.journal ?? 0;
  const number = session.automation?.journal ?? sessionNumber;
  const isWhole = !damagedLanes && number === sessionNumber && recovered.entries === 0;
  return {name: session.automation?.file, lanes: isWhole ? lanes : undefined, number};
}

/** How lanes are written with a state of a session: into a new file, or not at all for the file has them or the journal what is missing. */
export interface LaneWrite {
  /** To be written. */
  readonly lanes: Lanes | undefined;
  /** What session.json says, but for the name of a new file. */
  readonly member: SessionAutomation;
  /** The file then, but for its name if it is new. */
  readonly after: LaneFile;
}

/** `often` spares large files: the journal has what changed. */
export function laneWrite(
  {name, lanes, number: inFile}: LaneFile,
  now: Lanes,
  settings: AutomationSettings,
  number: number,
  how: 'often' | 'whole',
): LaneWrite {
  const named = name === undefined ? {} : {file: name};
  if (now === lanes || (name === undefined && now.size === 0)) {
    return {lanes: undefined, member: {settings, ...named}, after: {name, lanes: now, number}};
  }
  if (how === 'often' && name !== undefined && pointsIn(now) > cheapPoints) {
    return {lanes: undefined, member: {settings, ...named, journal: inFile}, after: {name, lanes, number: inFile}};
  }
  return {lanes: now, member: {settings}, after: {name, lanes: now, number}};
}

function pointsIn(lanes: Lanes): number {
  let points = 0;
  for (const {frames} of lanes.values()) points += frames.length;
  return points;
}
