import test from 'ava';
import type {Facts} from '../../src/gain/facts.ts';
import {ruleAt} from '../../src/gain/rule-override.ts';
import {ruleOf} from '../../src/gain/rules.ts';
import type {DeliveryTarget} from '../../src/model/delivery-target.ts';
import {type Mixer, masterId, newMixer, newStrip, type Strip} from '../../src/model/mixer.ts';
import type {ProgramReading} from '../../src/model/program.ts';
import type {RuleId, Severity} from '../../src/model/warning.ts';
import {kick, type Rehearsal, rehearse} from './rehearsal.ts';
import type {Levels, Sound} from './sound-frame.ts';

/** Every rule that needs more than peaks: raised, not raised, cleared, and told once only while the level plays around its limit. */

const stepMs = 50;
/** Times are told to within a slow look and a step. */
const toleranceMs = 250;

const music: Sound = {leftDb: -21, rho: 0.5, crestDb: 12};
const mix: Sound = {leftDb: -20, rho: 0.5};
const calm: Partial<ProgramReading> = {
  truePeakDb: -6,
  samplePeakDb: -6.2,
  shortTermLufs: -20,
  integratedLufs: -23,
  maxShortTermLufs: -20,
  measuredSeconds: 60,
  lowShareDb: -4,
};
const target: DeliveryTarget = {
  id: 't',
  name: 'Test',
  integratedLufs: -23,
  toleranceLu: 1,
  ceilingDbtp: -1,
  maxShortTermLufs: -18,
  source: 'the test',
  readOn: '2026-11-22',
};
const reference = {integratedLufs: -14, gainDb: -9, lowShareDb: -4, isHeard: false};

interface Case {
  readonly rule: RuleId;
  readonly at: string;
  /** What differs from music in peace. */
  readonly faulty: Change;
  /** As far as it may go without a word. */
  readonly nearly: Change;
  /** What a level that plays around the limit may be, where `nearly` is no such thing: a maximum never falls, and a name is changed by hand. */
  readonly flapsWith?: Change;
  /** What clears it; peace if absent. */
  readonly mended?: Change;
  readonly strip?: Partial<Strip>;
  readonly facts?: Facts;
  /** When it is raised, counted from the start, and cleared, counted from the mending. */
  readonly raisedMs: number;
  readonly clearedMs: number;
  readonly severity: Severity;
  readonly short: string;
  readonly advice: RegExp;
}

interface Change {
  readonly sound?: Partial<Sound>;
  readonly other?: Sound;
  readonly mix?: Partial<Sound>;
  readonly program?: Partial<ProgramReading>;
  readonly strip?: Partial<Strip>;
  readonly facts?: Facts;
  readonly bus?: number;
}

const on = (parameter: 'comp.on' | 'eq1.on'): Partial<Strip> => ({parameters: {[parameter]: 1}});

