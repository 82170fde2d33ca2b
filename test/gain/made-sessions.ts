import {createBlockSummer} from '../../src/gain/block-summer.ts';
import type {Facts} from '../../src/gain/facts.ts';
import type {Group, Mixer, Strip} from '../../src/model/mixer.ts';
import {masterId, newMixer, newStrip} from '../../src/model/mixer.ts';
import type {RuleId} from '../../src/model/warning.ts';
import {type Instrument, instruments, isStereo, type MadeSound, randomOf, soundOf} from './made-sounds.ts';

/** A small band in a good rough mix, and what can be wrong with it. */

export const sampleRate = 8000;
/** Long enough for most rules to speak. */
export const usualSeconds = 16;
/** What looks back for long, or waits for the whole programme, speaks after half a minute. */
export const slowSeconds = 45;

export interface MadeSession {
  readonly mixer: Mixer;
  readonly sounds: readonly MadeSound[];
  readonly facts: Facts;
}

/** Something wrong, planted in a clean session. */
export interface Fault {
  readonly rule: RuleId;
  /** The strip it is planted in; the mix bus. */
  readonly at: Instrument | typeof masterId;
  plant(clean: MadeSession): MadeSession;
  /** What else must follow from it, anywhere. */
  readonly brings?: readonly RuleId[];
}

/** Rules that need more than `usualSeconds`. */
export const slowRules: ReadonlySet<RuleId> = new Set(['noise', 'dualmono', 'squash', 'loud.i', 'low.end']);

const groups: Readonly<Record<Instrument, Group>> = {
  kick: 'drums',
  snare: 'drums',
  hat: 'drums',
  bass: 'bass',
  guitar: 'guitars',
  pad: 'keys',
  keys: 'keys',
  vocal: 'vocals',
};

const made = new Map<number, MadeSession>();

/** The clean session of a seed: every strip as loud as its part asks for, the vocal in front. */
export function cleanSession(seed: number): MadeSession {
  const known = made.get(seed);
  if (known !== undefined) return known;
  const sounds = instruments.map((instrument, index) =>
    soundOf(instrument, seed * 31 + index, slowSeconds, sampleRate),
  );
  const strips = instruments.map((id, index) => {
    const sound = sounds[index];
    const loud = sound === undefined ? 0 : loudnessOf(sound);
    const wanted = (id === 'vocal' ? -25 : -33) + (randomOf(seed + index)() > 0 ? 0.5 : -0.5);
    return newStrip({
      id,
      name: `${id[0]?.toUpperCase()}${id.slice(1)} ${seed}`,
      group: groups[id],
      channels: isStereo[id] ? 2 : 1,
      levelDb: Math.max(-19, Math.min(2, wanted - loud)),
    });
  });
  const session = {mixer: newMixer({strips}), sounds, facts: {}};
  made.set(seed, session);
  return session;
}

function loudnessOf({left, right}: MadeSound): number {
  const sums = createBlockSummer({sampleRate, truePeak: false}).add(left, right, left.length);
  return 10 * Math.log10((sums.weightedLeft + sums.weightedRight) / sums.frames);
}

function withStrip(session: MadeSession, id: Instrument, values: Partial<Strip>): MadeSession {
  const strips = session.mixer.strips.map((strip) => (strip.id === id ? {...strip, ...values} : strip));
  return {...session, mixer: {...session.mixer, strips}};
}

const withMixer = (session: MadeSession, values: Partial<Mixer>): MadeSession => ({
  ...session,
  mixer: {...session.mixer, ...values},
});

type Change = (left: number, right: number, frame: number) => readonly [left: number, right: number];

function withSound(session: MadeSession, id: Instrument, change: Change): MadeSession {
  const sounds = session.sounds.map((sound, index) => {
    if (instruments[index] !== id) return sound;
    const left = new Float32Array(sound.left.length);
    const right = new Float32Array(sound.left.length);
    for (let frame = 0; frame < left.length; frame++) {
      const [l, r] = change(sound.left[frame] ?? 0, sound.right[frame] ?? 0, frame);
      left[frame] = l;
      right[frame] = r;
    }
    return isStereo[id] ? {left, right} : {left, right: left};
  });
  return {...session, sounds};
}

