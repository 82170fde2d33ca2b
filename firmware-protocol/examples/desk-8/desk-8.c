/*
 * A surface of 8 faders, 8 encoders, 16 buttons, 8 meters of 8 LEDs, and lamps, for an Uno, Nano or Pro Micro. MIT licence, as ../../core/longthrow.h.
 *
 * Three cheap kinds of chip carry it (../README.md has the wiring):
 *   4051                   8 faders on one channel of the converter, scanned every 2 ms
 *   4 × 74HC165            16 buttons, 8 encoders: 32 inputs ┐ on one SPI: one exchange of 4 bytes each millisecond reads all inputs
 *   2 × MAX7219            meters, lamps: 128 LEDs           ┘ and writes a row of each LED driver, so all LEDs anew every 13 ms
 */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/pgmspace.h>
#include <string.h>
#include <util/atomic.h>

#include "../board/board.h"
#include "descriptor.h"

/* Pins. */
#if defined(__AVR_ATmega328P__)
#define ADC_CHANNEL 0 /* A0 */
#define SELECT_PORT PORTD
#define SELECT_DDR DDRD
#define SELECT_BIT 4 /* D4, D5, D6 */
#define SPI_DDR DDRB
#define SPI_OUT (1 << 3 | 1 << 5 | 1 << 2) /* MOSI D11, SCK D13; SS D10 must be an output, and is DRIVERS */
#define INPUTS_PORT PORTB
#define INPUTS_DDR DDRB
#define INPUTS_BIT 1 /* D9 */
#define DRIVERS_PORT PORTB
#define DRIVERS_DDR DDRB
#define DRIVERS_BIT 2 /* D10 */
#define LINK_PORT PORTB
#define LINK_DDR DDRB
#define LINK_BIT 0 /* D8 */
#define ALARM_PORT PORTD
#define ALARM_DDR DDRD
#define ALARM_BIT 7 /* D7 */
#else
#define ADC_CHANNEL 7 /* A0 */
#define SELECT_PORT PORTF
#define SELECT_DDR DDRF
#define SELECT_BIT 4 /* A3, A2, A1 */
#define SPI_DDR DDRB
#define SPI_OUT (1 << 2 | 1 << 1 | 1 << 0) /* MOSI D16, SCK D15; SS must be an output, it is the lamp RX */
#define INPUTS_PORT PORTB
#define INPUTS_DDR DDRB
#define INPUTS_BIT 5 /* D9 */
#define DRIVERS_PORT PORTB
#define DRIVERS_DDR DDRB
#define DRIVERS_BIT 6 /* D10 */
#define LINK_PORT PORTB
#define LINK_DDR DDRB
#define LINK_BIT 4 /* D8 */
#define ALARM_PORT PORTE
#define ALARM_DDR DDRE
#define ALARM_BIT 6 /* D7 */
#endif

#define STRIPS 8
#define LAMPS 24
#define WARNINGS 9

/* Bottom, unity, top, dead band. Readings are four times the converter's; the ends lie a little inside, so that every fader reaches them. */
static const lt_calibration factory = {{16, 3061, 4076, 6, 512, 16}};

static lt_device device;
static lt_link desk;

static volatile uint16_t readings[LT_FADERS];
static uint16_t told[LT_FADERS];
static uint8_t meters[STRIPS]; /* LEDs of each, bit 0 lowest */
static uint8_t lamps[LAMPS / 8];
static uint8_t warnings[WARNINGS];
static uint32_t identify_until;
static bool linked_up;

/* Faders. */

static volatile uint8_t channel;

static void select_fader(uint8_t fader) {
  SELECT_PORT = (uint8_t)((SELECT_PORT & ~(7 << SELECT_BIT)) | fader << SELECT_BIT);
}

/* One fader after another, till all are read. The multiplexer has 12 µs to settle before the converter holds. */
ISR(ADC_vect) {
  uint8_t fader = channel;
  readings[fader] = (uint16_t)(readings[fader] - readings[fader] / 4 + ADC);
  channel = (uint8_t)((fader + 1) & (LT_FADERS - 1));
  select_fader(channel);
  if (channel != 0) ADCSRA |= 1 << ADSC;
}

static void read_faders(uint16_t now) {
  if (now & 1) ADCSRA |= 1 << ADSC;
  for (uint8_t fader = 0; fader < LT_FADERS; fader++) {
    uint16_t reading;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { reading = readings[fader]; }
    /* At rest one fader a time is enough: the sums of a calibration take their while. */
    if (reading == told[fader] && fader != (now >> 2 & 0x1f)) continue;
    told[fader] = reading;
    lt_fader_raw(&desk, fader, reading);
  }
}

