/*
 * One motor fader that feels the hand, for an Uno, Nano or Pro Micro. MIT licence, as ../../core/longthrow.h. ../README.md has the wiring.
 *
 * Safe by five means, each by itself: the motor is without current when the session ends (lease, goodbye), while the fader is touched, when it does not get
 * on for 250 ms, when a move takes longer than 1.5 s, and when the main loop has not turned for 20 ms; the watchdog restarts a chip that hangs within 0.5 s.
 */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/pgmspace.h>
#include <util/atomic.h>

#include "../board/board.h"
#include "descriptor.h"

/* Pins. The bridge (DRV8833, TB6612, L293D) has two inputs: one of them high turns the motor up or down, both low leave it without current. */
#if defined(__AVR_ATmega328P__)
#define ADC_CHANNEL 0 /* A0 */
#define UP_PORT PORTD
#define UP_DDR DDRD
#define UP_BIT 6 /* D6, OC0A */
#define DOWN_PORT PORTD
#define DOWN_DDR DDRD
#define DOWN_BIT 5 /* D5, OC0B */
#define CHARGE_PORT PORTD
#define CHARGE_DDR DDRD
#define CHARGE_BIT 2 /* D2, through 1 MΩ to the wire of the fader's cap */
#define SENSE_PORT PORTD
#define SENSE_DDR DDRD
#define SENSE_PIN PIND
#define SENSE_BIT 3 /* D3, at that wire; or the output of a touch chip */
#define LINK_PORT PORTB
#define LINK_DDR DDRB
#define LINK_BIT 0 /* D8 */
#else
#define ADC_CHANNEL 7 /* A0 */
#define UP_PORT PORTB
#define UP_DDR DDRB
#define UP_BIT 7 /* D11, OC0A */
#define DOWN_PORT PORTD
#define DOWN_DDR DDRD
#define DOWN_BIT 0 /* D3, OC0B */
#define CHARGE_PORT PORTD
#define CHARGE_DDR DDRD
#define CHARGE_BIT 4 /* D4 */
#define SENSE_PORT PORTD
#define SENSE_DDR DDRD
#define SENSE_PIN PIND
#define SENSE_BIT 7 /* D6 */
#define LINK_PORT PORTB
#define LINK_DDR DDRB
#define LINK_BIT 4 /* D8 */
#endif

/* 1: a touch chip (TTP223, AT42QT1010: high when touched) at SENSE; 0: the charging time of the cap itself. */
#ifndef TOUCH_CHIP
#define TOUCH_CHIP 0
#endif

/* Parts of the travel, 65,536 for all of it. */
#define NEAR 260        /* 0.4 %: close enough */
#define PROGRESS 400    /* that much nearer counts as getting on */
#define SLOPE 80        /* distance for one more step of power */
#define LEAST_POWER 70  /* of 255: below, a motor only hums */
#define STALL_MS 250
#define MOVE_MS 1500
#define SETTLE_MS 40

/* Bottom, unity, top, dead band, touch, hysteresis. Readings are four times the converter's; touch is the charging time in rounds of a loop, 0…250. */
static const lt_calibration factory = {{16, 3061, 4076, 6, 110, 20}};

static lt_device device;
static lt_link fader;
static bool linked_up;

/* The move that is under way. */
static bool moving, gave_up;
static uint16_t target, nearest, begun, got_on, arrived;

/* The motor. */

static void release_motor(void) {
  TCCR0A = 1 << WGM00;
  OCR0A = OCR0B = 0;
  UP_PORT &= (uint8_t)~(1 << UP_BIT);
  DOWN_PORT &= (uint8_t)~(1 << DOWN_BIT);
}

/* From the clock's interrupt, when the main loop hangs. */
void board_stuck(void) { release_motor(); }

static void drive(bool up, uint8_t power) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    OCR0A = up ? power : 0;
    OCR0B = up ? 0 : power;
    /* Phase correct, 31 kHz: out of hearing. Only the driven input is given to the timer. */
    TCCR0A = (uint8_t)(1 << WGM00 | (up ? 1 << COM0A1 : 1 << COM0B1));
  }
}

static void stop(void) {
  moving = false;
  release_motor();
}

static void motors_off(void *user) {
  (void)user;
  gave_up = false;
  stop();
}

