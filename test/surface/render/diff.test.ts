import test from 'ava';
import fc from 'fast-check';
import type {Cell, Change, Picture} from '../../../src/model/picture.ts';
import {deskTaper} from '../../../src/model/taper.ts';
import {describeCell, describeInDb} from '../../../src/surface/cell-text.ts';
import {diff, isSameCell} from '../../../src/surface/diff.ts';
import {render} from '../../../src/surface/render.ts';
import {contextOf, fullSurface, inputOf, mixerOf, plainView} from './small-desk.ts';

const empty: Picture = new Map();
const none: ReadonlySet<string> = new Set();
const describe = describeInDb(deskTaper, plainView);
const faderAt = (position: number): Cell => ({type: 'fader', position});
const pictureOf = (...cells: readonly (readonly [string, Cell])[]): Picture => new Map(cells);
/** What is shown once the changes were sent. */
const sent = (shown: Picture, changes: readonly Change[]): Picture =>
  new Map([...shown, ...changes.map(({output, cell}) => [output, cell] as const)]);

test('what is not known to be shown is sent, with that reason', (t) => {
  t.deepEqual(diff(empty, pictureOf(['fader.1', faderAt(0.75)]), none, describe), [
    {output: 'fader.1', cell: faderAt(0.75), because: 'unknown → 0.0 dB'},
  ]);
});

test('a change says from what to what', (t) => {
  const [change] = diff(pictureOf(['fader.1', faderAt(0.6)]), pictureOf(['fader.1', faderAt(0.67)]), none, describe);
  t.is(change?.because, '-6.0 dB → -3.2 dB');
});

test('equal values are not sent twice', (t) => {
  const wanted = render(inputOf({}));
  t.deepEqual(diff(render(inputOf({})), wanted, none, describe), []);
});

test('steps too small for the motor are not sent', (t) => {
  const shown = render(inputOf({mixer: mixerOf({levelDb: -10})}));
  const wanted = render(inputOf({mixer: mixerOf({levelDb: -9.99})}));
  t.deepEqual(diff(shown, wanted, none, describe), []);
});

test('a held fader is left to the hand, all else is shown', (t) => {
  const wanted = pictureOf(
    ['fader.1', faderAt(0.5)],
    ['fader.2', faderAt(0.5)],
    ['lamp.mute.1', {type: 'lamp', on: true}],
  );
  const changes = diff(empty, wanted, new Set(['fader.1', 'lamp.mute.1']), describe);
  t.deepEqual(
    changes.map(({output}) => output),
    ['fader.2', 'lamp.mute.1'],
  );
});

test('a fader that was let go and forgotten is sent where the mixer is, even if it was shown the same before', (t) => {
  const wanted = pictureOf(['fader.1', faderAt(0.5)]);
  const shown = new Map(sent(empty, diff(empty, wanted, none, describe)));
  t.is(diff(shown, wanted, none, describe).length, 0);
  shown.delete('fader.1');
  t.is(diff(shown, wanted, none, describe).length, 1);
});

test('nothing new leaves every object as it is', (t) => {
  const shown = pictureOf(['fader.1', faderAt(0.5)]);
  t.is(diff(shown, shown, none, describe), diff(shown, shown, none, describe));
});

test('whatever is shown, sending the difference shows what is wanted, and then there is none', (t) => {
  const anyCell: fc.Arbitrary<Cell> = fc.oneof(
    fc.record({type: fc.constant('fader' as const), position: fc.double({min: 0, max: 1, noNaN: true})}),
    fc.record({type: fc.constant('lamp' as const), on: fc.boolean()}),
    fc.record({type: fc.constant('overload' as const), on: fc.boolean()}),
    fc.record({type: fc.constant('text' as const), top: fc.string(), bottom: fc.string()}),
    fc.record({type: fc.constant('meter' as const), step: fc.nat(12)}),
    fc.record({type: fc.constant('colour' as const), colour: fc.constantFrom('red' as const, 'off' as const)}),
    fc.record({type: fc.constant('digits' as const), text: fc.string(), dots: fc.array(fc.nat(9))}),
    fc.record({
      type: fc.constant('ring' as const),
      style: fc.constantFrom('dot' as const, 'wrap' as const),
      position: fc.option(fc.double({min: 0, max: 1, noNaN: true}), {nil: undefined}),
      centre: fc.boolean(),
    }),
  );
  const anyPicture = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), anyCell))
    .map((cells): Picture => new Map(cells));
  fc.assert(
    fc.property(anyPicture, anyPicture, (shown, wanted) => {
      const after = sent(shown, diff(shown, wanted, none, describeCell));
      for (const [output, cell] of wanted) {
        const now = after.get(output);
        if (now === undefined || !isSameCell(now, cell)) return false;
      }
      return diff(after, wanted, none, describeCell).length === 0;
    }),
  );
  t.pass();
});

test('every kind of cell can be described', (t) => {
  for (const [output, cell] of render(inputOf({}))) t.not(describeCell(output, cell), '');
});

test('faders that carry pan are described by their travel, the master always in dB', (t) => {
  const flipped = describeInDb(deskTaper, {...plainView, flipped: true});
  t.is(flipped('fader.1', faderAt(0.5)), '50.0 %');
  t.is(flipped('fader.master', faderAt(0.5)), '-10.0 dB');
});

test('sixty-four strips at rest need no message, tick after tick', (t) => {
  const mixer = mixerOf(...Array.from({length: 64}, () => ({})));
  const units = Array.from({length: 8}, (_, unit) =>
    inputOf({...contextOf({}), surface: fullSurface(), mixer, firstStrip: unit * 8}),
  );
  for (const unit of units) {
    const shown = render(unit);
    t.true(shown.size > 0);
    for (let lampTick = 1; lampTick <= 40; lampTick += 1) {
      const changes = diff(shown, render({...unit, lampTick}), none, describe);
      if (changes.length > 0) t.fail(changes[0]?.because);
    }
  }
});

test('one fader moved among sixty-four strips is one message', (t) => {
  const at = (levelDb: number) => mixerOf(...Array.from({length: 64}, (_, index) => (index === 20 ? {levelDb} : {})));
  const count = (firstStrip: number): number =>
    diff(render(inputOf({mixer: at(0), firstStrip})), render(inputOf({mixer: at(-6), firstStrip})), none, describe)
      .length;
  t.deepEqual([0, 8, 16, 24].map(count), [0, 0, 1, 0]);
});
