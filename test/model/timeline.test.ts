import test from 'ava';
import fc from 'fast-check';
import type {Playback} from '../../src/model/playback.ts';
import {freshMarker} from '../../src/model/playback.ts';
import {
  applyTimelineCommand,
  currentMarker,
  freshMarkerName,
  isLoop,
  longestMarkerName,
  markerNameFault,
  mostMarkers,
  newTimeline,
  nextMarker,
  previousMarker,
  sectionAround,
  shortestLoopFrames,
  type TimelineCommand,
  withLoopIn,
  withLoopOut,
} from '../../src/model/timeline.ts';
import {anyText} from '../any-text.ts';

const lengthFrames = 100_000;
const anyFrame = fc.oneof(
  fc.integer({min: -5, max: lengthFrames + 5}),
  fc.integer({min: 0, max: 30}),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5, 1e300, -0.1),
);
const anyName = fc.oneof(fc.string(), anyText(), fc.constantFrom('', ' ', 'Verse', 'x'.repeat(100)));
const anyCommand: fc.Arbitrary<TimelineCommand> = fc.oneof(
  fc.record({type: fc.constant('playback.addMarker' as const), frame: anyFrame, name: anyName}),
  fc.record({type: fc.constant('playback.addMarker' as const), frame: anyFrame, name: fc.constant('Verse')}),
  fc.record({type: fc.constant('playback.removeMarker' as const), frame: anyFrame}),
  fc.record({type: fc.constant('playback.renameMarker' as const), frame: anyFrame, name: anyName}),
  fc.record({
    type: fc.constant('playback.setLoop' as const),
    loop: fc.option(fc.record({inFrame: anyFrame, outFrame: anyFrame}), {nil: undefined}),
  }),
);

test('whatever is commanded, markers stay in order, one at a place, with good names, and the loop on the tape', (t) => {
  fc.assert(
    fc.property(fc.array(anyCommand, {maxLength: 60}), (commands) => {
      const {markers, loop} = commands.reduce(
        (timeline, command) => applyTimelineCommand(timeline, command, lengthFrames),
        newTimeline,
      );
      const inOrder = markers.every(({frame}, index) => index === 0 || frame > (markers[index - 1]?.frame ?? 0));
      const onTape = markers.every(({frame}) => Number.isInteger(frame) && frame >= 0 && frame <= lengthFrames);
      const named = markers.every(({name}) => markerNameFault(name) === undefined);
      return inOrder && onTape && named && (loop === undefined || isLoop(loop, lengthFrames));
    }),
  );
  t.pass();
});

const verse = {frame: 10_000, name: 'Verse'};
const song = {markers: [verse], loop: {inFrame: 0, outFrame: 50_000}};
const refused: readonly (readonly [what: string, command: TimelineCommand])[] = [
  ['a marker where one stands', {type: 'playback.addMarker', frame: 10_000, name: 'Other'}],
  ['a marker at no frame', {type: 'playback.addMarker', frame: Number.NaN, name: 'Other'}],
  ['a marker between frames', {type: 'playback.addMarker', frame: 0.5, name: 'Other'}],
  ['a marker before the start', {type: 'playback.addMarker', frame: -1, name: 'Other'}],
  ['a marker after the end', {type: 'playback.addMarker', frame: lengthFrames + 1, name: 'Other'}],
  ['a marker without a name', {type: 'playback.addMarker', frame: 1, name: ''}],
  ['a name with control characters', {type: 'playback.renameMarker', frame: 10_000, name: 'a\nb'}],
  ['a name too long', {type: 'playback.renameMarker', frame: 10_000, name: 'x'.repeat(longestMarkerName + 1)}],
  ['a name for no marker', {type: 'playback.renameMarker', frame: 10_001, name: 'Other'}],
  ['no marker taken away', {type: 'playback.removeMarker', frame: 10_001}],
  ['a loop of no frames', {type: 'playback.setLoop', loop: {inFrame: Number.NaN, outFrame: 50_000}}],
  ['a loop without end', {type: 'playback.setLoop', loop: {inFrame: 0, outFrame: Number.POSITIVE_INFINITY}}],
  ['a loop beyond the end', {type: 'playback.setLoop', loop: {inFrame: 0, outFrame: lengthFrames + 1}}],
  ['a loop before the start', {type: 'playback.setLoop', loop: {inFrame: -1, outFrame: 50_000}}],
  ['a loop backwards', {type: 'playback.setLoop', loop: {inFrame: 50_000, outFrame: 10_000}}],
  ['a loop too short', {type: 'playback.setLoop', loop: {inFrame: 0, outFrame: shortestLoopFrames - 1}}],
  ['the loop that is', {type: 'playback.setLoop', loop: {inFrame: 0, outFrame: 50_000}}],
];
for (const [what, command] of refused) {
  test(`${what} changes nothing`, (t) => t.is(applyTimelineCommand(song, command, lengthFrames), song));
}

