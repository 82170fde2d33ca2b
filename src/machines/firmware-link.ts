import {assign, cancel, enqueueActions, raise, setup} from 'xstate';
import type {Frame} from '../wire/longthrow/codec.ts';
import {configKeys} from '../wire/longthrow/configuration.ts';
import {readDescriptor} from '../wire/longthrow/descriptor-reader.ts';
import {protocolVersion} from '../wire/longthrow/hello.ts';
import type {Message} from '../wire/longthrow/message.ts';
import {textOf} from '../wire/longthrow/text.ts';
import {
  type FirmwareLinkContext,
  type FirmwareLinkEmitted,
  type FirmwareLinkEvent,
  type FirmwareLinkInput,
  newFirmwareLink,
} from './firmware-link-words.ts';
import {
  bye,
  greetingOf,
  isFilled,
  isWhole,
  nonceOf,
  pageQuestion,
  refusal,
  tellsNothing,
  valueQuestions,
} from './firmware-questions.ts';
import {beat, beatEveryMs, beginSession, pulseSession, say, silentMs} from './firmware-session.ts';
import {hear} from './firmware-sorting.ts';

/** Six seconds of them: a boot loader may hold the line for three. They are counted, since a host that stalls greets nobody meanwhile. */
const mostGreetings = 24;

/**
 * The life of a line with a home-made surface behind it: greeting until a boot loader is waited out, reading what the device is, then live until it falls
 * silent, and round again. Nothing is trusted before its hello, and a device that comes back is greeted anew. The host says that it is alive only when
 * its sound engine went on since it last did: pulses that bring the same count of blocks say nothing. Tag: `usable` while the device may be shown things.
 */