const db = (gainDb: number): number => 10 ** (gainDb / 20);
const both =
  (change: (sample: number, frame: number) => number): Change =>
  (left, right, frame) => [change(left, frame), change(right, frame)];

const sound = (rule: RuleId, at: Instrument, change: Change, brings: readonly RuleId[] = []): Fault => ({
  rule,
  at,
  brings,
  plant: (clean) => withSound(clean, at, change),
});
const strip = (rule: RuleId, at: Instrument, values: Partial<Strip>, brings: readonly RuleId[] = []): Fault => ({
  rule,
  at,
  brings,
  plant: (clean) => withStrip(clean, at, values),
});
const all = (clean: MadeSession, change: (strip: Strip) => Partial<Strip>): MadeSession =>
  withMixer(clean, {strips: clean.mixer.strips.map((one) => ({...one, ...change(one)}))});

const target = {
  id: 't',
  name: 'Test',
  integratedLufs: -23,
  toleranceLu: 1,
  ceilingDbtp: -1,
  source: 'test',
  readOn: '2026-11-22',
};

/** Loud faders everywhere bring the bus near its end by several ways. */
const loudBus: readonly RuleId[] = ['bus.head', 'bus.pred', 'over.float', 'clip.out', 'tp.limit', 'squash', 'isp'];

const turns: readonly Instrument[] = ['guitar', 'pad', 'keys', 'bass'];

