/*
 * The core as a program, in virtual time, for transcripts and journeys on a computer. MIT licence, as longthrow.h.
 *
 * Reads one order a line, and answers with lines of what happened and then a line with a dot:
 *   to MS            time goes on until then, a millisecond at a time
 *   rx HEX           bytes from the host
 *   fader I N · reading I N · touch I 0|1 · sensed I N · button I 0|1 · turn I N     what hands do
 *   line N           bytes that the line takes in a millisecond (11 is 115,200 baud)
 *   restart CAUSE    as after a reset; what is stored stays
 *   cut N            the power fails after N more bytes were stored; 0: never
 *   stored AT N      a byte of the storage is N
 *   bye N
 * What happened:  MS tx HEX · MS shown TYPE I VALUE · MS motor I TARGET · MS motors-off · MS text D HEX · MS linked 0|1 · MS identify S · MS boot K · MS cut
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../longthrow.h"
#include "eight-strips.h"

static lt_link link;
static uint32_t now;
static uint16_t line_bytes = 11, room_left, boots;
static long cut_after;
static bool is_cut;
static uint8_t storage[1024];
static uint8_t sent[1024];
static size_t sent_length;

static uint16_t room(void *user) {
  (void)user;
  return room_left;
}
static void put(void *user, uint8_t byte) {
  (void)user;
  if (sent_length < sizeof sent) sent[sent_length++] = byte;
  room_left--;
}
static uint8_t descriptor(void *user, uint16_t offset) {
  (void)user;
  return eight_strips[offset];
}
static void output(void *user, uint8_t kind, uint8_t index, uint16_t value) {
  (void)user;
  printf("%lu shown %u %u %u\n", (unsigned long)now, kind, index, value);
}
static void motor(void *user, uint8_t index, uint16_t target) {
  (void)user;
  printf("%lu motor %u %u\n", (unsigned long)now, index, target);
}
static void motors_off(void *user) {
  (void)user;
  printf("%lu motors-off\n", (unsigned long)now);
}
static void text(void *user, uint8_t display, const char *utf8, uint8_t length) {
  (void)user;
  printf("%lu text %u ", (unsigned long)now, display);
  for (uint8_t at = 0; at < length; at++) printf("%02x", (uint8_t)utf8[at]);
  printf("\n");
}
static void linked(void *user, bool up) {
  (void)user;
  printf("%lu linked %d\n", (unsigned long)now, up);
}
static void identify(void *user, uint8_t seconds) {
  (void)user;
  printf("%lu identify %u\n", (unsigned long)now, seconds);
}
static uint16_t ticks(void *user) {
  (void)user;
  return (uint16_t)(now * 10);
}
static uint8_t load(void *user, uint16_t at) {
  (void)user;
  return storage[at];
}
static void store(void *user, uint16_t at, uint8_t byte) {
  (void)user;
  if (is_cut) return;
  storage[at] = byte;
  if (cut_after > 0 && --cut_after == 0) {
    is_cut = true;
    printf("%lu cut\n", (unsigned long)now);
  }
}
static void boot(void *user, uint8_t kind) {
  (void)user;
  printf("%lu boot %u\n", (unsigned long)now, kind);
}

static lt_device device = {.room = room, .put = put, .descriptor = descriptor, .descriptor_size = sizeof eight_strips,
                           .descriptor_crc = EIGHT_STRIPS_CRC, .output = output, .motor = motor, .motors_off = motors_off,
                           .text = text, .linked = linked, .identify = identify, .ticks = ticks, .load = load, .store = store,
                           .boot = boot, .serial = {0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 0x01}, .firmware = {1, 2, 3}};

static void poll_once(void) {
  sent_length = 0;
  room_left = line_bytes;
  lt_poll(&link, now);
  if (sent_length == 0) return;
  printf("%lu tx ", (unsigned long)now);
  for (size_t at = 0; at < sent_length; at++) printf("%02x", sent[at]);
  printf("\n");
}

static void restart(uint8_t cause) {
  is_cut = false;
  device.reset_cause = cause;
  device.boot_count = ++boots;
  lt_begin(&link, &device, now);
}

static void receive(const char *hex) {
  unsigned byte;
  for (; sscanf(hex, "%2x", &byte) == 1; hex += 2) lt_receive(&link, (uint8_t)byte);
}

static bool obey(const char *order, long one, long two, const char *hex) {
  if (!strcmp(order, "to")) {
    while ((long)now < one) {
      now++;
      if (!is_cut) poll_once();
    }
  } else if (!strcmp(order, "rx")) receive(hex);
  else if (!strcmp(order, "fader")) lt_fader(&link, (uint8_t)one, (uint16_t)two);
  else if (!strcmp(order, "reading")) lt_fader_raw(&link, (uint8_t)one, (uint16_t)two);
  else if (!strcmp(order, "touch")) lt_touch(&link, (uint8_t)one, two != 0);
  else if (!strcmp(order, "sensed")) lt_touch_raw(&link, (uint8_t)one, (uint16_t)two);
  else if (!strcmp(order, "button")) lt_button(&link, (uint8_t)one, two != 0);
  else if (!strcmp(order, "turn")) lt_turn(&link, (uint8_t)one, (int8_t)two);
  else if (!strcmp(order, "line")) line_bytes = (uint16_t)one;
  else if (!strcmp(order, "restart")) restart((uint8_t)one);
  else if (!strcmp(order, "cut")) cut_after = one;
  else if (!strcmp(order, "stored") && one >= 0 && one < (long)sizeof storage) storage[one] = (uint8_t)two;
  else if (!strcmp(order, "bye")) lt_bye(&link, (uint8_t)one);
  else return false;
  return true;
}

int main(void) {
  static char line[8192], order[16], rest[8192];
  memset(storage, 0xff, sizeof storage);
  restart(LT_RESET_POWER);
  printf(".\n");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin)) {
    long one = 0, two = 0;
    rest[0] = 0;
    if (sscanf(line, "%15s %8191s %ld", order, rest, &two) < 1) continue;
    one = strtol(rest, 0, 10);
    if (!obey(order, one, two, rest)) printf("? %s\n", order);
    printf(".\n");
    fflush(stdout);
  }
  return 0;
}
