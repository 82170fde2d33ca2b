/**
 * The shortest chain of straight lines through a corridor of gates, one gate a frame, with its corners at gates. From a corner the fan of all lines that pass
 * every gate so far is kept as its steepest and its flattest line; a line of the fan goes as far as there is one. Both edges turn about the convex hull
 * of the gates' ends, so that each gate is looked at a constant number of times (J. O'Rourke, "An on-line algorithm for fitting straight lines between
 * data ranges", 1981).
 */
export interface Corridor {
  /** Rising. */
  readonly frames: Int32Array;
  /** The gates: at each frame the line passes from low to high, both included. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** A corner of the chain: at which gate and how high. */
export interface Corner {
  readonly index: number;
  readonly height: number;
}

/** The chain from the first gate to the last, its corners as near to the wanted heights as the corridor lets them. O(n). Needs at least two gates. */
export function shortestThrough({frames, lows, highs}: Corridor, wanted: Float64Array): readonly Corner[] {
  const last = frames.length - 1;
  // What of a gate can be reached at all from the corner before; elsewhere the gate itself.
  const floor = lows.slice();
  const ceiling = highs.slice();
  const steepest = createEdge(frames, ceiling, floor, 1);
  const flattest = createEdge(frames, floor, ceiling, -1);
  const corners = [0];
  for (let start = 0; start < last; ) {
    steepest.restart(start);
    flattest.restart(start);
    let end = start;
    do {
      end++;
      steepest.add(end);
      flattest.add(end);
    } while (end < last && steepest.passes(end + 1) && flattest.passes(end + 1));
    const [lowest, highest] = [flattest.heightAt(end), steepest.heightAt(end)];
    floor[end] = Math.max(floor[end] ?? 0, lowest);
    ceiling[end] = Math.max(floor[end] ?? 0, Math.min(ceiling[end] ?? 0, highest));
    corners.push(end);
    start = end;
  }
  return heightsOf(corners, {frames, lows: floor, highs: ceiling}, wanted);
}

/** From the last corner to the first: each as high as wanted, if the line to the next then still passes all gates between. */
function heightsOf(
  indices: readonly number[],
  {frames, lows, highs}: Corridor,
  wanted: Float64Array,
): readonly Corner[] {
  const corners: Corner[] = [];
  let next: Corner | undefined;
  for (const index of [...indices].reverse()) {
    let low = lows[index] ?? 0;
    let high = highs[index] ?? 0;
    if (next !== undefined) {
      const length = (frames[next.index] ?? 0) - (frames[index] ?? 0);
      for (let gate = index + 1; gate < next.index; gate++) {
        const factor = length / ((frames[next.index] ?? 0) - (frames[gate] ?? 0));
        low = Math.max(low, next.height + ((lows[gate] ?? 0) - next.height) * factor);
        high = Math.min(high, next.height + ((highs[gate] ?? 0) - next.height) * factor);
      }
    }
    // They cross by no more than a rounding error: a line through both corners' gates was found on the way here.
    const height = low > high ? (low + high) / 2 : Math.min(high, Math.max(low, wanted[index] ?? 0));
    next = {index, height};
    corners.push(next);
  }
  return corners.reverse();
}

/** One edge of a fan: seen with its sign, the steepest line under all limits and over all pivots. */
interface Edge {
  /** Opens the fan anew from a gate. */
  restart(start: number): void;
  /** Whether a line of the fan passes the gate on this edge's side. */
  passes(index: number): boolean;
  /** Narrows the fan by a gate that it passes. */
  add(index: number): void;
  /** How high the edge is at a gate. */
  heightAt(index: number): number;
}

function createEdge(frames: Int32Array, limits: Float64Array, pivots: Float64Array, sign: 1 | -1): Edge {
  /** Gates whose pivots are the corners of their hull, from the one that the edge leans on. */
  const hull = new Int32Array(frames.length);
  let first = 0;
  let size = 0;
  let slope = Number.POSITIVE_INFINITY;
  let throughFrame = 0;
  let throughHeight = 0;

  const pivot = (index: number): number => sign * (pivots[index] ?? 0);
  const height = (index: number): number => {
    const way = (frames[index] ?? 0) - throughFrame;
    return way === 0 ? throughHeight : throughHeight + slope * way;
  };
  const slopeBetween = (one: number, oneHeight: number, other: number, otherHeight: number): number =>
    (otherHeight - oneHeight) / ((frames[other] ?? 0) - (frames[one] ?? 0));

  /** The edge through a limit that lies under it: it leans on the pivot from which the way there is the least steep. */
  const turn = (index: number, limit: number): void => {
    const slopeFrom = (place: number): number => slopeBetween(hull[place] ?? 0, pivot(hull[place] ?? 0), index, limit);
    slope = slopeFrom(first);
    while (first + 1 < size) {
      const next = slopeFrom(first + 1);
      if (next > slope) break;
      slope = next;
      first++;
    }
    throughFrame = frames[index] ?? 0;
    throughHeight = limit;
  };

  const push = (index: number): void => {
    while (size - first >= 2) {
      const before = hull[size - 2] ?? 0;
      const middle = hull[size - 1] ?? 0;
      const rise = slopeBetween(before, pivot(before), middle, pivot(middle));
      if (rise > slopeBetween(middle, pivot(middle), index, pivot(index))) break;
      size--;
    }
    hull[size] = index;
    size++;
  };

  return {
    restart(start) {
      first = 0;
      size = 0;
      push(start);
      slope = Number.POSITIVE_INFINITY;
      throughFrame = frames[start] ?? 0;
      throughHeight = sign * (limits[start] ?? 0);
    },
    passes: (index) => height(index) >= pivot(index),
    add(index) {
      const limit = sign * (limits[index] ?? 0);
      if (limit < height(index)) turn(index, limit);
      push(index);
    },
    heightAt: (index) => sign * height(index),
  };
}
