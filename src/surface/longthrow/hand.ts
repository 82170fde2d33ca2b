import type {ControlEvent, ControlId} from '../../model/control.ts';
import type {DeviceNumbers, Surface} from '../../model/surface.ts';
import {type Accumulators, stepsBetween} from '../../wire/longthrow/accumulator.ts';
import {type EdgeCounters, edgesBetween, isDown} from '../../wire/longthrow/edge-counter.ts';
import type {Message} from '../../wire/longthrow/message.ts';
import {type Travels, travelsOf} from '../../wire/longthrow/travel.ts';

const topPosition = 0xffff;

/**
 * What hands did, by what the device says that is: positions, counters of presses, accumulators. Frames may be lost or come twice, each tells what is new since the last
 * that came. One for each session, in which all of them begin anew.
 */
export function createDeviceReader({
  numbers = noNumbers,
  controls,
}: Surface): (message: Message) => readonly ControlEvent[] {
  const positions = new Map<number, number>();
  const counters = {touches: new Map<number, number>(), buttons: new Map<number, number>()};
  const turned = new Map<number, number>();

  const moves = (travels: Travels): readonly ControlEvent[] =>
    travelsOf(travels).flatMap(({index, value}): readonly ControlEvent[] => {
      const control = numbers.faders.get(index);
      if (control === undefined || positions.get(index) === value) return [];
      positions.set(index, value);
      return [{type: 'fader.moved', control, position: value / topPosition}];
    });
  const edges = ({type, first, counters: list}: EdgeCounters): readonly ControlEvent[] =>
    list.flatMap((counter, offset): readonly ControlEvent[] => {
      const number = first + offset;
      const control = numbers[type === 'touches' ? 'faders' : 'buttons'].get(number);
      if (control === undefined) return [];
      const before = counters[type].get(number);
      counters[type].set(number, counter);
      if (type === 'buttons') return pressesOf(control, before, counter);
      if (controls.get(control)?.kind === 'knob') return [];
      // A hand that lay there before the session holds its fader all the same: no motor moves under it.
      if (before === undefined && isDown(counter)) return [{type: 'fader.touched', control}];
      return edgesBetween(before, counter).map((edge) => ({
        type: edge === 'pressed' ? 'fader.touched' : 'fader.released',
        control,
      }));
    });
  const turns = ({first, values}: Accumulators): readonly ControlEvent[] =>
    values.flatMap((value, offset): readonly ControlEvent[] => {
      const number = first + offset;
      const control = numbers.encoders.get(number);
      const steps = stepsBetween(turned.get(number) ?? 0, value);
      turned.set(number, value);
      return control === undefined || steps === 0 ? [] : [{type: 'encoder.turned', control, steps}];
    });

  const read = (message: Message): readonly ControlEvent[] => {
    switch (message.type) {
      case 'faders':
        return moves(message);
      case 'touches':
      case 'buttons':
        return edges(message);
      case 'encoders':
        return turns(message);
      case 'keyframe':
        return message.sections.flatMap(read);
      default:
        return [];
    }
  };
  return read;
}

const noNumbers: DeviceNumbers = {faders: new Map(), buttons: new Map(), encoders: new Map(), outputs: new Map()};

function pressesOf(control: ControlId, before: number | undefined, counter: number): readonly ControlEvent[] {
  return edgesBetween(before, counter).map((edge) => ({type: `button.${edge}`, control}));
}
