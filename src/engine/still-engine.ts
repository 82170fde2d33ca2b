import {masterFields, stripFields} from '../model/meter.ts';
import {newMeterSettings} from '../model/meter-settings.ts';
import type {Mixer} from '../model/mixer.ts';
import {mostReferences} from '../model/monitor.ts';
import {newTimeline} from '../model/timeline.ts';
import type {Engine, EngineStatus} from './contract.ts';
import {createFreeHead} from './free-head.ts';
import {createSoundlessEngine} from './soundless-engine.ts';

const sampleRate = 48_000;
/** Ten minutes of tape. */
const lengthFrames = 600 * sampleRate;
/** Meters never tell of more at once. */
const longestFrame = 4800;

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

/**
 * An engine without sound: the mixer does what it is told, the tape runs by the given clock (`nowMs` in milliseconds, never falling),
 * and all meters hear silence. For surfaces that are tried, recorded and replayed.
 */
export function stillEngine(mixer: Mixer, nowMs: () => number): Engine {
  const head = createFreeHead(sampleRate, lengthFrames, newTimeline, nowMs);
  let metersAtMs = nowMs();
  const engine = createSoundlessEngine({
    ...{mixer, head, meters: newMeterSettings, references: mostReferences},
    status: () => status,
    takeMeters() {
      engine.look();
      const frames = Math.min(longestFrame, Math.round(((nowMs() - metersAtMs) * sampleRate) / 1000));
      if (frames < 1) return [];
      const atFrame = Math.round((metersAtMs * sampleRate) / 1000);
      metersAtMs = nowMs();
      const values = new Float32Array(engine.mixer.strips.length * stripFields + masterFields);
      return [{atFrame, frames, rolling: engine.playback.state === 'playing', values}];
    },
  });
  return engine;
}
