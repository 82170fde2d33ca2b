/* See board.h. MIT licence, as ../../core/longthrow.h. */
#include "board.h"

#include <avr/eeprom.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>
#include <util/atomic.h>
#include <util/delay.h>

#if defined(__AVR_ATmega328P__)
#define UCSRA UCSR0A
#define UCSRB UCSR0B
#define UCSRC UCSR0C
#define UBRR UBRR0
#define UDR UDR0
#define RECEIVED USART_RX_vect
#define EMPTY USART_UDRE_vect
#elif defined(__AVR_ATmega32U4__)
#define UCSRA UCSR1A
#define UCSRB UCSR1B
#define UCSRC UCSR1C
#define UBRR UBRR1
#define UDR UDR1
#define RECEIVED USART1_RX_vect
#define EMPTY USART1_UDRE_vect
#else
#error "say where the USART of this chip is"
#endif

/* The same bits on both chips. */
#define U2X (1 << 1)
#define RXCIE (1 << 7)
#define UDRIE (1 << 5)
#define RXEN (1 << 4)
#define TXEN (1 << 3)
#define DOR (1 << 3)
#define EIGHT_BITS (3 << 1)

#define BAUD 115200UL
#define COUNTS_PER_MS (F_CPU / 8 / 1000)
#define STUCK_MS 20

/* Powers of two: RX holds a whole frame, TX what the line takes in 2.7 ms. */
#define RX_SIZE 64
#define TX_SIZE 32

#define BOOT_COUNT_AT ((uint8_t *)256)
#define SERIAL_AT ((uint8_t *)258)

static uint8_t rx[RX_SIZE], tx[TX_SIZE];
static volatile uint8_t rx_head, rx_tail, tx_head, tx_tail, idle_ms;
static volatile bool rx_lost, ticked;
static volatile uint32_t milliseconds;

/* What survives a restart: it is not cleared. */
static uint8_t reset_flags __attribute__((section(".noinit")));
static uint8_t loader_flags __attribute__((section(".noinit")));
static uint32_t asked __attribute__((section(".noinit")));
#define ASKED 0x4c545253UL

/* Before anything else: the watchdog runs on after its own reset and must be stopped, and the boot loader of an Uno tells the flags that it took in r2. */
void board_earliest(void) __attribute__((naked, used, section(".init3")));
void board_earliest(void) {
  __asm__ volatile("sts %0, r2" : : "i"(&loader_flags));
  reset_flags = MCUSR;
  MCUSR = 0;
  wdt_disable();
}

void board_stuck(void) __attribute__((weak));
void board_stuck(void) {}

/* The clock. */

ISR(TIMER1_COMPA_vect) {
  milliseconds++;
  ticked = true;
  if (++idle_ms > STUCK_MS) {
    idle_ms = STUCK_MS;
    board_stuck();
  }
}

uint32_t board_ms(void) {
  uint32_t now;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { now = milliseconds; }
  return now;
}

static uint16_t ticks(void *user) {
  uint16_t counts, ms;
  (void)user;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    ms = (uint16_t)milliseconds;
    counts = TCNT1;
    /* The millisecond is over, but its interrupt has not been heard yet. */
    if ((TIFR1 & (1 << OCF1A)) && counts < COUNTS_PER_MS / 2) ms++;
  }
  return (uint16_t)(ms * 10 + counts / (COUNTS_PER_MS / 10));
}

bool board_wait(void) {
  bool turned;
  wdt_reset();
  idle_ms = 0;
  cli();
  if (!ticked && rx_head == rx_tail) {
    /* The instruction after sei is still done before any interrupt: nothing is slept through. */
    sleep_enable();
    sei();
    sleep_cpu();
    sleep_disable();
    cli();
  }
  turned = ticked;
  ticked = false;
  sei();
  return turned;
}

/* The line. */

ISR(RECEIVED) {
  uint8_t flags = UCSRA;
  uint8_t byte = UDR;
  uint8_t next = (uint8_t)((rx_head + 1) & (RX_SIZE - 1));
  if (flags & DOR) rx_lost = true;
  if (next == rx_tail) {
    rx_lost = true;
    return;
  }
  rx[rx_head] = byte;
  rx_head = next;
}

ISR(EMPTY) {
  UDR = tx[tx_tail];
  tx_tail = (uint8_t)((tx_tail + 1) & (TX_SIZE - 1));
  if (tx_tail == tx_head) UCSRB &= (uint8_t)~UDRIE;
}

bool board_byte(uint8_t *byte) {
  if (rx_head == rx_tail) return false;
  *byte = rx[rx_tail];
  rx_tail = (uint8_t)((rx_tail + 1) & (RX_SIZE - 1));
  return true;
}

