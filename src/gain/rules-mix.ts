import type {Rule} from './rule.ts';

/** Rules about the sum: its headroom, its density, and how it compares with what it is delivered to. */
export const mixRules: readonly Rule[] = [
  {
    id: 'bus.head',
    on: true,
    places: {
      master: {
        tap: 'bus',
        advice: 'Only {-value} dB headroom on the mix bus. Lower all tracks {value+6} dB together.',
      },
    },
    measure: 'windowMaximum',
    raise: {above: -6},
    raiseAfterMs: 0,
    clear: {below: -7.5},
    clearAfterMs: 5000,
    severity: 2,
    steps: [
      {above: -3, severity: 3},
      {
        above: 0,
        severity: 3,
        advice: 'No headroom on the mix bus: {value} dB over full scale. Lower all tracks {value+6} dB together.',
      },
    ],
    latched: false,
    short: 'BUS{+value}',
    restateStep: 1,
  },
  {
    id: 'bus.pred',
    on: true,
    places: {
      master: {
        tap: 'bus',
        advice:
          'With everything playing, the bus would peak near {value} dBFS. Lower all tracks {value+6} dB together; most comes from the {loudest}.',
      },
    },
    measure: 'prediction',
    raise: {above: -3},
    // The 3 s are in the measure, which counts no strip before it has played for 3 s: so a mute that is lifted is answered before it is heard.
    raiseAfterMs: 0,
    clear: {below: -4.5},
    clearAfterMs: 5000,
    severity: 2,
    steps: [],
    latched: false,
    short: 'PRED{+value}',
    restateStep: 1,
  },
  {
    id: 'squash',
    on: true,
    places: {
      master: {tap: 'out', advice: 'Peaks are only {value.1} dB above loudness. Ease the limiter, or what drives it.'},
    },
    measure: 'peakToLoudness',
    raise: {below: 8},
    raiseAfterMs: 10_000,
    clear: {above: 9},
    clearAfterMs: 5000,
    severity: 2,
    steps: [{below: 6, severity: 3}],
    stepBack: 1,
    latched: false,
    short: 'SQUASH',
    restateStep: 0.5,
  },
  {
    id: 'low.end',
    on: true,
    places: {
      master: {tap: 'out', advice: '{amount} dB {way} low end than the reference. Look at what plays below 120 Hz.'},
    },
    measure: 'lowEnd',
    raise: {outside: [-3, 3]},
    raiseAfterMs: 20_000,
    clear: {within: [-2, 2]},
    clearAfterMs: 10_000,
    severity: 1,
    steps: [],
    latched: false,
    short: 'LOWS{+value}',
    restateStep: 1,
  },
  {
    id: 'ref.match',
    on: true,
    places: {
      master: {tap: 'out', advice: 'The reference is {amount.1} LU {way} than the mix. Match it before you compare.'},
    },
    measure: 'referenceMatch',
    raise: {outside: [-0.5, 0.5]},
    raiseAfterMs: 0,
    clear: {within: [-0.3, 0.3]},
    clearAfterMs: 0,
    severity: 1,
    steps: [],
    latched: false,
    short: 'RF{+value.1}',
    restateStep: 0.5,
  },
  {
    id: 'loud.i',
    on: true,
    places: {
      master: {
        tap: 'out',
        advice: 'Integrated {loudness.1} LUFS; the target is {target.1} ({named}). Turn the mix {way} {amount.1} dB.',
      },
    },
    measure: 'integratedError',
    raise: {outside: [-1, 1]},
    raiseAfterMs: 10_000,
    clear: {within: [-0.7, 0.7]},
    clearAfterMs: 0,
    severity: 1,
    steps: [],
    latched: false,
    short: 'I{+loudness.1}',
    restateStep: 0.3,
  },
  {
    id: 'loud.s',
    on: true,
    places: {
      master: {
        tap: 'out',
        advice:
          'Short-term loudness reached {loudness.1} LUFS; the limit is {limit.1} ({named}). It was {value.1} LU too loud.',
      },
    },
    measure: 'shortTermOver',
    raise: {above: 0},
    raiseAfterMs: 0,
    // The highest since the measurement was begun: it goes when that is begun anew.
    clear: {atMost: 0},
    clearAfterMs: 0,
    severity: 2,
    steps: [],
    latched: false,
    short: 'S{+loudness.1}',
    restateStep: 0.3,
  },
];
