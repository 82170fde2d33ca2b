import type {AudioOutput} from './output.ts';
import {createRateConverter, type RateConverter} from './rate-converter.ts';

/** Frames of the session that are remembered, a power of two: more than ever lie ready, and a cycle of any device. */
const remembered = 1 << 18;

/**
 * An output in the session's rate on a device that plays another one. Every frame of the device is made of the session's frames around it and of nothing
 * else, so that what is scheduled can be replaced from any frame on, and the result is to the bit what it would be had it been so from the start.
 * Undefined for rates that have no small ratio.
 */
export function createConvertedOutput(
  device: AudioOutput,
  sessionRate: number,
  deviceRate: number,
): AudioOutput | undefined {
  const converter = createRateConverter(sessionRate, deviceRate);
  const name = `${device.name}, converted to ${deviceRate} Hz`;
  return converter && converted({...device, name}, converter, deviceRate / sessionRate);
}

function converted(device: AudioOutput, converter: RateConverter, ratio: number): AudioOutput {
  const {reachFrames, convert} = converter;
  const left = new Float32Array(remembered);
  const right = new Float32Array(remembered);
  /** What was scheduled ends here; it goes back as far as there is room. */
  let endFrame = 0;

  /** The first of the device's frames that needs a frame of the session at or after this one. */
  const firstNeeding = (frame: number): number => Math.max(0, Math.ceil((frame - reachFrames) * ratio));
  const put = (frame: number, sides: readonly [Float32Array, Float32Array] | undefined, frames: number): void => {
    for (let index = Math.max(0, frames - remembered); index < frames; index++) {
      const place = (frame + index) & (remembered - 1);
      left[place] = sides?.[0][index] ?? 0;
      right[place] = sides?.[1][index] ?? 0;
    }
  };

  return {
    kind: device.kind,
    name: device.name,
    latencyFrames: Math.round(device.latencyFrames / ratio) + reachFrames,
    clockFrame: () => Math.ceil(device.clockFrame() / ratio) + reachFrames,
    steadyFrame: () => (device.steadyFrame?.() ?? device.clockFrame()) / ratio + reachFrames,
    clockFrameIn: (frames) => Math.ceil(device.clockFrameIn(Math.ceil(frames * ratio)) / ratio) + reachFrames,
    schedule(atFrame, blockLeft, blockRight) {
      if (atFrame > endFrame) put(endFrame, undefined, atFrame - endFrame);
      put(atFrame, [blockLeft, blockRight], blockLeft.length);
      const blockEnd = atFrame + blockLeft.length;
      endFrame = Math.max(endFrame, blockEnd);
      const from = firstNeeding(atFrame);
      // What lies behind the block and was made with what stood in its place is made anew.
      const to = firstNeeding(Math.min(endFrame, blockEnd + 2 * reachFrames));
      if (to <= from) return;
      const sides = [left, right].map((side) => convert(side, from, to - from));
      const [madeLeft, madeRight] = sides;
      if (madeLeft && madeRight) device.schedule(from, madeLeft, madeRight);
    },
    cut(frame) {
      if (frame >= endFrame) return;
      put(frame, undefined, endFrame - frame);
      endFrame = frame;
      device.cut(firstNeeding(frame));
    },
    close: device.close,
  };
}
