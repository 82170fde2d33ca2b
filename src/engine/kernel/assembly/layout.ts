/**
 * Where everything lies in memory. Tables and working buffers come first; what outlives a block (the state) is one
 * contiguous range at the end. Everything starts at a multiple of 16 bytes.
 *
 * Channels are worked on in pairs of strips: one vector of four lanes holds one frame of two stereo strips, `L0 R0 L1 R1`. Stems share
 * pairs; a bus strip (group or return) has a pair of its own with the upper lanes empty, for it is heard only when what feeds
 * it is done; the last pair is the master's.
 *
 *   state   +0   i32 clock of the flushes, i32 clock of the detectors, then the order of the bus strips (i32 each)
 *           then a record a pair
 *   record  +0   i32×4 clip runs that go on at the end of the block
 *           +16  i32   what is in use: bit 0…11 a section, 12 dynamics, 13 sends
 *           +20  i32   1 where silence in gives silence out and changes nothing
 *           +32  route (route.ts)
 *           +64  K-weighting, 4 vectors
 *           +128 the last 12 frames at `pre`, for the true peak
 *           +320 the two chargers of the quasi-peak meter, a vector each
 *           +352 glide of the two gains, before and after the pre tap; then the sends, the dynamics, the sections
 *   glide   +0 wanted vectors, then the targets, then i32 count of moves, then the moves (glide.ts)
 */
export const stripFields: usize = 28;
export const masterFields: usize = 18;

export const inUseDynamics: i32 = 1 << 12;
export const inUseSends: i32 = 1 << 13;
export const sectionSlots: i32 = 12;

export const recordRoute: usize = 32;
export const recordWeighting: usize = 64;
export const recordHistory: usize = 128;
export const historyBytes: usize = 12 * 16;
export const recordQuasiPeak: usize = 320;
export const recordGains: usize = 352;

export const gainVectors: usize = 2;
/** Eight sends and the solo bus. */
export const sendVectors: usize = 9;
export const dynamicsVectors: usize = 13;
/** Numbers of the dynamics that hold at once, and what they remember. */
export const dynamicsPlain: usize = 10 * 16;
export const gateVectors: usize = 7;
export const compressorVectors: usize = 8;
export const saturatorVectors: usize = 19;
export const stateVectors: usize = gateVectors + compressorVectors + saturatorVectors;
export const dynamicsState: usize = stateVectors * 16;
/** A section before its moves, and one move. */
export const sectionHead: usize = 352;
export const sectionMove: usize = 96;

/** Buses: the mix, eight sends, the solo bus, then the groups. */
export const mixBus: i32 = 0;
export const sendBus: i32 = 1;
export const soloBus: i32 = 9;

export let stems: i32 = 0;
export let busStrips: i32 = 0;
export let stemPairs: i32 = 0;
export let pairs: i32 = 0;
export let buses: i32 = 0;
export let blockFrames: i32 = 0;
export let rampFrames: i32 = 0;
/** Room for moves that overlap: of gains and sends, and of all else. */
export let gainRoom: i32 = 0;
export let room: i32 = 0;
/** Frames of one of the four parts of a detector's window. */
export let windowFrames: i32 = 0;
/** Frame of the coming block from which wanted gains hold: 0 unless they change within it. */
export let gainsFrom: i32 = 0;

/** S(n) − 1 of the ramp; before it −1 for a block, behind it 0 for a block. */
export let rampTable: usize = 0;
export let fadeTable: usize = 0;
/** K-weighting: shelf b0 b1 b2 a1 a2, high-pass α1 α2, factor of the energies; then the interpolator (true-peak.ts). A vector each. */
export let weighting: usize = 0;
export let interpolator: usize = 0;
/** Factors of the six all-passes of the saturator's half-band filter, rising. A vector each. */
export let halfband: usize = 0;
export let inputs: usize = 0;
export let outputs: usize = 0;
export let solos: usize = 0;
export let meters: usize = 0;
/** Place of each strip in the meter frame, then that of the master in strips. */
export let places: usize = 0;
/** One block of one pair, a vector a frame; the 12 frames before it are its history. */
export let work: usize = 0;
/** What moves, a vector a frame: gains, or the coefficients of a section. */
export let gliding: usize = 0;
/** What moves, a vector every four frames: parameters of the dynamics. */
export let glidingQuarters: usize = 0;
/** Levels of a detector, a vector every four frames. */
export let levels: usize = 0;
/** What a pair measured in a block: a vector each, in the order of meter.ts. */
export let readings: usize = 0;
/** A factor of 1, and the dynamics as they were before a silent block. */
export let unity: usize = 0;
export let dynamicsBefore: usize = 0;
/** A section that does nothing, to fill a group of three. */
export let idleSection: usize = 0;
export let busses: usize = 0;
export let state: usize = 0;
export let records: usize = 0;
export let recordSize: usize = 0;
export let recordSends: usize = 0;
export let recordDynamics: usize = 0;
export let recordSections: usize = 0;
export let sectionSize: usize = 0;
/** Where a snapshot is put together: 16 bytes that say of which desk it is, then the state as far as it is in use. */
export let snapshot: usize = 0;

