import type {Message} from '../../src/wire/longthrow/message.ts';
import type {Ring} from '../../src/wire/longthrow/rings.ts';
import type {StripWarning} from '../../src/wire/longthrow/warning-list.ts';

/** What a device shows in rows, by number. */
export interface ShownRows {
  readonly meters: Map<number, number>;
  readonly lamps: Map<number, number>;
  readonly rings: Map<number, Ring>;
  readonly warnings: Map<number, StripWarning>;
}

/** Shows what a message says of rows; others show nothing. */
export function showRows(message: Message, shown: ShownRows): void {
  switch (message.type) {
    case 'meters':
      for (const [at, level] of message.levels.entries()) shown.meters.set(message.first + at, level);
      break;
    case 'lamps':
      for (const [at, level] of message.levels.entries()) shown.lamps.set(message.first + at, level);
      break;
    case 'rings':
      for (const [at, ring] of message.rings.entries()) shown.rings.set(message.first + at, ring);
      break;
    case 'warnings':
      for (const [at, warning] of message.warnings.entries()) shown.warnings.set(message.first + at, warning);
      break;
    default:
  }
}
