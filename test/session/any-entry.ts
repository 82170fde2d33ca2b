import fc from 'fast-check';
import {newAutomationSettings} from '../../src/model/automation.ts';
import type {MixerCommand} from '../../src/model/command.ts';
import type {Step} from '../../src/model/history.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import type {Lane} from '../../src/model/lane.ts';
import {newMeterSettings} from '../../src/model/meter-settings.ts';

const strip = fc.constantFrom('kick', 'vox', 'master');
const number = (min: number, max: number) => fc.double({min, max, noNaN: true}).map((value) => value + 0);

/** Any of the commonest commands. */
export const anyCommand: fc.Arbitrary<MixerCommand> = fc.oneof(
  fc.record({
    type: fc.constant('strip.setLevel' as const),
    strip,
    levelDb: fc.oneof(fc.constant(Number.NEGATIVE_INFINITY), number(-90, 10)),
  }),
  fc.record({type: fc.constant('strip.setPan' as const), strip, pan: number(-1, 1)}),
  fc.record({type: fc.constant('strip.setMute' as const), strip, muted: fc.boolean()}),
  fc.record({
    type: fc.constant('strip.setParameter' as const),
    strip,
    parameter: fc.constantFrom('eq1.gainDb' as const, 'send1.levelDb' as const),
    value: number(-18, 10),
  }),
  fc.record({type: fc.constant('strip.setVcas' as const), strip, vcas: fc.constantFrom([], ['vca-1'])}),
  fc.record({type: fc.constant('mixer.setTempo' as const), tempoBpm: number(20, 400)}),
  fc.constant({type: 'mixer.clearSolo'} as const),
);

/** Any points between two frames. */
export function anyPoints(fromFrame: number, toFrame: number): fc.Arbitrary<Lane> {
  return fc
    .uniqueArray(fc.integer({min: fromFrame, max: toFrame - 1}), {maxLength: 6})
    .chain((frames) =>
      fc.tuple(fc.constant(frames), fc.array(number(-90, 10), {minLength: frames.length, maxLength: frames.length})),
    )
    .map(([frames, values]) => ({
      frames: Int32Array.from([...frames].sort((one, other) => one - other)),
      values: Float64Array.from(values),
    }));
}

/** Any step, of values or of a part of a lane. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    name: fc.string({maxLength: 20}),
    edits: fc.array(
      fc.record({forth: fc.array(anyCommand, {maxLength: 2}), back: fc.array(anyCommand, {maxLength: 2})}),
      {maxLength: 3},
    ),
  }),
  fc.record({
    name: fc.constant('ride Vox 0:01–0:02'),
    edits: fc.constant([]),
    lanes: fc.array(
      fc.record({
        lane: fc.constantFrom('vox level', 'kick pan', 'vox send1.levelDb'),
        fromFrame: fc.constant(100),
        toFrame: fc.constantFrom(200, Number.POSITIVE_INFINITY),
        before: anyPoints(100, 200),
        after: anyPoints(100, 200),
      }),
      {minLength: 1, maxLength: 2},
    ),
  }),
);

/** Any entry of a journal. */
export const anyEntry: fc.Arbitrary<JournalEntry> = fc
  .oneof(
    anyStep.map((step): JournalEntry => ({type: 'step', step})),
    fc.constantFrom<JournalEntry>({type: 'undone'}, {type: 'redone'}),
    fc.array(anyCommand, {minLength: 1, maxLength: 3}).map((commands): JournalEntry => ({type: 'moved', commands})),
    fc.constantFrom<JournalEntry>(
      {type: 'settings', settings: newAutomationSettings},
      {type: 'settings', settings: {...newAutomationSettings, mode: 'latch', safeLanes: new Set(['vox level'])}},
      {type: 'timeline', timeline: {markers: [{frame: 7, name: 'Chorus'}], loop: undefined}},
      {type: 'timeline', timeline: {markers: [], loop: {inFrame: 0, outFrame: 48_000}}},
      {type: 'meters', meters: newMeterSettings},
      {type: 'meters', meters: {...newMeterSettings, type: 'vu', target: 'spotify'}},
      {type: 'pass.wrote', pass: 3, name: 'ride Vox', lane: 'vox level', frames: [4, 8], values: [-3.5, -4]},
      {type: 'pass.ended', pass: 3},
      {type: 'snapshot', name: 'A', snapshot: undefined},
      {
        type: 'snapshot',
        name: 'Loud',
        snapshot: {
          name: 'Loud',
          parts: ['levels'],
          strips: [{strip: 'vox', levelDb: Number.NEGATIVE_INFINITY, parameters: {}}],
        },
      },
    ),
  )
  // Plain objects, as a desk and a parser make them.
  .map((entry) => structuredClone(entry));
