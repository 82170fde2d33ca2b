/*
 * libFuzzer's harness: any bytes from the line, any hands, any time, in any order; a device that obeys the contract of longthrow.h.
 * The first byte of each step says what happens. MIT licence, as longthrow.h.
 */
#include <stddef.h>
#include <stdlib.h>

#include "../longthrow.h"
#include "../host/eight-strips.h"

static uint8_t storage[1024];
static uint32_t total;
static uint16_t room_left;

static uint16_t room(void *user) {
  (void)user;
  return room_left;
}
static void put(void *user, uint8_t byte) {
  (void)user;
  if (room_left-- == 0) abort(); /* more than there was room for */
  total += byte;
}
static uint8_t descriptor(void *user, uint16_t offset) {
  (void)user;
  if (offset >= sizeof eight_strips) abort();
  return eight_strips[offset];
}
static void output(void *user, uint8_t kind, uint8_t index, uint16_t value) {
  (void)user;
  total += (uint32_t)(kind + index + value);
}
static void motor(void *user, uint8_t index, uint16_t target) {
  if (index >= LT_FADERS || lt_touched(user, index)) abort(); /* a touched fader is never driven */
  total += target;
}
static void text(void *user, uint8_t display, const char *utf8, uint8_t length) {
  (void)user;
  for (uint8_t at = 0; at < length; at++) total += (uint8_t)utf8[at];
  total += display;
}
static void linked(void *user, bool up) {
  (void)user;
  total += up;
}
static void identify(void *user, uint8_t seconds) { output(user, 0, 0, seconds); }
static uint16_t ticks(void *user) {
  (void)user;
  return (uint16_t)total;
}
static uint8_t load(void *user, uint16_t at) {
  (void)user;
  if (at >= lt_storage_size()) abort();
  return storage[at];
}
static void store(void *user, uint16_t at, uint8_t byte) {
  (void)user;
  if (at >= lt_storage_size()) abort();
  storage[at] = byte;
}
static void boot(void *user, uint8_t kind) {
  if (lt_up(user) || kind > 1) abort(); /* outputs are safe before */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static lt_link link;
  const lt_device device = {.user = &link, .room = room, .put = put, .descriptor = descriptor, .descriptor_size = sizeof eight_strips,
                            .descriptor_crc = EIGHT_STRIPS_CRC, .output = output, .motor = motor, .text = text, .linked = linked,
                            .identify = identify, .ticks = ticks, .load = load, .store = store, .boot = boot};
  uint32_t now = 0;
  for (size_t at = 0; at < sizeof storage; at++) storage[at] = 0xff;
  lt_begin(&link, &device, now);
  for (size_t at = 0; at + 3 < size;) {
    uint8_t what = data[at], one = data[at + 1], two = data[at + 2];
    at += 3;
    switch (what & 15) {
      case 0: case 1: case 2: case 3: { /* a frame, with the check that it should have */
        uint8_t body[LT_MTU];
        uint8_t length = (uint8_t)(3 + one % (LT_MTU - 5));
        uint16_t crc = 0xffff;
        if (at + length > size) return 0;
        for (uint8_t byte = 0; byte < length; byte++) body[byte] = data[at + byte];
        at += length;
        if (what & 0x80) body[0] = (uint8_t)(0x40 | (body[0] & 0x30));
        if (what & 0x40 && lt_up(&link)) body[1] = link.expected;
        if (body[2] != LT_HELLO_REQ && body[2] != LT_HELLO) crc ^= link.session;
        for (uint8_t byte = 0; byte < length; byte++) crc = lt_crc16(crc, body[byte]);
        body[length] = (uint8_t)crc;
        body[length + 1] = (uint8_t)(crc >> 8);
        length = (uint8_t)(length + 2);
        lt_receive(&link, 0);
        for (uint8_t byte = 0; byte <= length;) {
          uint8_t run = 0;
          while (byte + run < length && body[byte + run] != 0) run++;
          lt_receive(&link, (uint8_t)(run + 1));
          for (uint8_t left = 0; left < run; left++) lt_receive(&link, body[byte + left]);
          byte = (uint8_t)(byte + run + 1);
        }
        lt_receive(&link, 0);
        break;
      }
      case 4: lt_receive(&link, one); break;
      case 5: {
        if (at + 64 > size) return 0;
        uint8_t *report = malloc(64); /* so that a byte past its end is seen */
        for (uint8_t byte = 0; byte < 64; byte++) report[byte] = data[at + byte];
        lt_receive_report(&link, report);
        free(report);
        at += 64;
        break;
      }
      case 6: lt_fader(&link, one, (uint16_t)(two * 257)); break;
      case 7: lt_fader_raw(&link, one, (uint16_t)(two * 5)); break;
      case 8: lt_touch(&link, one, two & 1); break;
      case 9: lt_touch_raw(&link, one, (uint16_t)(two * 5)); break;
      case 10: lt_button(&link, one, two & 1); break;
      case 11: lt_turn(&link, one, (int8_t)two); break;
      case 12: lt_bye(&link, one); break;
      case 13:
        now += (uint32_t)(one * two);
        break;
      case 14: lt_begin(&link, &device, now); break;
      default:
        now += one;
        room_left = two;
        lt_poll(&link, now);
    }
  }
  return 0;
}
