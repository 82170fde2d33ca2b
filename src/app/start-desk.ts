import {newAutomationSettings} from '../model/automation.ts';
import {DeskError, type Problem} from '../model/problem.ts';
import {demoFolder} from '../session/demo-folder.ts';
import type {Kept} from '../session/session-store.ts';
import {type SurfaceChoice, unknownChoice, withChosenSurfaces} from './chosen-surfaces.ts';
import {systemClock} from './clock.ts';
import {withTarget} from './delivery-choice.ts';
import {createDesk} from './desk.ts';
import type {Desk} from './desk-contract.ts';
import {deskLines} from './desk-lines.ts';
import {driverNotices} from './driver-notices.ts';
import {cacheFolder} from './folders.ts';
import {keptOf, watchSettings} from './kept-state.ts';
import {deviceNotice, deviceRules, openEngine} from './open-engine.ts';
import {noticeLine, problemLine} from './open-session.ts';
import {deskMappings} from './own-mappings.ts';
import {deskRecorder} from './record/desk-recorder.ts';
import {recordedSession} from './record/practice.ts';
import {rescued} from './rescue.ts';
import {openKeeper, type SessionKeeper} from './session-keeper.ts';
import {surfaceTransports} from './surface-transports.ts';
import {startTimeCode, type TimeCodeOptions, tapeCodeOf} from './time-code/desk-time-code.ts';
import {timelineNotices} from './timeline-notices.ts';

export interface StartOptions {
  /** Folder or file of the session; undefined plays the demo. */
  readonly path: string | undefined;
  readonly device: 'default' | 'none';
  readonly surfaces: boolean;
  /** Paths of serial ports that may be opened beside those of boards; `all`, or `none` for not even those. */
  readonly serial?: readonly string[];
  /** Ports that belong to other surfaces than their names would tell. */
  readonly choices?: readonly SurfaceChoice[];
  /** Tracks to compare the mix with, beside those of the session, for this run. */
  readonly references?: readonly string[];
  /** Id or name of a delivery target, or `none`: instead of the session's. */
  readonly target?: string | undefined;
  readonly lookAheadMs: number;
  /** Time code and machine control that are followed and sent; none if absent. */
  readonly timeCode?: TimeCodeOptions;
  /** Nothing blinks, whatever the session says; no if absent. */
  readonly reducedMotion?: boolean;
  /** Nothing is written, and another program may have the session; no if absent. */
  readonly readOnly?: boolean;
  /** A folder of mappings whose files win over all others. */
  readonly mappings?: string | undefined;
  /** The layout that all units start with; `mixer` if absent. */
  readonly layout?: string | undefined;
  /** Where to write down what goes over the ports of surfaces; nowhere if absent. */
  readonly record?: string | undefined;
}

/** The layout every unit starts with if none is asked for. */
const usualLayout = 'mixer';

/** Opens session, engine, mappings and transports, and puts a desk on them. What is missing becomes a notice; only a broken session rejects. */
export async function startDesk(options: StartOptions): Promise<Desk> {
  const isDemo = options.path === undefined;
  const keeper = await openKeeper({
    path: options.path ?? demoFolder,
    references: options.references ?? [],
    readOnly: isDemo ? 'demo' : options.readOnly ? 'asked' : undefined,
    clock: systemClock,
  });
  try {
    return await startOn(keeper, isDemo, options);
  } catch (error) {
    await keeper.abandon();
    throw error;
  }
}

