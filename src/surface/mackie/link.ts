import type {Surface} from '../../model/surface.ts';
import {encodeMackie} from '../../wire/mackie/codec.ts';
import {askedDeviceIds, isKnownDeviceId, respond} from '../../wire/mackie/handshake.ts';
import type {MackieMessage} from '../../wire/mackie/message.ts';
import type {Heard} from '../dialect.ts';

/** How a connection to a Mackie unit stands. */
export interface Link {
  /** The id that displays are addressed by: the one the device announced, else the mapping's. */
  readonly deviceId: number;
  /** It has been heard since the last hello. */
  readonly alive: boolean;
  /** How often it refused an answer since it was last content. */
  readonly refusals: number;
}

/** So often a refused handshake is begun anew: question and announcement may have crossed on the line. */
const newTries = 3;

interface Linked {
  readonly link: Link;
  readonly heard: readonly Heard[];
}

const silence: readonly Heard[] = [];
const confirmed: Heard = {type: 'link.confirmed'};

/** A connection on which nothing was heard. */
export function newLink({handshake, unit}: Surface): Link {
  const usual = unit === 'main' ? 0x14 : 0x15;
  return {deviceId: isKnownDeviceId(handshake.deviceId) ? handshake.deviceId : usual, alive: false, refusals: 0};
}

/**
 * What to send on opening. A device that challenges is deaf until it has confirmed: its greeting follows then. One whose id
 * the mapping does not know is asked under each.
 */
export function helloMessages({handshake, greeting}: Surface): readonly Uint8Array[] {
  if (handshake.kind === 'none') return greeting;
  const ids = isKnownDeviceId(handshake.deviceId) ? [handshake.deviceId] : askedDeviceIds;
  const queries = ids.flatMap((deviceId) => encodeMackie({type: 'device-query', deviceId}));
  return handshake.kind === 'challenge' ? queries : [...queries, ...greeting];
}

/**
 * The connection after a message (undefined for what the protocol does not know), and what it says of it. Whoever
 * challenges is answered, whatever the mapping says; only a device of which it says `challenge` must confirm.
 */
export function hearLink(
  link: Link,
  {handshake, greeting}: Surface,
  message: MackieMessage | undefined,
  onChannel: boolean,
): Linked {
  const mustConfirm = handshake.kind === 'challenge';
  const confirm = (deviceId: number): Linked => {
    const late: readonly Heard[] = mustConfirm && greeting.length > 0 ? [{type: 'link.asked', reply: greeting}] : [];
    return {link: {deviceId, alive: true, refusals: 0}, heard: [...late, confirmed]};
  };
  switch (message?.type) {
    case 'host-query': {
      const {deviceId, serial, challenge} = message;
      const reply = encodeMackie({type: 'host-reply', deviceId, serial, response: respond(challenge)});
      const asked: Heard = {type: 'link.asked', reply};
      return mustConfirm
        ? {link: {...link, deviceId, alive: false}, heard: [asked]}
        : {link: {...link, deviceId, alive: true}, heard: [asked, confirmed]};
    }
    case 'announced':
      return {
        link: {...link, deviceId: message.deviceId, alive: !mustConfirm || link.alive},
        heard: mustConfirm ? silence : [confirmed],
      };
    case 'confirmed':
      // Where no confirmation is needed it says nothing new of a device that has spoken.
      if (!mustConfirm && link.alive)
        return {link: {deviceId: message.deviceId, alive: true, refusals: 0}, heard: silence};
      return confirm(message.deviceId);
    case 'ready':
      return confirm(message.deviceId);
    case 'refused': {
      const refusals = link.refusals + 1;
      if (refusals <= newTries) {
        const reply = encodeMackie({type: 'device-query', deviceId: message.deviceId});
        return {link: {...link, refusals}, heard: [{type: 'link.asked', reply}]};
      }
      // One that need not confirm may speak and listen all the same.
      if (!mustConfirm) return {link: {...link, refusals}, heard: silence};
      return {
        link: {...link, alive: false, refusals},
        heard: [{type: 'link.refused', reason: 'The surface refused the handshake: switch it off and on again.'}],
      };
    }
    case 'version-reply':
      return firstSign({...link, deviceId: message.deviceId}, handshake.kind);
    default:
      return onChannel ? firstSign(link, handshake.kind) : {link, heard: silence};
  }
}

/** The first thing a device says that is asked for its answer counts as one, whatever it is. */
function firstSign(link: Link, kind: Surface['handshake']['kind']): Linked {
  if (link.alive || kind !== 'answer') return {link, heard: silence};
  return {link: {...link, alive: true}, heard: [confirmed]};
}
