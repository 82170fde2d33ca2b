import {createKernel, type Kernel, type StereoBlock} from '../../../src/engine/kernel/kernel.ts';

export const blockFrames = 512;
export const unity = {pre: 1, left: 1, right: 1};

/** A kernel whose strips and master stand at 0 dB. */
export async function openKernel(strips: number, sampleRate = 48_000): Promise<Kernel> {
  const kernel = await createKernel({strips, sampleRate, blockFrames});
  for (let strip = 0; strip < strips; strip++) kernel.setStrip(strip, unity);
  kernel.setMaster(1);
  kernel.settle();
  return kernel;
}

/** Puts a signal into a strip's input, both sides or each its own, zeros after its end. */
export function feed(kernel: Kernel, strip: number, left: ArrayLike<number>, right = left): void {
  const input = kernel.inputs[strip];
  input?.left.fill(0);
  input?.right.fill(0);
  input?.left.set(left);
  input?.right.set(right);
}

/** A copy of the first `frames` of the output. */
export function taken(output: StereoBlock, frames = blockFrames): {left: Float32Array; right: Float32Array} {
  return {left: output.left.slice(0, frames), right: output.right.slice(0, frames)};
}