static void motor(void *user, uint8_t index, uint16_t wanted) {
  uint16_t now = (uint16_t)board_ms();
  (void)user;
  (void)index;
  /* A move that was given up is not tried again by itself: what blocked it may be a finger. */
  if (wanted == target && (moving || gave_up)) return;
  if (!moving) begun = now;
  target = wanted;
  nearest = 0xffff;
  got_on = arrived = now;
  moving = true;
  gave_up = false;
}

static void move(uint16_t now) {
  uint16_t place = lt_position(&fader, 0);
  bool up = target > place;
  uint16_t distance = up ? (uint16_t)(target - place) : (uint16_t)(place - target);
  if (!moving) return;
  if (lt_touched(&fader, 0)) {
    stop();
    return;
  }
  if (distance < NEAR) {
    release_motor();
    if ((uint16_t)(now - arrived) >= SETTLE_MS) moving = false;
    return;
  }
  arrived = now;
  if (distance < nearest && (uint16_t)(nearest - distance) >= PROGRESS) {
    nearest = distance;
    got_on = now;
  }
  if ((uint16_t)(now - got_on) >= STALL_MS || (uint16_t)(now - begun) >= MOVE_MS) {
    gave_up = true;
    stop();
    return;
  }
  uint16_t power = (uint16_t)(LEAST_POWER + distance / SLOPE);
  drive(up, power > 255 ? 255 : (uint8_t)power);
}

/* The hand and the travel. */

static void feel(void) {
#if TOUCH_CHIP
  lt_touch(&fader, 0, SENSE_PIN >> SENSE_BIT & 1);
#else
  static uint16_t sum = 0;
  uint8_t rounds = 0;
  /* Empty the cap, then see how long it takes to fill through 1 MΩ: a hand makes it take longer. What never fills counts as touched. */
  CHARGE_PORT &= (uint8_t)~(1 << CHARGE_BIT);
  SENSE_DDR |= 1 << SENSE_BIT;
  for (uint8_t wait = 0; wait < 20; wait++) __asm__ volatile("nop");
  SENSE_DDR &= (uint8_t)~(1 << SENSE_BIT);
  CHARGE_PORT |= 1 << CHARGE_BIT;
  while (rounds < 250 && !(SENSE_PIN & (1 << SENSE_BIT))) rounds++;
  CHARGE_PORT &= (uint8_t)~(1 << CHARGE_BIT);
  sum = (uint16_t)(sum - sum / 4 + rounds);
  lt_touch_raw(&fader, 0, sum / 4);
#endif
}

static void measure(void) {
  static uint16_t reading;
  /* What was begun a millisecond ago is ready. */
  reading = (uint16_t)(reading - reading / 4 + ADC);
  ADCSRA |= 1 << ADSC;
  lt_fader_raw(&fader, 0, reading);
}

static void linked(void *user, bool up) {
  (void)user;
  linked_up = up;
}

static uint8_t descriptor(void *user, uint16_t at) {
  (void)user;
  return pgm_read_byte(&motor_fader[at]);
}

static void begin(void) {
  UP_DDR |= 1 << UP_BIT;
  DOWN_DDR |= 1 << DOWN_BIT;
  TCCR0B = 1 << CS00;
  release_motor();
  CHARGE_DDR |= 1 << CHARGE_BIT;
  LINK_DDR |= 1 << LINK_BIT;
  ADMUX = 1 << REFS0 | ADC_CHANNEL;
  ADCSRA = 1 << ADEN | 1 << ADSC | 7;
  device.descriptor = descriptor;
  device.descriptor_size = sizeof motor_fader;
  device.descriptor_crc = MOTOR_FADER_CRC;
  device.motor = motor;
  device.motors_off = motors_off;
  device.linked = linked;
  device.factory = &factory;
  device.firmware[0] = 1;
  board_begin(&device);
  lt_begin(&fader, &device, board_ms());
}

int main(void) {
  begin();
  for (;;) {
    bool turned = board_wait();
    uint8_t byte;
    for (uint8_t left = 64; left > 0 && board_byte(&byte); left--) lt_receive(&fader, byte);
    if (!turned) continue;
    uint32_t now = board_ms();
    measure();
    if (now & 1) feel();
    move((uint16_t)now);
    if (linked_up || ((uint16_t)now & 1023) < 64) LINK_PORT |= 1 << LINK_BIT;
    else LINK_PORT &= (uint8_t)~(1 << LINK_BIT);
    if (board_lost()) lt_overrun(&fader);
    lt_poll(&fader, now);
  }
}
