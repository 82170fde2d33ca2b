/*
 * The firmware core behind a terminal, in real time, paced like a line of 115,200 baud; with -DLT_HID=1 behind a HID gadget, as Desk 8. MIT licence, as longthrow.h.
 *
 *   pty-device [MOVES [TTY]]      faders move so many times a second, all eight of them, under a hand (0: they rest)
 * Speaks on that terminal (or gadget: /dev/hidgN), and goes on when that hung up; with a dash on its standard input and output, telling and obeying nothing; else on a pseudo-terminal of its own.
 * Writes the path of the terminal, then for each frame that has gone out: nanoseconds (CLOCK_MONOTONIC) and its bytes in hex; and what is shown:
 * `shown KIND INDEX VALUE`, `motor INDEX TARGET`, `linked 0|1`.
 * Orders on standard input, a line each: touch I 0|1 · fader I N · button I 0|1 · turn I N
 */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "../../firmware-protocol/core/longthrow.h"
#if LT_HID
#define PROGMEM
#include "../../firmware-protocol/examples/desk-8/descriptor.h"
#define DESCRIPTOR desk_8
#define DESCRIPTOR_CRC DESK_8_CRC
#define SERIAL 8
#else
#include "../../firmware-protocol/core/host/eight-strips.h"
#define DESCRIPTOR eight_strips
#define DESCRIPTOR_CRC EIGHT_STRIPS_CRC
#define SERIAL 1
#endif

static lt_link link_state;
static int line, line_out;
static double room_left;
static uint8_t out[512], frame[512];
static size_t out_length, frame_length;

static uint64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
static uint16_t room(void *user) {
  (void)user;
  return room_left < 0 ? 0 : (uint16_t)room_left;
}
static void put(void *user, uint8_t byte) {
  (void)user;
  if (out_length < sizeof out) out[out_length++] = byte;
  room_left -= 1;
}
static uint8_t descriptor(void *user, uint16_t offset) {
  (void)user;
  return DESCRIPTOR[offset];
}
static void output(void *user, uint8_t kind, uint8_t index, uint16_t value) {
  (void)user;
  printf("shown %u %u %u\n", kind, index, value);
}
static void motor(void *user, uint8_t index, uint16_t target) {
  (void)user;
  printf("motor %u %u\n", index, target);
}
static void linked(void *user, bool up) {
  (void)user;
  printf("linked %d\n", up);
}
static uint16_t ticks(void *user) {
  (void)user;
  return (uint16_t)(nanoseconds() / 100000u);
}
#if LT_HID
/* One report at a time waits for the host; it is told at once, which a line is not. */
static bool report(void *user, const uint8_t *bytes) {
  (void)user;
  if (write(line_out, bytes, 64) != 64) return false;
  printf("%llu ", (unsigned long long)nanoseconds());
  for (uint8_t at = 0; at < bytes[1]; at++) printf("%02x", bytes[2 + at]);
  printf("\n");
  return true;
}
#endif
static const lt_device device = {.room = room, .put = put,
#if LT_HID
                                 .report = report,
#endif
                                 .descriptor = descriptor, .descriptor_size = sizeof DESCRIPTOR,
                                 .descriptor_crc = DESCRIPTOR_CRC, .output = output, .motor = motor, .linked = linked, .ticks = ticks,
                                 .serial = {SERIAL, 2, 3, 4, 5, 6, 7, 8}, .boot_count = 1, .reset_cause = LT_RESET_POWER, .firmware = {1, 0, 0}};

/* What went out, frame by frame. */
static void flush(void) {
  if (out_length == 0) return;
  uint64_t at = nanoseconds();
  if (write(line_out, out, out_length) < 0) room_left = 0;
  for (size_t index = 0; index < out_length; index++) {
    if (out[index] != 0) {
      if (frame_length < sizeof frame) frame[frame_length++] = out[index];
      continue;
    }
    if (frame_length == 0) continue;
    printf("%llu ", (unsigned long long)at);
    for (size_t byte = 0; byte < frame_length; byte++) printf("%02x", frame[byte]);
    printf("\n");
    frame_length = 0;
  }
  out_length = 0;
}