/*
 * Buttons: down or up when they were so for 8 ms; all 16 at once, each with a counter of three bits across three words. What is down when the program
 * starts counts at once: a desk that says hello within 8 ms would take it for a press.
 */
static void read_buttons(uint16_t down) {
  static uint16_t stable, one, two, four;
  static bool started;
  uint16_t differs = down ^ stable;
  four = (uint16_t)((four ^ (one & two)) & differs);
  two = (uint16_t)((two ^ one) & differs);
  one = (uint16_t)(~one & differs);
  uint16_t over = started ? differs & (uint16_t)~(one | two | four) : down;
  started = true;
  stable ^= over;
  for (uint8_t button = 0; over != 0; button++, over >>= 1) {
    if (over & 1) lt_button(&desk, button, stable >> button & 1);
  }
}

/* Encoders: quarter steps are counted, and a detent, where both contacts are open, makes a step of two and more of them: bouncing contacts and a lost edge heal there. */
static void read_encoders(uint16_t contacts) {
  static const int8_t quarter[16] PROGMEM = {0, 1, -1, 0, -1, 0, 0, 1, 1, 0, 0, -1, 0, -1, 1, 0};
  static uint16_t before = 0xffff;
  static int8_t quarters[LT_ENCODERS];
  uint16_t was = before;
  before = contacts;
  if (was == contacts) return;
  for (uint8_t encoder = 0; encoder < LT_ENCODERS; encoder++, was >>= 2, contacts >>= 2) {
    uint8_t now = contacts & 3;
    if ((was & 3) == now) continue;
    quarters[encoder] = (int8_t)(quarters[encoder] + (int8_t)pgm_read_byte(&quarter[(was & 3) << 2 | now]));
    if (now != 3) continue;
    if (quarters[encoder] >= 2) lt_turn(&desk, encoder, 1);
    else if (quarters[encoder] <= -2) lt_turn(&desk, encoder, -1);
    quarters[encoder] = 0;
  }
}

/* What is seen. */

/* The LEDs of a meter: from −48, −30, −24, −18, −12, −6 and −1 dBFS on, and the topmost for clipping alone. Unknown is never shown as fine: every other LED. */
static uint8_t bar(uint8_t level) {
  static const uint8_t from[7] PROGMEM = {0x90, 0xb4, 0xc0, 0xcc, 0xd8, 0xe4, 0xee};
  uint8_t lit = 0;
  if (level == 0xff) return 0xff;
  if (level == 0xfe) return 0x55;
  for (uint8_t led = 0; led < sizeof from; led++) {
    if (level >= pgm_read_byte(&from[led])) lit |= (uint8_t)(1 << led);
  }
  return lit;
}

static void output(void *user, uint8_t kind, uint8_t index, uint16_t value) {
  (void)user;
  if (kind == LT_METER && index < STRIPS) meters[index] = bar((uint8_t)value);
  if (kind == LT_WARN && index < WARNINGS) warnings[index] = (uint8_t)(value >> 4);
  if (kind == LT_LED && index < LAMPS) {
    uint8_t bit = (uint8_t)(1 << (index & 7));
    if (value >= 0x40) lamps[index / 8] |= bit;
    else lamps[index / 8] &= (uint8_t)~bit;
  }
}

/* Severity by rhythm: 4 lit, 3 twice a second, 2 once, 1 a short flash every other second, unknown a glimpse every second. */
static bool is_lit(uint8_t severity, uint16_t now) {
  switch (severity) {
    case 0: return false;
    case 1: return (now & 2047) < 128;
    case 2: return (now & 1023) < 512;
    case 3: return (now & 511) < 256;
    case 4: return true;
    default: return (now & 1023) < 32;
  }
}

static void linked(void *user, bool up) {
  (void)user;
  linked_up = up;
}

static void identify(void *user, uint8_t seconds) {
  (void)user;
  identify_until = board_ms() + seconds * 1000UL;
}

static void set(volatile uint8_t *port, uint8_t bit, bool on) {
  if (on) *port |= (uint8_t)(1 << bit);
  else *port &= (uint8_t)~(1 << bit);
}

