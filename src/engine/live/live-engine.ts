import {holdsLoss, type MeterFrame} from '../../model/meter.ts';
import {applyMeterCommand, isMeterCommand, newMeterSettings} from '../../model/meter-settings.ts';
import {applyMonitorCommand, isMonitorCommand, isReferenceCommand, newMonitor} from '../../model/monitor.ts';
import {isPlaybackCommand, type PlaybackCommand} from '../../model/playback.ts';
import {DeskError} from '../../model/problem.ts';
import {isMarkerCommand, newTimeline} from '../../model/timeline.ts';
import type {Changed, EngineStatus} from '../contract.ts';
import {createCrashLimit} from './crash-limit.ts';
import {createDeskMix} from './desk-mix.ts';
import {type ChildListener, type EngineChild, startChild} from './engine-child.ts';
import {type AppliedListener, type LiveEngine, type LiveEngineOptions, noReference} from './live-contract.ts';
import {machineMs} from './machine-clock.ts';
import type {EngineSetup, FromEngine} from './message.ts';
import {createPlayHead} from './play-head.ts';

/** Meter frames kept for a reader that does not come. */
const framesKept = 500;

/**
 * The desk's side of the engine: owns the one true mixer, sends it to the engine's process, and collects what was heard.
 * A process that dies is started again with the mixer and the place on the tape where it was. Rejects with a DeskError if the first start fails.
 */
