import {openLiveEngine} from '../engine/live/live-engine.ts';
import {loadMappings} from '../mapping/load.ts';
import type {MeterSettings} from '../model/meter-settings.ts';
import {DeskError, type Problem, plainText} from '../model/problem.ts';
import type {Session} from '../model/session.ts';
import {type Timeline, timelineIn} from '../model/timeline.ts';
import {demoFolder} from '../session/demo-folder.ts';
import {saveSession} from '../session/save.ts';
import type {Transport} from '../transport/contract.ts';
import {midiTransport} from '../transport/midi.ts';
import {systemClock} from './clock.ts';
import {withTarget} from './delivery-choice.ts';
import {createDesk} from './desk.ts';
import type {Desk} from './desk-contract.ts';
import {cacheFolder, mappingsFolder, userMappingsFolder} from './folders.ts';
import {noticeLine, openSession, problemLine} from './open-session.ts';
import {timelineNotices} from './timeline-notices.ts';

export interface StartOptions {
  /** Folder or file of the session; undefined plays the demo. */
  readonly path: string | undefined;
  readonly device: 'default' | 'none';
  readonly surfaces: boolean;
  /** Tracks to compare the mix with, beside those of the session, for this run. */
  readonly references?: readonly string[];
  /** Id or name of a delivery target, or `none`: instead of the session's. */
  readonly target?: string | undefined;
  readonly lookAheadMs: number;
  /** Nothing blinks, whatever the session says; no if absent. */
  readonly reducedMotion?: boolean;
}

/** The layout every unit starts with. */
const layoutId = 'mixer';

/** Opens session, engine, mappings and transports, and puts a desk on them. What is missing becomes a notice; only a broken session rejects. */
export async function startDesk(options: StartOptions): Promise<Desk> {
  const isDemo = options.path === undefined;
  const mapped = loadMappings(mappingsFolder, userMappingsFolder(process.env));
  const session = withTarget(await openSession(options.path ?? demoFolder, options.references), options.target);
  const line = (problem: Problem): string => noticeLine(problem, session.folder);
  const notices = session.problems.map(line);
  const notice = (text: string): void => {
    if (!notices.includes(text)) notices.push(text);
  };
  const [engine, mappings] = await Promise.all([
    openLiveEngine({
      session,
      cacheFolder: cacheFolder(process.env),
      lookAheadMs: options.lookAheadMs,
      device: options.device,
      onProblem: (problem) => notice(line(problem)),
    }),
    mapped,
  ]);
  for (const problem of mappings.problems) notice(line(problem));
  for (const text of timelineNotices(session.timeline, engine.playback)) notice(text);
  const layout = mappings.layouts.find(({id}) => id === layoutId);
  if (layout === undefined) {
    await engine.close();
    throw new DeskError(
      'mapping.invalid',
      `The layout "${layoutId}" is missing or broken:\n${mappings.problems.map(problemLine).join('\n')}`,
    );
  }
  const transports = options.surfaces ? [midiTransport()] : [];
  void noticeMissing(transports, notice);
  const saver = createSaver(session, isDemo, timelineIn(engine.playback), engine.meters);
  const soundNotice = (): readonly string[] => {
    const {output, reason, cure} = engine.status;
    return output === 'silent' && options.device !== 'none' && reason !== undefined
      ? [`Sound: ${reason}${cure === undefined ? '' : ` – ${cure}`}.`]
      : [];
  };
  const desk = createDesk({
    sessionName: session.name,
    engine,
    surfaces: mappings.surfaces,
    layout,
    transports,
    hasSound: (strip) => session.stems.some((stem) => stem.strip === strip),
    ruleChanges: session.rules ?? [],
    clock: systemClock,
    reducedMotion: options.reducedMotion === true || session.reducedMotion === true,
    notices: () => [...saver.notices(), ...soundNotice(), ...notices],
    save: (mixer, timeline, meters) => void saver.save({mixer, timeline, meters}),
  });
  if (isDemo) desk.perform({type: 'playback.setLooping', looping: true});
  return {
    ...desk,
    async close() {
      const {mixer, playback, meters} = desk.status();
      await desk.close();
      const failed = await saver.saveChanges({mixer, timeline: timelineIn(playback), meters});
      if (failed !== undefined) throw new DeskError('file.unwritable', problemLine(failed));
    },
  };
}

async function noticeMissing(transports: readonly Transport[], notice: (line: string) => void): Promise<void> {
  for (const transport of transports) {
    const availability = await transport.availability();
    if (availability.state === 'unavailable') {
      notice(`${transport.kind.toUpperCase()}: ${plainText(availability.reason)} – ${plainText(availability.cure)}`);
    }
  }
}

/** What is to be kept of a running desk. */
interface Kept {
  readonly mixer: Session['mixer'];
  readonly timeline: Timeline;
  readonly meters: MeterSettings;
}

interface Saver {
  save(kept: Kept): Promise<void>;
  /** Saves what was changed since; answers with what went wrong. */
  saveChanges(kept: Kept): Promise<Problem | undefined>;
  /** How the last save went, if there was one. */
  notices(): readonly string[];
}

/** `fitting` is the session's timeline as far as it fits its stems: a loop beyond them is kept in the file, a missing stem may come back. */
function createSaver(session: Session, isDemo: boolean, fitting: Timeline, meters: MeterSettings): Saver {
  const unfit = fitting.loop === undefined ? session.timeline?.loop : undefined;
  let saved: Kept = {mixer: session.mixer, timeline: fitting, meters};
  let last: string | undefined;
  const write = async (kept: Kept): Promise<Problem | undefined> => {
    const timeline = {...kept.timeline, loop: kept.timeline.loop ?? unfit};
    const answer = await saveSession({...session, timeline, meters: kept.meters}, kept.mixer);
    if (answer.type === 'failed') return answer.problem;
    saved = kept;
    return undefined;
  };
  return {
    async save(kept) {
      const problem = await write(kept);
      const time = new Date().toTimeString().slice(0, 8);
      last =
        problem === undefined
          ? `The session was written at ${time}.`
          : `Not saved: ${noticeLine(problem, session.folder)}`;
    },
    async saveChanges(kept) {
      const {markers, loop} = kept.timeline;
      const isSameTape = markers === saved.timeline.markers && loop === saved.timeline.loop;
      const isSaved = kept.mixer === saved.mixer && isSameTape && kept.meters === saved.meters;
      return isSaved || isDemo ? undefined : write(kept);
    },
    notices: () => (last === undefined ? [] : [last]),
  };
}
