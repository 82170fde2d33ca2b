import {compress, noCompressor, openCompressor} from './compressor';
import {compressorFirst, compressorState, driveIndex, empty, gateFirst, gateState, saturatorIndex, saturatorState, sideIndex} from './dynamics';
import {closeGate, gate, noGate, restGate} from './gate';
import {adoptGlide, ageGlide, beginStage, isInUse, isMoving, lanesInUse, settleGlide, targetAt} from './glide';
import {compressorVectors, dynamicsBefore, dynamicsState, dynamicsVectors, gateVectors, idleSection, inUseDynamics, recordDynamics, room, sectionOf, sectionSize, saturatorVectors, sectionSlots, state, stateVectors} from './layout';
import {saturate} from './saturator';
import {adoptSection, ageSection, emptySection, isSectionMoving, isSectionOn, settleSection, stateP, stateT} from './section';
import {runMovingSection, runSections} from './section-run';
import {widen} from './stereo';

/**
 * What stands between trim and the `pre` tap: sections in the order of their slots, gate, compressor, saturator, width. A stage that is off and settled is
 * not computed and changes no bit; one that is switched fades in or out over a ramp. Latency 0.
 */
const processing: i32 = inUseDynamics | (inUseDynamics - 1);

/** Whether a pair has any processing. */
// @ts-ignore: decorator
@inline
export function isProcessed(record: usize): bool {
  return (load<i32>(record, 16) & processing) != 0;
}

export function adoptChannel(record: usize): void {
  const inUse = load<i32>(record, 16);
  for (let slot = 0; slot < sectionSlots; slot++) {
    if (inUse & (1 << slot)) adoptSection(sectionOf(record, slot));
  }
  if ((inUse & inUseDynamics) == 0) return;
  const dynamics = record + recordDynamics;
  beginStage(dynamics, dynamicsVectors, gateFirst, gateFirst + 3);
  beginStage(dynamics, dynamicsVectors, compressorFirst, compressorFirst + 4);
  beginStage(dynamics, dynamicsVectors, driveIndex, saturatorIndex);
  adoptGlide(dynamics, dynamicsVectors, room, 0);
}

export function settleChannel(record: usize): void {
  for (let slot = 0; slot < sectionSlots; slot++) settleSection(sectionOf(record, slot));
  settleGlide(record + recordDynamics, dynamicsVectors);
}

/** Gate and compressor as long silence leaves them. Once settled, before the first block. */
export function restChannel(record: usize): void {
  if ((load<i32>(record, 16) & inUseDynamics) == 0) return;
  closeGate(record + recordDynamics);
  openCompressor(record + recordDynamics);
}

/** Whether anything of it moves in the coming block. */
export function isChannelMoving(record: usize): bool {
  const inUse = load<i32>(record, 16);
  for (let slot = 0; slot < sectionSlots; slot++) {
    if (inUse & (1 << slot) && isSectionMoving(sectionOf(record, slot))) return true;
  }
  return (inUse & inUseDynamics) != 0 && isMoving(record + recordDynamics, dynamicsVectors);
}

/** The channel over one block in `work`. */
export function runChannel(record: usize, frames: i32): void {
  const inUse = load<i32>(record, 16);
  const flushClock = load<i32>(state);
  const windowClock = load<i32>(state, 4);
  let a = idleSection;
  let b = idleSection;
  for (let slot = 0; slot < sectionSlots; slot++) {
    if ((inUse & (1 << slot)) == 0) continue;
    const section = sectionOf(record, slot);
    if (isSectionMoving(section)) {
      if (a != idleSection) runSections(a, b, idleSection, frames, flushClock);
      a = b = idleSection;
      runMovingSection(section, frames, flushClock);
    } else if (a == idleSection) a = section;
    else if (b == idleSection) b = section;
    else {
      runSections(a, b, section, frames, flushClock);
      a = b = idleSection;
    }
  }
  if (a != idleSection) runSections(a, b, idleSection, frames, flushClock);

  noGate();
  noCompressor();
  if ((inUse & inUseDynamics) == 0) return;
  const dynamics = record + recordDynamics;
  if (isInUse(dynamics, dynamicsVectors, gateFirst + 3)) gate(dynamics, frames, windowClock);
  if (isInUse(dynamics, dynamicsVectors, compressorFirst + 4)) compress(dynamics, frames, windowClock);
  if (isInUse(dynamics, dynamicsVectors, saturatorIndex)) saturate(dynamics, frames, flushClock);
  if (isInUse(dynamics, dynamicsVectors, sideIndex)) widen(dynamics, frames);
}