const cases: readonly Case[] = [
  {
    rule: 'tp.limit',
    at: masterId,
    faulty: {program: {truePeakDb: -0.3}},
    nearly: {program: {truePeakDb: -1}},
    mended: {program: {truePeakDb: -1.5}},
    raisedMs: 3000,
    clearedMs: 50,
    severity: 3,
    short: 'TP-0.3',
    advice: /True peak -0\.3 dBTP; the ceiling is -1\.0\. .* by 0\.7 dB/,
  },
  {
    rule: 'isp',
    at: masterId,
    faulty: {program: {truePeakDb: -2, samplePeakDb: -3.2}},
    nearly: {program: {truePeakDb: -3.1, samplePeakDb: -5}},
    mended: {program: {truePeakDb: -2, samplePeakDb: -2.5}},
    raisedMs: 4000,
    clearedMs: 5000,
    severity: 1,
    short: 'ISP1.2',
    advice: /1\.2 dB above .* -2\.0 dBTP/,
  },
  {
    rule: 'vu.hot',
    at: kick,
    faulty: {sound: {leftDb: -14, crestDb: 4}},
    nearly: {sound: {leftDb: -15.1, crestDb: 5}},
    mended: {sound: {leftDb: -17.5}},
    raisedMs: 6000,
    clearedMs: 3300,
    severity: 2,
    short: 'VU  +4',
    advice: /Kick: average level is \+4 VU.*Trim down 4 dB/,
  },
  {
    rule: 'vu.low',
    at: kick,
    strip: {group: 'keys'},
    faulty: {sound: {leftDb: -35, crestDb: 25}},
    nearly: {sound: {leftDb: -32.5, crestDb: 22}},
    raisedMs: 13_000,
    clearedMs: 3300,
    severity: 1,
    short: 'VU -17',
    advice: /Kick: average level is -17 VU/,
  },
  {
    rule: 'stage',
    at: kick,
    strip: on('comp.on'),
    faulty: {sound: {stageDb: 7}},
    nearly: {sound: {stageDb: 5.9}},
    raisedMs: 8000,
    clearedMs: 5350,
    severity: 1,
    short: 'STG +7',
    advice: /Kick: the compressor makes it 7 dB louder/,
  },
  {
    rule: 'fader.low',
    at: kick,
    faulty: {strip: {levelDb: -24}, sound: {crestDb: 13}},
    nearly: {strip: {levelDb: -20}, sound: {crestDb: 13}},
    mended: {strip: {levelDb: -15}, sound: {crestDb: 13}},
    raisedMs: 13_000,
    clearedMs: 50,
    severity: 1,
    short: 'FD -24',
    advice: /Kick: the fader is at -24 dB.* Trim down 4 dB/,
  },
  {
    rule: 'fader.top',
    at: kick,
    faulty: {strip: {levelDb: 5}, sound: {crestDb: 4}},
    nearly: {strip: {levelDb: 3}, sound: {crestDb: 4}},
    mended: {strip: {levelDb: 1.5}, sound: {crestDb: 4}},
    raisedMs: 13_000,
    clearedMs: 50,
    severity: 1,
    short: 'FD  +5',
    advice: /at the top, \+5 dB\. Raise the trim 8 dB/,
  },
  {
    rule: 'dc',
    at: kick,
    faulty: {sound: {dcDb: -42}},
    nearly: {sound: {dcDb: -50.5}},
    raisedMs: 6000,
    clearedMs: 5450,
    severity: 2,
    short: 'DC -42',
    advice: /direct current at -42 dBFS.*0\.07 dB of headroom/,
  },
  {
    rule: 'phase',
    at: kick,
    faulty: {sound: {rho: -0.3}},
    nearly: {sound: {rho: -0.05}},
    raisedMs: 5000,
    clearedMs: 2300,
    severity: 2,
    short: 'PHASE',
    advice: /Kick: left and right oppose each other \(correlation -0\.3\)/,
  },
  {
    rule: 'mono',
    at: kick,
    faulty: {sound: {rho: -1}},
    nearly: {sound: {rho: -1, rightDb: -41}},
    raisedMs: 6000,
    clearedMs: 4450,
    severity: 3,
    short: 'MON-40',
    advice: /loses 37 dB more than normal stereo/,
  },
  {
    rule: 'dead',
    at: kick,
    faulty: {sound: {rightDb: -100}},
    nearly: {sound: {rightDb: -60}},
    raisedMs: 8000,
    clearedMs: 50,
    severity: 3,
    short: 'R DEAD',
    advice: /Kick: the right channel is missing; the other peaks at -9 dBFS/,
  },
  {
    rule: 'bal',
    at: masterId,
    faulty: {mix: {rightDb: -23.2}},
    nearly: {mix: {rightDb: -22.9}},
    raisedMs: 13_000,
    clearedMs: 5950,
    severity: 2,
    short: 'L+3.2',
    advice: /The left is 3\.2 LU louder/,
  },
  {
    rule: 'bal',
    at: kick,
    faulty: {sound: {rightDb: -28}},
    nearly: {sound: {rightDb: -26.9}},
    raisedMs: 13_000,
    clearedMs: 5850,
    severity: 2,
    short: 'L+7.0',
    advice: /Kick: the left is 7\.0 LU louder/,
  },
  {
    rule: 'dualmono',
    at: kick,
    faulty: {sound: {rho: 1}},
    nearly: {sound: {rho: 0.998}},
    raisedMs: 33_000,
    clearedMs: 100,
    severity: 1,
    short: 'DUALMO',
    advice: /Kick: both sides .* are the same \(correlation 1\.000\)/,
  },
  {
    rule: 'silent',
    at: masterId,
    faulty: {mix: {leftDb: -90}},
    nearly: {mix: {leftDb: -58}},
    raisedMs: 6000,
    clearedMs: 50,
    severity: 3,
    short: 'SILENT',
    advice: /No signal at the output/,
  },
  {
    rule: 'squash',
    at: masterId,
    faulty: {program: {truePeakDb: -2, shortTermLufs: -9}},
    nearly: {program: {truePeakDb: -2, shortTermLufs: -10.1}},
    mended: {program: {truePeakDb: -2, shortTermLufs: -11.5}},
    raisedMs: 13_000,
    clearedMs: 5000,
    severity: 2,
    short: 'SQUASH',
    advice: /only 7\.0 dB above loudness/,
  },
  {
    rule: 'vox.comp',
    at: kick,
    strip: {group: 'vocals', ...on('comp.on')},
    faulty: {sound: {reductionDb: 8}},
    nearly: {sound: {reductionDb: 5.9}},
    mended: {sound: {reductionDb: 2}},
    raisedMs: 8000,
    clearedMs: 4200,
    severity: 1,
    short: 'GR  +8',
    advice: /Kick is compressed by 8\.0 dB .* threshold 5 dB/,
  },
  {
    rule: 'vox.bal',
    at: kick,
    strip: {group: 'vocals'},
    faulty: {sound: {leftDb: -28, crestDb: 18}},
    nearly: {sound: {leftDb: -25.8, crestDb: 16}},
    mended: {sound: {leftDb: -23, crestDb: 14}},
    raisedMs: 13_000,
    clearedMs: 6150,
    severity: 2,
    short: 'VOX -8',
    advice: /Kick: the vocals are -8\.0 LU against the mix; .* Turn them up 8 dB/,
  },
  {
    rule: 'low.end',
    at: masterId,
    facts: {reference},
    faulty: {program: {lowShareDb: 0}},
    nearly: {program: {lowShareDb: -1.1}},
    raisedMs: 23_000,
    clearedMs: 10_000,
    severity: 1,
    short: 'LOWS+4',
    advice: /4 dB more low end than the reference/,
  },
  {
    rule: 'ref.match',
    at: masterId,
    faulty: {facts: {reference: {...reference, gainDb: -7, isHeard: true}}},
    nearly: {facts: {reference: {...reference, gainDb: -8.6, isHeard: true}}},
    mended: {facts: {reference}},
    raisedMs: 3000,
    clearedMs: 50,
    severity: 1,
    short: 'RF+2.0',
    advice: /The reference is 2\.0 LU louder than the mix/,
  },
  {
    rule: 'loud.i',
    at: masterId,
    facts: {target},
    faulty: {program: {integratedLufs: -21.4}},
    nearly: {program: {integratedLufs: -22}},
    mended: {program: {integratedLufs: -22.4}},
    raisedMs: 13_000,
    clearedMs: 100,
    severity: 1,
    short: 'I-21.4',
    advice: /Integrated -21\.4 LUFS; the target is -23\.0 \(Test\)\. Turn the mix down 1\.6 dB/,
  },
  {
    rule: 'loud.s',
    at: masterId,
    facts: {target},
    faulty: {program: {maxShortTermLufs: -17.5}},
    nearly: {program: {maxShortTermLufs: -18}},
    flapsWith: {program: {maxShortTermLufs: -17.4}},
    raisedMs: 3000,
    clearedMs: 50,
    severity: 2,
    short: 'S-17.5',
    advice: /reached -17\.5 LUFS; the limit is -18\.0/,
  },
  {
    rule: 'name',
    at: kick,
    faulty: {strip: {name: 'Audio 07'}},
    nearly: {},
    flapsWith: {strip: {name: 'Track 7'}},
    raisedMs: 3000,
    clearedMs: 50,
    severity: 1,
    short: 'NAME?',
    advice: /Give this track a name: "Audio 07"/,
  },
];