export const snapshotHead: usize = 16;
export const glidingBuffers: usize = 5;
export const glidingQuarterBuffers: usize = 9;

function aligned(bytes: usize): usize {
  return (bytes + 15) & ~(<usize>15);
}

/** Bytes of a glide of so many vectors with room for so many moves. */
export function glideSize(vectors: usize, moves: i32): usize {
  return vectors * 32 + 16 + <usize>moves * (16 + vectors * 16);
}

/** Counts; before `layOut`. */
export function shape(stemCount: i32, busStripCount: i32, groups: i32, maxFrames: i32): void {
  stems = stemCount;
  busStrips = busStripCount;
  stemPairs = (stemCount + 1) >> 1;
  pairs = stemPairs + busStripCount + 1;
  buses = soloBus + 1 + groups;
  blockFrames = maxFrames;
}

/** Lays the memory out and grows it; returns false where the system has no memory left. Everything is zero. */
export function layOut(ramp: i32, gainMoves: i32, otherMoves: i32, window: i32, places_: i32): bool {
  rampFrames = ramp;
  gainRoom = gainMoves;
  room = otherMoves;
  windowFrames = window;
  const block: usize = <usize>blockFrames * 4;
  let at: usize = aligned(__heap_base);
  rampTable = at + aligned(block);
  at = rampTable + aligned(<usize>ramp * 4 + block);
  fadeTable = at;
  at += aligned(block);
  weighting = at;
  at += 8 * 16;
  interpolator = at;
  at += 18 * 16;
  halfband = at;
  at += 6 * 16;
  inputs = at;
  at += <usize>(pairs - 1) * 4 * block;
  outputs = at;
  at += 2 * block;
  solos = at;
  at += 2 * block;
  meters = at;
  // Behind the master there is room for a stem that is not there.
  at += aligned((<usize>(places_ + 2) * stripFields + masterFields) * 4);
  places = at;
  at += aligned(<usize>(stems + busStrips + 1) * 4);
  at += historyBytes;
  work = at;
  at += block * 4;
  gliding = at;
  at += glidingBuffers * block * 4;
  glidingQuarters = at;
  at += glidingQuarterBuffers * block;
  levels = at;
  at += block;
  readings = at;
  at += 17 * 16;
  unity = at;
  at += 16;
  dynamicsBefore = at;
  at += dynamicsState;
  idleSection = at;
  at += sectionHead;
  busses = at;
  at += <usize>buses * block * 4;
  state = at;
  records = state + aligned(8 + <usize>busStrips * 4);
  recordSends = recordGains + glideSize(gainVectors, gainMoves);
  recordDynamics = recordSends + glideSize(sendVectors, gainMoves);
  recordSections = recordDynamics + glideSize(dynamicsVectors, otherMoves) + dynamicsPlain + dynamicsState;
  sectionSize = sectionHead + <usize>otherMoves * sectionMove;
  recordSize = recordSections + <usize>sectionSlots * sectionSize;
  at = records + <usize>pairs * recordSize;
  snapshot = at;
  at += at - state + snapshotHead;
  const pages = <i32>((at + 0xffff) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) return false;
  v128.store(unity, f32x4.splat(1));
  // Of an idle section all is 0 but the share of the input, and a, with which its state stays 0 (section.ts).
  v128.store(idleSection, f32x4.splat(1), 192);
  v128.store(idleSection, f32x4.splat(2), 240);
  return true;
}

/** Sets `gainsFrom`. */
export function beginGains(frame: i32): void {
  gainsFrom = frame;
}

// @ts-ignore: decorator
@inline
export function recordOf(pair: i32): usize {
  return records + <usize>pair * recordSize;
}

// @ts-ignore: decorator
@inline
export function sectionOf(record: usize, slot: i32): usize {
  return record + recordSections + <usize>slot * sectionSize;
}

/** Address of a bus: a vector a frame, even strips in lanes 0 and 1, odd strips in lanes 2 and 3. */
// @ts-ignore: decorator
@inline
export function busAt(bus: i32): usize {
  return busses + <usize>bus * <usize>blockFrames * 16;
}