static void obey(char *order) {
  char word[16];
  int one = 0, two = 0;
  if (sscanf(order, "%15s %d %d", word, &one, &two) < 1) return;
  if (!strcmp(word, "touch")) lt_touch(&link_state, (uint8_t)one, two != 0);
  else if (!strcmp(word, "fader")) lt_fader(&link_state, (uint8_t)one, (uint16_t)two);
  else if (!strcmp(word, "button")) lt_button(&link_state, (uint8_t)one, two != 0);
  else if (!strcmp(word, "turn")) lt_turn(&link_state, (uint8_t)one, (int8_t)two);
}

static int raw_terminal(const char *path) {
  struct termios raw;
  int terminal = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);
#if LT_HID
  return terminal;
#endif
  if (terminal < 0 || tcgetattr(terminal, &raw)) return -1;
  raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG | IEXTEN);
  raw.c_iflag &= ~(tcflag_t)(ICRNL | IXON | ISTRIP);
  raw.c_oflag &= ~(tcflag_t)OPOST;
  /* A read that finds nothing fails, and one that gives nothing means that the line hung up. */
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  tcsetattr(terminal, TCSANOW, &raw);
  return terminal;
}

int main(int count, char **given) {
  int moves = count > 1 ? atoi(given[1]) : 0;
  const char *path = count > 2 ? given[2] : NULL;
  int is_pipe = path != NULL && !strcmp(path, "-");
  if (is_pipe) {
    line_out = dup(1);
    if (line_out < 0 || freopen("/dev/null", "w", stdout) == NULL) return 1;
    fcntl(line, F_SETFL, O_NONBLOCK);
  } else if (path != NULL) line = line_out = raw_terminal(path);
  else {
    line = posix_openpt(O_RDWR | O_NOCTTY);
    if (line < 0 || grantpt(line) || unlockpt(line)) return 1;
    path = ptsname(line);
    /* Held open here, too, so that the line does not hang up between two hosts. */
    if (raw_terminal(path) < 0) return 1;
    fcntl(line, F_SETFL, O_NONBLOCK);
    line_out = line;
  }
  if (line < 0) return 1;
  fcntl(0, F_SETFL, O_NONBLOCK);
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("%s\n", path);

  uint64_t started = nanoseconds(), before = started;
  uint32_t moved = 0;
  lt_begin(&link_state, &device, 0);
  for (;;) {
    struct timespec pause = {0, LT_HID ? 2000000 : 500000};
    uint8_t bytes[256];
    char orders[256];
    nanosleep(&pause, NULL);
    uint64_t now = nanoseconds();
    room_left += (double)(now - before) * 11520e-9;
    if (room_left > 32) room_left = 32;
    before = now;
    ssize_t got = read(line, bytes, sizeof bytes);
    if (got == 0 || (got < 0 && errno != EAGAIN)) {
      if (count <= 2 || is_pipe) return 0;
      /* The bus was reset, say: a board goes on. */
      close(line);
      while ((line = line_out = raw_terminal(path)) < 0) nanosleep(&pause, NULL);
      continue;
    }
#if LT_HID
    if (got == 64) lt_receive_report(&link_state, bytes);
#else
    for (ssize_t index = 0; index < got; index++) lt_receive(&link_state, bytes[index]);
#endif
    got = is_pipe ? -1 : read(0, orders, sizeof orders - 1);
    if (got == 0) return 0;
    if (got > 0) {
      orders[got] = 0;
      for (char *order = strtok(orders, "\n"); order != NULL; order = strtok(NULL, "\n")) obey(order);
    }
    uint32_t due = (uint32_t)((double)(now - started) * 1e-9 * moves);
    if (moves > 0 && due != moved && lt_up(&link_state)) {
      moved = due;
      for (uint8_t index = 0; index < 8; index++) {
        if (!lt_touched(&link_state, index)) lt_touch(&link_state, index, true);
        lt_fader(&link_state, index, (uint16_t)(16384 + (moved * 37u + index * 4099u) % 32768u));
      }
    }
    lt_poll(&link_state, (uint32_t)((now - started) / 1000000u));
    flush();
  }
}
