import test from 'ava';
import {createDeskHistory} from '../../src/app/desk-history.ts';
import type {MixerCommand} from '../../src/model/command.ts';
import {noHistory} from '../../src/model/history.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import type {Lane} from '../../src/model/lane.ts';
import {changeBetween, type Lanes} from '../../src/model/lane-change.ts';
import {memoryEngine} from '../journeys/memory-engine.ts';
import {fewStrips} from './automation-bench.ts';

const empty: Lane = {frames: new Int32Array(0), values: new Float64Array(0)};
const ridden: Lane = {frames: Int32Array.of(0, 48_000), values: Float64Array.of(-3, -9)};

function begun({moved = () => false}: {readonly moved?: (command: MixerCommand) => boolean} = {}) {
  const engine = memoryEngine(fewStrips);
  const journal: JournalEntry[] = [];
  let lanes: Lanes = new Map();
  const history = createDeskHistory({
    engine,
    history: noHistory,
    lanes: {
      get lanes() {
        return lanes;
      },
      isMoved: moved,
      become: (next) => {
        lanes = next;
      },
    },
    journal: (entry) => journal.push(entry),
  });
  const change = changeBetween('vox level', empty, ridden);
  return {engine, history, journal, lanes: () => lanes, changes: change === undefined ? [] : [change]};
}

const mute: MixerCommand = {type: 'strip.setMute', strip: 'vox', muted: true};

test('a step holds what it changed of mixer and lanes, and is taken back and again whole', (t) => {
  const {engine, history, lanes, changes, journal} = begun();
  history.apply('both', [mute], changes);
  t.true(engine.mixer.strips[0]?.muted);
  t.is(lanes().size, 1);
  t.deepEqual(history.next, {undo: 'both', redo: undefined});
  t.is(history.undo(), 'Undone: both.');
  t.false(engine.mixer.strips[0]?.muted);
  t.is(lanes().size, 0);
  t.is(history.redo(), 'Redone: both.');
  t.deepEqual(lanes().get('vox level'), ridden);
  t.deepEqual(
    journal.map(({type}) => type),
    ['step', 'undone', 'redone'],
  );
});

test('what lanes move is left to them, and is no part of a step', (t) => {
  const {engine, history} = begun({moved: ({type}) => type === 'strip.setLevel'});
  history.apply('balance', [{type: 'strip.setLevel', strip: 'vox', levelDb: -3}, mute]);
  t.is(engine.mixer.strips[0]?.levelDb, 0);
  t.is(history.history.past[0]?.edits.length, 1);
  history.apply('nothing', [{type: 'strip.setLevel', strip: 'vox', levelDb: -4}]);
  t.is(history.history.past.length, 1);
});

test('a lane that is taken back to nothing leaves its parameter where the lane began', (t) => {
  const {engine, history, changes} = begun();
  history.apply('ride', [], changes);
  engine.apply({type: 'strip.setLevel', strip: 'vox', levelDb: -9});
  history.undo();
  t.is(engine.mixer.strips[0]?.levelDb, -3);
});

test('what was changed since stays, and that is said', (t) => {
  const {engine, history, changes} = begun();
  history.apply('both', [mute], changes);
  engine.apply({type: 'strip.setMute', strip: 'vox', muted: false});
  t.is(history.undo(), 'Undone: both; 1 value was changed since and stays.');
  t.is(history.undo(), 'There is nothing to be undone.');
});
