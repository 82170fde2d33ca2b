/* Reads planar float channels of equal length from a file and prints what libebur128 measures: I, LRA, max M, max S, true peak, sample peak (dB). */
#include <ebur128.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b) {
  double one = *(const double *)a, other = *(const double *)b;
  return (one > other) - (one < other);
}

/* Tech 3342: values from -70 LUFS on, of these those no more than 20 LU under their mean power; 10th to 95th percentile. */
static double range(double *values, size_t count) {
  double power = 0;
  size_t heard = 0, kept = 0;
  for (size_t at = 0; at < count; at++)
    if (values[at] >= -70) values[heard++] = values[at];
  for (size_t at = 0; at < heard; at++) power += pow(10, values[at] / 10);
  for (size_t at = 0; at < heard; at++)
    if (values[at] >= 10 * log10(power / heard) - 20) values[kept++] = values[at];
  if (!kept) return 0;
  qsort(values, kept, sizeof(double), compare);
  return values[lround((kept - 1) * 0.95)] - values[lround((kept - 1) * 0.1)];
}

static void print(const char *name, double value, const char *end) { printf("\"%s\": %.9f%s", name, value, end); }

int main(int count, char **words) {
  if (count != 4) return 2;
  unsigned rate = (unsigned)atoi(words[1]), channels = (unsigned)atoi(words[2]);
  FILE *file = fopen(words[3], "rb");
  if (!file) return 3;
  fseek(file, 0, SEEK_END);
  size_t frames = (size_t)ftell(file) / sizeof(float) / channels;
  rewind(file);
  float *planar = malloc(frames * channels * sizeof(float)), *samples = malloc(frames * channels * sizeof(float));
  if (fread(planar, sizeof(float), frames * channels, file) != frames * channels) return 4;
  for (size_t frame = 0; frame < frames; frame++)
    for (unsigned channel = 0; channel < channels; channel++) samples[frame * channels + channel] = planar[channel * frames + frame];
  ebur128_state *state = ebur128_init(channels, rate, EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_TRUE_PEAK | EBUR128_MODE_SAMPLE_PEAK);
  if (!state) return 5;
  if (channels == 1) ebur128_set_channel(state, 0, EBUR128_DUAL_MONO);
  double momentary = -HUGE_VAL, shortTerm = -HUGE_VAL, value;
  size_t step = rate / 100, values = 0;
  double *shortTerms = malloc((frames / step + 1) * sizeof(double));
  for (size_t at = 0; at + step <= frames; at += step) {
    ebur128_add_frames_float(state, samples + at * channels, step);
    ebur128_loudness_momentary(state, &value);
    if (value > momentary) momentary = value;
    ebur128_loudness_shortterm(state, &value);
    if (value > shortTerm) shortTerm = value;
    size_t steps = at / step + 1;
    if (steps >= 300 && steps % 10 == 0) shortTerms[values++] = value;
  }
  double peak = 0, truePeak = 0;
  for (unsigned channel = 0; channel < channels; channel++) {
    ebur128_true_peak(state, channel, &value);
    if (value > truePeak) truePeak = value;
    ebur128_sample_peak(state, channel, &value);
    if (value > peak) peak = value;
  }
  printf("{");
  ebur128_loudness_global(state, &value);
  print("integrated", value, ", ");
  ebur128_loudness_range(state, &value);
  print("range", value, ", ");
  print("rangeTenASecond", range(shortTerms, values), ", ");
  print("momentary", momentary, ", ");
  print("shortTerm", shortTerm, ", ");
  print("truePeak", 20 * log10(truePeak), ", ");
  print("samplePeak", 20 * log10(peak), "}\n");
  ebur128_destroy(&state);
  return 0;
}
