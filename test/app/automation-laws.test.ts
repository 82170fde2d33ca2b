import test from 'ava';
import fc from 'fast-check';
import {automationModes} from '../../src/model/automation.ts';
import type {AutomationIntent} from '../../src/model/automation-intent.ts';
import {type History, noHistory, redone, undone, withStep} from '../../src/model/history.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import {isSameLane, type Lanes, withChange} from '../../src/model/lane-change.ts';
import type {Mixer} from '../../src/model/mixer.ts';
import {automationBench, fewStrips} from './automation-bench.ts';

type Bench = ReturnType<typeof automationBench>;

/** One thing that people, tape or devices do. */
interface Act {
  readonly name: string;
  readonly on: (bench: Bench) => void;
}

const lanes = ['vox level', 'vox pan', 'kick level', 'master level'] as const;
const switches = ['kick mute', 'vox eq1.on'] as const;
const units = ['one', 'other'] as const;

const hand = fc
  .tuple(fc.constantFrom(...lanes), fc.constantFrom(...units), fc.constantFrom('touch', 'release', 'leave'))
  .map(([lane, unit, what]): Act => ({name: `${what} ${lane} ${unit}`, on: (bench) => bench[what](lane, unit)}));
const move = fc.tuple(fc.constantFrom(...lanes), fc.constantFrom(...units), fc.integer({min: -40, max: 10})).map(
  ([lane, unit, value]): Act => ({
    name: `move ${lane} ${unit} ${value}`,
    on: (bench) => bench.move(lane, lane === 'vox pan' ? value / 40 : value, unit),
  }),
);
/** A whole ride, in touch or whatever the mode is by then. */
const ride = fc
  .tuple(
    fc.constantFrom(...lanes),
    fc.constantFrom(...units),
    fc.array(fc.integer({min: -40, max: 10}), {minLength: 1, maxLength: 4}),
  )
  .map(
    ([lane, unit, values]): Act => ({
      name: `ride ${lane} ${unit} ${values.join(' ')}`,
      on: (bench) => {
        bench.play();
        bench.touch(lane, unit);
        for (const value of values) {
          bench.move(lane, lane === 'vox pan' ? value / 40 : value, unit);
          bench.roll(0.2);
        }
        bench.release(lane, unit);
      },
    }),
  );
const press = fc
  .tuple(fc.constantFrom(...switches), fc.constantFrom(0, 1))
  .map(([lane, value]): Act => ({name: `press ${lane} ${value}`, on: (bench) => bench.move(lane, value)}));
const roll = fc
  .integer({min: 1, max: 12})
  .map((tenths): Act => ({name: `roll ${tenths}`, on: (bench) => bench.roll(tenths / 10)}));
const intents: readonly AutomationIntent[] = [
  ...[...automationModes, 'touch' as const, 'touch' as const].map(
    (mode): AutomationIntent => ({type: 'automation.setMode', scope: {type: 'desk'}, mode}),
  ),
  {type: 'automation.modeKey', mode: 'latch', strip: 'vox'},
  {type: 'automation.modeKey', mode: 'trim', strip: 'vox'},
  {type: 'automation.setSafe', scope: {type: 'strip', strip: 'kick'}, safe: true},
  {type: 'automation.punch'},
  {type: 'automation.preview'},
  {type: 'automation.punchPreview'},
  ...(['start', 'end', 'loop', 'next-point'] as const).map(
    (to): AutomationIntent => ({type: 'automation.writeTo', to}),
  ),
  {type: 'automation.mergeTrim', strips: 'all'},
  {type: 'automation.edit', lanes: ['vox level'], edit: {type: 'offset', by: 1}},
];
const ask = fc
  .constantFrom(...intents)
  .map((intent): Act => ({name: JSON.stringify(intent), on: (bench) => bench.perform(intent)}));
const tape = fc.constantFrom<Act>(
  {name: 'play', on: (bench) => bench.play()},
  {name: 'stop', on: (bench) => bench.stop()},
  {name: 'locate', on: (bench) => bench.locate(1)},
  {name: 'loop', on: (bench) => bench.loop(1, 2)},
  {name: 'lose one', on: (bench) => bench.lose('one')},
  {name: 'select', on: (bench) => bench.select('vox')},
);
const step = fc.constantFrom<Act>(
  {name: 'undo', on: (bench) => void bench.automation.history.undo()},
  {name: 'redo', on: (bench) => void bench.automation.history.redo()},
);
const script = fc.array(
  fc.oneof(
    {weight: 4, arbitrary: hand},
    {weight: 6, arbitrary: ride},
    {weight: 5, arbitrary: move},
    {weight: 4, arbitrary: roll},
    {weight: 2, arbitrary: tape},
    {weight: 2, arbitrary: press},
    {weight: 3, arbitrary: ask},
    step,
  ),
  {minLength: 5, maxLength: 40},
);

