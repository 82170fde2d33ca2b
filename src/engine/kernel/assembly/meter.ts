import {masterFields, meters, places, readings, stripFields} from './layout';

/** What a pair measured: a vector each at `readings`, lanes `L0 R0 L1 R1`. */
export const inPeak: usize = 0;
export const prePeak: usize = 16;
export const postPeak: usize = 32;
export const preEnergy: usize = 48;
export const postEnergy: usize = 64;
export const preProduct: usize = 80;
export const preWeighted: usize = 96;
export const preTruePeak: usize = 112;
/** Lowest gains in octaves. */
export const gateGain: usize = 128;
export const compressorGain: usize = 144;
/** As integers. */
export const clipRun: usize = 160;
export const lost: usize = 176;
/** Before the trim. */
export const inEnergy: usize = 192;
export const preSum: usize = 208;
export const preAverage: usize = 224;
export const preQuasiPeak: usize = 240;
export const preWeightedProduct: usize = 256;

/** dB of an octave of amplitude. */
const octaveDb: f32 = 6.0205999;

// @ts-ignore: decorator
@inline
export function read(reading: usize, value: v128): void {
  v128.store(readings + reading, value);
}

// @ts-ignore: decorator
@inline
function both(to: usize, reading: usize): void {
  store<f32>(to, load<f32>(readings + reading));
  store<f32>(to, load<f32>(readings + reading, 4), 4);
}

/** Writes the meters of one strip in the order of the model's strip fields; `upper` takes lanes 2 and 3. */
export function writeStrip(strip: i32, upper: bool): void {
  const to = meters + <usize>load<i32>(places + (<usize>strip << 2)) * stripFields * 4;
  const lane: usize = upper ? 8 : 0;
  both(to, inPeak + lane);
  both(to + 8, prePeak + lane);
  both(to + 16, postPeak + lane);
  both(to + 24, preEnergy + lane);
  store<f32>(to, load<f32>(readings + preProduct + lane), 32);
  both(to + 36, postEnergy + lane);
  store<f32>(to, <f32>max(load<i32>(readings + clipRun + lane), load<i32>(readings + clipRun + lane, 4)), 44);
  store<f32>(to, <f32>(load<i32>(readings + lost + lane) + load<i32>(readings + lost + lane, 4)), 48);
  store<f32>(to, reductionDb(gateGain + lane), 52);
  store<f32>(to, reductionDb(compressorGain + lane), 56);
  both(to + 60, preWeighted + lane);
  both(to + 68, preTruePeak + lane);
  both(to + 76, inEnergy + lane);
  both(to + 84, preSum + lane);
  both(to + 92, preAverage + lane);
  both(to + 100, preQuasiPeak + lane);
  store<f32>(to, load<f32>(readings + preWeightedProduct + lane), 108);
}

/** Where the master's meters stand. */
// @ts-ignore: decorator
@inline
function masterAt(strips: i32): usize {
  return meters + <usize>load<i32>(places + (<usize>strips << 2)) * stripFields * 4;
}

/** Writes the master's meters but the overs; `busPeak` as bits. The taps of the pair stand where a strip's `pre` does. */
export function writeMaster(strips: i32, busPeak: v128): void {
  const to = masterAt(strips);
  memory.fill(to, 0, masterFields * 4);
  store<f32>(to, f32x4.extract_lane(busPeak, 0));
  store<f32>(to, f32x4.extract_lane(busPeak, 1), 4);
  both(to + 8, prePeak);
  both(to + 16, preEnergy);
  store<f32>(to, load<f32>(readings + preProduct), 24);
  store<f32>(to, reductionDb(compressorGain), 32);
  both(to + 40, preWeighted);
  both(to + 48, preTruePeak);
  store<f32>(to, <f32>(load<i32>(readings + lost) + load<i32>(readings + lost, 4)), 56);
  both(to + 60, preSum);
  store<f32>(to, load<f32>(readings + preWeightedProduct), 68);
}

/** Writes how many samples the ceiling held. */
export function writeOvers(strips: i32, overs: i32): void {
  store<f32>(masterAt(strips), <f32>overs, 28);
}

// @ts-ignore: decorator
@inline
function reductionDb(reading: usize): f32 {
  return max<f32>(0, -load<f32>(readings + reading) * octaveDb);
}