bool board_lost(void) {
  bool lost = rx_lost;
  rx_lost = false;
  return lost;
}

static uint16_t room(void *user) {
  (void)user;
  return (uint8_t)((tx_tail - tx_head - 1) & (TX_SIZE - 1));
}

static void put(void *user, uint8_t byte) {
  (void)user;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    tx[tx_head] = byte;
    tx_head = (uint8_t)((tx_head + 1) & (TX_SIZE - 1));
    UCSRB |= UDRIE;
  }
}

/* What is stored: one byte at a time, and only when the last one is done. */

static uint8_t load(void *user, uint16_t at) {
  (void)user;
  return eeprom_read_byte((const uint8_t *)at);
}

static void store(void *user, uint16_t at, uint8_t byte) {
  (void)user;
  eeprom_update_byte((uint8_t *)at, byte);
}

static bool store_ready(void *user) {
  (void)user;
  return eeprom_is_ready();
}

/* Which one it is, and why it restarted. */

static uint8_t reset_cause(void) {
  uint8_t flags = reset_flags;
#if defined(__AVR_ATmega328P__)
  if (flags == 0 && loader_flags < 16) flags = loader_flags;
#endif
  bool was_asked = asked == ASKED;
  asked = 0;
  if (flags & (1 << PORF)) return LT_RESET_POWER;
  if (flags & (1 << BORF)) return LT_RESET_BROWN_OUT;
  if (flags & (1 << EXTRF)) return LT_RESET_LINE;
  if (was_asked) return LT_RESET_ASKED;
  return flags & (1 << WDRF) ? LT_RESET_WATCHDOG : LT_RESET_UNKNOWN;
}

/* A new chip has no number yet. What its memory holds after power came is its own: a check over it is the number from then on. */
static void name_itself(lt_device *device) {
  bool blank = true;
  for (uint8_t at = 0; at < 8; at++) blank &= eeprom_read_byte(SERIAL_AT + at) == 0xff;
  if (blank) {
    uint32_t low = 0xffffffffUL, high = 0x4c540001UL;
    for (const volatile uint8_t *at = (const uint8_t *)RAMSTART; at <= (const uint8_t *)RAMEND; at++) {
      low = lt_crc32(low, *at);
      high = lt_crc32(high, (uint8_t)~*at);
      if (((uint16_t)at & 0xff) == 0) wdt_reset();
    }
    for (uint8_t at = 0; at < 8; at++) eeprom_update_byte(SERIAL_AT + at, (uint8_t)((at < 4 ? low : high) >> 8 * (at & 3)));
  }
  for (uint8_t at = 0; at < 8; at++) device->serial[at] = eeprom_read_byte(SERIAL_AT + at);
}

static uint16_t count_boot(void) {
  uint16_t count = (uint16_t)(eeprom_read_byte(BOOT_COUNT_AT) | eeprom_read_byte(BOOT_COUNT_AT + 1) << 8);
  /* Erased: FFFF, so the first start makes it 0; that one counts as well. */
  if (++count == 0) count = 1;
  eeprom_update_byte(BOOT_COUNT_AT, (uint8_t)count);
  eeprom_update_byte(BOOT_COUNT_AT + 1, (uint8_t)(count >> 8));
  return count;
}

/* A restart by the watchdog; kind 0 asks the boot loader of a 32U4 to stay. That of an Uno starts when avrdude pulls DTR. */
static void boot(void *user, uint8_t kind) {
  (void)user;
  for (uint8_t ms = 0; ms < 10 && tx_head != tx_tail; ms++) _delay_ms(1);
  _delay_ms(1);
  cli();
  asked = ASKED;
#if defined(__AVR_ATmega32U4__)
  if (kind == 0) *(volatile uint16_t *)0x0800 = *(volatile uint16_t *)(RAMEND - 1) = 0x7777;
#else
  (void)kind;
#endif
  wdt_enable(WDTO_15MS);
  for (;;) {
  }
}

void board_begin(lt_device *device) {
  wdt_enable(WDTO_500MS);
  set_sleep_mode(SLEEP_MODE_IDLE);
  device->reset_cause = reset_cause();
  name_itself(device);
  device->boot_count = count_boot();
  device->room = room;
  device->put = put;
  device->ticks = ticks;
  device->load = load;
  device->store = store;
  device->store_ready = store_ready;
  device->boot = boot;
  UBRR = (uint16_t)((F_CPU + BAUD * 4) / (BAUD * 8) - 1);
  UCSRA = U2X;
  UCSRC = EIGHT_BITS;
  UCSRB = RXCIE | RXEN | TXEN;
  OCR1A = COUNTS_PER_MS - 1;
  TIMSK1 = 1 << OCIE1A;
  TCCR1B = 1 << WGM12 | 1 << CS11;
  sei();
}
