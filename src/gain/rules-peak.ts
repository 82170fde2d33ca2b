import type {Rule} from './rule.ts';

/** Rules about single samples: what was lost, and what is about to be. */
export const peakRules: readonly Rule[] = [
  {
    id: 'clip.out',
    on: true,
    places: {master: {tap: 'out', advice: 'The output clipped. Turn the mix bus down {value+3} dB.'}},
    measure: 'overs',
    raise: {atLeast: 0},
    raiseAfterMs: 0,
    clear: {below: 0},
    clearAfterMs: 0,
    severity: 4,
    steps: [],
    latched: true,
    short: 'CLIP!',
    restateStep: 1,
  },
  {
    id: 'clip.in',
    on: true,
    places: {
      strip: {
        tap: 'in',
        kinds: ['stem'],
        advice:
          '{name}: the recording clipped, {value} samples in a row at full scale. Record it again with the preamp lower; no fader repairs this.',
      },
    },
    measure: 'clipRun',
    raise: {atLeast: 3},
    raiseAfterMs: 0,
    clear: {below: 3},
    clearAfterMs: 0,
    severity: 4,
    steps: [],
    latched: true,
    short: 'IN CLP',
    restateStep: 10,
  },
  {
    id: 'broken',
    on: true,
    places: {
      strip: {
        tap: 'in',
        advice:
          '{name}: damaged samples ({value}) were silenced. Export the recording again; if it has none, turn down what comes in.',
      },
      master: {
        tap: 'bus',
        advice: '{name}: damaged samples ({value}) were silenced. Turn all tracks down.',
      },
    },
    measure: 'broken',
    raise: {atLeast: 1},
    raiseAfterMs: 0,
    clear: {below: 1},
    clearAfterMs: 0,
    severity: 4,
    steps: [],
    latched: true,
    short: 'BROKEN',
    restateStep: 1000,
  },
  {
    id: 'over.float',
    on: true,
    places: {
      strip: {
        tap: 'pre',
        advice:
          '{name}: {value} dB above full scale inside the mixer. Safe here, but lower the trim {value+9} dB before anything fixed-point.',
      },
      master: {
        tap: 'bus',
        advice:
          '{name}: {value} dB above full scale inside the mixer. Safe here, but lower all tracks {value+6} dB before anything fixed-point.',
      },
    },
    measure: 'samplePeak',
    raise: {above: 0},
    raiseAfterMs: 0,
    clear: {atMost: -0.5},
    clearAfterMs: 2000,
    severity: 3,
    steps: [],
    latched: false,
    followsTrim: true,
    short: 'OVER',
    restateStep: 1,
  },
  {
    id: 'tp.limit',
    on: true,
    places: {
      master: {
        tap: 'out',
        advice:
          'True peak {peak.1} dBTP; the ceiling is {ceiling.1}. Lower the limiter output, or the mix bus, by {value.1} dB.',
      },
    },
    measure: 'truePeakOver',
    raise: {above: 0},
    raiseAfterMs: 0,
    // The measure looks back 3 s by itself.
    clear: {atMost: -0.5},
    clearAfterMs: 0,
    severity: 3,
    steps: [],
    latched: false,
    keepsHighest: true,
    short: 'TP{+peak.1}',
    restateStep: 0.1,
  },
  {
    id: 'isp',
    on: true,
    places: {
      master: {
        tap: 'out',
        advice:
          'Peaks between samples are {value.1} dB above what the sample meter shows: {peak.1} dBTP. Trust the true peak.',
      },
    },
    measure: 'betweenSamples',
    raise: {above: 1},
    raiseAfterMs: 1000,
    clear: {below: 0.7},
    clearAfterMs: 5000,
    severity: 1,
    steps: [],
    latched: false,
    short: 'ISP{value.1}',
    restateStep: 0.3,
  },
];
