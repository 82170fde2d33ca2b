import type {Engine} from '../../engine/contract.ts';
import type {MidiWire} from '../../engine/midi/midi-engine.ts';
import {DeskError, plainText} from '../../model/problem.ts';
import type {TimeCodeStatus} from '../../model/time-code-status.ts';
import {parseTimeCode, secondsOfCode, type TimeCodeRate} from '../../wire/time-code/time-code.ts';
import type {Clock} from '../clock.ts';
import type {Desk} from '../desk-contract.ts';
import type {MidiLines} from '../midi-lines.ts';
import {followTimeCode, type TimeCodeFollow} from './follow.ts';
import {createTimeCodeLead, type TimeCodeLead} from './lead.ts';
import {createMachineControl} from './machine-control.ts';
import type {TapeCode} from './tape-code.ts';

/** What is asked for of time code and machine control: ports by name, none where absent. */
export interface TimeCodeOptions {
  readonly timeCodeIn?: string;
  readonly timeCodeOut?: string;
  readonly machineControlIn?: string;
  readonly machineControlOut?: string;
  /** Rate of what is sent; 25 if absent. */
  readonly timeCodeRate?: TimeCodeRate;
  /** The code at the start of the tape; 00:00:00:00 if absent. */
  readonly timeCodeStart?: string;
}

/** Time code and machine control of a running desk. */
export interface DeskTimeCode {
  status(): TimeCodeStatus | undefined;
  end(): void;
}

const nothing: DeskTimeCode = {status: () => undefined, end() {}};

/** How the tape is told as time code. Throws a DeskError for a code that there is not. */
export function tapeCodeOf({timeCodeRate: rate = '25', timeCodeStart: start = '0:0:0:0'}: TimeCodeOptions): TapeCode {
  const code = parseTimeCode(start, rate);
  if (code !== undefined) return {rate, startSeconds: secondsOfCode(code)};
  throw new DeskError(
    'usage',
    `--time-code-start ${plainText(start)}: there is no such frame at ${rate}; write 01:00:00:00.`,
  );
}

/** Opens what is asked for; ports that are not there are waited for. */
export function startTimeCode(
  options: TimeCodeOptions,
  engine: Engine,
  desk: Pick<Desk, 'perform'>,
  lines: () => MidiLines,
  clock: Clock,
): DeskTimeCode {
  const {timeCodeIn, timeCodeOut, machineControlIn, machineControlOut} = options;
  if ([timeCodeIn, timeCodeOut, machineControlIn, machineControlOut].every((port) => port === undefined))
    return nothing;
  const tape = tapeCodeOf(options);
  const {perform} = desk;
  const ends: (() => void)[] = [];
  const wireTo = (port: string | undefined): MidiWire | undefined => {
    const wire = port === undefined ? undefined : lines().line(port);
    if (wire !== undefined) ends.push(() => wire.close());
    return wire;
  };

  const inWire = wireTo(timeCodeIn);
  let follow: TimeCodeFollow | undefined;
  if (inWire !== undefined) {
    const followed = followTimeCode({engine, perform, clock, startSeconds: tape.startSeconds});
    inWire.listen({changed() {}, received: (messages) => followed.heard(messages)});
    ends.push(() => followed.end());
    follow = followed;
  }
  const outWire = wireTo(timeCodeOut);
  let lead: TimeCodeLead | undefined;
  if (outWire !== undefined) {
    const led = createTimeCodeLead(engine, tape, (bytes) => outWire.send(bytes), clock);
    outWire.listen({changed: () => led.greet(), received() {}});
    ends.push(() => led.end());
    lead = led;
  }
  const controlOut = wireTo(machineControlOut);
  const controlIn = wireTo(machineControlIn);
  if (controlIn !== undefined || controlOut !== undefined) {
    const control = createMachineControl({
      engine,
      perform,
      tape,
      clock,
      send: controlOut && ((bytes) => controlOut.send(bytes)),
    });
    controlIn?.listen({changed() {}, received: (messages) => control.heard(messages)});
    ends.push(() => control.end());
  }

  return {
    status: () => ({
      followed:
        follow === undefined
          ? undefined
          : {
              port: inWire?.portName ?? plainText(timeCodeIn ?? ''),
              state: inWire?.portName === undefined ? 'no port' : follow.state,
              code: follow.code,
              offMs: follow.offMs,
            },
      led:
        lead === undefined
          ? undefined
          : {
              port: outWire?.portName ?? plainText(timeCodeOut ?? ''),
              isSending: outWire?.portName !== undefined && engine.playback.state === 'playing',
              code: lead.code,
            },
    }),
    end() {
      for (const end of ends) end();
    },
  };
}
