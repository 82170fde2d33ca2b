import type {Engine} from '../../engine/contract.ts';
import {encodeMidi, type MidiMessage} from '../../wire/midi-message.ts';
import {type MachineCommand, machineControlData, readMachineControl} from '../../wire/time-code/machine-control.ts';
import {framesASecond, secondsOfCode} from '../../wire/time-code/time-code.ts';
import type {Clock} from '../clock.ts';
import type {Desk} from '../desk-contract.ts';
import {codeOfFrame, type TapeCode} from './tape-code.ts';

/** MIDI machine control of a desk's tape, in one or both directions. */
export interface MachineControl {
  /** Does what another machine asks for. */
  heard(messages: readonly MidiMessage[]): void;
  end(): void;
}

export interface MachineControlOptions {
  readonly engine: Pick<Engine, 'playback' | 'onChanged'>;
  readonly perform: Desk['perform'];
  readonly tape: TapeCode;
  readonly clock: Pick<Clock, 'now'>;
  /** Tells other machines what this tape does; undefined: none is told. */
  readonly send?: ((bytes: Uint8Array) => void) | undefined;
}

/** Off by more than this, in seconds, a tape that plays was located. */
const jumpSeconds = 0.05;

/** What was asked for by another machine is not told to it again, so that two of them never drive each other. */
export function createMachineControl({engine, perform, tape, clock, send}: MachineControlOptions): MachineControl {
  let last = {...engine.playback, atMs: clock.now()};
  let isObeying = false;

  const tell = (command: MachineCommand): void => {
    if (!isObeying) send?.(encodeMidi({type: 'sysex', data: machineControlData(command)}));
  };
  const look = (): void => {
    const {state, frame, sampleRate} = engine.playback;
    const atMs = clock.now();
    const passed = last.state === 'playing' ? ((atMs - last.atMs) / 1000) * sampleRate : 0;
    const isElsewhere =
      Math.abs(frame - last.frame - passed) > (last.state === 'playing' ? jumpSeconds * sampleRate : 0);
    const was = last.state;
    last = {...engine.playback, atMs};
    if (state !== was && state === 'stopped') tell({type: 'stop'});
    if (isElsewhere) tell(locateTo(frame, sampleRate));
    if (state !== was && state === 'playing') tell({type: 'play'});
  };
  const locateTo = (frame: number, sampleRate: number): MachineCommand => {
    const code = codeOfFrame(tape, frame, sampleRate);
    const day = 86_400;
    const seconds = (tape.startSeconds + frame / sampleRate) % day;
    const within = (seconds - secondsOfCode(code)) * framesASecond(tape.rate);
    return {type: 'locate', code, hundredths: Math.min(99, Math.max(0, Math.floor(within * 100 + 1e-3)))};
  };
  const endListening = engine.onChanged((what) => {
    if (what === 'playback') look();
  });

  const obey = (command: MachineCommand): void => {
    const {state, sampleRate, lengthFrames} = engine.playback;
    switch (command.type) {
      case 'play':
      case 'deferred-play':
        if (state === 'stopped') perform({type: 'playback.play'});
        break;
      case 'record-strobe':
        // What is in write mode writes from the start by itself; punched in as well, it can be punched out.
        if (state === 'stopped') perform({type: 'playback.play'});
        perform({type: 'automation.record', on: true});
        break;
      case 'record-exit':
        perform({type: 'automation.record', on: false});
        break;
      case 'stop':
      case 'pause':
        // Stop of a tape that stands would bring it to its start.
        if (state === 'playing') perform({type: 'playback.stop'});
        break;
      case 'rewind':
        perform({type: 'playback.rewind'});
        break;
      case 'fast-forward':
        perform({type: 'playback.forward'});
        break;
      case 'locate': {
        const {code, hundredths} = command;
        const seconds = secondsOfCode(code) + hundredths / 100 / framesASecond(code.rate) - tape.startSeconds;
        perform({
          type: 'playback.locate',
          frame: Math.min(lengthFrames, Math.max(0, Math.round(seconds * sampleRate))),
        });
        break;
      }
    }
  };

  return {
    heard(messages) {
      for (const message of messages) {
        if (message.type !== 'sysex') continue;
        for (const command of readMachineControl(message.data)) {
          isObeying = true;
          try {
            obey(command);
          } finally {
            isObeying = false;
          }
        }
      }
    },
    end: endListening,
  };
}
