import type {FirmwareDevice, FirmwareLinkEmitted} from '../../machines/firmware-link-words.ts';
import {DeskError} from '../../model/problem.ts';
import {serialTransport} from '../../transport/serial.ts';
import {portOf} from '../../transport/serial-ports.ts';
import {type Message, messageKinds} from '../../wire/longthrow/message.ts';
import {systemClock} from '../clock.ts';
import {type DeviceLine, openDeviceLine} from './device-line.ts';

/** A conversation with one surface, without a desk: for the commands that look after it. */
export interface Talk {
  readonly device: FirmwareDevice;
  /** Says something RELIABLE and waits until it is done; rejects with a DeskError if it is refused. */
  ask(message: Message): Promise<void>;
  /** The same, and waits for the answer of that type. */
  askFor<Type extends Message['type']>(message: Message, type: Type): Promise<Extract<Message, {type: Type}>>;
  /** Told of everything it says, until the returned function is called. */
  onSaid(listener: (message: Message, time: number | undefined) => void): () => void;
  /** Resolves with the reason when the device is lost. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

const patienceMs = 3000;
const statusTexts = [
  'done',
  'its firmware cannot do that',
  'it does not take this value',
  'it is busy; try again in five seconds',
  'it refuses',
];

/** Opens the port of a surface and shakes hands; rejects with a DeskError that says why it cannot be spoken to. */
export async function openTalk(path: string): Promise<Talk> {
  const transport = serialTransport({paths: [path]});
  const listeners = new Set<(news: Exclude<FirmwareLinkEmitted, {type: 'line.send'}>) => void>();
  const tell = (news: Exclude<FirmwareLinkEmitted, {type: 'line.send'}>): void => {
    for (const listener of [...listeners]) listener(news);
  };
  let line: DeviceLine | undefined;
  const opened = await transport.open(portOf(path), {
    received: (bytes) => line?.received(bytes),
    lost: (reason) => tell({type: 'device.lost', reason}),
  });
  if (opened.state !== 'open') {
    await transport.close();
    throw new DeskError(
      opened.state === 'busy' ? 'transport.busy' : 'transport.unavailable',
      `${path}: ${opened.reason}.`,
    );
  }
  const close = async (): Promise<void> => {
    line?.close();
    await transport.close();
  };
  const until = <Value>(
    pick: (news: Exclude<FirmwareLinkEmitted, {type: 'line.send'}>) => Value | undefined,
    ms: number | undefined,
  ): Promise<Value | undefined> =>
    new Promise((resolve) => {
      const settle = (value: Value | undefined): void => {
        clearTimeout(timer);
        listeners.delete(look);
        resolve(value);
      };
      const look = (news: Exclude<FirmwareLinkEmitted, {type: 'line.send'}>): void => {
        const picked = pick(news);
        if (picked !== undefined) settle(picked);
      };
      const timer = ms === undefined ? undefined : setTimeout(() => settle(undefined), ms);
      listeners.add(look);
    });
  const greeted = until((news): FirmwareDevice | string | undefined => {
    if (news.type === 'device.ready') return news.device;
    if (news.type === 'device.refused' || news.type === 'device.lost') return news.reason;
    return news.type === 'device.unanswered' ? 'nothing on it speaks the Longthrow protocol' : undefined;
  }, undefined);
  let turns = 0;
  line = openDeviceLine({
    clock: systemClock,
    // Here nothing but this program itself must go on.
    progress: () => {
      turns += 1;
      return turns;
    },
    live: () => false,
    nextNonce: () => Math.floor(Math.random() * 0x1_0000_0000),
    known: false,
    learned: new Map(),
    send: (bytes) => opened.connection.send(bytes),
    waiting: () => opened.connection.waiting ?? 0,
    told: tell,
  });
  const device = await greeted;
  if (device === undefined || typeof device === 'string') {
    await close();
    throw new DeskError('transport.unavailable', `${path}: ${device ?? 'no answer'}.`);
  }
  const lost = until((news) => (news.type === 'device.lost' ? news.reason : undefined), undefined).then(
    (reason) => reason ?? '',
  );
  const say = (message: Message): void => line?.say(message);
  const ask = async (message: Message): Promise<void> => {
    const answered = until(
      (news) => (news.type === 'desk.answered' && news.message === message ? news.status : undefined),
      patienceMs,
    );
    say(message);
    const status = await answered;
    if (status === 0) return;
    const why = status === undefined ? 'it does not answer' : (statusTexts[status] ?? `status ${status}`);
    throw new DeskError('transport.unavailable', `${path}: ${messageKinds[message.type].name}: ${why}.`);
  };
  return {
    device,
    ask,
    async askFor(message, type) {
      const answer = until(
        (news) =>
          news.type === 'device.said' && hasType(news.message, type) && isAbout(message, news.message)
            ? news.message
            : undefined,
        patienceMs,
      );
      await ask(message);
      const came = await answer;
      if (came === undefined) throw new DeskError('transport.unavailable', `${path}: it does not answer.`);
      return came;
    },
    onSaid(listener) {
      const look = (news: Exclude<FirmwareLinkEmitted, {type: 'line.send'}>): void => {
        if (news.type === 'device.said') listener(news.message, news.time);
      };
      listeners.add(look);
      return () => listeners.delete(look);
    },
    lost,
    close,
  };
}

function hasType<Type extends Message['type']>(
  message: Message,
  type: Type,
): message is Extract<Message, {type: Type}> {
  return message.type === type;
}

/** A value answers only the question for it. */
function isAbout(question: Message, answer: Message): boolean {
  if (question.type !== 'config-get' || answer.type !== 'config-value') return true;
  return question.key === answer.key && question.control === answer.control;
}
