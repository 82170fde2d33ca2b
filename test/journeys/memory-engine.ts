import type {Engine, EngineStatus} from '../../src/engine/contract.ts';
import {createFreeHead} from '../../src/engine/free-head.ts';
import {createSoundlessEngine} from '../../src/engine/soundless-engine.ts';
import {holdsLoss, type MeterFrame, masterField, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import {newMeterSettings} from '../../src/model/meter-settings.ts';
import type {Mixer} from '../../src/model/mixer.ts';
import {mostReferences, type ReferenceReading} from '../../src/model/monitor.ts';
import type {ProgramReading} from '../../src/model/program.ts';
import {newTimeline} from '../../src/model/timeline.ts';

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
export function memoryEngine(mixer: Mixer): MemoryEngine {
  /** Frames for which the tape was ever rolled: its clock. */
  let rolled = 0;
  const head = createFreeHead(sampleRate, 60 * sampleRate, newTimeline, () => (rolled * 1000) / sampleRate);
  let frames: MeterFrame[] = [];
  let atFrame = 0;
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
  const engine = createSoundlessEngine({
    ...{mixer, head, meters: newMeterSettings, references: mostReferences},
    status: () => status,
    takeMeters() {
      const taken = frames;
      frames = [];
      return taken;
    },
  });
  const hand: Pick<MemoryEngine, 'roll' | 'at' | 'hear' | 'refer'> = {
    roll(frames) {
      rolled += frames;
      engine.look();
    },
    at(frame) {
      head.command({type: 'playback.locate', frame});
      engine.look();
    },
    refer(references) {
      status = {...status, references};
      engine.tell('status');
    },
    hear(seconds, strips, busPeak, program) {
      for (let block = 0; block < Math.round((seconds * sampleRate) / blockFrames); block++) {
        const values = new Float32Array(engine.mixer.strips.length * stripFields + masterFields);
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
        if (holdsLoss(frame)) engine.tell('loss');
        atFrame += blockFrames;
      }
    },
  };
  return Object.assign(engine, hand);
}
