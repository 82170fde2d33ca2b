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

const key = (held: boolean, seconds: number, given: Partial<Playback> = {}): PlaybackEvent =>
  ask({type: 'playback.markerKey', held}, songAt(seconds, given));
/** Markers at 10, 20 and 20.5 s. */
const songAt = (seconds: number, given: Partial<Playback> = {}): Playback =>
  tapeAt(seconds, {
    markers: [
      {frame: 10 * rate, name: 'Verse'},
      {frame: 20 * rate, name: 'Chorus'},
      {frame: 20.5 * rate, name: 'Marker 1'},
    ],
    ...given,
  });
const setLoop = (inSeconds: number, outSeconds: number): PlaybackCommand => ({
  type: 'playback.setLoop',
  loop: {inFrame: inSeconds * rate, outFrame: outSeconds * rate},
});
const range = (inSeconds: number, outSeconds: number) => ({inFrame: inSeconds * rate, outFrame: outSeconds * rate});
const mark = (seconds: number, name: string): PlaybackCommand => ({
  type: 'playback.addMarker',
  frame: seconds * rate,
  name,
});

const songRows: typeof rows = [
  ['the next marker is the next', [ask({type: 'playback.nextMarker'}, songAt(12))], [locate(20)]],
  ['behind the last marker there is no next', [ask({type: 'playback.nextMarker'}, songAt(21))], []],
  ['the marker before is the one before', [ask({type: 'playback.previousMarker'}, songAt(12))], [locate(10)]],
  ['on a marker the one before is meant', [ask({type: 'playback.previousMarker'}, songAt(20))], [locate(10)]],
  ['before the first marker is the start', [ask({type: 'playback.previousMarker'}, songAt(10))], [locate(0)]],
  [
    'while it plays, soon after a marker the one before is meant',
    [
      changed(songAt(20.9, {state: 'playing'})),
      ask({type: 'playback.previousMarker'}, songAt(20.9, {state: 'playing'})),
    ],
    [locate(10)],
  ],
  [
    'quick steps visit every marker, however close',
    [
      ask({type: 'playback.previousMarker'}, songAt(30, {state: 'playing'})),
      50,
      ask({type: 'playback.previousMarker'}, songAt(30, {state: 'playing'})),
      50,
      ask({type: 'playback.previousMarker'}, songAt(30, {state: 'playing'})),
    ],
    [locate(20.5), locate(20), locate(10)],
  ],
  ['a marker can be asked for by number', [ask({type: 'playback.toMarker', number: 2}, songAt(1))], [locate(20)]],
  ['a number without a marker is no place', [ask({type: 'playback.toMarker', number: 4}, songAt(1))], []],
  ['no number is no place', [ask({type: 'playback.toMarker', number: Number.NaN}, songAt(1))], []],
  [
    'a marker is set where the tape is, with a name of its own',
    [ask({type: 'playback.mark'}, songAt(5))],
    [mark(5, 'Marker 2')],
  ],
  [
    'the marker passed last is taken away',
    [ask({type: 'playback.unmark'}, songAt(12))],
    [{type: 'playback.removeMarker', frame: 10 * rate}],
  ],
  ['before the first marker none is taken away', [ask({type: 'playback.unmark'}, songAt(9))], []],
  [
    'the marker passed last is named',
    [ask({type: 'playback.nameMarker', name: 'Bridge'}, songAt(20))],
    [{type: 'playback.renameMarker', frame: 20 * rate, name: 'Bridge'}],
  ],
  [
    'the marker key alone sets a marker where it was pressed',
    [key(true, 5), 900, key(false, 6)],
    [mark(5, 'Marker 2')],
  ],
  [
    'held it makes back and forward go by markers, and sets none',
    [
      key(true, 5),
      ask({type: 'playback.forward'}, songAt(5)),
      400,
      ask({type: 'playback.forward'}, songAt(10)),
      key(false, 20),
    ],
    [locate(10), locate(20)],
  ],
  [
    'let go, back and forward go by time again',
    [
      key(true, 5),
      ask({type: 'playback.forward'}, songAt(5)),
      key(false, 10),
      400,
      ask({type: 'playback.forward'}, songAt(11)),
    ],
    [locate(10), locate(15)],
  ],
  ['a marker key that was never let go is forgotten', [key(true, 5), 10_000, key(false, 50)], []],
  [
    'pressed twice without a release, the last press counts',
    [key(true, 5), key(true, 7), key(false, 8)],
    [mark(7, 'Marker 2')],
  ],
  ['in point: from here to the end', [ask({type: 'playback.setIn'}, songAt(12))], [setLoop(12, 60)]],
  ['out point: from the start to here', [ask({type: 'playback.setOut'}, songAt(12))], [setLoop(0, 12)]],
  [
    'in point within a loop moves its start',
    [ask({type: 'playback.setIn'}, songAt(12, {loop: range(3, 20)}))],
    [setLoop(12, 20)],
  ],
  [
    'in point behind a loop opens it to the end',
    [ask({type: 'playback.setIn'}, songAt(30, {loop: range(3, 20)}))],
    [setLoop(30, 60)],
  ],
  [
    'out point before a loop opens it to the start',
    [ask({type: 'playback.setOut'}, songAt(2, {loop: range(3, 20)}))],
    [setLoop(0, 2)],
  ],
  ['no in point where there is no room', [ask({type: 'playback.setIn'}, songAt(60))], []],
  ['no out point where there is no room', [ask({type: 'playback.setOut'}, songAt(0))], []],
  [
    'the section between two markers goes round',
    [ask({type: 'playback.loopSection'}, songAt(12))],
    [setLoop(10, 20), {type: 'playback.setLooping', looping: true}],
  ],
  [
    'asked again, the whole tape does',
    [ask({type: 'playback.loopSection'}, songAt(12, {loop: range(10, 20), looping: true}))],
    [{type: 'playback.setLoop', loop: undefined}],
  ],
  [
    'a section that was left is gone round again',
    [ask({type: 'playback.loopSection'}, songAt(12, {loop: range(10, 20)}))],
    [{type: 'playback.setLooping', looping: true}],
  ],
];

for (const [law, script, commands] of [...rows, ...songRows]) {
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
