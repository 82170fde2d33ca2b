import {plainText} from '../../model/problem.ts';
import type {Surface} from '../../model/surface.ts';
import {createInterpreter, type Interpreter} from '../../surface/interpreter.ts';
import {hexWords} from '../../surface/midi-words.ts';
import type {Port} from '../../transport/contract.ts';
import type {Tap, TappedBytes} from './tap.ts';

/** Which messages are shown; all that is absent lets everything through. */
export interface MonitorFilter {
  readonly from?: 'device' | 'desk' | undefined;
  /** Parts of words: one of them must be in what the message means, in its bytes, or in its reason. */
  readonly only?: readonly string[];
  /** None of these may be in it. */
  readonly without?: readonly string[];
}

/** One message that went by. */
export interface MonitorEvent {
  readonly atMs: number;
  readonly port: string;
  readonly from: 'device' | 'desk';
  readonly bytes: string;
  readonly means: string;
  readonly because: string | undefined;
}

/** Tells of everything that goes by: messages that pass the filter, and ports that open and close. */
export function monitorTap(
  filter: MonitorFilter,
  nowMs: () => number,
  show: (event: MonitorEvent) => void,
  tell: (words: string) => void,
): Tap {
  const interpreters = new Map<string, Interpreter>();
  return {
    opened(port, surface) {
      interpreters.set(port.id, createInterpreter(surface, port.kind !== 'hid' && port.hid === undefined));
      tell(`${plainText(port.name)}: open, ${surfaceWords(surface)}`);
    },
    passed(passed) {
      const event = eventOf(passed, interpreterOf(interpreters, passed.port, passed.surface), nowMs());
      if (passes(filter, event)) show(event);
    },
    closed(port, reason) {
      interpreters.delete(port.id);
      tell(`${plainText(port.name)}: ${plainText(reason)}`);
    },
  };
}

function interpreterOf(known: Map<string, Interpreter>, port: Port, surface: Surface | undefined): Interpreter {
  const found = known.get(port.id) ?? createInterpreter(surface, port.kind !== 'hid' && port.hid === undefined);
  known.set(port.id, found);
  return found;
}

function eventOf({port, from, bytes, because}: TappedBytes, interpreter: Interpreter, atMs: number): MonitorEvent {
  const words =
    from === 'device'
      ? interpreter.fromDevice(bytes)
      : interpreter.toDevice(bytes).map(({about, value}) => `${about} ${value}`.trim());
  return {
    atMs: Math.round(atMs * 10) / 10,
    port: plainText(port.name),
    from,
    bytes: hexWords(bytes),
    means: plainText(words.join('; ')),
    because: because === undefined ? undefined : plainText(because),
  };
}

function surfaceWords(surface: Surface | undefined): string {
  return surface === undefined
    ? 'no surface that the desk knows'
    : plainText(`${surface.maker} ${surface.name}`).trim();
}

/** Whether a message is to be shown. */
export function passes({from, only = [], without = []}: MonitorFilter, event: MonitorEvent): boolean {
  if (from !== undefined && from !== event.from) return false;
  const text = `${event.means}\n${event.bytes}\n${event.because ?? ''}`.toLowerCase();
  const holds = (part: string): boolean => text.includes(part.toLowerCase());
  return (only.length === 0 || only.some(holds)) && !without.some(holds);
}

/** A message as one line: time, port, direction, meaning, reason, bytes. */
export function monitorLine({atMs, port, from, bytes, means, because}: MonitorEvent): string {
  const time = (atMs / 1000).toFixed(3).padStart(9);
  const reason = because === undefined ? '' : `  (${because})`;
  const shown = bytes.length > 59 ? `${bytes.slice(0, 56)} …` : bytes;
  return `${time}  ${port.slice(0, 20).padEnd(20)} ${from === 'device' ? '→' : '←'} ${(means || '–').padEnd(36)}${reason}  [${shown}]`;
}
