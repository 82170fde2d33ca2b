import type {Rule} from './rule.ts';

/** Rules about what is not there: meters, sound, a name. */
export const presenceRules: readonly Rule[] = [
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
    id: 'silent',
    on: true,
    places: {
      strip: {
        tap: 'in',
        kinds: ['stem'],
        advice: '{name}: no signal, though a clip is playing: nothing above -60 dBFS. Check the recording.',
      },
      master: {
        tap: 'out',
        advice: 'No signal at the output, though strips are playing: nothing above -60 dBFS. Look at the master fader.',
        // With the 2 s that the measure looks back: after 5 s.
        values: {severity: 3, raiseAfterMs: 3000},
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
  {
    id: 'name',
    on: true,
    places: {
      strip: {tap: 'in', kinds: ['stem'], advice: 'Give this track a name: "{name}" says nothing about what it is.'},
    },
    measure: 'defaultName',
    raise: {atLeast: 1},
    raiseAfterMs: 0,
    clear: {below: 1},
    clearAfterMs: 0,
    severity: 1,
    steps: [],
    latched: false,
    short: 'NAME?',
    restateStep: Number.POSITIVE_INFINITY,
  },
];
