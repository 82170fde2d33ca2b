import {dbFromFactor} from '../model/decibel.ts';
import {type MeterFrame, masterFields, stripFields, stripMeter} from '../model/meter.ts';
import type {Mixer, StripId} from '../model/mixer.ts';
import {amplitude} from './ballistics.ts';
import {activeAboveDb, blockMs, validAfterMs} from './working-peak.ts';

/** Mean squares of both sides. */
export interface SidePowers {
  readonly left: number;
  readonly right: number;
}

/** How loud a strip is behind its processing when it plays. */
export interface Played {
  /** Behind the K-weighting of BS.1770. */
  readonly weighted: SidePowers;
  readonly plain: SidePowers;
}

/** Remembers of all strips how loud they play, however long ago they did. */
export interface PlayedLoudness {
  /** Takes a frame that became audible; the mixer gives order and trims. */
  push(frame: MeterFrame, mixer: Mixer): void;
  /** Undefined until three seconds of playing were heard. */
  of(strip: StripId): Played | undefined;
}

/** What was played so long ago counts for a third of what is played now; rests do not count. */
const memorySeconds = 30;
const settleMs = 250;

interface Memory {
  trimDb: number;
  settleFrames: number;
  heardBlocks: number;
  weight: number;
  readonly sums: Record<Side, number>;
  /** The block in progress. */
  readonly block: Record<Side, number>;
  frames: number;
  peak: number;
}

const sides = ['weightedLeft', 'weightedRight', 'left', 'right'] as const;
type Side = (typeof sides)[number];
const fields = {
  weightedLeft: 'preWeightedLeft',
  weightedRight: 'preWeightedRight',
  left: 'preEnergyLeft',
  right: 'preEnergyRight',
} as const;

/** Nothing was heard yet. `sampleRate` in frames a second. */
export function createPlayedLoudness(sampleRate: number): PlayedLoudness {
  const memories = new Map<StripId, Memory>();
  const blockFrames = Math.round((sampleRate * blockMs) / 1000);
  const settle = Math.round((sampleRate * settleMs) / 1000);
  const kept = Math.exp(-blockMs / 1000 / memorySeconds);

  function memoryOf(strip: StripId, trimDb: number): Memory {
    const known = memories.get(strip);
    if (known !== undefined) return known;
    const none = {weightedLeft: 0, weightedRight: 0, left: 0, right: 0};
    const memory = {
      trimDb,
      settleFrames: 0,
      heardBlocks: 0,
      weight: 0,
      sums: {...none},
      block: none,
      frames: 0,
      peak: 0,
    };
    memories.set(strip, memory);
    return memory;
  }

  function finish(memory: Memory): void {
    const playing = dbFromFactor(memory.peak) > activeAboveDb;
    const isSound = sides.every((side) => Number.isFinite(memory.block[side]));
    if (playing && isSound) {
      for (const side of sides) memory.sums[side] = memory.sums[side] * kept + memory.block[side] / memory.frames;
      memory.weight = memory.weight * kept + 1;
      memory.heardBlocks += 1;
    }
    restart(memory);
  }

  return {
    push(frame, mixer) {
      if (!frame.rolling || frame.values.length !== mixer.strips.length * stripFields + masterFields) return;
      for (const [index, {id, trimDb}] of mixer.strips.entries()) {
        const memory = memoryOf(id, trimDb);
        retrim(memory, trimDb, settle);
        if (memory.settleFrames > 0) {
          memory.settleFrames = Math.max(0, memory.settleFrames - frame.frames);
          continue;
        }
        for (const side of sides) memory.block[side] += stripMeter(frame, index, fields[side]);
        const left = amplitude(stripMeter(frame, index, 'prePeakLeft'));
        memory.peak = Math.max(memory.peak, left, amplitude(stripMeter(frame, index, 'prePeakRight')));
        memory.frames += frame.frames;
        if (memory.frames >= blockFrames) finish(memory);
      }
    },
    of(strip) {
      const memory = memories.get(strip);
      if (memory === undefined || memory.heardBlocks * blockMs < validAfterMs) return undefined;
      const mean = (side: Side): number => memory.sums[side] / memory.weight;
      return {
        weighted: {left: mean('weightedLeft'), right: mean('weightedRight')},
        plain: {left: mean('left'), right: mean('right')},
      };
    },
  };
}

/** What was heard with another trim is reckoned as if it had been heard with this one. */
function retrim(memory: Memory, trimDb: number, settleFrames: number): void {
  const deltaDb = trimDb - memory.trimDb;
  if (deltaDb === 0 || !Number.isFinite(deltaDb)) return;
  memory.trimDb = trimDb;
  memory.settleFrames = settleFrames;
  for (const side of sides) memory.sums[side] *= 10 ** (deltaDb / 10);
  restart(memory);
}

function restart(memory: Memory): void {
  for (const side of sides) memory.block[side] = 0;
  memory.frames = 0;
  memory.peak = 0;
}
