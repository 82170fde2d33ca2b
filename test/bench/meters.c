/* Measures a stereo programme (planar floats in a file) with libebur128 and prints the processor seconds it took.
   Words: rate, file, peaks (sample | true), step in frames, whether momentary loudness is read after each step (0 | 1). */
#include <ebur128.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(int count, char **words) {
  if (count != 6) return 2;
  unsigned rate = (unsigned)atoi(words[1]);
  FILE *file = fopen(words[2], "rb");
  if (!file) return 3;
  fseek(file, 0, SEEK_END);
  size_t frames = (size_t)ftell(file) / sizeof(float) / 2, step = (size_t)atol(words[4]);
  rewind(file);
  float *planar = malloc(frames * 2 * sizeof(float)), *samples = malloc(frames * 2 * sizeof(float));
  if (fread(planar, sizeof(float), frames * 2, file) != frames * 2) return 4;
  for (size_t frame = 0; frame < frames; frame++) {
    samples[2 * frame] = planar[frame];
    samples[2 * frame + 1] = planar[frames + frame];
  }
  int peaks = strcmp(words[3], "true") == 0 ? EBUR128_MODE_TRUE_PEAK : EBUR128_MODE_SAMPLE_PEAK;
  double best = 1e9, integrated = 0, range = 0, momentary = 0;
  for (int run = 0; run < 3; run++) {
    ebur128_state *state = ebur128_init(2, rate, EBUR128_MODE_I | EBUR128_MODE_S | EBUR128_MODE_LRA | peaks);
    clock_t started = clock();
    for (size_t at = 0; at < frames; at += step) {
      ebur128_add_frames_float(state, samples + 2 * at, at + step < frames ? step : frames - at);
      if (words[5][0] == '1') ebur128_loudness_momentary(state, &momentary);
    }
    ebur128_loudness_global(state, &integrated);
    ebur128_loudness_range(state, &range);
    double seconds = (double)(clock() - started) / CLOCKS_PER_SEC;
    if (seconds < best) best = seconds;
    ebur128_destroy(&state);
  }
  printf("{\"seconds\": %.6f, \"integrated\": %.4f}\n", best, integrated);
  return 0;
}
