/** A number on its way to where it was last sent. */
export interface Glide {
  readonly target: number;
  /** Whether it has arrived: from then on `next` gives the target to the bit. */
  readonly settled: boolean;
  /** Sends it to another value from the next frame on, at any time. */
  send(target: number): void;
  /** Its value in the next frame. */
  next(): number;
  /** All that it is now; the way back to it is the function that comes. */
  mark(): () => void;
}

/**
 * A glide that takes `frames` (2 and more): two running means in a row, so that a step becomes a smooth S without corners and a
 * change of mind on the way bends it smoothly, too. Two glides of equal length that are sent at the same time to shares that add up to 1 do so in every frame.
 */
export function createGlide(start: number, frames: number): Glide {
  const length = Math.max(1, Math.floor(frames / 2));
  const first = new Float64Array(length);
  const second = new Float64Array(length);
  let target = start;
  let firstSum = 0;
  let secondSum = 0;
  let at = 0;
  let left = 0;
  return {
    get target() {
      return target;
    },
    get settled() {
      return left === 0;
    },
    send(next) {
      if (next === target) return;
      if (left === 0) {
        first.fill(target);
        second.fill(target);
        firstSum = target * length;
        secondSum = target * length;
      }
      target = next;
      left = 2 * length;
    },
    next() {
      if (left === 0) return target;
      left--;
      firstSum += target - (first[at] ?? 0);
      first[at] = target;
      const mean = firstSum / length;
      secondSum += mean - (second[at] ?? 0);
      second[at] = mean;
      at = at + 1 === length ? 0 : at + 1;
      return left === 0 ? target : secondSum / length;
    },
    mark() {
      const was = {target, firstSum, secondSum, at, left};
      const means = left === 0 ? undefined : {first: first.slice(), second: second.slice()};
      return () => {
        ({target, firstSum, secondSum, at, left} = was);
        if (means === undefined) return;
        first.set(means.first);
        second.set(means.second);
      };
    },
  };
}
