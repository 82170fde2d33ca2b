import {stepsBetween} from '../../wire/longthrow/accumulator.ts';
import {edgesBetween} from '../../wire/longthrow/edge-counter.ts';
import type {Message} from '../../wire/longthrow/message.ts';
import {travelsOf} from '../../wire/longthrow/travel.ts';
import type {Heard} from './host.ts';

/** What hands did, put together from frames as a desk does it. */
export interface Inputs {
  readonly positions: ReadonlyMap<number, number>;
  /** Presses since the beginning, by button; held before counts as none. */
  readonly presses: ReadonlyMap<number, number>;
  readonly touches: ReadonlyMap<number, number>;
  /** Steps since the beginning, clockwise positive. */
  readonly turns: ReadonlyMap<number, number>;
}

/** Reads the inputs of one session out of what was heard in it. */
export function inputsOf(heard: readonly Heard[]): Inputs {
  const positions = new Map<number, number>();
  const counters = {buttons: new Map<number, number>(), touches: new Map<number, number>()};
  const pressed = {buttons: new Map<number, number>(), touches: new Map<number, number>()};
  const sums = new Map<number, number>();
  const turns = new Map<number, number>();
  const take = (message: Message): void => {
    switch (message.type) {
      case 'keyframe':
        for (const section of message.sections) take(section);
        break;
      case 'faders':
        for (const {index, value} of travelsOf(message)) positions.set(index, value);
        break;
      case 'buttons':
      case 'touches':
        for (const [offset, counter] of message.counters.entries()) {
          const index = message.first + offset;
          const edges = edgesBetween(counters[message.type].get(index), counter);
          counters[message.type].set(index, counter);
          const presses = edges.filter((edge) => edge === 'pressed').length;
          pressed[message.type].set(index, (pressed[message.type].get(index) ?? 0) + presses);
        }
        break;
      case 'encoders':
        for (const [offset, sum] of message.values.entries()) {
          const index = message.first + offset;
          turns.set(index, (turns.get(index) ?? 0) + stepsBetween(sums.get(index) ?? 0, sum));
          sums.set(index, sum);
        }
        break;
      default:
    }
  };
  for (const {frame} of heard) take(frame.message);
  return {positions, presses: pressed.buttons, touches: pressed.touches, turns};
}