export async function openLiveEngine(options: LiveEngineOptions): Promise<LiveEngine> {
  const {session} = options;
  const {sampleRate, stems, references = []} = session;
  const listeners = new Set<(what: Changed) => void>();
  const appliedListeners = new Set<AppliedListener>();
  let monitor = newMonitor;
  let meters = session.meters ?? newMeterSettings;
  /** Undefined while a process starts, and for good when it crashed too often. */
  let running: EngineChild | undefined;
  let newest: EngineChild | undefined;
  let {device}: Pick<EngineSetup, 'device'> = options;
  let status: EngineStatus = {
    output: 'silent',
    deviceName: 'none',
    reason: undefined,
    cure: undefined,
    sampleRate,
    lookAheadMs: options.lookAheadMs,
    lateBlocks: 0,
    starvedBlocks: 0,
  };
  let past = {lateBlocks: 0, starvedBlocks: 0};
  const head = createPlayHead(sampleRate, session.timeline ?? newTimeline, machineMs);
  const mix = createDeskMix(session.mixer, () => head.playback.frame);
  let frames: MeterFrame[] = [];
  let isFlushing = false;
  /** What the process says of playing is old until it has taken the last playback command. */
  let playbackSerial = 0;
  const mayGoOn = createCrashLimit(() => performance.now());
  let hasGivenUp = false;
  let closed: Promise<void> | undefined;

  const tell = (what: Changed): void => {
    for (const listener of listeners) listener(what);
  };
  /** All changes of one turn of the event loop travel together; while a process starts they wait, where none will they are forgotten. */
  const flush = (): void => {
    isFlushing = false;
    const unsent = running || hasGivenUp ? mix.takeUnsent() : undefined;
    if (unsent !== undefined) running?.post(unsent);
  };
  const flushSoon = (): void => {
    if (!isFlushing) setImmediate(flush);
    isFlushing = true;
  };
  const show = (what: 'mixer' | 'lanes' = 'mixer'): void => {
    if (mix.show()) tell(what);
  };
  /** After what was asked for before. */
  const postPlayback = (command: PlaybackCommand): void => {
    flush();
    running?.post({type: 'playback', command, serial: ++playbackSerial});
  };

  const heard = (message: Extract<FromEngine, {type: 'heard'}>): void => {
    frames.push(...message.frames);
    if (frames.length > framesKept) frames = frames.slice(-framesKept);
    if (message.frames.some(holdsLoss)) tell('loss');
    const lateBlocks = past.lateBlocks + message.lateBlocks;
    const starvedBlocks = past.starvedBlocks + message.starvedBlocks;
    if (lateBlocks !== status.lateBlocks || starvedBlocks !== status.starvedBlocks) {
      status = {...status, lateBlocks, starvedBlocks};
      tell('status');
    }
    if (message.takenSerial !== playbackSerial) return;
    if (head.moved(message.tape, message.atMs, message.playing)) tell('playback');
    show('lanes');
  };
  const listener: ChildListener = {
    told(message) {
      switch (message.type) {
        case 'applied':
          for (const applied of appliedListeners) applied(message.changes, message.atFrame, message.atMs);
          break;
        case 'heard':
          heard(message);
          break;
        case 'problems':
          message.problems.forEach(options.onProblem);
          break;
        case 'references':
          status = {...status, references: message.references};
          tell('status');
          break;
        case 'output': {
          const {type: _, ...output} = message;
          status = {...status, ...output};
          tell('status');
          break;
        }
      }
    },
    died: (how) => void restart(how),
  };

  /** One process that renders, if need be without the sound system; rejects with a DeskError. */
  const start = async (): Promise<void> => {
    const {cacheFolder, lookAheadMs} = options;
    mix.beginAnew();
    newest = startChild(
      {mixer: mix.base, monitor, meters, stems, references, sampleRate, cacheFolder, lookAheadMs, device},
      listener,
    );
    const setChanges = mix.changes;
    const answer = await newest.started;
    if (closed !== undefined) return;
    if (answer.type === 'deaf') {
      device = 'none';
      await start();
      if (closed === undefined) status = {...status, reason: answer.reason, cure: answer.cure};
      return;
    }
    if (answer.type === 'failed') {
      throw new DeskError('engine.failed', `The sound engine cannot run: ${answer.reason}. See "longthrow doctor".`);
    }
    running = newest;
    head.measured(answer.lengthFrames);
    status = {...answer.status, ...past};
    for (const applied of appliedListeners) applied(setChanges, 0, performance.timeOrigin + performance.now());
    flush();
    head.commands.forEach(postPlayback);
  };

  const restart = async (how: string): Promise<void> => {
    running = undefined;
    past = {lateBlocks: status.lateBlocks, starvedBlocks: status.starvedBlocks};
    if (!mayGoOn()) {
      giveUp(how);
      return;
    }
    status = {...status, output: 'silent', reason: `the sound engine ended (${how}) and is being started again`};
    tell('status');
    try {
      await start();
    } catch {
      if (closed === undefined) await restart(how);
      return;
    }
    if (closed !== undefined) return;
    const restarted = `the sound engine ended (${how}) and was started again`;
    status = {...status, reason: status.reason === undefined ? restarted : `${status.reason}; ${restarted}`};
    tell('status');
  };

  const giveUp = (how: string): void => {
    hasGivenUp = true;
    head.stop();
    status = {
      ...status,
      output: 'silent',
      deviceName: 'none',
      reason: `the sound engine ended (${how}) too often and was not started again`,
      cure: 'start the desk again; the mix is kept',
    };
    tell('status');
    tell('playback');
  };

  const applyPlayback = (command: PlaybackCommand): void => {
    if ((command.type === 'playback.play' && hasGivenUp) || !head.command(command)) return;
    if (!isMarkerCommand(command)) postPlayback(command);
    tell('playback');
    show();
  };

  await start();
  return {
    get processId() {
      return running?.processId;
    },
    get mixer() {
      return mix.mixer;
    },
    get monitor() {
      return monitor;
    },
    get meters() {
      return meters;
    },
    get playback() {
      return head.playback;
    },
    get status() {
      return status;
    },
    apply(command) {
      if (isPlaybackCommand(command)) {
        applyPlayback(command);
      } else if (isMonitorCommand(command)) {
        if (references.length === 0 && isReferenceCommand(command)) options.onProblem(noReference);
        monitor = applyMonitorCommand(monitor, command, references.length);
        flush();
        running?.post({type: 'monitor', monitor});
        tell('monitor');
      } else if (isMeterCommand(command)) {
        meters = applyMeterCommand(meters, command);
        running?.post({type: 'meters', meters, reset: command.type === 'meters.resetLoudness'});
        tell('meters');
      } else if (mix.apply(command)) {
        flushSoon();
        tell('mixer');
      }
    },
    follow(lanes) {
      mix.follow(lanes);
      flushSoon();
      show();
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onApplied(listener) {
      appliedListeners.add(listener);
    },
    takeMeters() {
      const taken = frames;
      frames = [];
      return taken;
    },
    close() {
      closed ??= newest?.close() ?? Promise.resolve();
      return closed;
    },
  };
}
