import test from 'ava';
import fc from 'fast-check';
import {createPlayHead, type PlayHead} from '../../../src/engine/live/play-head.ts';
import {newTimeline} from '../../../src/model/timeline.ts';

const lengthFrames = 480_000;

/** A play head on a clock that the test turns. */
function rig(): {readonly head: PlayHead; readonly clock: {nowMs: number}} {
  const clock = {nowMs: 1000};
  const head = createPlayHead(48_000, newTimeline, () => clock.nowMs);
  head.measured(lengthFrames);
  return {head, clock};
}

test('between two messages the tape goes on as it was told, frame by frame', (t) => {
  const {head, clock} = rig();
  head.command({type: 'playback.play'});
  head.moved([{frame: 10_000, frames: 4800, moves: true}], 995, true);
  for (const [nowMs, frame] of [
    [1000, 10_240],
    [1001, 10_288],
    [1030.5, 11_704],
  ] as const) {
    clock.nowMs = nowMs;
    t.is(head.playback.frame, frame);
  }
  clock.nowMs = 5000;
  t.is(head.playback.frame, 14_800, 'never beyond what is known');
});

test('it wraps where the loop does, waits in gaps, and stands where the tape will stop', (t) => {
  const {head, clock} = rig();
  head.command({type: 'playback.play'});
  const spans = [
    {frame: 40_000, frames: 480, moves: true},
    {frame: 8000, frames: 960, moves: true},
    {frame: 8960, frames: 480, moves: false},
    {frame: 8960, frames: 480, moves: true},
    {frame: 100, frames: 10, moves: false},
  ];
  head.moved(spans, 1000, true);
  const at = (ms: number): number => {
    clock.nowMs = 1000 + ms;
    return head.playback.frame;
  };
  t.deepEqual([0, 5, 10, 15, 29, 35, 39, 45, 50, 60, 900].map(at), [
    ...[40_000, 40_240, 8000, 8240, 8912, 8960, 8960, 9200, 100, 100, 100],
  ]);
});

test('clocks that disagree a little never take it back while it moves; a locate does, and a stop tells the very frame', (t) => {
  const {head, clock} = rig();
  head.command({type: 'playback.play'});
  head.moved([{frame: 10_000, frames: 48_000, moves: true}], 1000, true);
  clock.nowMs = 1100;
  t.is(head.playback.frame, 14_800);
  head.moved([{frame: 14_500, frames: 48_000, moves: true}], 1100, true);
  t.is(head.playback.frame, 14_800);
  clock.nowMs = 1107;
  t.is(head.playback.frame, 14_836);
  head.command({type: 'playback.locate', frame: 14_000});
  t.is(head.playback.frame, 14_000);
  head.moved([{frame: 14_500, frames: 48_000, moves: true}], 1107, true);
  clock.nowMs = 1110;
  head.moved([{frame: 14_400, frames: 480, moves: false}], 1110, true);
  t.is(head.playback.frame, 14_400);
});

test('while it plays it never runs back by less than a loop is long, however messages come', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({min: 1, max: 40}), fc.integer({min: -400, max: 400})), {maxLength: 60}),
      (messages) => {
        const {head, clock} = rig();
        head.command({type: 'playback.play'});
        let last = 0;
        for (const [passMs, jitter] of messages) {
          clock.nowMs += passMs;
          const frame = Math.round((clock.nowMs - 1000) * 48);
          head.moved([{frame: Math.max(0, frame + jitter), frames: 9600, moves: true}], clock.nowMs, true);
          const now = head.playback.frame;
          if (now < last || Math.abs(now - frame) > 400 + 40 * 48 + 1) return false;
          last = now;
        }
        return true;
      },
    ),
  );
  t.pass();
});

test('the tape that has run out is told once; a stop that was asked for is none', (t) => {
  const {head} = rig();
  head.command({type: 'playback.play'});
  t.false(head.moved([{frame: 0, frames: 480, moves: true}], 1000, true));
  t.true(head.moved([{frame: 0, frames: 480, moves: false}], 1000, false));
  t.is(head.playback.state, 'stopped');
  t.false(head.moved([{frame: 0, frames: 480, moves: false}], 1000, false));
});

test('a fresh process is brought to where the tape was heard last', (t) => {
  const {head, clock} = rig();
  head.command({type: 'playback.play'});
  head.moved([{frame: 1000, frames: 48_000, moves: true}], 1000, true);
  clock.nowMs = 1020;
  t.deepEqual(head.commands.slice(2), [{type: 'playback.locate', frame: 1960}, {type: 'playback.play'}]);
});
