import {createActor} from 'xstate';
import {firmwareLinkMachine} from '../../machines/firmware-link.ts';
import type {FirmwareDevice, FirmwareLinkEmitted, FirmwareLinkInput} from '../../machines/firmware-link-words.ts';
import {decodeBody, encodeFrame} from '../../wire/longthrow/codec.ts';
import {newFramer, step} from '../../wire/longthrow/framer.ts';
import {classOf, type Message} from '../../wire/longthrow/message.ts';
import {actorClock, type Clock} from '../clock.ts';
import {createStateBox} from './state-box.ts';

/** The host's end of one line with a home-made surface: bytes on one side, messages on the other. */
export interface DeviceLine {
  /** Bytes from the line, in any chunks. */
  received(bytes: Uint8Array): void;
  /** Says something while the device is ready: of class STATE newest first and as the line has room, of RELIABLE as the device has. */
  say(message: Message): void;
  /** What is there now; undefined while nothing is ready. */
  readonly device: FirmwareDevice | undefined;
  /** Says good-bye and ends. Idempotent; nothing is told afterwards. */
  close(): void;
}

export interface DeviceLineOptions extends FirmwareLinkInput {
  readonly clock: Clock;
  /** Rises while the sound engine renders and the desk hears of it: a host that does not go on must not look alive. */
  readonly progress: () => number;
  /** Whether sound plays: no time for a boot loader. */
  readonly live: () => boolean;
  readonly send: (bytes: Uint8Array) => void;
  /** Bytes that have not gone out. */
  readonly waiting: () => number;
  readonly told: (news: Exclude<FirmwareLinkEmitted, {type: 'line.send'}>) => void;
}

const pulseEveryMs = 50;
/** While so many bytes wait for the line, values are held back, so that the newest goes out. */
const mostWaiting = 256;
const tryAgainMs = 5;

/** Begins to speak on a line that was opened just now. */
export function openDeviceLine(options: DeviceLineOptions): DeviceLine {
  const {clock, nextNonce, known, learned, send, waiting, told} = options;
  const actor = createActor(firmwareLinkMachine, {clock: actorClock(clock), input: {nextNonce, known, learned}});
  const box = createStateBox();
  let framer = newFramer();
  let device: FirmwareDevice | undefined;
  let isFlushing = false;
  let blocks = 0;
  let closed = false;

  actor.on('*', (news) => {
    if (news.type === 'line.send') {
      send(encodeFrame(news.frame, news.session));
      return;
    }
    if (closed) return;
    if (news.type === 'device.ready') {
      device = news.device;
      box.forget();
    } else if (news.type === 'device.lost') device = undefined;
    told(news);
  });
  let endPulse = (): void => {};
  const pulse = (): void => {
    endPulse = clock.after(pulseEveryMs, pulse);
    // While the line does not even take a greeting (its driver stands still), the host is as good as silent, and nobody failed to answer.
    if (device !== undefined || waiting() === 0) blocks = options.progress();
    actor.send({type: 'host.pulse', atMs: clock.now(), blocks, live: options.live()});
  };
  actor.start();
  pulse();

  const flush = (): void => {
    isFlushing = false;
    if (closed || device === undefined) return;
    if (waiting() > mostWaiting) flushLater(tryAgainMs);
    else for (const message of box.take(device.hello.mtu)) actor.send({type: 'desk.said', message});
  };
  const flushLater = (delayMs: number): void => {
    if (isFlushing) return;
    isFlushing = true;
    if (delayMs > 0) clock.after(delayMs, flush);
    else clock.soon(flush);
  };

  const take = (body: Uint8Array): void => {
    const decoded = decodeBody(body, actor.getSnapshot().context.session?.id ?? 0);
    switch (decoded.state) {
      case 'good':
        actor.send({type: 'frame.heard', frame: decoded.frame});
        break;
      case 'unknown': {
        const {sequence, messageClass} = decoded;
        actor.send({type: 'frame.unknown', sequence, reliable: messageClass === 'reliable'});
        break;
      }
      case 'bad':
        if (decoded.fault === 'crc') actor.send({type: 'frame.dropped', fault: 'crc'});
        else if (decoded.fault === 'short') actor.send({type: 'frame.dropped', fault: 'resyncs'});
    }
  };

  return {
    received(bytes) {
      if (closed) return;
      const next = step(framer, bytes);
      framer = next.state;
      for (const framed of next.frames) {
        if (closed) return;
        if (framed.type === 'body') take(framed.body);
        else actor.send({type: 'frame.dropped', fault: framed.fault === 'oversized' ? 'oversized' : 'resyncs'});
      }
    },
    say(message) {
      if (closed || device === undefined) return;
      if (classOf(message) === 'state' && box.put(message)) flushLater(0);
      else actor.send({type: 'desk.said', message});
    },
    get device() {
      return device;
    },
    close() {
      if (closed) return;
      closed = true;
      endPulse();
      actor.send({type: 'desk.closed'});
      actor.stop();
    },
  };
}
