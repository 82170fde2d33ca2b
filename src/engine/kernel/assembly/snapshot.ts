import {beginGains, busStrips, dynamicsPlain, dynamicsState, dynamicsVectors, gainVectors, inUseDynamics, inUseSends, pairs, rampFrames, recordDynamics, recordGains, recordOf, records, recordSends, recordSize, sectionHead, sectionMove, sectionOf, sectionSlots, sendVectors, snapshot, snapshotHead, state, stems} from './layout';

/**
 * A snapshot is the state without what is not in use: of each pair the fixed part and the gains, then sends, dynamics and sections as
 * the bits of what is in use say, of each glide only the moves under way.
 *
 *   +0 i32 stems   +4 i32 bus strips   +8 i32 frames of a ramp   +12 i32 bytes   +16 clocks and order, then the pairs
 */
let at: usize = 0;

/** Puts a snapshot together at `snapshot`; returns its length in bytes. */
export function saveState(): i32 {
  at = snapshot + snapshotHead;
  save(state, records - state);
  for (let pair = 0; pair < pairs; pair++) {
    const record = recordOf(pair);
    const inUse = load<i32>(record, 16);
    save(record, recordGains);
    saveMoves(record + recordGains, gainVectors << 5, 16 + (gainVectors << 4));
    if (inUse & inUseSends) saveMoves(record + recordSends, sendVectors << 5, 16 + (sendVectors << 4));
    if (inUse & inUseDynamics) {
      saveMoves(record + recordDynamics, dynamicsVectors << 5, 16 + (dynamicsVectors << 4));
      save(afterDynamics(record), dynamicsPlain + dynamicsState);
    }
    for (let slot = 0; slot < sectionSlots; slot++) {
      if (inUse & (1 << slot)) saveMoves(sectionOf(record, slot), sectionHead - 16, sectionMove);
    }
  }
  store<i32>(snapshot, stems);
  store<i32>(snapshot, busStrips, 4);
  store<i32>(snapshot, rampFrames, 8);
  store<i32>(snapshot, <i32>(at - snapshot), 12);
  return <i32>(at - snapshot);
}

/** Goes back to the snapshot of `bytes` bytes at `snapshot`; false if it is of another desk, and then nothing has changed. */
export function loadState(bytes: i32): bool {
  const isOurs = load<i32>(snapshot) == stems && load<i32>(snapshot, 4) == busStrips && load<i32>(snapshot, 8) == rampFrames;
  if (bytes < <i32>snapshotHead || !isOurs || load<i32>(snapshot, 12) != bytes) return false;
  beginGains(0);
  at = snapshot + snapshotHead;
  restore(state, records - state);
  memory.fill(records, 0, <usize>pairs * recordSize);
  for (let pair = 0; pair < pairs; pair++) {
    const record = recordOf(pair);
    restore(record, recordGains);
    const inUse = load<i32>(record, 16);
    restoreMoves(record + recordGains, gainVectors << 5, 16 + (gainVectors << 4));
    if (inUse & inUseSends) restoreMoves(record + recordSends, sendVectors << 5, 16 + (sendVectors << 4));
    if (inUse & inUseDynamics) {
      restoreMoves(record + recordDynamics, dynamicsVectors << 5, 16 + (dynamicsVectors << 4));
      restore(afterDynamics(record), dynamicsPlain + dynamicsState);
    }
    for (let slot = 0; slot < sectionSlots; slot++) {
      if (inUse & (1 << slot)) restoreMoves(sectionOf(record, slot), sectionHead - 16, sectionMove);
    }
  }
  return true;
}

function afterDynamics(record: usize): usize {
  return sectionOf(record, 0) - dynamicsPlain - dynamicsState;
}

function save(from: usize, bytes: usize): void {
  memory.copy(at, from, bytes);
  at += bytes;
}

function restore(to: usize, bytes: usize): void {
  memory.copy(to, at, bytes);
  at += bytes;
}

/** A part whose counter of moves stands at `counter`, each move `stride` bytes. */
function saveMoves(from: usize, counter: usize, stride: usize): void {
  save(from, counter + 16 + <usize>load<i32>(from + counter) * stride);
}

function restoreMoves(to: usize, counter: usize, stride: usize): void {
  restore(to, counter + 16 + <usize>load<i32>(at + counter) * stride);
}
