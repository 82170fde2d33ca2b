import type {HandKey} from '../machines/lane-words.ts';
import type {LaneId} from '../model/lane.ts';
import type {Clock} from './clock.ts';

/** A hand at one control. */
export interface Hand {
  /** Names its surface for as long as it is there; `terminal` for keys. */
  readonly unit: string;
  readonly control: string;
  /** What people call the surface. */
  readonly by: string;
}

/** Hands that are on parameters: felt by the control, or taken to be there while it moves and a little longer. */
export interface Touches {
  /** A control feels a hand. */
  feel(hand: Hand, lane: LaneId): HandKey;
  /** A control without sense moved: touched from now until it has rested; undefined if it was already. */
  moved(hand: Hand, lane: LaneId): HandKey | undefined;
  /** Whether the hand is felt on that lane: then its moves are no touches of their own. */
  isFelt(hand: Hand, lane: LaneId): boolean;
  /** A control is let go, or stands for something else: its touches end, and are told. */
  leave(hand: Pick<Hand, 'unit' | 'control'>): readonly Touch[];
  /** A surface is gone: what its hands were on, and what they were on before. */
  lose(unit: string): readonly Touch[];
  end(): void;
}

export interface Touch {
  readonly key: HandKey;
  readonly lane: LaneId;
}

interface Entry extends Touch {
  readonly hand: Hand;
  readonly felt: boolean;
  readonly cancel: () => void;
}

/** A control without sense counts as touched for so long after it has moved, as faders that say nothing else of themselves. */
const settleMs = 500;

/** `settled` is told of each touch that ends because its control rests. */
export function createTouches(clock: Clock, settled: (touch: Touch) => void): Touches {
  const on = new Map<HandKey, Entry>();
  /** Lanes that a surface was on last, whether or not it still is: with it goes whoever could set them. */
  const known = new Map<string, Map<HandKey, Touch>>();

  const keyOf = ({unit, control}: Pick<Hand, 'unit' | 'control'>, lane: LaneId): HandKey =>
    `${unit}\n${control}\n${lane}`;
  const put = (hand: Hand, lane: LaneId, felt: boolean, cancel: () => void): HandKey => {
    const key = keyOf(hand, lane);
    on.get(key)?.cancel();
    on.set(key, {key, lane, hand, felt, cancel});
    const lanes = known.get(hand.unit) ?? new Map<HandKey, Touch>();
    known.set(hand.unit, lanes.set(key, {key, lane}));
    return key;
  };
  const take = (entries: readonly Entry[]): readonly Touch[] => {
    for (const {key, cancel} of entries) {
      cancel();
      on.delete(key);
    }
    return entries;
  };

  return {
    feel: (hand, lane) => put(hand, lane, true, () => {}),
    moved(hand, lane) {
      const key = keyOf(hand, lane);
      const cancel = clock.after(settleMs, () => {
        on.delete(key);
        settled({key, lane});
      });
      const wasOn = on.has(key);
      put(hand, lane, false, cancel);
      return wasOn ? undefined : key;
    },
    isFelt: (hand, lane) => on.get(keyOf(hand, lane))?.felt === true,
    leave: ({unit, control}) =>
      take([...on.values()].filter(({hand}) => hand.unit === unit && hand.control === control)),
    lose(unit) {
      take([...on.values()].filter(({hand}) => hand.unit === unit));
      const lanes = known.get(unit);
      known.delete(unit);
      return [...(lanes?.values() ?? [])];
    },
    end() {
      take([...on.values()]);
    },
  };
}
