import type {AudioBufferSourceNode, AudioContext, BaseAudioContext} from 'node-web-audio-api';
import type {AudioOutput} from './output.ts';

export type OpenedOutput =
  | {readonly state: 'open'; readonly output: AudioOutput}
  | {readonly state: 'unavailable'; readonly reason: string; readonly cure: string};

/**
 * Opens the system's default sound device at the session's rate. The native library is loaded here, on first use:
 * a machine without it, or without a device, gets an answer instead of an exception.
 */
export async function openDeviceOutput(sampleRate: number): Promise<OpenedOutput> {
  let context: AudioContext;
  try {
    const {AudioContext} = await import('node-web-audio-api');
    context = new AudioContext({sampleRate, latencyHint: 'playback'});
    await context.resume();
    if (context.sampleRate !== sampleRate) {
      await context.close();
      return otherRate(sampleRate, context.sampleRate);
    }
  } catch (error) {
    return unavailable(error);
  }
  const queue = createSourceQueue(context);
  let closed = false;
  const output: AudioOutput = {
    kind: 'device',
    name: 'default device',
    latencyFrames: Math.round(context.outputLatency * sampleRate),
    clockFrame: () => Math.round(context.currentTime * sampleRate),
    schedule: queue.schedule,
    cut: queue.cut,
    close: async () => {
      if (closed) return;
      closed = true;
      await context.close();
    },
  };
  return {state: 'open', output};
}

/** The session's rate is kept: played at another one, it would be out of tune, and its blocks would not fit each other. */
function otherRate(wanted: number, offered: number): OpenedOutput {
  return {
    state: 'unavailable',
    reason: `the sound device plays ${offered} Hz, the session has ${wanted} Hz`,
    cure: `set the device to ${wanted} Hz`,
  };
}

export interface SourceQueue {
  schedule(atFrame: number, left: Float32Array<ArrayBuffer>, right: Float32Array<ArrayBuffer>): void;
  /** Takes back what would play from `atFrame` on. */
  cut(atFrame: number): void;
}

/** Blocks as buffer sources that start, and are cut, exactly at their frames: bit-exact, live and offline alike. */
export function createSourceQueue(context: BaseAudioContext): SourceQueue {
  let queued: {readonly source: AudioBufferSourceNode; readonly atFrame: number; readonly endFrame: number}[] = [];
  return {
    schedule(atFrame, left, right) {
      const now = context.currentTime * context.sampleRate;
      if (queued.length > 64 || (queued[0]?.endFrame ?? now) < now)
        queued = queued.filter(({endFrame}) => endFrame >= now);
      const buffer = context.createBuffer(2, left.length, context.sampleRate);
      buffer.copyToChannel(left, 0);
      buffer.copyToChannel(right, 1);
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(context.destination);
      source.start(atFrame / context.sampleRate);
      queued.push({source, atFrame, endFrame: atFrame + left.length});
    },
    cut(frame) {
      for (const {source, atFrame, endFrame} of queued) {
        if (atFrame >= frame) source.disconnect();
        else if (endFrame > frame) source.stop(frame / context.sampleRate);
      }
      queued = queued.filter(({atFrame}) => atFrame < frame);
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
