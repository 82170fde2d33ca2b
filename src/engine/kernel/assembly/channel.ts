import {compress, noCompressor} from './compressor';
import {compressorFirst, compressorState, driveIndex, empty, gateFirst, gateState, mixIndex, saturatorState, sideIndex} from './dynamics';
import {gate, noGate, restGate} from './gate';
import {adoptGlide, ageGlide, isMoving, settleGlide, targetAt} from './glide';
import {dynamicsBefore, dynamicsState, dynamicsVectors, idleSection, inUseDynamics, recordDynamics, room, sectionOf, sectionSize, sectionSlots, state} from './layout';
import {saturate, widen} from './saturator';
import {adoptSection, ageSection, emptySection, isSectionMoving, isSectionOn, runMovingSection, runSections, settleSection} from './section';

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
  if (inUse & inUseDynamics) adoptGlide(record + recordDynamics, dynamicsVectors, room);
}

export function settleChannel(record: usize): void {
  for (let slot = 0; slot < sectionSlots; slot++) settleSection(sectionOf(record, slot));
  settleGlide(record + recordDynamics, dynamicsVectors);
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
  let c = idleSection;
  for (let slot = 0; slot < sectionSlots; slot++) {
    if ((inUse & (1 << slot)) == 0) continue;
    const section = sectionOf(record, slot);
    if (isSectionMoving(section)) {
      if (a != idleSection) runSections(a, b, c, idleSection, frames, flushClock);
      a = b = c = idleSection;
      runMovingSection(section, frames, flushClock);
    } else if (a == idleSection) a = section;
    else if (b == idleSection) b = section;
    else if (c == idleSection) c = section;
    else {
      runSections(a, b, c, section, frames, flushClock);
      a = b = c = idleSection;
    }
  }
  if (a != idleSection) runSections(a, b, c, idleSection, frames, flushClock);

  noGate();
  noCompressor();
  if ((inUse & inUseDynamics) == 0) return;
  const dynamics = record + recordDynamics;
  const all = i32x4.splat(-1);
  if (isStageOn(dynamics, gateFirst + 3)) gate(dynamics, frames, windowClock);
  else empty(gateState(dynamics), 7, all);
  if (isStageOn(dynamics, compressorFirst + 4)) compress(dynamics, frames, windowClock);
  else empty(compressorState(dynamics), 8, all);
  if (isStageOn(dynamics, mixIndex)) saturate(dynamics, frames);
  else empty(saturatorState(dynamics), 2, all);
  if (isStageOn(dynamics, sideIndex)) widen(dynamics, frames);
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

/** Whether a stage is heard: its share is not 0, or may be on the way there. */
// @ts-ignore: decorator
@inline
function isStageOn(dynamics: usize, index: usize): bool {
  return isMoving(dynamics, dynamicsVectors) || v128.any_true(v128.load(targetAt(dynamics, dynamicsVectors, index)));
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
    if (!isMoving(dynamics, dynamicsVectors) && !isAnyWanted(dynamics)) {
      empty(gateState(dynamics), 17, i32x4.splat(-1));
      inUse &= ~inUseDynamics;
    }
  }
  store<i32>(record, inUse, 16);
}

/** Whether a stage is on or shall be. */
function isAnyWanted(dynamics: usize): bool {
  return isWanted(dynamics, gateFirst + 3) || isWanted(dynamics, compressorFirst + 4) || isWanted(dynamics, mixIndex) || isWanted(dynamics, sideIndex);
}

function isWanted(dynamics: usize, index: usize): bool {
  const target = v128.load(targetAt(dynamics, dynamicsVectors, index));
  return v128.any_true(v128.or(v128.load(dynamics + (index << 4)), target));
}

/** Forgets all sound in the lanes of a mask. */
export function emptyChannel(record: usize, lanes: v128): void {
  for (let slot = 0; slot < sectionSlots; slot++) emptySection(sectionOf(record, slot), lanes);
  empty(gateState(record + recordDynamics), 17, lanes);
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
    ringing = v128.or(ringing, v128.or(v128.load(section, 256), v128.load(section, 272)));
  }
  if (v128.any_true(i32x4.shl(ringing, 1))) return false;
  return memory.compare(dynamicsBefore, gateState(record + recordDynamics), dynamicsState) == 0;
}
