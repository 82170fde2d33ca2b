/*
 * What a sound device gets: a JACK client with two inputs, "one" and "two". Usage: recorder SECONDS FILE; the server is the one that
 * JACK_DEFAULT_SERVER names. Says "recording" when it runs; ends at the end of its input (or of its room) and writes
 *   FILE.sound   float32 [one, two] a frame, from the first frame on; not a number where it was itself too late to listen
 *   FILE.clock   float64 [first frame, ms on the monotonic clock] a cycle: when the device took that cycle's sound
 * and says how many times the server was late (under-runs of the server, not gaps in the sound).
 */
#include <jack/jack.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static jack_client_t *client;
static jack_port_t *one, *two;
static float *sound;
static double *cycles;
static size_t room, cycle_room, frames, cycle_count;
static jack_nframes_t first;
static int late;

static int process(jack_nframes_t count, void *unused) {
  struct timespec now;
  jack_nframes_t at = jack_last_frame_time(client);
  const float *a = jack_port_get_buffer(one, count), *b = jack_port_get_buffer(two, count);
  (void)unused;
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (cycle_count == 0) first = at;
  size_t place = at - first;
  if (place + count > room || cycle_count >= cycle_room) return 0;
  for (jack_nframes_t i = 0; i < count; i++) {
    sound[2 * (place + i)] = a[i];
    sound[2 * (place + i) + 1] = b[i];
  }
  cycles[2 * cycle_count] = (double)place;
  cycles[2 * cycle_count + 1] = now.tv_sec * 1e3 + now.tv_nsec / 1e6;
  cycle_count++;
  frames = place + count;
  return 0;
}

static int was_late(void *unused) {
  (void)unused;
  late++;
  return 0;
}

static int write_all(const char *base, const char *end, const void *bytes, size_t size, size_t count) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s", base, end);
  FILE *file = fopen(path, "wb");
  if (!file) return 1;
  int failed = fwrite(bytes, size, count, file) != count;
  return fclose(file) != 0 || failed;
}

int main(int argc, char **argv) {
  char unused[64];
  if (argc != 3) return 2;
  client = jack_client_open("recorder", JackNoStartServer, NULL);
  if (!client) return 3;
  room = (size_t)(atof(argv[1]) * jack_get_sample_rate(client));
  cycle_room = room / 16;
  sound = malloc(room * 2 * sizeof *sound);
  cycles = malloc(cycle_room * 2 * sizeof *cycles);
  if (!sound || !cycles) return 4;
  /* Touched now, so that no page is missing later. */
  for (size_t i = 0; i < 2 * room; i++) sound[i] = NAN;
  memset(cycles, 0, cycle_room * 2 * sizeof *cycles);
  one = jack_port_register(client, "one", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
  two = jack_port_register(client, "two", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
  jack_set_process_callback(client, process, NULL);
  jack_set_xrun_callback(client, was_late, NULL);
  if (!one || !two || jack_activate(client)) return 5;
  printf("recording\n");
  fflush(stdout);
  while (fread(unused, 1, sizeof unused, stdin) > 0) {
  }
  jack_deactivate(client);
  jack_client_close(client);
  printf("late %d\n", late);
  return write_all(argv[2], ".sound", sound, 2 * sizeof *sound, frames) ||
         write_all(argv[2], ".clock", cycles, 2 * sizeof *cycles, cycle_count);
}
