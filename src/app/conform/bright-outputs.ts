import type {Message} from '../../wire/longthrow/message.ts';
import type {Bench} from './check.ts';
import {safeValues} from './surface-numbers.ts';

/** A message that shows something else than the safe value at each place; values as the device tells them. */
export function brightMessages(
  bench: Bench,
): readonly {readonly message: Message; readonly kind: number; readonly index: number; readonly value: number}[] {
  return safeValues(bench.descriptor).values.map(({kind, index, value}) => {
    const level = value === 90 ? 91 : 90;
    switch (kind) {
      case 0x22:
        return {message: {type: 'lamps', first: index, levels: [level]}, kind, index, value: level};
      case 0x21:
        return {message: {type: 'meters', first: index, levels: [level]}, kind, index, value: level};
      case 0x23:
        return {
          message: {type: 'warnings', first: index, warnings: [{severity: 4, reason: 1}]},
          kind,
          index,
          value: 0x41,
        };
      case 0x25:
        return {message: {type: 'colours', first: index, colours: [level]}, kind, index, value: level};
      default:
        return {
          message: {type: 'rings', first: index, rings: [{style: 'spread', centre: true, position: 0x345}]},
          kind,
          index,
          value: 0xf345,
        };
    }
  });
}
