/**
 * Two 7-bit controllers that carry one value of fourteen bits: `coarse << 7 | fine` (MIDI 1.0, controllers 0…31 with 32…63, data entry 6 with 38).
 *
 * The standard sends the coarse half first and lets either half out while it stays the same; some devices send the fine half first, some know no
 * fine half at all. Which it is shows at the first fine half: right behind a coarse one it belongs to that, and a run of them before any coarse one
 * is that of a device that keeps to the standard. Until then a coarse half is a whole
 * value, spread over fourteen bits so that 7F is the top. From then on a value is told once, when its second half has come: told halfway, every
 * crossing from one coarse step to the next would be a jump back.
 */
export interface ControllerPair {
  /** Takes the coarse half; gives the value if it is whole. */
  coarse(value: number): PairedValue | undefined;
  /** Takes the fine half. */
  fine(value: number): PairedValue | undefined;
  /** The last half told nothing: the other one is to come. */
  isWaiting(): boolean;
  /** What the half that waits says if the other one does not come: a coarse one that the fine half is 0, a fine one that the coarse half is as it was. */
  alone(): PairedValue | undefined;
}

/** What a pair says. */
export interface PairedValue {
  /** 0…16383. */
  readonly value: number;
  /** The lower seven bits were not said. */
  readonly isCoarse: boolean;
}

/** The pair before its first half. */
export function createControllerPair(): ControllerPair {
  let custom: 'unknown' | 'coarse first' | 'fine first' = 'unknown';
  let high: number | undefined;
  let low = 0;
  /** The half that came last and still lacks the other. */
  let lone: 'coarse' | 'fine' | undefined;
  const whole = (isCoarse = false): PairedValue | undefined =>
    high === undefined ? undefined : {value: (high << 7) | low, isCoarse};
  const isWaiting = (): boolean => custom !== 'unknown' && lone === (custom === 'fine first' ? 'fine' : 'coarse');

  return {
    coarse(value) {
      const wasLone = lone === 'coarse';
      high = value;
      switch (custom) {
        case 'unknown':
          lone = 'coarse';
          return {value: (value << 7) | value, isCoarse: true};
        case 'coarse first':
          lone = 'coarse';
          // Two in a row: this one lets the fine half out, which then is 0 by the standard.
          if (!wasLone) return undefined;
          low = 0;
          return whole(true);
        case 'fine first':
          lone = undefined;
          return whole();
      }
    },
    fine(value) {
      const before = lone;
      low = value;
      if (custom === 'unknown') custom = before === 'coarse' ? 'coarse first' : 'fine first';
      // Two in a row before any coarse one: that is left out while it stays the same, as the standard has it, and so comes first.
      else if (high === undefined && before === 'fine') custom = 'coarse first';
      if (custom === 'coarse first') {
        lone = undefined;
        return whole();
      }
      lone = 'fine';
      // Two in a row: the coarse half stayed the same.
      return before === 'fine' ? whole() : undefined;
    },
    isWaiting,
    alone() {
      if (!isWaiting()) return undefined;
      const isCoarse = lone === 'coarse';
      lone = undefined;
      if (isCoarse) low = 0;
      // A fine half before any coarse one, and then a pause: which of them comes first is still to be seen.
      if (high === undefined) custom = 'unknown';
      return whole(isCoarse);
    },
  };
}
