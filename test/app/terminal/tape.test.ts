import test from 'ava';
import fc from 'fast-check';
import {drawDesk} from '../../../src/app/terminal/desk-frame.ts';
import {drawHelp} from '../../../src/app/terminal/help-frame.ts';
import {intentsOf, keyBindings} from '../../../src/app/terminal/key-map.ts';
import {drawPrompt, type Prompt, promptAfter} from '../../../src/app/terminal/name-prompt.ts';
import {drawRuler} from '../../../src/app/terminal/ruler.ts';
import {statusLine} from '../../../src/app/terminal/status-line.ts';
import type {Playback} from '../../../src/model/playback.ts';
import {longestMarkerName, markerNameFault} from '../../../src/model/timeline.ts';
import type {Intent} from '../../../src/surface/intent.ts';
import {sampleStatus} from './sample-status.ts';

const plain = {colour: false, unicode: false};
const status = sampleStatus(3, {});
const playback: Playback = {
  ...status.playback,
  looping: true,
  loop: {inFrame: 96_000, outFrame: 240_000},
  markers: [
    {frame: 24_000, name: 'Verse'},
    {frame: 240_000, name: 'Chorus'},
  ],
};

test('the ruler shows markers with their names, the loop between brackets, and where the tape is', (t) => {
  t.is(drawRuler(playback, 40, plain), '--|V#rse[==========]|Chorus-------------');
  t.is(drawRuler({...playback, markers: [], loop: undefined}, 20, plain), '[=#================]');
  t.is(drawRuler({...playback, markers: [], loop: undefined, looping: false}, 20, plain), '--#-----------------');
  t.is(drawRuler({...playback, lengthFrames: 0}, 5, plain), '-----');
});

test('the ruler is as wide as the terminal, whatever the tape and its markers', (t) => {
  const anyFrame = fc.integer({min: 0, max: 480_000});
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 200}),
      fc.record({
        frame: anyFrame,
        markers: fc
          .uniqueArray(anyFrame, {maxLength: 30})
          .map((frames) => frames.sort((one, other) => one - other).map((frame) => ({frame, name: `Name ${frame}`}))),
        loop: fc.option(
          fc.tuple(anyFrame, anyFrame).map(([inFrame, frames]) => ({inFrame, outFrame: inFrame + frames})),
          {nil: undefined},
        ),
        looping: fc.boolean(),
      }),
      (width, given) => drawRuler({...playback, ...given}, width, plain).length === width,
    ),
  );
  t.pass();
});

test('title and status line name the marker and the loop, in 80 cells', (t) => {
  const lines = drawDesk({...status, playback}, {columns: 80, rows: 24}, plain);
  t.is(lines.length, 24);
  t.true(lines[0]?.includes('0:01.0 / 0:10.0  Verse  loop 0:02.0-0:05.0'), lines[0]);
  t.true(lines[1]?.includes('|Chorus'), lines[1]);
  t.true(lines.every((line) => line.length <= 80));
  t.true(statusLine({...status, playback}).startsWith('0:01.0 playing in Verse, loop 0:02.0-0:05.0 | '));
});

test('the help has room for every key on 80 by 24', (t) => {
  const text = drawHelp({columns: 80, rows: 24}, plain).join('\n');
  for (const {about} of keyBindings) t.true(text.includes(about), about);
  t.true(text.includes('quit'));
});

const asked: readonly (readonly [string, readonly Intent[]])[] = [
  ['r', [{type: 'playback.toggleLooping'}]],
  ['R', [{type: 'playback.loopSection'}]],
  ['I', [{type: 'playback.setIn'}]],
  ['O', [{type: 'playback.setOut'}]],
  ['t', [{type: 'playback.mark'}]],
  ['T', [{type: 'playback.unmark'}]],
  ['e', []],
  [';', [{type: 'playback.previousMarker'}]],
  ["'", [{type: 'playback.nextMarker'}]],
  ['j1', [{type: 'playback.toMarker', number: 1}]],
  ['j9', [{type: 'playback.toMarker', number: 9}]],
  ['j0', []],
  ['jq', []],
];
for (const [key, intents] of asked) {
  test(`key ${key} asks the tape for ${JSON.stringify(intents)}`, (t) => {
    const {mixer, monitor, meters, view, layout} = status;
    t.deepEqual(intentsOf({mixer, monitor, meters, view, layout, playback, knob: 0}, key), intents);
  });
}

/** What keys make of a name. */
function typed(text: string, keys: readonly string[]): Prompt {
  return keys.reduce<Prompt>((prompt, key) => (prompt.type === 'typing' ? promptAfter(prompt.text, key) : prompt), {
    type: 'typing',
    text,
  });
}

test('a name is typed, mended, taken, or left as it was', (t) => {
  t.deepEqual(typed('Verse', ['space', '2', 'enter']), {type: 'taken', text: 'Verse 2'});
  t.deepEqual(typed('Verse', ['backspace', 'backspace', 'ü', 'enter']), {type: 'taken', text: 'Verü'});
  t.deepEqual(typed('Verse', ['x', 'escape']), {type: 'left'});
  t.deepEqual(typed('V', ['backspace', 'backspace', 'enter']), {type: 'left'});
  t.deepEqual(typed('', ['left', 'f1', 'tab']), {type: 'typing', text: ''});
  t.regex(drawPrompt('Verse', 'marker', 80, plain), /^ Name of the marker: Verse_ .*Esc/);
});

test('whatever is typed, a name that is taken is one', (t) => {
  const anyKey = fc.oneof(
    fc.string({unit: 'grapheme', minLength: 1, maxLength: 1}),
    fc.constantFrom('space', 'backspace'),
  );
  fc.assert(
    fc.property(fc.array(anyKey, {maxLength: 2 * longestMarkerName}), (keys) => {
      const prompt = typed('', [...keys, 'enter']);
      return prompt.type === 'left' || (prompt.type === 'taken' && markerNameFault(prompt.text) === undefined);
    }),
  );
  t.pass();
});
