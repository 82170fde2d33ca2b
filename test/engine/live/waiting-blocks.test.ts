import test from 'ava';
import type {TapeSpan} from '../../../src/engine/automation/lane-plan.ts';
import type {HeardBlock} from '../../../src/engine/live/renderer.ts';
import {createWaitingBlocks} from '../../../src/engine/live/waiting-blocks.ts';

/** A block that begins at a frame of the device and goes through the tape like that. */
function block(atFrame: number, ...spans: readonly TapeSpan[]): HeardBlock {
  const values = new Float32Array();
  return {meters: {atFrame, frames: 512, rolling: true, values}, spans, tapeFrame: 0, mix: undefined};
}
const rolls = (frame: number, frames = 512): TapeSpan => ({frame, frames, moves: true});
const stands = (frame: number, frames = 512): TapeSpan => ({frame, frames, moves: false});

test('what goes on is one span; wraps and standstills are spans of their own', (t) => {
  const waiting = createWaitingBlocks();
  t.deepEqual(waiting.spansFrom(0), []);
  waiting.push([block(0, rolls(1000)), block(512, rolls(1512, 100), rolls(64, 412)), block(1024, rolls(476))]);
  waiting.push([block(1536, stands(988)), block(2048, stands(988))]);
  t.deepEqual(waiting.spansFrom(0), [rolls(1000, 612), rolls(64, 924), stands(988, 1024)]);
});

test('they begin where it is heard, in fractions of frames too', (t) => {
  const waiting = createWaitingBlocks();
  waiting.push([block(512, rolls(1000)), block(1024, stands(1512))]);
  t.deepEqual(waiting.spansFrom(700.5), [rolls(1188.5, 323.5), stands(1512, 512)]);
  t.deepEqual(waiting.spansFrom(1100), [stands(1512, 436)]);
  t.deepEqual(waiting.spansFrom(9000), []);
});

test('in a gap between blocks the tape stands', (t) => {
  const waiting = createWaitingBlocks();
  waiting.push([block(0, rolls(1000)), block(1024, rolls(1512))]);
  t.deepEqual(waiting.spansFrom(256), [rolls(1256, 256), stands(1512), rolls(1512)]);
});

test('what was heard is taken once, what is rendered anew is dropped', (t) => {
  const waiting = createWaitingBlocks();
  const blocks = [0, 512, 1024, 1536].map((atFrame) => block(atFrame, rolls(atFrame)));
  waiting.push(blocks);
  t.deepEqual(waiting.takeUntil(511), []);
  t.deepEqual(waiting.takeUntil(1030), blocks.slice(0, 2));
  waiting.dropFrom(1536);
  t.deepEqual(waiting.takeUntil(9999), blocks.slice(2, 3));
  t.deepEqual(waiting.takeUntil(9999), []);
});