/** No gate and no compressor in this block. */
export function noDynamics(): void {
  noGate();
  noCompressor();
}

/** A channel that is quiet: a gate stays as closed as it is. The compressor of a quiet channel has come back. */
export function restDynamics(record: usize): void {
  if (load<i32>(record, 16) & inUseDynamics) restGate(record + recordDynamics);
}

/** Lets time pass; what is off for good is emptied and no longer in use. */
export function ageChannel(record: usize, frames: i32): void {
  let inUse = load<i32>(record, 16);
  for (let slot = 0; slot < sectionSlots; slot++) {
    if ((inUse & (1 << slot)) == 0) continue;
    const section = sectionOf(record, slot);
    ageSection(section, frames);
    if (isSectionMoving(section) || isSectionOn(section)) continue;
    memory.fill(section, 0, sectionSize);
    inUse &= ~(1 << slot);
  }
  if (inUse & inUseDynamics) {
    const dynamics = record + recordDynamics;
    ageGlide(dynamics, dynamicsVectors, frames);
    // A stage that comes on again begins anew.
    empty(gateState(dynamics), gateVectors, v128.not(lanesInUse(dynamics, dynamicsVectors, gateFirst + 3)));
    empty(compressorState(dynamics), compressorVectors, v128.not(lanesInUse(dynamics, dynamicsVectors, compressorFirst + 4)));
    empty(saturatorState(dynamics), saturatorVectors, v128.not(lanesInUse(dynamics, dynamicsVectors, saturatorIndex)));
    if (!isMoving(dynamics, dynamicsVectors) && !isAnyWanted(dynamics)) inUse &= ~inUseDynamics;
  }
  store<i32>(record, inUse, 16);
}

/** Whether a stage is on or shall be. */
function isAnyWanted(dynamics: usize): bool {
  return isWanted(dynamics, gateFirst + 3) || isWanted(dynamics, compressorFirst + 4) || isWanted(dynamics, saturatorIndex) || isWanted(dynamics, sideIndex);
}

function isWanted(dynamics: usize, index: usize): bool {
  const target = v128.load(targetAt(dynamics, dynamicsVectors, index));
  return v128.any_true(v128.or(v128.load(dynamics + (index << 4)), target));
}

/** Forgets all sound in the lanes of a mask. */
export function emptyChannel(record: usize, lanes: v128): void {
  for (let slot = 0; slot < sectionSlots; slot++) emptySection(sectionOf(record, slot), lanes);
  empty(gateState(record + recordDynamics), stateVectors, lanes);
}

/** Keeps the state of the dynamics before a block of silence. */
export function noteDynamics(record: usize): void {
  memory.copy(dynamicsBefore, gateState(record + recordDynamics), dynamicsState);
}

/** Whether another block of silence would leave everything as it is: all sections empty, and the dynamics as before this block. */
export function isChannelQuiet(record: usize): bool {
  let ringing = i32x4.splat(0);
  for (let slot = 0; slot < sectionSlots; slot++) {
    const section = sectionOf(record, slot);
    ringing = v128.or(ringing, v128.or(v128.load(section, stateP), v128.load(section, stateT)));
  }
  if (v128.any_true(i32x4.shl(ringing, 1))) return false;
  return memory.compare(dynamicsBefore, gateState(record + recordDynamics), dynamicsState) == 0;
}