function isSame(one: Lanes, other: Lanes): boolean {
  return (
    one.size === other.size &&
    [...one].every(([id, lane]) => {
      const same = other.get(id);
      return same !== undefined && isSameLane(lane, same);
    })
  );
}

/** What a journal says of lanes and steps, read from its start; the mixer is as it was at each entry. */
function read(told: readonly (readonly [JournalEntry, Mixer])[]): {readonly lanes: Lanes; readonly history: History} {
  let lanes: Lanes = new Map();
  let history = noHistory;
  for (const [entry, mixer] of told) {
    if (entry.type === 'step') {
      history = withStep(history, entry.step);
      lanes = (entry.step.lanes ?? []).reduce(withChange, lanes);
    } else if (entry.type === 'undone' || entry.type === 'redone') {
      const made = (entry.type === 'undone' ? undone : redone)(history, {mixer, lanes});
      history = made?.history ?? history;
      lanes = (made?.lanes ?? []).reduce(withChange, lanes);
    }
  }
  return {lanes, history};
}

test('whatever happens, the journal alone gives the same lanes and steps, and passes in it end after their steps', (t) => {
  fc.assert(
    fc.property(script, (acts) => {
      const bench = automationBench();
      bench.roll(0.1);
      for (const act of acts) act.on(bench);
      bench.automation.end();
      const {automation, history} = bench.automation.kept;
      const again = read(bench.journal.map((entry) => [entry, fewStrips] as const));
      const open = new Set<number>();
      for (const entry of bench.journal) {
        if (entry.type === 'pass.wrote') open.add(entry.pass);
        if (entry.type === 'pass.ended' && !open.delete(entry.pass)) return false;
      }
      return (
        open.size === 0 &&
        isSame(again.lanes, automation.lanes) &&
        again.history.past.length === history.past.length &&
        again.history.future.length === history.future.length
      );
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('whatever was written is taken back to nothing, step by step, and comes again', (t) => {
  fc.assert(
    fc.property(script, (acts) => {
      const bench = automationBench();
      bench.roll(0.1);
      for (const act of acts) act.on(bench);
      bench.automation.end();
      const {history} = bench.automation;
      for (let left = 200; history.next.redo !== undefined && left > 0; left--) history.redo();
      const {lanes: written} = bench.automation.kept.automation;
      for (let left = 200; history.next.undo !== undefined && left > 0; left--) history.undo();
      if (bench.automation.kept.automation.lanes.size > 0) return false;
      for (let left = 200; history.next.redo !== undefined && left > 0; left--) history.redo();
      return isSame(bench.automation.kept.automation.lanes, written);
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('whatever happens, nothing is written once the tape stands, and nothing of a surface that is gone', (t) => {
  fc.assert(
    fc.property(script, (acts) => {
      const bench = automationBench();
      for (const act of acts) {
        act.on(bench);
        const {writing} = bench.automation.status;
        if (bench.engine.playback.state === 'stopped' && writing.length > 0) return false;
        if (new Set(writing.map(({lane}) => lane)).size < writing.length) return false;
      }
      for (const unit of [...units, 'unit']) bench.lose(unit);
      return lanes.every((lane) => !bench.automation.isTouched(lane));
    }),
    {numRuns: 40},
  );
  t.pass();
});

test('whatever happens, in read every lane is heard where the tape is once the hands are off', (t) => {
  fc.assert(
    fc.property(script, fc.integer({min: 0, max: 30}), (acts, tenths) => {
      const bench = automationBench();
      bench.roll(0.1);
      for (const act of acts) act.on(bench);
      for (const unit of [...units, 'unit']) bench.lose(unit);
      bench.stop();
      bench.perform({type: 'automation.modeKey', mode: 'read', strip: 'vox'});
      for (const mode of ['off', 'read'] as const) bench.setMode(mode);
      bench.perform({type: 'automation.setMode', scope: {type: 'strip', strip: 'vox'}, mode: 'read'});
      if (bench.automation.status.previewing) bench.perform({type: 'automation.preview'});
      bench.locate(tenths / 10);
      const offset = bench.at('vox level.offset', tenths / 10) ?? 0;
      const level = bench.at('vox level', tenths / 10);
      const kick = bench.at('kick level', tenths / 10);
      return (
        (level === undefined || level <= -90 || Math.abs(bench.levelDb(0) - Math.min(10, level + offset)) < 0.02) &&
        (kick === undefined ||
          kick <= -90 ||
          Math.abs(bench.levelDb(1) - Math.min(10, kick + (bench.at('kick level.offset', tenths / 10) ?? 0))) < 0.02)
      );
    }),
    {numRuns: 40},
  );
  t.pass();
});
