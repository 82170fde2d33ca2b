import {type ChildProcess, fork} from 'node:child_process';
import {extname} from 'node:path';
import {applyCommand, type MixerCommand} from '../../model/command.ts';
import type {MeterFrame} from '../../model/meter.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {Playback, PlaybackCommand} from '../../model/playback.ts';
import {DeskError, type Problem} from '../../model/problem.ts';
import type {Session} from '../../model/session.ts';
import type {Engine, EngineStatus} from '../contract.ts';
import type {EngineSetup, FromEngine, ToEngine} from './message.ts';

export interface LiveEngineOptions {
  readonly session: Session;
  readonly cacheFolder: string;
  readonly lookAheadMs: number;
  readonly device: 'default' | 'none';
  /** Told of every stem that could not be read or failed while playing. */
  readonly onProblem: (problem: Problem) => void;
}

export interface LiveEngine extends Engine {
  /** Told when a mixer has reached the graph: the serial of `apply` calls, and the frame from which it sounds. */
  onApplied(listener: (serial: number, atFrame: number) => void): void;
}

/** Restarts of a crashed engine process before the desk gives up and says so. */
const restartsAllowed = 3;
/** A sound system that does not answer in this time is left alone; time is kept silently instead. */
const openWithinMs = 5000;
/** Meter frames kept for a reader that does not come. */
const framesKept = 500;

/**
 * The desk's side of the engine: owns the one true mixer, sends it to the engine's process, and collects what was heard.
 * A process that dies is started again with the mixer and the place on the tape where it was.
 */
export async function openLiveEngine(options: LiveEngineOptions): Promise<LiveEngine> {
  const {session} = options;
  const listeners = new Set<(what: 'mixer' | 'playback' | 'status') => void>();
  const appliedListeners = new Set<(serial: number, atFrame: number) => void>();
  let mixer = session.mixer;
  let child: ChildProcess | undefined;
  let status: EngineStatus = {
    output: 'silent',
    deviceName: 'none',
    reason: undefined,
    cure: undefined,
    sampleRate: session.sampleRate,
    lookAheadMs: options.lookAheadMs,
    lateBlocks: 0,
    starvedBlocks: 0,
  };
  let state: Playback['state'] = 'stopped';
  let looping = false;
  let frame = 0;
  let lengthFrames = 0;
  let frames: MeterFrame[] = [];
  let serial = 0;
  let restarts = 0;
  let closing = false;
  /** What the process says of playing is old until it has taken the last playback command. */
  let playbackSerial = 0;
  let unsent: MixerCommand[] = [];

  const tell = (what: 'mixer' | 'playback' | 'status'): void => {
    for (const listener of listeners) listener(what);
  };
  const post = (message: ToEngine): void => {
    if (child?.connected) child.send(message, () => {});
  };

  const postPlayback = (command: PlaybackCommand): void => post({type: 'playback', command, serial: ++playbackSerial});
  /** All changes of one turn of the event loop travel together. */
  const flush = (): void => {
    post({type: 'mixer', commands: unsent, serial: ++serial});
    unsent = [];
  };

  const heard = (message: Extract<FromEngine, {type: 'heard'}>): void => {
    frames.push(...message.frames);
    if (frames.length > framesKept) frames = frames.slice(-framesKept);
    if (message.lateBlocks !== status.lateBlocks || message.starvedBlocks !== status.starvedBlocks) {
      status = {...status, lateBlocks: message.lateBlocks, starvedBlocks: message.starvedBlocks};
      tell('status');
    }
    if (message.takenSerial !== playbackSerial) return;
    frame = message.tapeFrame;
    if (state === 'playing' && !message.playing) {
      state = 'stopped';
      tell('playback');
    }
  };

  const start = (device: EngineSetup['device']): Promise<void> =>
    new Promise((resolve, reject) => {
      const url = new URL(`./engine-process${extname(import.meta.url)}`, import.meta.url);
      const process = fork(url, {serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc']});
      child = process;
      let settled = false;
      const hung = setTimeout(() => {
        process.removeAllListeners();
        process.kill('SIGKILL');
        if (device === 'none') reject(new DeskError('engine.failed', 'The engine did not start within five seconds.'));
        else start('none').then(resolve, reject);
      }, openWithinMs);
      const settle = (finish: () => void): void => {
        settled = true;
        clearTimeout(hung);
        finish();
      };
      process.on('message', (message: FromEngine) => {
        switch (message.type) {
          case 'ready':
            ({status, lengthFrames} = message);
            settle(resolve);
            break;
          case 'failed':
            settle(() => reject(new DeskError('engine.failed', message.reason)));
            break;
          case 'applied':
            for (const listener of appliedListeners) listener(message.serial, message.atFrame);
            break;
          case 'heard':
            heard(message);
            break;
          case 'problems':
            message.problems.forEach(options.onProblem);
            break;
        }
      });
      process.once('exit', (code, signal) => {
        if (closing) return;
        if (!settled)
          settle(() => reject(new DeskError('engine.failed', `The engine ended while starting (${signal ?? code}).`)));
        else void restart(`${signal ?? code}`);
      });
      process.on('error', () => {});
      const {sampleRate, stems} = session;
      const {cacheFolder, lookAheadMs} = options;
      post({type: 'open', setup: {mixer, stems, sampleRate, cacheFolder, lookAheadMs, device}});
    });

  const restart = async (how: string): Promise<void> => {
    restarts++;
    const wasPlaying = state === 'playing';
    if (restarts > restartsAllowed) {
      state = 'stopped';
      status = {
        ...status,
        output: 'silent',
        reason: `the sound engine ended (${how}) too often`,
        cure: 'start the desk again',
      };
      tell('status');
      return;
    }
    try {
      await start(options.device);
      status = {...status, reason: `the sound engine ended (${how}) and was started again`};
      postPlayback({type: 'playback.setLooping', looping});
      postPlayback({type: 'playback.locate', frame});
      if (wasPlaying) postPlayback({type: 'playback.play'});
    } catch {
      await restart(how);
    }
    tell('status');
  };

  const applyPlayback = (command: PlaybackCommand): void => {
    if (command.type === 'playback.play') state = 'playing';
    if (command.type === 'playback.stop') state = 'stopped';
    if (command.type === 'playback.setLooping') looping = command.looping;
    if (command.type === 'playback.locate' && Number.isFinite(command.frame))
      frame = Math.min(Math.max(0, command.frame), lengthFrames);
    postPlayback(command);
    tell('playback');
  };

  const applyMixer = (command: MixerCommand): void => {
    const next = applyCommand(mixer, command);
    if (next === mixer) return;
    mixer = next;
    if (unsent.length === 0) setImmediate(flush);
    unsent.push(command);
    tell('mixer');
  };

  await start(options.device);
  return {
    get mixer(): Mixer {
      return mixer;
    },
    get playback(): Playback {
      return {state, frame, lengthFrames, sampleRate: session.sampleRate, looping};
    },
    get status(): EngineStatus {
      return status;
    },
    apply(command) {
      if (isPlaybackCommand(command)) applyPlayback(command);
      else applyMixer(command);
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
    async close() {
      if (closing) return;
      closing = true;
      await endProcess(child);
    },
  };
}

function isPlaybackCommand(command: MixerCommand | PlaybackCommand): command is PlaybackCommand {
  return command.type.startsWith('playback.');
}

/** Asks a process to end, and makes it after two seconds. */
function endProcess(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 2000);
    child.once('exit', () => {
      clearTimeout(kill);
      resolve();
    });
    child.send({type: 'close'}, () => {});
  });
}
