import test from 'ava';
import type {Action} from '../../../src/model/layout.ts';
import type {Playback} from '../../../src/model/playback.ts';
import {bind} from '../../../src/surface/bind.ts';
import {renderTime} from '../../../src/surface/digits.ts';
import type {PlaybackIntent} from '../../../src/surface/intent.ts';
import {render} from '../../../src/surface/render.ts';
import {contextOf, fullLayout, inputOf, stopped} from './small-desk.ts';

/** The desk of these tests with one button, `save`, bound to an action of the tape. */
function layoutWith(action: Action) {
  return {...fullLayout, bindings: new Map(fullLayout.bindings).set('save', action)};
}

const presses: readonly (readonly [Action, PlaybackIntent])[] = [
  ['playback.setIn', {type: 'playback.setIn'}],
  ['playback.setOut', {type: 'playback.setOut'}],
  ['playback.loopSection', {type: 'playback.loopSection'}],
  ['playback.marker', {type: 'playback.markerKey', held: true}],
  ['playback.mark', {type: 'playback.mark'}],
  ['playback.unmark', {type: 'playback.unmark'}],
  ['playback.previousMarker', {type: 'playback.previousMarker'}],
  ['playback.nextMarker', {type: 'playback.nextMarker'}],
  ['marker:3', {type: 'playback.toMarker', number: 3}],
];
for (const [action, intent] of presses) {
  test(`${action} asks for ${JSON.stringify(intent)}`, (t) => {
    const context = contextOf({layout: layoutWith(action)});
    t.deepEqual(bind(context, {type: 'button.pressed', control: 'save'}), [intent]);
    const released = bind(context, {type: 'button.released', control: 'save'});
    t.deepEqual(released, action === 'playback.marker' ? [{type: 'playback.markerKey', held: false}] : []);
  });
}

const song: Playback = {
  ...stopped,
  frame: 100_000,
  markers: [
    {frame: 48_000, name: 'Verse'},
    {frame: 200_000, name: 'Refrain très long'},
  ],
  loop: {inFrame: 48_000, outFrame: 200_000},
};
const lamps: readonly (readonly [law: string, Action, Playback, boolean])[] = [
  ['the in point is lit while it is not the start', 'playback.setIn', song, true],
  ['and dark at the start', 'playback.setIn', {...song, loop: {inFrame: 0, outFrame: 200_000}}, false],
  ['the out point is lit while it is not the end', 'playback.setOut', song, true],
  ['and dark at the end', 'playback.setOut', {...song, loop: undefined}, false],
  ['the section is lit while it goes round', 'playback.loopSection', {...song, looping: true}, true],
  ['and dark while the whole tape does', 'playback.loopSection', {...song, looping: true, loop: undefined}, false],
  ['the marker key is lit on a marker', 'playback.marker', {...song, frame: 48_000}, true],
  ['and just behind one while it plays', 'playback.marker', {...song, frame: 60_000, state: 'playing'}, true],
  ['and dark elsewhere', 'playback.marker', song, false],
  ['a next marker lights its key', 'playback.nextMarker', song, true],
  ['none leaves it dark', 'playback.nextMarker', {...song, frame: 300_000}, false],
  ['a numbered marker is lit from it to the next', 'marker:1', song, true],
  ['and no further', 'marker:1', {...song, frame: 200_000}, false],
  ['a number without a marker is dark', 'marker:5', song, false],
];
for (const [law, action, playback, lit] of lamps) {
  test(law, (t) => {
    const picture = render(inputOf({layout: layoutWith(action), playback}));
    t.deepEqual(picture.get('lamp.save'), {type: 'lamp', on: lit});
  });
}

test('a marker is named on the time display for a second when it is passed', (t) => {
  const passing: Playback = {...song, state: 'playing', frame: 200_000};
  t.is(renderTime(passing, 10, 0).text, 'REFRAIN TR');
  t.is(renderTime({...passing, frame: 247_999}, 10, 0).text, 'REFRAIN TR');
  t.is(renderTime({...passing, frame: 248_000}, 10, 0).text, '0000005004');
});

test('while the tape stands on a marker, name and time take turns', (t) => {
  const standing: Playback = {...song, frame: 48_000};
  t.deepEqual(renderTime(standing, 10, 0), {type: 'digits', text: 'VERSE     ', dots: []});
  t.is(renderTime(standing, 10, 30).text, '0000001000');
});

test('a display with fewer than eight digits only shows the time', (t) => {
  t.is(renderTime({...song, frame: 48_000}, 7, 0).text, '0001000');
  t.is(renderTime({...song, frame: 48_000}, 8, 0).text, 'VERSE   ');
});
