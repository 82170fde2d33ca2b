import {applyCommand} from '../model/command.ts';
import {laneId, laneWrittenBy} from '../model/lane.ts';
import {type MeterFrame, masterFields, stripFields} from '../model/meter.ts';
import {applyMeterCommand, isMeterCommand, newMeterSettings} from '../model/meter-settings.ts';
import type {Mixer} from '../model/mixer.ts';
import {applyMonitorCommand, isMonitorCommand, newMonitor} from '../model/monitor.ts';
import type {Playback} from '../model/playback.ts';
import {applyTimelineCommand, newTimeline} from '../model/timeline.ts';
import {createShownMixer} from './automation/shown-mixer.ts';
import type {Changed, Engine, EngineStatus} from './contract.ts';

const sampleRate = 48_000;
/** Ten minutes of tape. */
const lengthFrames = 600 * sampleRate;
/** Meters never tell of more at once. */
const longestFrame = 4800;

/**
 * An engine without sound: the mixer does what it is told, the tape runs by the given clock (`nowMs` in milliseconds, never falling),
 * and all meters hear silence. For surfaces that are tried, recorded and replayed.
 */
export function stillEngine(initial: Mixer, nowMs: () => number): Engine {
  const listeners = new Set<(what: Changed) => void>();
  const shown = createShownMixer();
  let base = initial;
  let mixer = initial;
  let monitor = newMonitor;
  let meters = newMeterSettings;
  let tape: Playback = {state: 'stopped', frame: 0, lengthFrames, sampleRate, looping: false, ...newTimeline};
  let movedAtMs = nowMs();
  let metersAtMs = nowMs();
  const status: EngineStatus = {
    output: 'silent',
    deviceName: 'none',
    reason: undefined,
    cure: undefined,
    sampleRate,
    lookAheadMs: 0,
    lateBlocks: 0,
    starvedBlocks: 0,
  };

  const tell = (what: Changed): void => {
    for (const listener of listeners) listener(what);
  };
  /** Where the tape is now. */
  const roll = (): Playback => {
    const passedMs = nowMs() - movedAtMs;
    movedAtMs += passedMs;
    if (tape.state !== 'playing') return tape;
    const {inFrame, outFrame} = tape.loop ?? {inFrame: 0, outFrame: lengthFrames};
    const end = tape.frame + Math.round((passedMs * sampleRate) / 1000);
    const wraps = tape.looping && tape.frame < outFrame && end >= outFrame;
    if (wraps) tape = {...tape, frame: inFrame + ((end - outFrame) % Math.max(1, outFrame - inFrame))};
    else if (end < lengthFrames) tape = {...tape, frame: end};
    else {
      tape = {...tape, frame: 0, state: 'stopped'};
      tell('playback');
    }
    return tape;
  };
  const show = (): void => {
    const next = shown.at(base, roll().frame);
    if (next === mixer) return;
    mixer = next;
    tell('mixer');
  };

  return {
    status,
    get mixer() {
      return mixer;
    },
    get monitor() {
      return monitor;
    },
    get meters() {
      return meters;
    },
    get playback() {
      return roll();
    },
    apply(command) {
      const now = roll();
      switch (command.type) {
        case 'playback.play':
        case 'playback.stop':
          tape = {...now, state: command.type === 'playback.play' ? 'playing' : 'stopped'};
          return tell('playback');
        case 'playback.locate':
          tape = {...now, frame: Math.min(lengthFrames - 1, Math.max(0, command.frame))};
          tell('playback');
          return show();
        case 'playback.setLooping':
          tape = {...now, looping: command.looping};
          return tell('playback');
        case 'playback.setLoop':
        case 'playback.addMarker':
        case 'playback.removeMarker':
        case 'playback.renameMarker':
          tape = applyTimelineCommand(now, command, lengthFrames);
          return tell('playback');
        default: {
          if (isMonitorCommand(command)) {
            monitor = applyMonitorCommand(monitor, command);
            return tell('monitor');
          }
          if (isMeterCommand(command)) {
            meters = applyMeterCommand(meters, command);
            return tell('meters');
          }
          const written = laneWrittenBy(command);
          if (written !== undefined && shown.isFollowed(laneId(written.target))) return;
          base = applyCommand(base, command);
          show();
        }
      }
    },
    follow(lanes) {
      base = shown.follow(lanes, base, roll().frame).reduce(applyCommand, base);
      show();
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    takeMeters(): readonly MeterFrame[] {
      show();
      const frames = Math.min(longestFrame, Math.round(((nowMs() - metersAtMs) * sampleRate) / 1000));
      if (frames < 1) return [];
      const atFrame = Math.round((metersAtMs * sampleRate) / 1000);
      metersAtMs = nowMs();
      const values = new Float32Array(mixer.strips.length * stripFields + masterFields);
      return [{atFrame, frames, rolling: tape.state === 'playing', values}];
    },
    async close() {
      listeners.clear();
    },
  };
}