export const firmwareLinkMachine = setup({
  types: {
    context: {} as FirmwareLinkContext,
    input: {} as FirmwareLinkInput,
    events: {} as FirmwareLinkEvent,
    emitted: {} as FirmwareLinkEmitted,
    tags: {} as 'usable',
  },
  actions: {
    notePulse: assign(({event}) => (event.type === 'host.pulse' ? {blocks: event.blocks, live: event.live} : {})),
    beginGreeting: assign(({context}) => ({
      nonce: nonceOf(context.nextNonce()),
      session: undefined,
      pages: new Uint8Array(0),
      values: new Map(),
    })),
    greet: enqueueActions(({context, enqueue}) => {
      enqueue.assign({saidBlocks: context.blocks});
      const message = greetingOf(context.nonce, context.mtu);
      enqueue.emit({type: 'line.send', session: 0, frame: {message, sequence: context.greetings & 0xff}});
      enqueue.assign({greetings: context.greetings + 1});
    }),
    begin: assign(({context, event}) =>
      event.type === 'hello.came'
        ? {session: beginSession(event.hello, context.mtu), beatAtMs: Number.NEGATIVE_INFINITY, known: true}
        : context,
    ),
    hear: enqueueActions(({context, event, enqueue}) => {
      if (event.type !== 'frame.heard' && event.type !== 'frame.unknown' && event.type !== 'frame.dropped') return;
      const heard = hear(context, event);
      if (heard.session !== undefined) enqueue.assign({session: heard.session});
      for (const frame of heard.out)
        enqueue.emit({type: 'line.send', session: (heard.session ?? context.session)?.id ?? 0, frame});
      for (const raised of heard.raised) enqueue.raise(raised);
      for (const emitted of heard.emitted) enqueue.emit(emitted);
      if (heard.isAlive) {
        enqueue(cancel('silence'));
        enqueue.raise({type: 'device.silent'}, {id: 'silence', delay: silentMs});
      }
    }),
    pulse: enqueueActions(({context, event, enqueue}) => {
      if (event.type !== 'host.pulse' || context.session === undefined) return;
      const stepped = pulseSession(context.session);
      let {session} = stepped;
      const out: Frame[] = [...stepped.out];
      const isDue = event.atMs - context.beatAtMs >= beatEveryMs;
      if (isDue && event.blocks !== context.saidBlocks) {
        const beaten = beat(session, event.live);
        session = beaten.session;
        out.push(...beaten.out);
        enqueue.assign({beatAtMs: event.atMs, saidBlocks: event.blocks});
      }
      enqueue.assign({session});
      for (const frame of out) enqueue.emit({type: 'line.send', session: session.id, frame});
      if (stepped.broken) enqueue.raise({type: 'device.broke', reason: 'it does not acknowledge what it is told'});
    }),
    send: enqueueActions(({context, enqueue}, messages: readonly Message[]) => {
      let {session} = context;
      if (session === undefined) return;
      for (const message of messages) {
        const stepped = say(session, message);
        session = stepped.session;
        for (const frame of stepped.out) enqueue.emit({type: 'line.send', session: session.id, frame});
      }
      enqueue.assign({session});
    }),
    takePage: assign(({context, event}) => {
      if (event.type !== 'page.came' || event.page.offset !== context.pages.length) return {};
      const length = context.session?.hello.descriptorLength ?? 0;
      return {pages: Uint8Array.from([...context.pages, ...event.page.bytes]).slice(0, length)};
    }),
    learn: assign(({context}) => {
      const {session, pages} = context;
      const descriptor = session && isWhole(context) ? readDescriptor(pages) : undefined;
      if (session === undefined || descriptor?.state !== 'good') return {};
      return {learned: new Map([...context.learned, [session.hello.descriptorCheck, descriptor.descriptor]])};
    }),
    takeValue: assign(({context, event}) =>
      event.type === 'value.came' ? {values: new Map([...context.values, [event.value.key, event.value.value]])} : {},
    ),
    tellReady: enqueueActions(({context, enqueue}) => {
      const {session, values} = context;
      const descriptor = context.learned.get(session?.hello.descriptorCheck ?? -1);
      if (session === undefined || descriptor === undefined) return;
      const label = textOf(values.get(configKeys.label) ?? new Uint8Array(0));
      const bank = values.get(configKeys.bank)?.[0];
      enqueue.emit({type: 'device.ready', device: {hello: session.hello, descriptor, label, bank}});
    }),
    tellLost: enqueueActions(({event, enqueue}) => {
      enqueue.emit({type: 'device.lost', reason: 'reason' in event ? event.reason : 'it fell silent'});
    }),
    tellRefused: enqueueActions(({context, event, enqueue}) => {
      enqueue.emit({
        type: 'device.refused',
        reason: refusal(context, event.type === 'hello.came' ? event.hello : undefined),
      });
    }),
    tellUnknown: enqueueActions(({enqueue}) => enqueue.emit({type: 'device.unanswered'})),
    forgetSilence: cancel('silence'),
    armSilence: raise({type: 'device.silent'}, {id: 'silence', delay: silentMs}),
  },
  guards: {
    isAlive: ({context}) => context.blocks !== context.saidBlocks,
    isForeign: ({context}) => !context.known && context.greetings >= mostGreetings,
    isOurs: ({context, event}) => event.type === 'hello.came' && event.hello.nonce === context.nonce,
    hasNoVersion: ({context, event}) =>
      event.type === 'hello.came' &&
      event.hello.nonce === context.nonce &&
      (event.hello.version !== protocolVersion || event.hello.session !== (context.nonce & 0xff)),
    isWhole: ({context}) => isWhole(context),
    isBroken: ({context}) => isFilled(context) && !isWhole(context),
    isUnreadable: ({context}) => isWhole(context) && readDescriptor(context.pages).state === 'bad',
    isLearned: ({context}) => context.learned.has(context.session?.hello.descriptorCheck ?? -1),
    tellsNothing: ({context}) => tellsNothing(context),
    hasValues: ({context}) => context.values.has(configKeys.label) && context.values.has(configKeys.bank),
  },
  delays: {
    helloEvery: 250,
    pageTimeout: 200,
    valuesTimeout: 1500,
    /** A device that said good-bye restarts. */
    restart: 500,
  },
}).createMachine({
  id: 'firmware-link',
  context: ({input}) => newFirmwareLink(input),
  initial: 'greeting',
  on: {
    'host.pulse': {actions: ['notePulse', 'pulse']},
    'frame.heard': {actions: 'hear'},
    'frame.unknown': {actions: 'hear'},
    'frame.dropped': {actions: 'hear'},
    'desk.closed': '.closed',
  },
  states: {
    greeting: {
      entry: ['forgetSilence', 'beginGreeting'],
      initial: 'saying',
      on: {
        'hello.came': [
          {guard: 'hasNoVersion', target: 'refused', actions: 'tellRefused'},
          {guard: 'isOurs', target: 'session', actions: 'begin'},
        ],
      },
      states: {
        saying: {always: {guard: 'isAlive', target: 'said', actions: 'greet'}},
        said: {after: {helloEvery: [{guard: 'isForeign', target: '#firmware-link.foreign'}, {target: 'saying'}]}},
      },
    },
    session: {
      entry: 'armSilence',
      exit: 'forgetSilence',
      initial: 'choosing',
      on: {
        'device.silent': 'greeting',
        'device.restarted': 'greeting',
        'device.left': 'resting',
        'device.broke': 'greeting',
      },
      states: {
        choosing: {always: [{guard: 'isLearned', target: 'asking'}, {target: 'describing'}]},
        describing: {
          entry: {type: 'send', params: ({context}) => pageQuestion(context)},
          after: {pageTimeout: {target: 'describing', reenter: true}},
          on: {'page.came': {actions: 'takePage', target: 'checking'}},
        },
        checking: {
          always: [
            {guard: 'isUnreadable', target: '#firmware-link.refused', actions: 'tellRefused'},
            {guard: 'isWhole', target: 'asking', actions: 'learn'},
            {guard: 'isBroken', target: '#firmware-link.greeting'},
            {target: 'describing'},
          ],
        },
        asking: {
          entry: {type: 'send', params: ({context}) => (tellsNothing(context) ? [] : valueQuestions)},
          always: [
            {guard: 'tellsNothing', target: 'live'},
            {guard: 'hasValues', target: 'live'},
          ],
          after: {valuesTimeout: 'live'},
          on: {'value.came': {actions: 'takeValue'}},
        },
        live: {
          tags: 'usable',
          entry: 'tellReady',
          exit: 'tellLost',
          on: {'desk.said': {actions: {type: 'send', params: ({event}) => [event.message]}}},
        },
      },
    },
    resting: {entry: 'forgetSilence', after: {restart: 'greeting'}},
    /** Whatever is on this line, it does not speak our protocol. */
    foreign: {entry: 'tellUnknown', type: 'final'},
    refused: {entry: {type: 'send', params: bye}, type: 'final'},
    closed: {entry: ['forgetSilence', {type: 'send', params: bye}], type: 'final'},
  },
});
