import type {Engine} from '../../engine/contract.ts';
import {encodeMidi} from '../../wire/midi-message.ts';
import {fullFrameData} from '../../wire/time-code/full-frame.ts';
import {quarterFrameValue} from '../../wire/time-code/quarter-frame.ts';
import {formatTimeCode, framesASecond, timeCodeAt} from '../../wire/time-code/time-code.ts';
import type {Clock} from '../clock.ts';
import {codeOfFrame, quartersAt, type TapeCode} from './tape-code.ts';

/** What sends a tape's time as MIDI time code. */
export interface TimeCodeLead {
  /** Where the tape is, as it is told. */
  readonly code: string;
  /** The wire is there anew: whoever listens is told where the tape is. */
  greet(): void;
  end(): void;
}

/** Pieces that are late by fewer than so many go out at once; after a longer stall it begins anew with a whole code. */
const mostLate = 8;
/** Off by more than so many pieces, the tape has jumped. */
const jumpQuarters = 4;

/** Quarter frames while the tape plays, a full frame where it stands, starts or jumps. */
export function createTimeCodeLead(
  engine: Engine,
  tape: TapeCode,
  send: (bytes: Uint8Array) => void,
  clock: Clock,
): TimeCodeLead {
  const {rate} = tape;
  const aSecond = 4 * framesASecond(rate);
  /** The next piece, in quarter frames; undefined while the tape stands. */
  let next: number | undefined;
  let stoodAt: number | undefined;
  let endTimer: (() => void) | undefined;

  const place = (): number => {
    const {frame, sampleRate} = engine.playback;
    return quartersAt(tape, frame, sampleRate);
  };
  const tellPlace = (): void => {
    const {frame, sampleRate} = engine.playback;
    send(encodeMidi({type: 'sysex', data: fullFrameData(codeOfFrame(tape, frame, sampleRate))}));
  };
  /** The next whole code begins at an even frame, where piece 0 belongs. */
  const begin = (at: number): void => {
    tellPlace();
    next = Math.ceil(at / 8 - 1e-9) * 8;
  };
  const sendDue = (): void => {
    endTimer?.();
    endTimer = undefined;
    if (engine.playback.state !== 'playing' || next === undefined) return;
    const at = place();
    if (at - next > mostLate || next - at > mostLate + jumpQuarters) begin(at);
    while (next <= at + 1e-6) {
      const code = timeCodeAt(Math.floor(next / 8) * 2, rate);
      send(encodeMidi({type: 'quarter-frame', value: quarterFrameValue(code, next % 8)}));
      next += 1;
    }
    endTimer = clock.after(Math.max(1, ((next - place()) / aSecond) * 1000), sendDue);
  };
  const look = (): void => {
    const isPlaying = engine.playback.state === 'playing';
    const at = place();
    if (!isPlaying) {
      const isNews = next !== undefined || stoodAt === undefined || Math.abs(at - stoodAt) > 1e-6;
      next = undefined;
      stoodAt = at;
      endTimer?.();
      endTimer = undefined;
      if (isNews) tellPlace();
      return;
    }
    stoodAt = undefined;
    if (next === undefined || at - next > jumpQuarters || next - at > 8 + jumpQuarters) begin(at);
    sendDue();
  };
  const endListening = engine.onChanged((what) => {
    if (what === 'playback') look();
  });
  look();

  return {
    get code() {
      const {frame, sampleRate} = engine.playback;
      return formatTimeCode(codeOfFrame(tape, frame, sampleRate));
    },
    greet() {
      if (next === undefined) tellPlace();
      else begin(place());
    },
    end() {
      endListening();
      endTimer?.();
    },
  };
}
