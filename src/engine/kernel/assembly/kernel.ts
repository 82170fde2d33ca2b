/** The sound of the desk: what a loader may call. Source of every formula here: the desk's own design, elementary algebra. */
import * as layout from './layout';
import {fadeInputs} from './input';
import {renderMaster} from './master';
import {settleRecord} from './ramp';
import {renderPair} from './strip';

/**
 * Lays out memory for `strips` (1 and more) strips of two channels, blocks of up to `maxFrames` (a multiple of 4), ramps
 * of `rampFrames` and `moves` overlapping ramps a strip. Once, before all else; false if there is no memory. All gains are 0.
 */
export function configure(strips: i32, maxFrames: i32, rampFrames: i32, moves: i32): bool {
  return layout.layOut(strips, maxFrames, rampFrames, moves);
}

/** Address of the ramp: `rampFrames` floats S(n) − 1, rising from about −1 to 0. The loader fills it once. */
export function rampTable(): usize {
  return layout.rampTable;
}

/** Address of the fade: `maxFrames` floats rising from 0 to 1. The loader fills it once. */
export function fadeTable(): usize {
  return layout.fadeTable;
}

/** Address of the input of channel `channel` (strip × 2 + side), `maxFrames` floats, any values at all. */
export function inputAt(channel: i32): usize {
  return layout.inputs + <usize>channel * <usize>layout.blockFrames * 4;
}

/** Address of the output of side 0 (left) or 1 (right): finite, within ±(1 − 2⁻²³). */
export function outputAt(side: i32): usize {
  return layout.outputs + <usize>side * <usize>layout.blockFrames * 4;
}

/** Address of the meters of the last block: strips × 13 values, then 8 of the master, as in the model. */
export function metersAt(): usize {
  return layout.meters;
}

/** Address of the wanted gains of a pair of strips (4 floats before the pre tap, 4 after it); pair ⌈strips/2⌉ is the master. Finite values only. */
export function wantedAt(pair: i32): usize {
  return layout.state + <usize>pair * layout.recordSize;
}

/** Address of the state: all that outlives a block. With `stateBytes` it makes a snapshot. */
export function stateAt(): usize {
  return layout.state;
}

/** Length of the state in bytes. */
export function stateBytes(): usize {
  return layout.stateBytes;
}

/** Takes all wanted gains at once, without a ramp: before the first block only. */
export function settle(): void {
  for (let pair = 0; pair <= layout.pairs; pair++) settleRecord(wantedAt(pair));
}

/** Fades all inputs of the coming block in (`rising`) or out, over its whole length: raised cosine, latency 0. */
export function fade(frames: i32, rising: bool): void {
  fadeInputs(frames, rising);
}

/** Renders `frames` (a multiple of 4, up to `maxFrames`): inputs and wanted gains in, outputs and meters out. Latency 0. */
export function render(frames: i32): void {
  memory.fill(layout.mix, 0, <usize>frames << 4);
  for (let pair = 0; pair < layout.pairs; pair++) renderPair(pair, frames);
  renderMaster(frames);
}
