/** So many samples by a rule. A plain loop: `Float32Array.from` takes three times as long, and the tests make hours of sound. */
export function samplesOf(frames: number, sampleAt: (frame: number) => number): Float32Array {
  const samples = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) samples[frame] = sampleAt(frame);
  return samples;
}