async function startOn(keeper: SessionKeeper, isDemo: boolean, options: StartOptions): Promise<Desk> {
  const {opened} = keeper;
  const {timeCode: wantedCode = {}} = options;
  // A code that there is not is told before anything is opened.
  tapeCodeOf(wantedCode);
  const mapped = deskMappings(options.mappings);
  // Whoever waits for both hears of it; until then it is no rejection that nobody heard of.
  mapped.catch(() => undefined);
  const session = withTarget(opened.session, options.target);
  const line = (problem: Problem): string => noticeLine(problem, session.folder);
  const notices = session.problems.map(line);
  const notice = (text: string): void => {
    if (!notices.includes(text)) notices.push(text);
  };
  if (session.midi !== undefined) notice(deviceNotice);
  const {serial = []} = options;
  let blocks = 0;
  const transports = options.surfaces
    ? surfaceTransports({
        clock: systemClock,
        serial,
        progress: () => blocks,
        // What mixes a device has no blocks of sound to go by.
        live: () => session.midi === undefined && engine.playback.state === 'playing',
        notice,
      })
    : [];
  const lines = deskLines(transports, systemClock);
  const [{engine, connect}, mappings] = await Promise.all([
    openEngine(
      {
        session,
        cacheFolder: cacheFolder(process.env),
        lookAheadMs: options.lookAheadMs,
        device: options.device,
        onProblem: (problem) => notice(line(problem)),
      },
      lines.open,
      systemClock,
      options.mappings,
    ),
    mapped,
  ]);
  for (const problem of mappings.problems) notice(line(problem));
  for (const text of timelineNotices(session.timeline, engine.playback)) notice(text);
  const {layout: layoutId = usualLayout} = options;
  const layout = mappings.layouts.find(({id}) => id === layoutId);
  const unknown = unknownChoice(options.choices ?? [], mappings.surfaces);
  if (layout === undefined || unknown !== undefined) {
    await engine.close();
    throw (
      unknown ??
      new DeskError(
        'mapping.invalid',
        `The layout "${layoutId}" is missing or broken:\n${mappings.problems.map(problemLine).join('\n')}`,
      )
    );
  }
  const unfit = engine.playback.loop === undefined ? session.timeline?.loop : undefined;
  const kept = (): Kept => keptOf(desk.status(), session.mixer, unfit);
  const soundNotice = (): readonly string[] => {
    const {output, reason, cure} = engine.status;
    return output === 'silent' && session.midi === undefined && options.device !== 'none' && reason !== undefined
      ? [`Sound: ${reason}${cure === undefined ? '' : ` – ${cure}`}.`]
      : [];
  };
  const recorder =
    options.record === undefined
      ? undefined
      : deskRecorder(options.record, layout.id, mappings, () => recordedSession(session.name, engine.mixer));
  const desk = createDesk({
    sessionName: session.name,
    engine,
    surfaces: mappings.surfaces,
    layout,
    transports: withChosenSurfaces(
      recorder === undefined ? transports : recorder.on(transports),
      options.choices ?? [],
      mappings.surfaces,
    ),
    hasSound: (strip) => session.stems.some((stem) => stem.strip === strip),
    ruleChanges: [...(session.midi === undefined ? [] : deviceRules), ...(session.rules ?? [])],
    clock: systemClock,
    reducedMotion: options.reducedMotion === true || session.reducedMotion === true,
    automation: {lanes: opened.lanes, settings: session.automation?.settings ?? newAutomationSettings},
    history: opened.history,
    snapshots: session.snapshots ?? [],
    journal: keeper.journal,
    blockHeard: () => {
      blocks += 1;
    },
    notices: () => [
      ...keeper.notices(),
      ...soundNotice(),
      ...lines.notices(),
      ...(recorder?.notices() ?? []),
      ...driverNotices(transports),
      ...notices,
    ],
    save: () => void keeper.save(),
  });
  connect(desk);
  const timeCode = startTimeCode(wantedCode, engine, desk, lines.open, systemClock);
  const endWatch = watchSettings(engine, keeper.journal);
  keeper.begin(kept);
  if (isDemo) desk.perform({type: 'playback.setLooping', looping: true});
  let closing: Promise<void> | undefined;
  return {
    ...desk,
    status() {
      const code = timeCode.status();
      return code === undefined ? desk.status() : {...desk.status(), timeCode: code};
    },
    close() {
      closing ??= (async () => {
        endWatch();
        timeCode.end();
        await desk.close();
        await lines.close();
        recorder?.close();
        const failed = await keeper.close(kept);
        if (failed !== undefined) throw new DeskError('file.unwritable', await rescued(opened, kept(), failed));
      })();
      return closing;
    },
  };
}
