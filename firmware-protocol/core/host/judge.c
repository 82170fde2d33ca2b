/*
 * Says what the core makes of frames: one judgement of four bytes for each, for a comparison with another implementation. MIT licence, as longthrow.h.
 *
 *   in   session u8, then frames: length u16, bytes as on the line
 *   out  for each frame a u32: FNV-1a over what happened: the counters of faults that rose, and all that was shown
 */
#include <stdio.h>
#include <string.h>

#include "../longthrow.c"

static uint32_t digest;

static void mix(uint8_t byte) { digest = (digest ^ byte) * 16777619u; }

static void output(void *user, uint8_t kind, uint8_t index, uint16_t value) {
  (void)user;
  mix(kind);
  mix(index);
  mix((uint8_t)value);
  mix((uint8_t)(value >> 8));
}
static void motor(void *user, uint8_t index, uint16_t target) { output(user, LT_MOTOR, index, target); }
static void text(void *user, uint8_t display, const char *utf8, uint8_t length) {
  (void)user;
  mix(LT_TEXT);
  mix(display);
  for (uint8_t at = 0; at < length; at++) mix((uint8_t)utf8[at]);
}
static uint16_t room(void *user) {
  (void)user;
  return 255;
}
static void put(void *user, uint8_t byte) {
  (void)user;
  (void)byte;
}
static uint8_t descriptor(void *user, uint16_t offset) {
  (void)user;
  (void)offset;
  return 0;
}

/* As the length tells: faults by kind, in the order of the codec's names. */
static void judge_frame(lt_link *link, const lt_link *rested, const uint8_t *bytes, uint16_t length) {
  *link = *rested;
  digest = 2166136261u;
  for (uint16_t at = 0; at < length; at++) lt_receive(link, bytes[at]);
  const lt_faults *faults = &link->faults;
  mix((uint8_t)faults->crc);
  mix((uint8_t)faults->overruns);
  mix((uint8_t)faults->resyncs);
  mix((uint8_t)faults->reserved);
  mix((uint8_t)faults->malformed);
  mix((uint8_t)faults->unknown);
  mix(link->expected);
  mix(link->last_state_seq);
  mix((uint8_t)link->session);
  mix((uint8_t)(link->flags & DATA_DUE ? 1 : 0));
  mix((uint8_t)link->answer_offset);
  mix((uint8_t)(link->answer_offset >> 8));
  mix(link->answer_length);
  mix((uint8_t)link->sync_t0);
  mix((uint8_t)(link->sync_t0 >> 8));
}

int main(void) {
  static lt_link rested, link;
  static const lt_device device = {.room = room, .put = put, .descriptor = descriptor, .output = output, .motor = motor, .text = text};
  static uint8_t bytes[65536];
  int session = getchar();
  int low, high;
  lt_begin(&rested, &device, 0);
  begin_session(&rested, 0xdeadbe00u | (uint8_t)session, 64, 100);
  rested.tx_length = 0;
  while ((low = getchar()) != EOF && (high = getchar()) != EOF) {
    uint16_t length = (uint16_t)(low | high << 8);
    if (fread(bytes, 1, length, stdin) != length) return 1;
    judge_frame(&link, &rested, bytes, length);
    for (uint8_t at = 0; at < 4; at++) putchar((int)byte_of(digest, at));
  }
  return 0;
}
