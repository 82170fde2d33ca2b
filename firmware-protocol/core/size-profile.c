/* The least sketch with everything in it: what size.sh measures. MIT licence, as longthrow.h. */
#include <avr/eeprom.h>
#include <avr/io.h>

#include "longthrow.h"

static lt_link link;
static volatile uint16_t shown;

static uint16_t room(void *user) {
  (void)user;
  return UCSR0A & (1 << UDRE0) ? 1 : 0;
}
static void put(void *user, uint8_t byte) {
  (void)user;
  UDR0 = byte;
}
static uint8_t descriptor(void *user, uint16_t offset) {
  (void)user;
  return (uint8_t)offset;
}
static void output(void *user, uint8_t kind, uint8_t index, uint16_t value) {
  (void)user;
  shown = (uint16_t)(value + kind + index);
}
static void motor(void *user, uint8_t index, uint16_t target) { output(user, LT_MOTOR, index, target); }
static void motors_off(void *user) { output(user, 0, 0, 0); }
static void text(void *user, uint8_t display, const char *utf8, uint8_t length) {
  output(user, LT_TEXT, display, (uint16_t)(utf8[0] + length));
}
static void linked(void *user, bool up) { output(user, 0, 0, up); }
static void identify(void *user, uint8_t seconds) { output(user, 0, 0, seconds); }
static uint16_t ticks(void *user) {
  (void)user;
  return TCNT1;
}
static uint8_t load(void *user, uint16_t at) {
  (void)user;
  return eeprom_read_byte((const uint8_t *)at);
}
static void store(void *user, uint16_t at, uint8_t byte) {
  (void)user;
  eeprom_write_byte((uint8_t *)at, byte);
}
static bool store_ready(void *user) {
  (void)user;
  return eeprom_is_ready();
}
static void boot(void *user, uint8_t kind) { output(user, 0, 0, kind); }

int main(void) {
  static const lt_device device = {.room = room, .put = put, .descriptor = descriptor, .descriptor_size = 200, .output = output,
                                   .motor = motor, .motors_off = motors_off, .text = text, .linked = linked, .identify = identify,
                                   .ticks = ticks, .load = load, .store = store, .store_ready = store_ready, .boot = boot};
  lt_begin(&link, &device, 0);
  for (;;) {
    if (UCSR0A & (1 << RXC0)) lt_receive(&link, UDR0);
    lt_fader_raw(&link, 0, ADC);
    lt_touch_raw(&link, 1, ADC);
    lt_button(&link, 2, PINB & 1);
    lt_turn(&link, 3, (int8_t)PINC);
    lt_poll(&link, TCNT1);
  }
}
