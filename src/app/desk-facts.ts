import type {Engine} from '../engine/contract.ts';
import type {Facts, ReferenceFacts} from '../gain/facts.ts';
import {deliveryTargetOf} from '../model/delivery-target.ts';

/** What a running desk can tell the gain rules beyond meters and mixer: line-up level, delivery target, and the chosen reference. */
export function factsOf(engine: Engine): Facts {
  const {lineUpDb, target} = engine.meters;
  return {lineUpDb, target: deliveryTargetOf(target), reference: referenceOf(engine)};
}

/** Undefined until the chosen reference is measured, and where there is none. */
function referenceOf({monitor, status}: Engine): ReferenceFacts | undefined {
  const chosen = status.references?.[monitor.referenceNumber - 1];
  if (chosen?.state !== 'ready' || chosen.integratedLufs === undefined) return undefined;
  const {integratedLufs, gainDb, missingDb, lowShareDb} = chosen;
  // Matched is what was heard of the mix lately, not all that was measured: where it is matched that counts.
  const offLu = missingDb === undefined ? undefined : 0 - missingDb;
  return {integratedLufs, gainDb, offLu, lowShareDb, isHeard: monitor.reference === 'on'};
}
