import test from 'ava';
import {createTapeWatch, type TapeMoment} from '../../src/app/automation-tape.ts';
import {memoryEngine} from '../journeys/memory-engine.ts';
import {fewStrips, rate} from './automation-bench.ts';

function watched() {
  const engine = memoryEngine(fewStrips);
  const told: TapeMoment[] = [];
  const watch = createTapeWatch(engine, (moment) => told.push(moment));
  engine.onChanged((what) => {
    if (what === 'playback') watch.changed();
  });
  return {
    engine,
    watch,
    /** What was told since, with frames in seconds. */
    takeTold: () =>
      told.splice(0).map(({type, endFrame, beginFrame}) => `${type} ${endFrame / rate} ${beginFrame / rate}`),
    roll: (seconds: number) => {
      for (let step = 0; step < seconds * 40; step++) {
        engine.roll(rate / 40);
        watch.look();
      }
    },
  };
}

test('play and stop are told once, with the frame that was heard', (t) => {
  const {watch, roll, takeTold} = watched();
  watch.obey({type: 'playback.play'});
  watch.obey({type: 'playback.play'});
  t.deepEqual(takeTold(), ['tape.played 0 0']);
  roll(2);
  watch.obey({type: 'playback.stop'});
  watch.obey({type: 'playback.stop'});
  t.deepEqual(takeTold(), ['tape.stopped 2 2']);
  t.false(watch.isPlaying);
});

test('a locate is told with the last frame before it and the first after it, playing or not', (t) => {
  const {watch, roll, takeTold} = watched();
  watch.obey({type: 'playback.locate', frame: 5 * rate});
  watch.obey({type: 'playback.play'});
  roll(1);
  watch.obey({type: 'playback.locate', frame: 2 * rate});
  roll(1);
  watch.obey({type: 'playback.locate', frame: 9 * rate});
  roll(1);
  t.deepEqual(takeTold(), ['tape.located 0 5', 'tape.played 5 5', 'tape.located 6 2', 'tape.located 3 9']);
});

test('a loop ends at its out point and begins at its in point, though it is noticed later', (t) => {
  const {engine, watch, roll, takeTold} = watched();
  engine.apply({type: 'playback.setLoop', loop: {inFrame: rate, outFrame: 2 * rate}});
  engine.apply({type: 'playback.setLooping', looping: true});
  watch.obey({type: 'playback.play'});
  roll(3.5);
  t.deepEqual(takeTold(), ['tape.played 0 0', 'tape.looped 2 1', 'tape.looped 2 1']);
});

test('past its loop the tape goes round at its end', (t) => {
  const {engine, watch, roll, takeTold} = watched();
  engine.apply({type: 'playback.setLoop', loop: {inFrame: rate, outFrame: 2 * rate}});
  engine.apply({type: 'playback.setLooping', looping: true});
  watch.obey({type: 'playback.locate', frame: 59 * rate});
  watch.obey({type: 'playback.play'});
  takeTold();
  roll(1.5);
  t.deepEqual(takeTold(), ['tape.looped 60 1']);
});

test('a tape that runs out stops at its end', (t) => {
  const {watch, roll, takeTold} = watched();
  watch.obey({type: 'playback.locate', frame: 59 * rate});
  watch.obey({type: 'playback.play'});
  takeTold();
  roll(1.5);
  t.deepEqual(takeTold(), ['tape.stopped 60 0']);
});

test('a clock that steps back a little is no loop', (t) => {
  const {engine, watch, takeTold} = watched();
  watch.obey({type: 'playback.play'});
  takeTold();
  for (const frame of [1000, 3000, 2000, 4000, 3500]) {
    engine.at(frame);
    watch.look();
  }
  t.deepEqual(takeTold(), []);
});
