import {proposesChange} from '../../machines/proposal.ts';
import type {TrimScope} from '../../model/assistance.ts';
import type {Intent} from '../../surface/intent.ts';
import type {Binding, KeyContext} from './key-map.ts';
import {withStrip} from './strip-keys.ts';

/** A terminal does not tell when a key is let go: the first press is the hold, the next one lets go. */
const key = 'terminal';

/** Keys of auto-trim, balance, and the way back. */
export const assistBindings: readonly Binding[] = [
  {
    keys: ['E', 'N', 'W'],
    about: 'auto-trim it, all; balance',
    ask: (context, pressed) => {
      if (pressed === 'W') return [{type: 'gain.balance'}];
      return pressed === 'N' ? listen(context, 'shown') : withStrip(context.view, (strip) => listen(context, strip));
    },
  },
  {
    keys: ['Z', 'Y'],
    about: 'undo, redo a step',
    ask: (_, pressed) => [{type: pressed === 'Z' ? 'session.undo' : 'session.redo'}],
  },
];

/** While something is proposed or listened for, two keys answer it; all others stay what they are. */
export function answersOf(
  {assistance}: Pick<KeyContext, 'assistance'>,
  pressed: string,
): readonly Intent[] | undefined {
  if (assistance === undefined) return undefined;
  const {proposal, listening} = assistance;
  const isProposed = proposal !== undefined && proposesChange(proposal);
  if (pressed === 'a' && isProposed) return [{type: 'gain.apply'}];
  return pressed === 'c' && (isProposed || listening.size > 0) ? [{type: 'gain.cancel'}] : undefined;
}

function listen({assistance}: KeyContext, scope: TrimScope): readonly Intent[] {
  const isListening = assistance !== undefined && assistance.listening.size > 0;
  return [isListening ? {type: 'gain.letGo', key} : {type: 'gain.hold', key, scope}];
}
