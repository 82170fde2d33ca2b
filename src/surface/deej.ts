import type {ControlEvent} from '../model/control.ts';
import type {Control, Surface} from '../model/surface.ts';
import {deskTaper} from '../model/taper.ts';
import {deejTop, newDeejReader, stepDeej} from '../wire/deej.ts';
import type {Dialect, Heard} from './dialect.ts';

/** Readings this near to the last that counted are noise of the converter, but for both ends of the travel. */
const noise = 3;

/** What such a box cannot do, for people. */
export const deejLimits =
  'A deej box only tells where its sliders stand: no touch, no motors, no lamps, no meters. Each slider picks its strip up where it meets it.';

/** A deej box as a surface of plain faders. `id` names it for good. */
export function deejSurface(id: string, sliders: number): Surface {
  const controls = Array.from({length: sliders}, (_, strip): Control => {
    return {id: `fader.${strip + 1}`, kind: 'fader', strip, address: undefined};
  });
  return {
    id: `deej-${id}-${sliders}`,
    name: 'deej box',
    maker: '',
    dialect: 'deej',
    ports: [],
    unit: 'main',
    strips: sliders,
    controls: new Map(controls.map((control) => [control.id, control])),
    outputs: new Map(),
    faders: {
      motor: false,
      touch: 'inferred',
      settleMs: 300,
      echo: false,
      topValue: deejTop,
      stepValue: 1,
      taper: deskTaper,
    },
    handshake: {kind: 'none', deviceId: 0},
    meters: undefined,
    pace: {bytesPerSecond: 0},
    palette: undefined,
    greeting: [],
    farewell: [],
    told: {type: 'deej', id, sliders},
  };
}

/** Reads such a box; it hears nothing. */
export function createDeejDialect({strips}: Surface): Dialect {
  let reader = newDeejReader;
  let known: readonly number[] = [];

  const moves = (readings: readonly number[]): readonly ControlEvent[] => {
    // A line of another length is damaged: a box always tells of all its sliders.
    if (readings.length !== strips) return [];
    const before = known;
    known = readings.map((reading, at) => (isNews(before[at], reading) ? reading : (before[at] ?? reading)));
    return known.flatMap((reading, at): readonly ControlEvent[] => {
      if (reading === before[at]) return [];
      return [{type: 'fader.moved', control: `fader.${at + 1}`, position: reading / deejTop}];
    });
  };

  return {
    hello() {
      known = [];
      return [];
    },
    read(bytes): readonly Heard[] {
      const {state, lines} = stepDeej(reader, bytes);
      reader = state;
      return lines.flatMap(moves);
    },
    write: () => [],
    goodbye: () => [],
  };
}

function isNews(before: number | undefined, reading: number): boolean {
  if (before === undefined) return true;
  const isEnd = reading === 0 || reading === deejTop;
  return before !== reading && (isEnd || Math.abs(reading - before) > noise);
}
