import type {Rule} from './rule.ts';

/** Rules about two sides: whether they agree, and whether both are there. Effects are left out of those that judge width: wide is what they are for. */
export const stereoRules: readonly Rule[] = [
  {
    id: 'phase',
    on: true,
    places: {
      strip: {
        tap: 'pre',
        stereo: true,
        kinds: ['stem', 'group'],
        advice:
          '{name}: left and right oppose each other (correlation {value.1}). Check the polarity of one side, or the widening.',
      },
      master: {
        tap: 'out',
        advice:
          '{name}: left and right oppose each other (correlation {value.1}). Check the polarity of one side, or the widening.',
      },
    },
    measure: 'correlation',
    raise: {below: -0.1},
    raiseAfterMs: 2000,
    clear: {above: 0.1},
    clearAfterMs: 2000,
    severity: 2,
    steps: [{below: -0.5, severity: 3}],
    stepBack: 0.2,
    latched: false,
    short: 'PHASE',
    restateStep: 0.2,
  },
  {
    id: 'mono',
    on: true,
    places: {
      strip: {
        tap: 'pre',
        stereo: true,
        kinds: ['stem', 'group'],
        advice: '{name}: in mono this loses {-value-3} dB more than normal stereo. It may vanish on phones.',
      },
      master: {
        tap: 'out',
        advice: '{name}: in mono this loses {-value-3} dB more than normal stereo. It may vanish on phones.',
      },
    },
    measure: 'monoFold',
    raise: {below: -6},
    raiseAfterMs: 3000,
    clear: {above: -4.5},
    clearAfterMs: 3000,
    severity: 3,
    steps: [],
    latched: false,
    short: 'MONO{+value}',
    restateStep: 1,
  },
  {
    id: 'dead',
    on: true,
    places: {
      strip: {
        tap: 'pre',
        stereo: true,
        kinds: ['stem', 'group'],
        advice:
          '{name}: the {side} channel is missing; the other peaks at {other} dBFS. Export it again, or make it mono.',
      },
      master: {
        tap: 'out',
        advice: '{name}: the {side} channel is missing; the other peaks at {other} dBFS. Check pans and cables.',
      },
    },
    measure: 'quieterSide',
    raise: {below: -60},
    raiseAfterMs: 5000,
    clear: {above: -55},
    clearAfterMs: 0,
    severity: 3,
    steps: [],
    latched: false,
    short: '{letter} DEAD',
    restateStep: Number.POSITIVE_INFINITY,
  },
  {
    id: 'bal',
    on: true,
    places: {
      strip: {
        tap: 'pre',
        stereo: true,
        kinds: ['stem', 'group'],
        advice: '{name}: the {side} is {value.1} LU louder. Check the recording, or lean the balance the other way.',
        values: {raise: {above: 6}, clear: {below: 4}},
      },
      master: {tap: 'out', advice: 'The {side} is {value.1} LU louder. Check pans and levels.'},
    },
    measure: 'balance',
    raise: {above: 3},
    raiseAfterMs: 10_000,
    clear: {below: 2},
    clearAfterMs: 5000,
    severity: 2,
    steps: [],
    latched: false,
    short: '{letter}{+value.1}',
    restateStep: 0.5,
  },
  {
    id: 'dualmono',
    on: true,
    places: {
      strip: {
        tap: 'pre',
        stereo: true,
        kinds: ['stem'],
        advice: '{name}: both sides of this stereo track are the same (correlation {value.3}); a mono track is enough.',
      },
    },
    measure: 'alike',
    raise: {atLeast: 0.999},
    raiseAfterMs: 30_000,
    clear: {below: 0.99},
    clearAfterMs: 0,
    severity: 1,
    steps: [],
    latched: false,
    short: 'DUALMO',
    restateStep: Number.POSITIVE_INFINITY,
  },
];
