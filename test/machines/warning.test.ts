import test from 'ava';
import fc from 'fast-check';
import {createActor, SimulatedClock} from 'xstate';
import {getShortestPaths} from 'xstate/graph';
import {
  type WarningEmitted,
  type WarningEvent,
  type WarningInput,
  warningMachine,
  warningOf,
} from '../../src/machines/warning.ts';
import type {Severity, Verdict} from '../../src/model/warning.ts';
import {advance} from './advance.ts';

const hot: WarningInput = {rule: 'hot', strip: 's1', raiseAfterMs: 2000, clearAfterMs: 500, latched: false};
const clip: WarningInput = {rule: 'clip.in', strip: 's1', raiseAfterMs: 0, clearAfterMs: 0, latched: true};

function verdict(
  kind: Verdict,
  given: {severity?: Severity; short?: string; advice?: string; atMs?: number} = {},
): WarningEvent {
  return {
    type: 'verdict.changed',
    verdict: kind,
    severity: 2,
    short: 'HOT +4',
    advice: 'Trim down 4 dB.',
    atMs: 0,
    ...given,
  };
}
const acknowledge: WarningEvent = {type: 'warning.acknowledge'};
const remedy: WarningEvent = {type: 'warning.remedied'};

/** Plays events, and waits in ms, against a fresh warning. */
function play(input: WarningInput, script: readonly (WarningEvent | number)[]) {
  const clock = new SimulatedClock();
  const actor = createActor(warningMachine, {input, clock});
  const emitted: (WarningEmitted & {readonly atMs: number})[] = [];
  actor.on('*', (event) => emitted.push({...event, atMs: clock.now()}));
  actor.start();
  for (const step of script) {
    if (typeof step === 'number') advance(clock, step);
    else actor.send(step);
  }
  return {
    emitted,
    snapshot: actor.getSnapshot(),
    told: emitted.map(({type, atMs}) => `${type.slice('warning.'.length)} ${atMs}`),
  };
}

const rows: readonly (readonly [
  law: string,
  input: WarningInput,
  script: readonly (WarningEvent | number)[],
  told: readonly string[],
])[] = [
  ['a finding is a warning once it has lasted', hot, [verdict('raise'), 1999, 1], ['raised 2000']],
  ['a finding that goes before is none', hot, [verdict('raise'), 1999, verdict('hold'), 5000], []],
  [
    'a finding that comes again must last anew',
    hot,
    [verdict('raise'), 1500, verdict('clear'), 10, verdict('raise'), 1999],
    [],
  ],
  [
    'what was lost and acknowledged is past, however long its cause takes to be',
    {...clip, clearAfterMs: 3000},
    [verdict('raise'), 500, verdict('clear'), 500, acknowledge, 5000],
    ['raised 0', 'cleared 1000', 'acknowledged 1000'],
  ],
  [
    'a warning is cleared once its cause is past for a while',
    hot,
    [verdict('raise'), 3000, verdict('clear'), 499, 1],
    ['raised 2000', 'cleared 3500'],
  ],
  [
    'a cause that is not quite past keeps the warning',
    hot,
    [verdict('raise'), 3000, verdict('clear'), 499, verdict('hold'), 5000],
    ['raised 2000'],
  ],
  ['between the thresholds a warning stays', hot, [verdict('raise'), 3000, verdict('hold'), 60_000], ['raised 2000']],
  ['what is unknown does not become fine', hot, [verdict('raise'), 3000, verdict('unknown'), 60_000], ['raised 2000']],
  ['what is unknown is no finding either', hot, [verdict('raise'), 1000, verdict('unknown'), 5000], []],
  [
    'a warning stays on for 400 ms at least',
    {...hot, raiseAfterMs: 0, clearAfterMs: 0},
    [verdict('raise'), 10, verdict('clear'), 389, 1],
    ['raised 0', 'cleared 400'],
  ],
  [
    'and off for a second at least',
    {...hot, raiseAfterMs: 0, clearAfterMs: 0},
    [verdict('raise'), 400, verdict('clear'), verdict('raise'), 999, 1],
    ['raised 0', 'cleared 400', 'raised 1400'],
  ],
  [
    'our own remedy clears at once, after the minimum',
    hot,
    [verdict('raise'), 2000, remedy, 400],
    ['raised 2000', 'cleared 2400'],
  ],
  ['a clip is told at once', clip, [verdict('raise')], ['raised 0']],
  ['a clip stays when it is past', clip, [verdict('raise'), 10, verdict('clear'), 60_000], ['raised 0']],
  [
    'a clip goes when it is acknowledged',
    clip,
    [verdict('raise'), 10, verdict('clear'), 5000, acknowledge],
    ['raised 0', 'cleared 5010', 'acknowledged 5010'],
  ],
  [
    'a clip that goes on comes back after its second of rest',
    clip,
    [verdict('raise'), 500, acknowledge, 10, verdict('raise'), 989, 1],
    ['raised 0', 'cleared 500', 'acknowledged 500', 'raised 1500'],
  ],
  [
    'other warnings stay, acknowledged, until their cause is past',
    hot,
    [verdict('raise'), 2000, acknowledge, acknowledge, 1000, verdict('clear'), 500],
    ['raised 2000', 'acknowledged 2000', 'cleared 3500'],
  ],
  [
    'a new number restates the warning',
    hot,
    [verdict('raise'), 2000, verdict('raise', {advice: 'Trim down 6 dB.'})],
    ['raised 2000', 'restated 2000'],
  ],
  ['the same number does not', hot, [verdict('raise'), 2000, verdict('hold')], ['raised 2000']],
  ['an acknowledgement of nothing is nothing', hot, [acknowledge], []],
];

