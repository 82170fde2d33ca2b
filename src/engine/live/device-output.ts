import type {AudioBuffer, AudioBufferSourceNode, AudioContext, BaseAudioContext} from 'node-web-audio-api';
import {createConvertedOutput} from './converted-output.ts';
import {createDeviceClock} from './device-clock.ts';
import type {AudioOutput} from './output.ts';

export type OpenedOutput =
  | {readonly state: 'open'; readonly output: AudioOutput}
  | {readonly state: 'unavailable'; readonly reason: string; readonly cure: string};

/**
 * Opens the system's default sound device at the session's rate or, where it only plays another one, converts to that. The native library is loaded
 * here, on first use: a machine without it, or without a device, gets an answer instead of an exception.
 */
export async function openDeviceOutput(sampleRate: number): Promise<OpenedOutput> {
  let context: AudioContext;
  try {
    context = await openContext(sampleRate);
  } catch (error) {
    return unavailable(error);
  }
  const deviceRate = context.sampleRate;
  const device = deviceOutput(context);
  if (deviceRate === sampleRate) return {state: 'open', output: device};
  const output = createConvertedOutput(device, sampleRate, deviceRate);
  if (output !== undefined) return {state: 'open', output};
  await device.close();
  return otherRate(sampleRate, deviceRate);
}

/** A running context at the wanted rate, or at the device's own where the wanted one is refused. */
async function openContext(sampleRate: number): Promise<AudioContext> {
  const {AudioContext} = await import('node-web-audio-api');
  const open = async (options: {readonly sampleRate?: number}): Promise<AudioContext> => {
    const context = new AudioContext({...options, latencyHint: 'playback'});
    await context.resume();
    return context;
  };
  return open({sampleRate}).catch(() => open({}));
}

function deviceOutput(context: AudioContext): AudioOutput {
  const {sampleRate} = context;
  const queue = createSourceQueue(context);
  const clock = createDeviceClock({
    sampleRate,
    clockFrame: () => Math.round(context.currentTime * sampleRate),
    nowMs: () => performance.now(),
  });
  let closed = false;
  return {
    kind: 'device',
    name: 'default device',
    latencyFrames: Math.round(context.outputLatency * sampleRate),
    clockFrame: clock.frame,
    steadyFrame: clock.steadyFrame,
    clockFrameIn: clock.frameIn,
    schedule: queue.schedule,
    cut: queue.cut,
    close: async () => {
      if (closed) return;
      closed = true;
      await context.close();
    },
  };
}

/** The session's rate is kept: played at another one, it would be out of tune. */
function otherRate(wanted: number, offered: number): OpenedOutput {
  return {
    state: 'unavailable',
    reason: `the sound device plays ${offered} Hz, the session has ${wanted} Hz, and there is no way from one to the other`,
    cure: `set the device to ${wanted} Hz`,
  };
}

export interface SourceQueue {
  /** Plays a block in place of what was scheduled for the same frames. */
  schedule(atFrame: number, left: Float32Array<ArrayBuffer>, right: Float32Array<ArrayBuffer>): void;
  /** Takes back what would play from `atFrame` on. */
  cut(atFrame: number): void;
}

interface Queued {
  readonly source: AudioBufferSourceNode;
  readonly buffer: AudioBuffer;
  readonly atFrame: number;
  readonly endFrame: number;
}

/** Blocks as buffer sources that start, and are cut and replaced, exactly at their frames: bit-exact, live and offline alike. */
export function createSourceQueue(context: BaseAudioContext): SourceQueue {
  const {sampleRate} = context;
  let queued: readonly Queued[] = [];

  const play = (atFrame: number, left: Float32Array<ArrayBuffer>, right: Float32Array<ArrayBuffer>): Queued => {
    const buffer = context.createBuffer(2, left.length, sampleRate);
    buffer.copyToChannel(left, 0);
    buffer.copyToChannel(right, 1);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start(atFrame / sampleRate);
    return {source, buffer, atFrame, endFrame: atFrame + left.length};
  };
  /** What is left of a block when another takes the place of its frames from `fromFrame` to `toFrame`. */
  const without = (block: Queued, fromFrame: number, toFrame: number): readonly Queued[] => {
    const {source, buffer, atFrame, endFrame} = block;
    if (endFrame <= fromFrame || atFrame >= toFrame) return [block];
    const rest = (channel: number): Float32Array<ArrayBuffer> =>
      buffer.getChannelData(channel).slice(toFrame - atFrame);
    const after = endFrame > toFrame ? [play(toFrame, rest(0), rest(1))] : [];
    if (atFrame >= fromFrame) source.disconnect();
    else source.stop(fromFrame / sampleRate);
    return atFrame >= fromFrame ? after : [{...block, endFrame: fromFrame}, ...after];
  };

  return {
    schedule(atFrame, left, right) {
      const now = context.currentTime * sampleRate;
      if (queued.length > 64 || (queued[0]?.endFrame ?? now) < now)
        queued = queued.filter(({endFrame}) => endFrame >= now);
      const block = play(atFrame, left, right);
      queued = [...queued.flatMap((other) => without(other, atFrame, block.endFrame)), block];
    },
    cut(frame) {
      queued = queued.flatMap((block) => without(block, frame, Number.POSITIVE_INFINITY));
    },
  };
}

function unavailable(error: unknown): OpenedOutput {
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_MODULE_NOT_FOUND') {
    return {
      state: 'unavailable',
      reason: 'the package node-web-audio-api is not installed',
      cure: 'npm install node-web-audio-api',
    };
  }
  const library = /(lib[\w.+-]+\.so[.\d]*)/.exec(text)?.[1];
  if (library !== undefined) {
    return {
      state: 'unavailable',
      reason: `${library} is missing`,
      cure: 'apt install libasound2 (dnf install alsa-lib, pacman -S alsa-lib)',
    };
  }
  return {
    state: 'unavailable',
    reason: 'no sound device could be opened',
    cure: 'connect a sound card, or start PipeWire, JACK or PulseAudio, and start again',
  };
}
