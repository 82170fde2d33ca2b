import type {Rule} from './rule.ts';

/** Rules about what carries the tune, and what stands in its way. */
export const voiceRules: readonly Rule[] = [
  {
    id: 'vox.comp',
    on: true,
    places: {
      strip: {
        tap: 'pre',
        groups: ['vocals'],
        advice: '{name} is compressed by {value.1} dB on average; 2 to 3 dB is gentle. Raise the threshold {ease} dB.',
      },
    },
    measure: 'meanReduction',
    raise: {above: 6},
    raiseAfterMs: 5000,
    clear: {below: 4},
    clearAfterMs: 3000,
    severity: 1,
    steps: [],
    latched: false,
    short: 'GR{+value}',
    restateStep: 1,
  },
  {
    id: 'vox.bal',
    on: true,
    places: {
      strip: {
        tap: 'post',
        kinds: ['stem'],
        groups: ['vocals'],
        advice:
          '{name}: the vocals are {value.1} LU against the mix; about -3 is typical. Turn them {way} {amount} dB, or leave them if you mean it.',
      },
    },
    measure: 'vocalBalance',
    raise: {outside: [-6, -1]},
    raiseAfterMs: 10_000,
    clear: {within: [-5.5, -1.5]},
    clearAfterMs: 5000,
    severity: 2,
    steps: [],
    latched: false,
    short: 'VOX{+value}',
    restateStep: 1,
  },
  {
    id: 'mask',
    on: false,
    beta: true,
    places: {
      strip: {
        tap: 'post',
        kinds: ['stem'],
        advice: '{name} and {partner} share {low} to {high} Hz, {value} % of the time. Try level, pan, then EQ.',
      },
    },
    measure: 'masking',
    raise: {above: 50},
    raiseAfterMs: 10_000,
    clear: {below: 35},
    clearAfterMs: 0,
    severity: 1,
    steps: [],
    latched: false,
    short: 'MASK',
    restateStep: 10,
  },
];
