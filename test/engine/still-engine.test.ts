import test from 'ava';
import type {Changed} from '../../src/engine/contract.ts';
import {stillEngine} from '../../src/engine/still-engine.ts';
import {laneId} from '../../src/model/lane.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';

function still() {
  const time = {ms: 0};
  const mixer = newMixer({strips: [newStrip({id: 's1', name: 'One'}), newStrip({id: 's2', name: 'Two'})]});
  const engine = stillEngine(mixer, () => time.ms);
  const told: Changed[] = [];
  engine.onChanged((what) => told.push(what));
  return {engine, told, time};
}

test('the mixer does what it is told, and says so', (t) => {
  const {engine, told} = still();
  engine.apply({type: 'strip.setLevel', strip: 's2', levelDb: -7});
  engine.apply({type: 'monitor.setDim', dim: true});
  t.is(engine.mixer.strips[1]?.levelDb, -7);
  t.true(engine.monitor.dim);
  t.deepEqual(told, ['mixer', 'monitor']);
});

test('the tape runs by the clock, stands when it is stopped, and goes where it is sent', (t) => {
  const {engine, told, time} = still();
  engine.apply({type: 'playback.play'});
  time.ms = 1000;
  t.is(engine.playback.frame, 48_000);
  engine.apply({type: 'playback.stop'});
  time.ms = 5000;
  t.is(engine.playback.frame, 48_000);
  engine.apply({type: 'playback.locate', frame: 960_000});
  t.is(engine.playback.frame, 960_000);
  t.deepEqual(told, ['playback', 'playback', 'playback']);
});

test('in a loop the tape wraps, and at its end it stops at its start', (t) => {
  const {engine, time} = still();
  engine.apply({type: 'playback.setLoop', loop: {inFrame: 48_000, outFrame: 96_000}});
  engine.apply({type: 'playback.setLooping', looping: true});
  engine.apply({type: 'playback.play'});
  time.ms = 2500;
  t.is(engine.playback.frame, 72_000);
  engine.apply({type: 'playback.setLooping', looping: false});
  time.ms = 3_600_000;
  t.like(engine.playback, {state: 'stopped', frame: 0});
});

test('lanes move the mixer along the tape, and what is let go stays', (t) => {
  const {engine, time} = still();
  const id = laneId({strip: 's1', parameter: 'level'});
  const lane = {frames: Int32Array.of(0, 48_000), values: Float64Array.of(-20, -10)};
  engine.follow([{id, lane}]);
  engine.apply({type: 'playback.play'});
  time.ms = 500;
  engine.takeMeters();
  t.is(engine.mixer.strips[0]?.levelDb, -15);
  engine.apply({type: 'strip.setLevel', strip: 's1', levelDb: 0});
  t.is(engine.mixer.strips[0]?.levelDb, -15, 'a lane is stronger than a hand');
  engine.follow([{id, lane: undefined}]);
  time.ms = 900;
  engine.takeMeters();
  t.is(engine.mixer.strips[0]?.levelDb, -15);
});

test('meters hear silence of the time that passed, and never of more than a tenth of a second', (t) => {
  const {engine, time} = still();
  t.deepEqual(engine.takeMeters(), []);
  time.ms = 20;
  const [frame] = engine.takeMeters();
  t.like(frame, {atFrame: 0, frames: 960, rolling: false});
  t.true(frame?.values.every((value) => value === 0));
  time.ms = 5000;
  t.is(engine.takeMeters()[0]?.frames, 4800);
  t.deepEqual(engine.takeMeters(), []);
});
