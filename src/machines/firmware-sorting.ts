import type {Frame} from '../wire/longthrow/codec.ts';
import {byeReasons} from '../wire/longthrow/ending.ts';
import type {Message} from '../wire/longthrow/message.ts';
import type {FirmwareLinkContext, FirmwareLinkEmitted, FirmwareLinkEvent, FirmwareNews} from './firmware-link-words.ts';
import {countFault, type FirmwareSession, take, takeUnknown} from './firmware-session.ts';

/** What came of something on the line. */
export interface Heard {
  readonly session: FirmwareSession | undefined;
  /** To be sent in that session. */
  readonly out: readonly Frame[];
  readonly raised: readonly FirmwareNews[];
  readonly emitted: readonly FirmwareLinkEmitted[];
  /** Whether it shows that the device of this session lives. */
  readonly isAlive: boolean;
}

/** Sorts what came: acknowledges what must be, and tells apart what the link, the desk and nobody must know. */
export function hear(
  {session}: Pick<FirmwareLinkContext, 'session'>,
  event: Extract<FirmwareLinkEvent, {type: `frame.${string}`}>,
): Heard {
  const nothing: Heard = {session, out: [], raised: [], emitted: [], isAlive: false};
  if (event.type === 'frame.dropped') return {...nothing, session: session && countFault(session, event.fault)};
  if (event.type === 'frame.unknown') {
    if (session === undefined || !event.reliable) return nothing;
    return {...nothing, ...takeUnknown(session, event.sequence), isAlive: true};
  }
  const {message, time} = event.frame;
  if (message.type === 'hello') {
    if (message.nonce !== 0) return {...nothing, raised: [{type: 'hello.came', hello: message}]};
    if (session === undefined) return nothing;
    return {
      ...nothing,
      raised: [
        {
          type: 'device.restarted',
          reason: restartReason(message.resetCause, message.bootCount !== session.hello.bootCount),
        },
      ],
    };
  }
  if (session === undefined) return nothing;
  const taken = take(session, event.frame);
  const emitted: FirmwareLinkEmitted[] = taken.done.map((done) => ({type: 'desk.answered', ...done}));
  if (taken.isNew) emitted.push({type: 'device.said', message, time});
  return {session: taken.session, out: taken.out, raised: taken.isNew ? newsOf(message) : [], emitted, isAlive: true};
}

function newsOf(message: Message): readonly FirmwareNews[] {
  switch (message.type) {
    case 'descriptor-data':
      return [{type: 'page.came', page: message}];
    case 'config-value':
      return [{type: 'value.came', value: message}];
    case 'bye':
      return [{type: 'device.left', reason: byeText(message.reason)}];
    default:
      return [];
  }
}

function byeText(reason: number): string {
  switch (reason) {
    case byeReasons.restarting:
      return 'it restarts';
    case byeReasons.bootLoader:
      return 'it went to its boot loader';
    case byeReasons.fault:
      return 'it reported a fault';
    default:
      return 'it said good-bye';
  }
}

function restartReason(cause: number, hasRestarted: boolean): string {
  if (!hasRestarted) return 'it had heard nothing of this program for too long';
  return cause === 4 ? 'it hung and restarted itself' : 'it restarted';
}