function mixerOf({strip = {}}: Case, change: Change): Mixer {
  return newMixer({
    strips: [
      newStrip({id: kick, name: 'Kick', group: 'drums', ...strip, ...change.strip}),
      newStrip({id: 'pad', name: 'Pad', group: 'keys'}),
    ],
  });
}

function levelsOf(change: Change): Levels {
  return {
    sound: {...music, ...change.sound},
    mix: {...mix, ...change.mix},
    program: {...calm, ...change.program},
    bus: change.bus ?? -12,
  };
}

function play(desk: Rehearsal, one: Case, untilMs: number, changeAt: (atMs: number) => Change): void {
  while (desk.nowMs < untilMs) {
    const change = changeAt(desk.nowMs);
    const mixer = mixerOf(one, change);
    if (JSON.stringify(mixer) !== JSON.stringify(desk.mixer)) desk.mixer = mixer;
    desk.facts = change.facts ?? one.facts ?? {};
    desk.run(desk.nowMs + stepMs, () => levelsOf(change));
  }
}

const start = (one: Case, change: Change): Rehearsal => rehearse({mixer: mixerOf(one, change)}, stepMs);

for (const one of cases) {
  const {rule, at, faulty, nearly, mended = {}} = one;
  const title = `${rule} at ${at === masterId ? 'the mix bus' : 'a strip'}`;

  test(`${title}: raised in time, with what to do, and cleared in time`, (t) => {
    const desk = start(one, faulty);
    play(desk, one, one.raisedMs + 3000, () => faulty);
    const mendedMs = desk.nowMs;
    play(desk, one, mendedMs + one.clearedMs + 3000, () => mended);
    const events = desk.told.filter((event) => event.rule === rule && event.strip === at);
    const [raised, cleared] = events;
    t.deepEqual(
      events.map(({type}) => type),
      ['raised', 'cleared'],
    );
    t.true(Math.abs((raised?.atMs ?? 0) - one.raisedMs) <= toleranceMs, `raised at ${raised?.atMs}`);
    t.true(Math.abs((cleared?.atMs ?? 0) - mendedMs - one.clearedMs) <= toleranceMs, `cleared at ${cleared?.atMs}`);
    t.is(raised?.short, one.short);
    t.regex(raised?.advice ?? '', one.advice);
    const told = desk.changes.find(
      (change) => change.rule === rule && change.strip === at && change.verdict === 'raise',
    );
    t.is(told?.severity, one.severity);
  });

  test(`${title}: what is nearly wrong is not told`, (t) => {
    const desk = start(one, nearly);
    play(desk, one, one.raisedMs + 8000, () => nearly);
    t.is(desk.story(at, rule), '');
  });

  test(`${title}: around its limit it is told once at most`, (t) => {
    const desk = start(one, faulty);
    play(desk, one, one.raisedMs + 20_000, (atMs) => (atMs % 1500 < 750 ? faulty : (one.flapsWith ?? nearly)));
    const raises = desk.told.filter((event) => event.rule === rule && event.strip === at && event.type === 'raised');
    t.true(raises.length <= 1, desk.story(at, rule));
  });
}

test('the cases ask for what the table says', (t) => {
  for (const {rule, at, severity} of cases) {
    const place =
      at === masterId
        ? ({type: 'master'} as const)
        : ({type: 'strip', kind: 'stem', group: 'drums', channels: 2} as const);
    t.is(ruleAt(ruleOf(rule), place, []).severity, severity, rule);
  }
});
