import {createShownMixer} from '../../src/engine/automation/shown-mixer.ts';
import type {Changed, Engine, EngineStatus} from '../../src/engine/contract.ts';
import {applyCommand} from '../../src/model/command.ts';
import {laneId, laneWrittenBy} from '../../src/model/lane.ts';
import {holdsLoss, type MeterFrame, masterField, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import {applyMeterCommand, isMeterCommand, newMeterSettings} from '../../src/model/meter-settings.ts';
import type {Mixer} from '../../src/model/mixer.ts';
import {applyMonitorCommand, isMonitorCommand, newMonitor, type ReferenceReading} from '../../src/model/monitor.ts';
import type {Playback} from '../../src/model/playback.ts';
import type {ProgramReading} from '../../src/model/program.ts';
import {applyTimelineCommand, newTimeline} from '../../src/model/timeline.ts';

/** Peaks of one strip as a test wants them heard. */
export interface Heard {
  readonly peak: number;
  /** Longest run of full-scale samples at the input. */
  readonly clipRun?: number;
  /** Mean square of each side behind the processing; none if absent. */
  readonly power?: number;
  /** What compressor and gate turn down, in dB. */
  readonly compressorDb?: number;
  readonly gateDb?: number;
}

export interface MemoryEngine extends Engine {
  /** A playing tape moves on by so many frames: it wraps in its loop, and stands at its start when it ran out. One that stands stays. */
  roll(frames: number): void;
  /** The tape is heard at a frame without being told to go there. */
  at(frame: number): void;
  /** Sound of so many seconds becomes audible: the same peaks in every block; strips that are not named are silent. */
  hear(seconds: number, strips: ReadonlyMap<number, Heard>, busPeak: number, program?: ProgramReading): void;
  /** What is known of the references from now on. */
  refer(references: readonly ReferenceReading[]): void;
}

const blockFrames = 480;
const sampleRate = 48_000;

/** An engine without sound: the mixer is real, what is heard is told by the test. */
export function memoryEngine(initial: Mixer): MemoryEngine {
  const listeners = new Set<(what: Changed) => void>();
  let base = initial;
  const shown = createShownMixer();
  let mixer = initial;
  let monitor = newMonitor;
  let meters = newMeterSettings;
  let playback: Playback = {
    state: 'stopped',
    frame: 0,
    lengthFrames: 60 * sampleRate,
    sampleRate,
    looping: false,
    ...newTimeline,
  };
  let frames: MeterFrame[] = [];
  let atFrame = 0;
  const tell = (what: Changed): void => {
    for (const listener of listeners) listener(what);
  };
  /** What the lanes say where the tape is. */
  const show = (what: 'mixer' | 'lanes' = 'mixer'): void => {
    const next = shown.at(base, playback.frame);
    if (next === mixer) return;
    mixer = next;
    tell(what);
  };
  const move = (next: Partial<Playback>): void => {
    const {state} = playback;
    playback = {...playback, ...next};
    if (playback.state !== state) tell('playback');
    show('lanes');
  };
  let status: EngineStatus = {
    output: 'silent',
    deviceName: 'none',
    reason: undefined,
    cure: undefined,
    sampleRate,
    lookAheadMs: 80,
    lateBlocks: 0,
    starvedBlocks: 0,
  };
  return {
    get status() {
      return status;
    },
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
      return playback;
    },
    apply(command) {
      switch (command.type) {
        case 'playback.play':
          playback = {...playback, state: 'playing'};
          return tell('playback');
        case 'playback.stop':
          playback = {...playback, state: 'stopped'};
          return tell('playback');
        case 'playback.locate':
          playback = {...playback, frame: command.frame};
          tell('playback');
          return show();
        case 'playback.setLooping':
          playback = {...playback, looping: command.looping};
          return tell('playback');
        case 'playback.setLoop':
        case 'playback.addMarker':
        case 'playback.removeMarker':
        case 'playback.renameMarker':
          playback = applyTimelineCommand(playback, command, playback.lengthFrames);
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
      base = shown.follow(lanes, base, playback.frame).reduce(applyCommand, base);
      show();
    },
    roll(frames) {
      if (playback.state !== 'playing') return;
      const {frame, looping, lengthFrames} = playback;
      const {inFrame, outFrame} = playback.loop ?? {inFrame: 0, outFrame: lengthFrames};
      const end = frame + frames;
      if (looping && frame < outFrame && end >= outFrame) {
        move({frame: inFrame + ((end - outFrame) % (outFrame - inFrame))});
      } else if (end < lengthFrames) move({frame: end});
      else if (looping) move({frame: inFrame + ((end - lengthFrames) % (outFrame - inFrame))});
      else move({frame: 0, state: 'stopped'});
    },
    at: (frame) => move({frame}),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    takeMeters() {
      const taken = frames;
      frames = [];
      return taken;
    },
    async close() {},
    refer(references) {
      status = {...status, references};
      tell('status');
    },
    hear(seconds, strips, busPeak, program) {
      for (let block = 0; block < Math.round((seconds * sampleRate) / blockFrames); block++) {
        const values = new Float32Array(mixer.strips.length * stripFields + masterFields);
        for (const [index, {peak, clipRun = 0, power = 0, compressorDb = 0, gateDb = 0}] of strips) {
          const at = index * stripFields;
          for (const field of [
            'inPeakLeft',
            'inPeakRight',
            'prePeakLeft',
            'prePeakRight',
            'postPeakLeft',
            'postPeakRight',
          ] as const) {
            values[at + stripField[field]] = peak;
          }
          for (const field of ['preEnergyLeft', 'preEnergyRight', 'preWeightedLeft', 'preWeightedRight'] as const) {
            values[at + stripField[field]] = power * blockFrames;
          }
          values[at + stripField.inClipRun] = clipRun;
          values[at + stripField.compressorReductionDb] = compressorDb;
          values[at + stripField.gateReductionDb] = gateDb;
        }
        const master = values.length - masterFields;
        for (const field of ['busPeakLeft', 'busPeakRight', 'outPeakLeft', 'outPeakRight'] as const)
          values[master + masterField[field]] = busPeak;
        if (busPeak >= 1) values[master + masterField.outOvers] = 1;
        const frame = {atFrame, frames: blockFrames, rolling: true, values};
        frames.push(program === undefined ? frame : {...frame, program});
        if (holdsLoss(frame)) tell('loss');
        atFrame += blockFrames;
      }
    },
  };
}