/** Every kind of fault, most of them at two instruments. */
export const faults: readonly Fault[] = [
  sound(
    'clip.in',
    'snare',
    both((x) => Math.max(-1, Math.min(1, x * db(16)))),
    ['vox.bal', 'hot', 'vu.hot', 'over.float'],
  ),
  sound(
    'clip.in',
    'bass',
    both((x) => Math.max(-1, Math.min(1, x * db(16)))),
    ['vox.bal', 'hot', 'vu.hot', ...loudBus],
  ),
  sound(
    'broken',
    'guitar',
    both((x, frame) => (frame === 20_000 ? Number.NaN : x)),
  ),
  sound(
    'broken',
    'keys',
    both((x, frame) => (frame === 90_000 ? Number.POSITIVE_INFINITY : x)),
  ),
  strip('hot', 'kick', {trimDb: 7, levelDb: -18}),
  strip('hot', 'vocal', {trimDb: 7, levelDb: -18}, ['vox.bal', 'vu.hot']),
  strip('hot', 'keys', {trimDb: 6, levelDb: -19}, ['vu.hot']),
  strip('over.float', 'hat', {trimDb: 14, levelDb: -19.5}, ['hot', 'vu.hot', 'fader.low']),
  strip('low', 'guitar', {trimDb: -9, levelDb: 0}, ['vu.low']),
  strip('low', 'snare', {trimDb: -10, levelDb: 0}, ['vu.low']),
  sound(
    'vu.hot',
    'pad',
    both((x) => Math.tanh(x * 12) * db(-7)),
    ['vox.bal', ...loudBus],
  ),
  sound(
    'vu.hot',
    'bass',
    both((x) => Math.tanh(x * 20) * db(-7)),
    ['vox.bal', ...loudBus],
  ),
  sound(
    'vu.low',
    'keys',
    both((x, frame) => x * (frame % sampleRate < 40 ? 1 : 0.03)),
    ['low'],
  ),
  strip('stage', 'guitar', {parameters: {'comp.on': 1, 'comp.makeUpDb': 12, 'comp.thresholdDb': 0}}, [
    'vox.bal',
    'hot',
    'vu.hot',
    'over.float',
  ]),
  strip('stage', 'bass', {parameters: {'eq1.on': 1, 'eq1.gainDb': 15, 'eq1.hz': 70}}, [
    'hot',
    'vu.hot',
    'over.float',
    ...loudBus,
  ]),
  strip('fader.low', 'snare', {trimDb: 3, levelDb: -30}, ['hot']),
  strip('fader.low', 'keys', {trimDb: 3, levelDb: -25}, ['hot', 'vu.hot']),
  strip('fader.top', 'hat', {trimDb: -9, levelDb: 6}, ['low', 'vu.low', 'vox.bal']),
  sound(
    'dc',
    'kick',
    both((x) => x + db(-44)),
  ),
  sound(
    'dc',
    'keys',
    both((x) => x + db(-35)),
  ),
  sound(
    'noise',
    'vocal',
    both((x, frame) => x + db(-48) * Math.sin(frame * frame * 0.37)),
  ),
  sound(
    'noise',
    'snare',
    both((x, frame) => x + db(-45) * Math.sin(frame * frame * 0.37)),
  ),
  sound('phase', 'pad', (left, right) => [left, -0.6 * left + 0.4 * right], ['mono']),
  sound('phase', 'keys', (left, right) => [left, -0.5 * left - 0.3 * right], ['mono']),
  sound('mono', 'pad', (left) => [left, -left], ['phase']),
  sound('mono', 'keys', (left) => [left, -left], ['phase']),
  sound('dead', 'pad', (left) => [left, 0], ['bal']),
  sound('dead', 'keys', (_, right) => [0, right], ['bal']),
  sound('bal', 'pad', (left, right) => [left, right * db(-9)]),
  sound('bal', 'keys', (left, right) => [left * db(-9), right]),
  sound('dualmono', 'pad', (left) => [left, left]),
  sound('dualmono', 'keys', (_, right) => [right, right]),
  sound('silent', 'guitar', () => [0, 0]),
  sound('silent', 'vocal', () => [0, 0]),
  strip('name', 'bass', {name: 'Audio 07'}),
  strip('name', 'hat', {name: 'Track 3'}),
  strip('vox.comp', 'vocal', {parameters: {'comp.on': 1, 'comp.thresholdDb': -40, 'comp.ratio': 10}}, [
    'stage',
    'vox.bal',
    'low',
  ]),
  strip('vox.bal', 'vocal', {levelDb: -19}),
  {
    rule: 'bus.head',
    at: masterId,
    brings: loudBus,
    plant: (clean) => all(clean, ({levelDb}) => ({levelDb: levelDb + 9})),
  },
  {
    rule: 'clip.out',
    at: masterId,
    brings: [...loudBus, 'isp'],
    plant: (clean) =>
      withMixer(clean, {masterLevelDb: 10, strips: all(clean, ({levelDb}) => ({levelDb: levelDb + 6})).mixer.strips}),
  },
  {
    rule: 'bus.pred',
    at: masterId,
    brings: ['bus.head', 'silent'],
    // Four take turns of five seconds, each just within the headroom: they never meet.
    plant: (clean) =>
      turns.reduce(
        (session, id, index) =>
          withSound(
            session,
            id,
            both((x, frame) => (Math.floor(frame / sampleRate / 5) % turns.length === index ? x : 0)),
          ),
        all(clean, ({id, channels}) =>
          turns.some((instrument) => instrument === id) ? {levelDb: channels === 1 ? 8 : 5} : {muted: true},
        ),
      ),
  },
  {rule: 'bal', at: masterId, plant: (clean) => all(clean, ({channels}) => ({pan: channels === 1 ? -0.8 : -0.5}))},
  {rule: 'silent', at: masterId, plant: (clean) => withMixer(clean, {masterLevelDb: Number.NEGATIVE_INFINITY})},
  {
    rule: 'squash',
    at: masterId,
    brings: loudBus,
    plant: (clean) =>
      withMixer(
        all(clean, ({levelDb}) => ({levelDb: levelDb + 9})),
        {masterLevelDb: 10, masterParameters: {'limiter.on': 1}},
      ),
  },
  {
    rule: 'tp.limit',
    at: masterId,
    brings: loudBus,
    plant: (clean) =>
      withMixer(clean, {masterLevelDb: 10, strips: all(clean, ({levelDb}) => ({levelDb: levelDb + 3})).mixer.strips}),
  },
  {rule: 'loud.i', at: masterId, plant: (clean) => ({...withMixer(clean, {masterLevelDb: -6}), facts: {target}})},
  {
    rule: 'low.end',
    at: masterId,
    plant: (clean) => ({
      ...clean,
      facts: {reference: {integratedLufs: -14, gainDb: 0, lowShareDb: -20, isHeard: false}},
    }),
  },
];
