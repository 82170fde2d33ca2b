import {plainText} from '../../model/problem.ts';
import {learn} from '../../surface/learn/learner.ts';
import {type LearnedDevice, type Learner, type LearnInput, newLearner} from '../../surface/learn/learner-state.ts';
import type {Connection, Port, Transport} from '../../transport/contract.ts';
import {type Clock, systemClock} from '../clock.ts';
import {readKeys} from '../terminal/key.ts';
import {promptOf} from './learn-words.ts';

/** The terminal that asks; `input` is a terminal's, or a test's that looks like one. */
export interface LearnTerminal {
  readonly input: Pick<NodeJS.ReadStream, 'on' | 'off' | 'setRawMode' | 'resume' | 'pause'>;
  readonly write: (text: string) => void;
}

/** How it ended. */
export type LearnEnd =
  | {readonly state: 'finished'; readonly learner: Learner}
  | {readonly state: 'stopped'}
  | {readonly state: 'lost'; readonly reason: string};

const tickMs = 100;
const keys: Readonly<Record<string, Extract<LearnInput, {type: 'key'}>['key']>> = {
  enter: 'done',
  d: 'done',
  s: 'skip',
  a: 'again',
  b: 'back',
  backspace: 'back',
  y: 'yes',
  n: 'no',
};

const introduction = 'It asks, you do; when your hand rests, it goes on by itself. Nothing is written before the end.';

/** How the device at a port speaks. */
export function deviceAt({kind, hid}: Port): LearnedDevice {
  return kind === 'hid' || hid !== undefined ? {kind: 'hid', numbered: hid?.numbered} : {kind: 'midi'};
}

/** Asks, listens and shows until everything is learned, the user stops, or the port is lost. The terminal is as before in the end. */
export async function runLearner(
  transport: Transport,
  port: Port,
  {input, write}: LearnTerminal,
  clock: Clock = systemClock,
): Promise<LearnEnd> {
  let learner = newLearner(deviceAt(port));
  let connection: Connection | undefined;
  let finish: (end: LearnEnd) => void = () => {};
  const ended = new Promise<LearnEnd>((resolve) => {
    finish = resolve;
  });
  const tell = (happened: LearnInput): void => {
    const before = learner;
    const {learner: next, send} = learn(learner, happened);
    learner = next;
    for (const bytes of send) connection?.send(bytes, 'learning');
    const shown = promptOf(next);
    if (shown !== promptOf(before)) write(shown);
    if (next.task.group === 'finished') finish({state: 'finished', learner: next});
  };
  const opened = await transport.open(port, {
    received: (bytes) => tell({type: 'bytes', bytes, atMs: clock.now()}),
    lost: (reason) => finish({state: 'lost', reason: `${plainText(port.name)}: ${plainText(reason)}`}),
  });
  if (opened.state !== 'open') {
    return {state: 'lost', reason: `${plainText(port.name)} does not open: ${plainText(opened.reason)}`};
  }
  connection = opened.connection;
  const heard = (chunk: Buffer | string): void => {
    for (const key of readKeys(String(chunk))) {
      const meant = keys[key];
      if (key === 'q' || key === 'ctrl-c' || key === 'escape') finish({state: 'stopped'});
      else if (meant !== undefined) tell({type: 'key', key: meant});
      else if (/^\d$/.test(key)) tell({type: 'digit', digit: Number(key)});
    }
  };
  const gone = (): void => finish({state: 'stopped'});
  let endTick = (): void => {};
  const tick = (): void => {
    endTick = clock.after(tickMs, () => {
      tell({type: 'time', atMs: clock.now()});
      tick();
    });
  };
  input.setRawMode(true);
  input.resume();
  input.on('data', heard);
  input.on('end', gone);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, gone);
  tick();
  write(`Learning ${plainText(port.name)}. ${introduction}\n${promptOf(learner)}`);
  const end = await ended;
  endTick();
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, gone);
  input.off('data', heard);
  input.off('end', gone);
  input.setRawMode(false);
  input.pause();
  // A lamp that is being tried must not stay lit.
  for (const bytes of learner.trial?.dark ?? []) connection.send(bytes, 'learning');
  connection.close();
  return end;
}