test('there are no more markers than a session may have', (t) => {
  const markers = Array.from({length: mostMarkers}, (_, frame) => ({frame, name: 'M'}));
  const full = {markers, loop: undefined};
  t.is(applyTimelineCommand(full, {type: 'playback.addMarker', frame: 90_000, name: 'One more'}, lengthFrames), full);
});

test('markers are named, renamed and taken away', (t) => {
  const added = applyTimelineCommand(song, {type: 'playback.addMarker', frame: 5, name: 'Intro'}, lengthFrames);
  t.deepEqual(added.markers, [{frame: 5, name: 'Intro'}, verse]);
  const renamed = applyTimelineCommand(added, {type: 'playback.renameMarker', frame: 5, name: 'Start'}, lengthFrames);
  t.deepEqual(renamed.markers, [{frame: 5, name: 'Start'}, verse]);
  const removed = applyTimelineCommand(renamed, {type: 'playback.removeMarker', frame: 10_000}, lengthFrames);
  t.deepEqual(removed.markers, [{frame: 5, name: 'Start'}]);
});

test('fresh names fill eight cells and repeat none', (t) => {
  t.is(freshMarkerName([]), 'Marker 1');
  t.is(
    freshMarkerName([
      {frame: 0, name: 'Marker 1'},
      {frame: 1, name: 'Marker 3'},
    ]),
    'Marker 2',
  );
  t.is(
    freshMarkerName([
      {frame: 0, name: 'Marker 2'},
      {frame: 1, name: 'Marker 1'},
    ]),
    'Marker 3',
  );
});

const anyMarkers = fc
  .uniqueArray(fc.integer({min: 0, max: lengthFrames}), {maxLength: 12})
  .map((frames) => frames.sort((one, other) => one - other).map((frame) => ({frame, name: `At ${frame}`})));

test('before, here and after are the nearest, and a section lies between them', (t) => {
  fc.assert(
    fc.property(anyMarkers, fc.integer({min: 0, max: lengthFrames}), (markers, frame) => {
      const [before, here, after] = [
        previousMarker(markers, frame),
        currentMarker(markers, frame),
        nextMarker(markers, frame),
      ];
      const between = markers.some((marker) => marker.frame > (here?.frame ?? -1) && marker.frame <= frame);
      const section = sectionAround(markers, frame, lengthFrames);
      return (
        (before?.frame ?? -1) < frame &&
        (here?.frame ?? -1) <= frame &&
        (after?.frame ?? lengthFrames + 1) > frame &&
        !between &&
        (section === undefined ||
          (section.inFrame <= frame && section.outFrame >= frame && isLoop(section, lengthFrames)))
      );
    }),
  );
  t.pass();
});

test('an in or out point set anywhere gives a loop that begins or ends there, or none', (t) => {
  const anyLoop = fc.option(
    fc
      .tuple(fc.integer({min: 0, max: lengthFrames}), fc.integer({min: 0, max: lengthFrames}))
      .map(([inFrame, outFrame]) => ({inFrame, outFrame}))
      .filter((loop) => isLoop(loop, lengthFrames)),
    {nil: undefined},
  );
  fc.assert(
    fc.property(anyLoop, fc.integer({min: 0, max: lengthFrames}), (loop, frame) => {
      const [begun, ended] = [withLoopIn(loop, frame, lengthFrames), withLoopOut(loop, frame, lengthFrames)];
      const begins =
        begun === undefined
          ? frame > lengthFrames - shortestLoopFrames
          : begun.inFrame === frame && isLoop(begun, lengthFrames);
      const ends =
        ended === undefined ? frame < shortestLoopFrames : ended.outFrame === frame && isLoop(ended, lengthFrames);
      return begins && ends;
    }),
  );
  t.pass();
});

const tape: Playback = {...song, state: 'playing', frame: 0, lengthFrames, sampleRate: 8000, looping: false};
for (const [what, given, fresh] of [
  ['just reached', {frame: 10_000}, true],
  ['passed half a second ago', {frame: 14_000}, true],
  ['passed a second ago', {frame: 18_000}, false],
  ['not reached yet', {frame: 9_999}, false],
  ['stood upon', {frame: 10_000, state: 'stopped'}, true],
  ['behind a tape that stands', {frame: 10_001, state: 'stopped'}, false],
] as const) {
  test(`a marker ${what} is ${fresh ? '' : 'not '}told of`, (t) =>
    t.is(freshMarker({...tape, ...given}), fresh ? verse : undefined));
}
