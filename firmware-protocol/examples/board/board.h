/*
 * What both example surfaces need of an ATmega328P or ATmega32U4 at 16 MHz: a clock, the line, the watchdog, what is stored, why it restarted.
 * avr-libc only. MIT licence, as ../../core/longthrow.h.
 *
 *   Timer 1   1 ms, and time stamps of 100 µs        USART 0 (328P) or 1 (32U4)   115,200 baud 8N1, with interrupts
 *   watchdog  500 ms                                 EEPROM   0 configuration (two slots)   256 boot count   258 serial number
 */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "longthrow.h"

/* Starts clock, line and watchdog, and fills in what the core asks of a board; the surface itself is yours to fill in. */
void board_begin(lt_device *device);

/* Sleeps until something happens; true once for each millisecond. Feeds the watchdog: call it from the main loop and nowhere else. */
bool board_wait(void);

/* Milliseconds since the start. */
uint32_t board_ms(void);

/* The next byte of the line, if one has come. */
bool board_byte(uint8_t *byte);

/* Whether the line lost bytes since the last call. */
bool board_lost(void);

/* Yours, may be left out: called from the clock's interrupt when the main loop has not turned for 20 ms. Take power off what must not run on. */
void board_stuck(void);

#endif
