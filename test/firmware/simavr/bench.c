/*
 * The desk of eight strips in simavr, in real time, with its line at a pseudo-terminal: what a serial port of the system sees.
 *
 *   bench HEX CHIP    atmega328p or atmega32u4; prints "port PATH" first, then "MS link 0|1" and "MS alarm 0|1" when these lamps change (time of the chip)
 *   stdin          "fader I MILLIVOLTS" puts a fader somewhere; "mark 0" answers "MS mark 1"; the end of it ends the program
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <simavr/avr_adc.h>
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_hex.h>

enum { HERTZ = 16000000, PER_MS = HERTZ / 1000, PER_BYTE = HERTZ / 11520 };

/* Where things are on each chip: port and bit of the lamps, of the three lines that choose a fader; channel; UART. */
struct pins {
  const char *chip;
  char link_port, link_bit, alarm_port, alarm_bit, select_port, select_bit, channel, uart;
};
static const struct pins boards[] = {{"atmega328p", 'B', 0, 'D', 7, 'D', 4, 0, '0'}, {"atmega32u4", 'B', 4, 'E', 6, 'F', 4, 7, '1'}};

static const struct pins *board = &boards[0];
static avr_t *avr;
static int line = -1;
static unsigned millivolts[8], selected;

static void say(const char *lamp, unsigned lit) {
  printf("%.3f %s %u\n", (double)avr->cycle / PER_MS, lamp, lit);
  fflush(stdout);
}

static void on_link(struct avr_irq_t *irq, uint32_t value, void *unused) {
  (void)irq, (void)unused;
  say("link", value & 1);
}

static void on_alarm(struct avr_irq_t *irq, uint32_t value, void *unused) {
  (void)irq, (void)unused;
  say("alarm", value & 1);
}

static void on_select(struct avr_irq_t *irq, uint32_t value, void *bit) {
  unsigned mask = 1u << (intptr_t)bit;
  (void)irq;
  selected = value & 1 ? selected | mask : selected & ~mask;
}

static void on_convert(struct avr_irq_t *irq, uint32_t value, void *unused) {
  (void)irq, (void)value, (void)unused;
  avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0 + board->channel), millivolts[selected]);
}

static void on_sent(struct avr_irq_t *irq, uint32_t value, void *unused) {
  uint8_t byte = (uint8_t)value;
  (void)irq, (void)unused;
  /* A terminal that nobody reads fills up: then bytes are lost, as on a cable that ends nowhere. */
  if (write(line, &byte, 1) != 1) return;
}

static avr_cycle_count_t feed(struct avr_t *chip, avr_cycle_count_t when, void *unused) {
  uint8_t byte;
  (void)chip, (void)unused;
  if (read(line, &byte, 1) == 1) avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ(board->uart), UART_IRQ_INPUT), byte);
  return when + PER_BYTE;
}

static int open_line(void) {
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (master < 0 || grantpt(master) || unlockpt(master)) return -1;
  /* Held open at the other end too, so that it lasts from one host to the next. */
  int other = open(ptsname(master), O_RDWR | O_NOCTTY);
  struct termios raw;
  if (other < 0 || tcgetattr(other, &raw)) return -1;
  cfmakeraw(&raw);
  tcsetattr(other, TCSANOW, &raw);
  printf("port %s\n", ptsname(master));
  fflush(stdout);
  return master;
}

/* The time of the day is kept by the main loop alone. */
static void sleep_on(avr_t *chip, avr_cycle_count_t cycles) { (void)chip, (void)cycles; }

static bool obey(void) {
  static char text[256];
  static size_t held;
  struct pollfd input = {.fd = 0, .events = POLLIN};
  if (poll(&input, 1, 0) <= 0) return true;
  ssize_t got = read(0, text + held, sizeof text - 1 - held);
  if (got <= 0) return false;
  held += (size_t)got;
  text[held] = 0;
  char *end = strrchr(text, '\n');
  if (!end) return held < sizeof text - 1;
  for (char *row = strtok(text, "\n"); row; row = strtok(0, "\n")) {
    unsigned fader, value;
    if (!strncmp(row, "mark", 4)) say("mark", 1);
    if (sscanf(row, "fader %u %u", &fader, &value) == 2 && fader < 8) millivolts[fader] = value;
  }
  held = 0;
  return true;
}

int main(int count, char **arguments) {
  uint32_t size = 0, start = 0;
  uint8_t *program = count == 3 ? read_ihex_file(arguments[1], &size, &start) : 0;
  if (count == 3 && !strcmp(arguments[2], boards[1].chip)) board = &boards[1];
  avr = avr_make_mcu_by_name(board->chip);
  if (!program || !avr || avr_init(avr)) return 2;
  avr->frequency = HERTZ;
  avr->vcc = avr->avcc = avr->aref = 5000;
  memcpy(avr->flash + start, program, size);
  avr->pc = avr->reset_pc = start;
  avr->codeend = avr->flashend;
  avr->sleep = sleep_on;
  line = open_line();
  if (line < 0) return 2;
  uint32_t flags = 0;
  avr_ioctl(avr, AVR_IOCTL_UART_GET_FLAGS(board->uart), &flags);
  flags &= ~(uint32_t)(AVR_UART_FLAG_STDIO | AVR_UART_FLAG_POLL_SLEEP);
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS(board->uart), &flags);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ(board->uart), UART_IRQ_OUTPUT), on_sent, 0);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(board->link_port), board->link_bit), on_link, 0);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(board->alarm_port), board->alarm_bit), on_alarm, 0);
  for (intptr_t bit = 0; bit < 3; bit++) {
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(board->select_port), board->select_bit + (int)bit), on_select, (void *)bit);
  }
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_OUT_TRIGGER), on_convert, 0);
  avr_cycle_timer_register(avr, PER_BYTE, feed, 0);
  struct timespec due;
  clock_gettime(CLOCK_MONOTONIC, &due);
  for (avr_cycle_count_t until = PER_MS; obey(); until += PER_MS) {
    while (avr->cycle < until) {
      int state = avr_run(avr);
      if (state == cpu_Done || state == cpu_Crashed) return 3;
    }
    due.tv_nsec += 1000000;
    if (due.tv_nsec >= 1000000000) due.tv_nsec -= 1000000000, due.tv_sec++;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, 0);
  }
  return 0;
}
