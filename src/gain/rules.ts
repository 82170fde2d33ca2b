import type {RuleId, Severity} from '../model/warning.ts';
import {type LampState, lampOfSeverity} from './lamp-pattern.ts';
import type {Rule} from './rule.ts';

/** Rises when a threshold, a time or a meaning of the table changes. */
export const ruleTableVersion = 2;

/** The gain table in its order of weight. Levels in dBFS. */
export const ruleTable: readonly Rule[] = [
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
    short: 'OVER',
    restateStep: 1,
  },
  {
    id: 'stale',
    on: true,
    places: {master: {tap: 'out', advice: 'No meter data for {value} ms; the lights are not current.'}},
    measure: 'frameAge',
    raise: {atLeast: 500},
    raiseAfterMs: 0,
    clear: {atLeast: 3},
    clearAfterMs: 0,
    severity: 3,
    steps: [],
    latched: false,
    lamp: 'stale',
    short: 'STALE',
    restateStep: Number.POSITIVE_INFINITY,
  },
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
    id: 'hot',
    on: true,
    places: {strip: {tap: 'pre', advice: '{name} peaks at {value} dBFS. Trim down {value+9} dB.'}},
    measure: 'workingHigh',
    raise: {above: -6},
    raiseAfterMs: 2000,
    clear: {below: -7},
    clearAfterMs: 0,
    severity: 2,
    steps: [],
    latched: false,
    short: 'HOT{+value+9}',
    restateStep: 1,
  },
  {
    id: 'low',
    on: true,
    places: {
      strip: {tap: 'pre', advice: '{name} peaks at {value} dBFS. Trim up {-value-9} dB, then lower the fader.'},
    },
    measure: 'workingLow',
    raise: {below: -15},
    raiseAfterMs: 10_000,
    clear: {atLeast: -13},
    clearAfterMs: 0,
    severity: 2,
    steps: [],
    latched: false,
    short: 'LOW{+value+9}',
    restateStep: 1,
  },
  {
    id: 'silent',
    on: true,
    places: {
      strip: {
        tap: 'in',
        advice: '{name}: no signal, though a clip is playing: nothing above -60 dBFS. Check the recording.',
      },
    },
    measure: 'silence',
    raise: {below: -60},
    // With the 2 s that the measure looks back: after 10 s.
    raiseAfterMs: 8000,
    clear: {above: -50},
    clearAfterMs: 0,
    severity: 1,
    steps: [],
    latched: false,
    lamp: 'stale',
    short: 'SILENT',
    restateStep: Number.POSITIVE_INFINITY,
  },
];

/** The row of a rule, in the table as it is shipped. */
export function ruleOf(id: RuleId, table: readonly Rule[] = ruleTable): Rule {
  const rule = table.find((row) => row.id === id);
  if (rule === undefined) throw new RangeError(`the gain table has no rule ${id}`);
  return rule;
}

/** The rhythm of a rule's lamp at a severity. */
export function lampOf(id: RuleId, severity: Severity): LampState {
  return ruleOf(id).lamp ?? lampOfSeverity(severity);
}
