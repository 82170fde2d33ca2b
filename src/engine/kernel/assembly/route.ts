import {busAt, rampFrames, rampTable, recordRoute, work} from './layout';
import {send} from './tap';

/**
 * Where a pair's strips go. A strip that is sent elsewhere fades from the old bus to the new one over a ramp; the next change waits until then.
 *
 *   +0 i32×2 wanted buses (even strip, odd strip)   +8 i32×2 buses   +16 i32×2 buses before   +24 i32 fading   +28 i32 age in frames
 */
export function adoptRoute(record: usize): void {
  const at = record + recordRoute;
  if (load<i32>(at, 24) != 0 || load<i64>(at) == load<i64>(at, 8)) return;
  store<i64>(at, load<i64>(at, 8), 16);
  store<i64>(at, load<i64>(at), 8);
  store<i32>(at, 1, 24);
  store<i32>(at, 0, 28);
}

export function settleRoute(record: usize): void {
  const at = record + recordRoute;
  store<i64>(at, load<i64>(at), 8);
  store<i32>(at, 0, 24);
}

export function ageRoute(record: usize, frames: i32): void {
  const at = record + recordRoute;
  if (load<i32>(at, 24) == 0) return;
  const age = load<i32>(at, 28) + frames;
  store<i32>(at, age, 28);
  if (age >= rampFrames) store<i32>(at, 0, 24);
}

/** Whether the even strip goes to a bus or still fades out of it. */
export function isRouted(record: usize, bus: i32): bool {
  const at = record + recordRoute;
  return load<i32>(at, 8) == bus || (load<i32>(at, 24) != 0 && load<i32>(at, 16) == bus);
}

/** Multiplies `work` by a gain (as in `send`) and adds it to where its strips go. */
export function deliver(record: usize, gain: usize, step: usize, frames: i32): void {
  const at = record + recordRoute;
  const even = load<i32>(at, 8);
  const odd = load<i32>(at, 12);
  const isFading = load<i32>(at, 24) != 0;
  if (!isFading && even == odd) {
    send(gain, step, busAt(even), frames);
    return;
  }
  send(gain, step, 0, frames);
  const age = load<i32>(at, 28);
  for (let strip: usize = 0; strip < 2; strip++) {
    const lanes = strip == 0 ? i32x4(-1, -1, 0, 0) : i32x4(0, 0, -1, -1);
    const to = load<i32>(at + (strip << 2), 8);
    const from = load<i32>(at + (strip << 2), 16);
    if (!isFading || from == to) add(busAt(to), lanes, frames);
    else {
      addFading(busAt(to), lanes, 1, age, frames);
      addFading(busAt(from), lanes, 0, age, frames);
    }
  }
}

function add(bus: usize, lanes: v128, frames: i32): void {
  const bytes = <usize>frames << 4;
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(bus + i, f32x4.add(v128.load(bus + i), v128.and(v128.load(work + i), lanes)));
  }
}

/** Adds the lanes times S (`rising` 1) or 1 − S (0): the ramp's table holds S − 1. */
function addFading(bus: usize, lanes: v128, rising: f32, age: i32, frames: i32): void {
  for (let frame = 0; frame < frames; frame++) {
    const share = age + frame < rampFrames ? load<f32>(rampTable + (<usize>(age + frame) << 2)) : 0;
    const weight = f32x4.splat(rising == 1 ? 1 + share : -share);
    const i = <usize>frame << 4;
    v128.store(bus + i, f32x4.add(v128.load(bus + i), v128.and(f32x4.mul(v128.load(work + i), weight), lanes)));
  }
}
