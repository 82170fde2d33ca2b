import {type DeliveryTargetRow, deliveryTargets, findDeliveryTarget} from '../model/delivery-target.ts';
import {newMeterSettings} from '../model/meter-settings.ts';
import {DeskError, plainText} from '../model/problem.ts';
import type {Session} from '../model/session.ts';

/** The target that is named on the command line, by id or name; `none` for the word none. Throws a DeskError that lists what is known. */
export function wantedTarget(written: string): DeliveryTargetRow | 'none' {
  if (written.toLowerCase() === 'none') return 'none';
  const target = findDeliveryTarget(written);
  if (target !== undefined) return target;
  const known = deliveryTargets.map(({id}) => id).join(', ');
  throw new DeskError('usage', `There is no delivery target "${plainText(written)}". Known are: ${known}, none.`);
}

/** The session with another delivery target, as if it had been chosen on the desk; as it is if nothing is named. Throws as `wantedTarget` does. */
export function withTarget(session: Session, written: string | undefined): Session {
  if (written === undefined) return session;
  const wanted = wantedTarget(written);
  const target = wanted === 'none' ? undefined : wanted.id;
  return {...session, meters: {...(session.meters ?? newMeterSettings), target}};
}
