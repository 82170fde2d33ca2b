import test from 'ava';
import fc from 'fast-check';
import {createActor, SimulatedClock} from 'xstate';
import {type PlaybackEvent, playbackMachine} from '../../src/machines/playback.ts';
import type {Playback, PlaybackCommand} from '../../src/model/playback.ts';
import type {PlaybackIntent} from '../../src/surface/intent.ts';

const rate = 48_000;
const tapeAt = (seconds: number, given: Partial<Playback> = {}): Playback => ({
  state: 'stopped',
  frame: seconds * rate,
  lengthFrames: 60 * rate,
  sampleRate: rate,
  looping: false,
  markers: [],
  loop: undefined,
  ...given,
});
const ask = (intent: PlaybackIntent, playback: Playback): PlaybackEvent => ({type: 'playback.asked', intent, playback});
const changed = (playback: Playback): PlaybackEvent => ({type: 'playback.changed', playback});
const locate = (seconds: number): PlaybackCommand => ({type: 'playback.locate', frame: seconds * rate});
const playing = (seconds: number) => tapeAt(seconds, {state: 'playing'});

/** The commands that follow from events, and waits in ms. */
function play(...script: readonly (PlaybackEvent | number)[]): readonly PlaybackCommand[] {
  const clock = new SimulatedClock();
  const actor = createActor(playbackMachine, {clock});
  const commands: PlaybackCommand[] = [];
  actor.on('playback.commanded', ({command}) => commands.push(command));
  actor.start();
  for (const step of script) {
    if (typeof step === 'number') clock.increment(step);
    else actor.send(step);
  }
  return commands;
}

const rows: readonly (readonly [
  law: string,
  script: readonly (PlaybackEvent | number)[],
  commands: readonly PlaybackCommand[],
])[] = [
  ['play plays', [ask({type: 'playback.play'}, tapeAt(3))], [{type: 'playback.play'}]],
  ['play while playing does nothing', [changed(playing(3)), ask({type: 'playback.play'}, playing(3))], []],
  ['play at the end begins anew', [ask({type: 'playback.play'}, tapeAt(60))], [locate(0), {type: 'playback.play'}]],
  ['stop stops', [changed(playing(3)), ask({type: 'playback.stop'}, playing(4))], [{type: 'playback.stop'}]],
  ['stop while stopped goes back to the start', [ask({type: 'playback.stop'}, tapeAt(4))], [locate(0)]],
  [
    'one key does both',
    [ask({type: 'playback.toggle'}, tapeAt(4)), changed(playing(4)), ask({type: 'playback.toggle'}, playing(5))],
    [{type: 'playback.play'}, {type: 'playback.stop'}],
  ],
  ['rewind goes to the multiple of five seconds before', [ask({type: 'playback.rewind'}, tapeAt(13))], [locate(10)]],
  ['rewind soon after a multiple goes to the one before', [ask({type: 'playback.rewind'}, tapeAt(10.5))], [locate(5)]],
  ['rewind near the start goes to the start', [ask({type: 'playback.rewind'}, tapeAt(0.5))], [locate(0)]],
  ['forward goes to the next multiple', [ask({type: 'playback.forward'}, tapeAt(10))], [locate(15)]],
  ['forward ends at the end', [ask({type: 'playback.forward'}, tapeAt(59))], [locate(60)]],
  ['a jump works while playing', [changed(playing(3)), ask({type: 'playback.forward'}, playing(3))], [locate(5)]],
  [
    'jumps faster than the engine answers go on from each other',
    [
      ask({type: 'playback.forward'}, tapeAt(1)),
      100,
      ask({type: 'playback.forward'}, tapeAt(1)),
      100,
      ask({type: 'playback.forward'}, tapeAt(1)),
    ],
    [locate(5), locate(10), locate(15)],
  ],
  [
    'a jump after the engine has answered starts where the tape is',
    [ask({type: 'playback.forward'}, tapeAt(1)), 300, ask({type: 'playback.forward'}, tapeAt(21))],
    [locate(5), locate(25)],
  ],
  [
    'the jog moves by its detents',
    [ask({type: 'playback.nudge', steps: -3}, tapeAt(10))],
    [{type: 'playback.locate', frame: 451_200}],
  ],
  [
    'the jog adds up',
    [ask({type: 'playback.nudge', steps: 1}, tapeAt(10)), ask({type: 'playback.nudge', steps: 1}, tapeAt(10))],
    [
      {type: 'playback.locate', frame: 489_600},
      {type: 'playback.locate', frame: 499_200},
    ],
  ],
  [
    'a place asked for by number is that place',
    [ask({type: 'playback.locate', frame: 77}, tapeAt(10))],
    [{type: 'playback.locate', frame: 77}],
  ],
  ['nonsense is no place', [ask({type: 'playback.locate', frame: Number.NaN}, tapeAt(10))], []],
  [
    'loop toggles what the engine has',
    [ask({type: 'playback.toggleLooping'}, tapeAt(0, {looping: true}))],
    [{type: 'playback.setLooping', looping: false}],
  ],
  [
    'loop may be said outright',
    [ask({type: 'playback.setLooping', looping: true}, tapeAt(0, {looping: true}))],
    [{type: 'playback.setLooping', looping: true}],
  ],
];

for (const [law, script, commands] of rows) {
  test(law, (t) => {
    t.deepEqual(play(...script), commands);
  });
}

test('whatever is asked, the tape is never sent beyond its ends', (t) => {
  const anyIntent: fc.Arbitrary<PlaybackIntent> = fc.oneof(
    fc.constantFrom<PlaybackIntent>(
      {type: 'playback.rewind'},
      {type: 'playback.forward'},
      {type: 'playback.stop'},
      {type: 'playback.play'},
    ),
    fc.integer().map((steps): PlaybackIntent => ({type: 'playback.nudge', steps})),
    fc.double().map((frame): PlaybackIntent => ({type: 'playback.locate', frame})),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(anyIntent, fc.double({min: 0, max: 60, noNaN: true})), {maxLength: 20}), (asked) => {
      const commands = play(...asked.map(([intent, seconds]) => ask(intent, tapeAt(seconds))));
      return commands.every(
        (command) =>
          command.type !== 'playback.locate' ||
          (Number.isInteger(command.frame) && command.frame >= 0 && command.frame <= 60 * rate),
      );
    }),
  );
  t.pass();
});