static uint8_t transfer(uint8_t byte) {
  SPDR = byte;
  for (uint8_t left = 255; left > 0 && !(SPSR & (1 << SPIF)); left--) {
  }
  return SPDR;
}

/* One exchange: all inputs, a row of each driver. Rows 9…13 set the drivers up, again and again, so that a disturbed one heals. */
static uint32_t exchange(uint16_t now, bool flash) {
  static const uint8_t setup[5][2] PROGMEM = {{0x09, 0}, {0x0a, 7}, {0x0b, 7}, {0x0c, 1}, {0x0f, 0}};
  static uint8_t row;
  uint8_t address, left, right;
  uint32_t inputs = 0;
  if (row < 8) {
    address = (uint8_t)(row + 1);
    left = meters[row];
    right = row < LAMPS / 8 ? lamps[row] : 0;
    if (row == LAMPS / 8) {
      for (uint8_t strip = 0; strip < STRIPS; strip++) right |= (uint8_t)(is_lit(warnings[strip], now) << strip);
    }
    if (flash) left = right = now & 256 ? 0xff : 0;
  } else {
    address = pgm_read_byte(&setup[row - 8][0]);
    left = right = pgm_read_byte(&setup[row - 8][1]);
  }
  row = (uint8_t)(row < 12 ? row + 1 : 0);
  set(&INPUTS_PORT, INPUTS_BIT, false);
  set(&INPUTS_PORT, INPUTS_BIT, true);
  set(&DRIVERS_PORT, DRIVERS_BIT, false);
  /* What goes out first ends up in the farther driver. */
  inputs = transfer(address);
  inputs |= (uint32_t)transfer(right) << 8;
  inputs |= (uint32_t)transfer(address) << 16;
  inputs |= (uint32_t)transfer(left) << 24;
  set(&DRIVERS_PORT, DRIVERS_BIT, true);
  return inputs;
}

static void show_state(uint16_t now, bool flash) {
  uint8_t worst = 0;
  for (uint8_t at = 0; at < WARNINGS; at++) {
    if (warnings[at] > worst && warnings[at] < 15) worst = warnings[at];
  }
  /* Without a host nothing is known: the lamp glimpses, as those of the strips do. */
  if (worst == 0 && warnings[0] == 15) worst = 15;
  set(&ALARM_PORT, ALARM_BIT, flash ? (now & 256) != 0 : is_lit(worst, now));
  set(&LINK_PORT, LINK_BIT, linked_up || (now & 1023) < 64);
}

static uint8_t descriptor(void *user, uint16_t at) {
  (void)user;
  return pgm_read_byte(&desk_8[at]);
}

static void begin(void) {
  SELECT_DDR |= 7 << SELECT_BIT;
  SPI_DDR |= SPI_OUT;
  INPUTS_DDR |= 1 << INPUTS_BIT;
  DRIVERS_DDR |= 1 << DRIVERS_BIT;
  LINK_DDR |= 1 << LINK_BIT;
  ALARM_DDR |= 1 << ALARM_BIT;
  set(&DRIVERS_PORT, DRIVERS_BIT, true);
  SPCR = 1 << SPE | 1 << MSTR | 1 << SPR0; /* mode 0, 16 MHz / 8 */
  SPSR = 1 << SPI2X;
  ADMUX = 1 << REFS0 | ADC_CHANNEL;
  ADCSRA = 1 << ADEN | 1 << ADIE | 7; /* 125 kHz: 104 µs a reading */
  device.descriptor = descriptor;
  device.descriptor_size = sizeof desk_8;
  device.descriptor_crc = DESK_8_CRC;
  device.output = output;
  device.linked = linked;
  device.identify = identify;
  device.factory = &factory;
  device.firmware[0] = 1;
  board_begin(&device);
  lt_begin(&desk, &device, board_ms());
}

int main(void) {
  begin();
  for (;;) {
    bool turned = board_wait();
    uint8_t byte;
    for (uint8_t left = 64; left > 0 && board_byte(&byte); left--) lt_receive(&desk, byte);
    if (!turned) continue;
    uint32_t now = board_ms();
    bool flash = (int32_t)(identify_until - now) > 0;
    uint32_t inputs = exchange((uint16_t)now, flash);
    read_buttons((uint16_t)~inputs);
    read_encoders((uint16_t)(inputs >> 16));
    read_faders((uint16_t)now);
    show_state((uint16_t)now, flash);
    if (board_lost()) lt_overrun(&desk);
    lt_poll(&desk, now);
  }
}
