import test from 'ava';
import fc from 'fast-check';
import {createUnitPicture} from '../../src/app/unit-picture.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import type {Cell, Change, Picture} from '../../src/model/picture.ts';
import type {Reading} from '../../src/model/reading.ts';
import {isSameCell} from '../../src/surface/diff.ts';
import {fullSurface, plainView} from '../surface/render/small-desk.ts';

const faderAt = (position: number): Cell => ({type: 'fader', position});
const lampAt = (on: boolean): Cell => ({type: 'lamp', on});
const describe = (_output: string, {type}: Cell): string => type;

/** A picture with what was sent of it, and where motors were driven. */
function rehearse() {
  const sent: Change[] = [];
  const driven: (readonly [string, number])[] = [];
  const picture = createUnitPicture(fullSurface(), {
    send: (changes) => sent.push(...changes),
    driven: (output, position) => driven.push([output, position]),
  });
  return {
    picture,
    driven,
    show: (...cells: readonly (readonly [string, Cell])[]) => picture.show(new Map(cells), describe),
    /** The outputs that were sent since the last call. */
    taken: () => sent.splice(0).map(({output}) => output),
    sent,
  };
}

test('what is shown is not sent again, and what was forgotten is', (t) => {
  const desk = rehearse();
  desk.show(['fader.1', faderAt(0.5)], ['lamp.mute.1', lampAt(true)]);
  t.deepEqual(desk.taken(), ['fader.1', 'lamp.mute.1']);
  desk.show(['fader.1', faderAt(0.5)], ['lamp.mute.1', lampAt(true)]);
  t.deepEqual(desk.taken(), []);
  desk.picture.forget(['lamp.mute.1']);
  desk.show(['fader.1', faderAt(0.5)], ['lamp.mute.1', lampAt(true)]);
  t.deepEqual(desk.taken(), ['lamp.mute.1']);
  desk.picture.forgetAll();
  desk.show(['fader.1', faderAt(0.5)], ['lamp.mute.1', lampAt(true)]);
  t.deepEqual(desk.taken(), ['fader.1', 'lamp.mute.1']);
});

test('a motor is driven when it is sent, never while it is held, and always once it was let go', (t) => {
  const desk = rehearse();
  desk.show(['fader.1', faderAt(0.5)]);
  desk.picture.hold('fader.1');
  desk.show(['fader.1', faderAt(0.7)]);
  t.deepEqual(desk.driven, [['fader.1', 0.5]]);
  desk.picture.free('fader.1');
  desk.show(['fader.1', faderAt(0.5)]);
  t.deepEqual(desk.driven, [
    ['fader.1', 0.5],
    ['fader.1', 0.5],
  ]);
});

test('a part of the picture leaves the rest as it is', (t) => {
  const desk = rehearse();
  desk.show(['fader.1', faderAt(0.5)], ['lamp.mute.1', lampAt(true)]);
  desk.show(['fader.1', faderAt(0.6)]);
  desk.taken();
  desk.show(['fader.1', faderAt(0.6)], ['lamp.mute.1', lampAt(true)]);
  t.deepEqual(desk.taken(), []);
});

test('other strips under the meters begin at the bottom, and a device that was forgotten is told all of them', (t) => {
  const desk = rehearse();
  const strips = Array.from({length: 8}, (_, index) => newStrip({id: `s${index}`, name: `Strip ${index}`}));
  const input = {view: plainView, mixer: newMixer({strips}), firstStrip: 0};
  const reading: Reading = {
    peakDb: -6,
    leftDb: -6,
    rightDb: -6,
    inPeakDb: -6,
    postPeakDb: -6,
    workingPeakDb: -6,
    clipped: false,
  };
  desk.picture.showMeters(input, () => reading, 0);
  const all = desk.taken().length;
  t.true(all >= 8);
  desk.picture.showMeters(input, () => reading, 1);
  t.is(desk.taken().length, 0);
  desk.picture.forgetMeters();
  desk.picture.showMeters(input, () => undefined, 2);
  t.is(desk.taken().length, all, 'they are dark now');
  desk.picture.forgetAll();
  desk.picture.showMeters(input, () => undefined, 3);
  t.is(desk.taken().length, all);
});

test('whatever is wanted in turn, what was sent adds up to it, but for faders in hands', (t) => {
  const anyPicture = fc
    .array(
      fc.oneof(
        fc.tuple(fc.constantFrom('fader.1', 'fader.2'), fc.double({min: 0, max: 1, noNaN: true}).map(faderAt)),
        fc.tuple(fc.constantFrom('lamp.mute.1', 'lamp.mute.2'), fc.boolean().map(lampAt)),
      ),
    )
    .map((cells): Picture => new Map(cells));
  const anyStep = fc.oneof(anyPicture, fc.record({output: fc.constantFrom('fader.1', 'fader.2'), held: fc.boolean()}));
  fc.assert(
    fc.property(fc.array(anyStep), (steps) => {
      const {picture, sent} = rehearse();
      const seen = new Map<string, Cell>();
      const held = new Set<string>();
      for (const step of steps) {
        if (step instanceof Map) {
          picture.show(step, describe);
          for (const {output, cell} of sent.splice(0)) {
            if (held.has(output)) return false;
            seen.set(output, cell);
          }
          for (const [output, cell] of step) {
            const shown = seen.get(output);
            if (!held.has(output) && (shown === undefined || !isSameCell(shown, cell))) return false;
          }
        } else if ('held' in step) {
          if (step.held) picture.hold(step.output);
          else picture.free(step.output);
          if (step.held) held.add(step.output);
          else held.delete(step.output);
        }
      }
      return true;
    }),
  );
  t.pass();
});
