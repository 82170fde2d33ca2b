import {type MeterFrame, masterMeter, stripMeter} from '../model/meter.ts';

/**
 * What a block of sound leaves behind once its samples are gone, and all that the meters of level, image and direct current need of it.
 * Meter frames of the running engine carry these sums; `createBlockSummer` makes them of samples: so what is heard and what is read of a file are
 * measured by the same code.
 */
export interface BlockSums {
  readonly frames: number;
  /** Sums of squares, of left × right, and of the samples themselves. */
  readonly energyLeft: number;
  readonly energyRight: number;
  readonly product: number;
  readonly sumLeft: number;
  readonly sumRight: number;
  /** Sums of squares and of left × right behind the K-weighting of BS.1770. */
  readonly weightedLeft: number;
  readonly weightedRight: number;
  readonly weightedProduct: number;
  /** Highest amplitude of both sides: the true peak where it was measured, else the sample peak. */
  readonly peak: number;
}

/** What a frame says of a strip at `pre`. */
export function stripSums(frame: MeterFrame, index: number): BlockSums {
  return {
    frames: frame.frames,
    energyLeft: stripMeter(frame, index, 'preEnergyLeft'),
    energyRight: stripMeter(frame, index, 'preEnergyRight'),
    product: stripMeter(frame, index, 'preProduct'),
    sumLeft: stripMeter(frame, index, 'preSumLeft'),
    sumRight: stripMeter(frame, index, 'preSumRight'),
    weightedLeft: stripMeter(frame, index, 'preWeightedLeft'),
    weightedRight: stripMeter(frame, index, 'preWeightedRight'),
    weightedProduct: stripMeter(frame, index, 'preWeightedProduct'),
    peak: Math.max(stripMeter(frame, index, 'preTruePeakLeft'), stripMeter(frame, index, 'preTruePeakRight')),
  };
}

/** What a frame says of the mix at `out`. */
export function masterSums(frame: MeterFrame): BlockSums {
  return {
    frames: frame.frames,
    energyLeft: masterMeter(frame, 'outEnergyLeft'),
    energyRight: masterMeter(frame, 'outEnergyRight'),
    product: masterMeter(frame, 'outProduct'),
    sumLeft: masterMeter(frame, 'outSumLeft'),
    sumRight: masterMeter(frame, 'outSumRight'),
    weightedLeft: masterMeter(frame, 'outWeightedLeft'),
    weightedRight: masterMeter(frame, 'outWeightedRight'),
    weightedProduct: masterMeter(frame, 'outWeightedProduct'),
    peak: Math.max(masterMeter(frame, 'outTruePeakLeft'), masterMeter(frame, 'outTruePeakRight')),
  };
}
