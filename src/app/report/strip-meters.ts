import {type MeterFrame, stripMeter} from '../../model/meter.ts';
import {createLevelMeter, type LevelMeter} from './level-meter.ts';

/** Levels of one strip behind its processing (`pre`) and behind its fader (`post`), from what the engine's meters say. */
export interface StripMeters {
  readonly pre: LevelMeter;
  readonly post: LevelMeter;
  /** Takes what a frame says of the strip at that place. */
  push(frame: MeterFrame, index: number): void;
}

/**
 * Meters that have heard nothing. Fader and pan are plain gains of each side, so that what they did to the energy of a block is what they did to its K-weighted energy
 * and to its true peak.
 */
export function createStripMeters(sampleRate: number): StripMeters {
  const pre = createLevelMeter(sampleRate);
  const post = createLevelMeter(sampleRate);
  return {
    pre,
    post,
    push(frame, index) {
      const read = (field: Parameters<typeof stripMeter>[2]): number => stripMeter(frame, index, field);
      const {frames} = frame;
      const [energyLeft, energyRight] = [read('preEnergyLeft'), read('preEnergyRight')];
      const [weightedLeft, weightedRight] = [read('preWeightedLeft'), read('preWeightedRight')];
      const [trueLeft, trueRight] = [read('preTruePeakLeft'), read('preTruePeakRight')];
      pre.add({
        frames,
        energyLeft,
        energyRight,
        weighted: weightedLeft + weightedRight,
        samplePeak: Math.max(read('prePeakLeft'), read('prePeakRight')),
        truePeak: Math.max(trueLeft, trueRight),
      });
      const [postLeft, postRight] = [read('postEnergyLeft'), read('postEnergyRight')];
      const powerLeft = energyLeft > 0 ? postLeft / energyLeft : 0;
      const powerRight = energyRight > 0 ? postRight / energyRight : 0;
      post.add({
        frames,
        energyLeft: postLeft,
        energyRight: postRight,
        weighted: weightedLeft * powerLeft + weightedRight * powerRight,
        samplePeak: Math.max(read('postPeakLeft'), read('postPeakRight')),
        truePeak: Math.max(trueLeft * Math.sqrt(powerLeft), trueRight * Math.sqrt(powerRight)),
      });
    },
  };
}