for (const [law, input, script, told] of rows) {
  test(law, (t) => {
    t.deepEqual(play(input, script).told, told);
  });
}

test('a warning carries its texts, its severity and when it came', (t) => {
  const {snapshot, emitted} = play(hot, [verdict('raise', {atMs: 1000, severity: 3}), 2000]);
  const warning = {
    rule: 'hot',
    strip: 's1',
    severity: 3,
    short: 'HOT +4',
    advice: 'Trim down 4 dB.',
    raisedAtMs: 3000,
    acknowledged: false,
  } as const;
  t.deepEqual(warningOf(snapshot), warning);
  t.deepEqual(emitted, [{type: 'warning.raised', warning, atMs: 2000}]);
});

test('a warning that was cleared is none', (t) => {
  t.is(warningOf(play(hot, [verdict('raise'), 2000, remedy, 400]).snapshot), undefined);
});

test('a warning that comes anew is not acknowledged', (t) => {
  const quick = {...hot, raiseAfterMs: 0, clearAfterMs: 0};
  const {snapshot} = play(quick, [verdict('raise'), acknowledge, 400, verdict('clear'), 1000, verdict('raise')]);
  t.is(warningOf(snapshot)?.acknowledged, false);
});

const paths = [hot, clip].flatMap((input) =>
  getShortestPaths(warningMachine, {
    input,
    events: [
      ...(['raise', 'hold', 'clear', 'unknown'] as const).map((kind) => verdict(kind)),
      acknowledge,
      remedy,
      ...[
        'raiseAfter.warning.finding.rising',
        'clearAfter.warning.finding.falling',
        'minimumOn.warning.display.on.fresh',
        'minimumOff.warning.display.resting',
      ].map((delay) => ({type: `xstate.after.${delay}`}) as unknown as WarningEvent),
    ],
    serializeState: (snapshot) => `${input.rule} ${JSON.stringify(snapshot.value)} ${snapshot.context.acknowledged}`,
  }),
);

test('every state of the machine is reached', (t) => {
  const states = new Set(paths.map(({state}) => JSON.stringify(state.value)));
  t.true(states.size >= 12, [...states].join(' '));
});

for (const {state} of paths.filter(({state}) => state.context.latched && state.hasTag('raised'))) {
  test(`a clip that shows (${JSON.stringify(state.value)}) goes by acknowledgement and by nothing else`, (t) => {
    const clock = new SimulatedClock();
    const actor = createActor(warningMachine, {snapshot: state, input: clip, clock}).start();
    for (const event of [verdict('clear'), verdict('hold'), verdict('unknown'), remedy]) {
      actor.send(event);
      clock.increment(60_000);
      t.true(actor.getSnapshot().hasTag('raised'));
    }
    actor.send(acknowledge);
    t.false(actor.getSnapshot().hasTag('raised'));
  });
}

test('whatever the verdicts, a warning never shows for less than 400 ms nor hides for less than a second', (t) => {
  const anyStep = fc.oneof(
    fc.constantFrom<Verdict>('raise', 'hold', 'clear', 'unknown').map((kind) => verdict(kind)),
    fc.constant(remedy),
    fc.integer({min: 1, max: 3000}),
  );
  const anyInput = fc.record({
    rule: fc.constant('hot' as const),
    strip: fc.constant('s1'),
    raiseAfterMs: fc.constantFrom(0, 100, 2000),
    clearAfterMs: fc.constantFrom(0, 100, 2000),
    latched: fc.constant(false),
  });
  fc.assert(
    fc.property(anyInput, fc.array(anyStep, {maxLength: 40}), (input, script) => {
      let raisedAt: number | undefined;
      let clearedAt = Number.NEGATIVE_INFINITY;
      for (const {type, atMs} of play(input, script).emitted) {
        if (type === 'warning.raised') {
          if (raisedAt !== undefined || atMs - clearedAt < 1000) return false;
          raisedAt = atMs;
        } else if (type === 'warning.cleared') {
          if (raisedAt === undefined || atMs - raisedAt < 400) return false;
          raisedAt = undefined;
          clearedAt = atMs;
        } else if (raisedAt === undefined) return false;
      }
      return true;
    }),
  );
  t.pass();
});
