/*
 * Longthrow firmware protocol 1: the portable device side.
 *
 * Copyright (c) 2026 the Longthrow authors. MIT licence: permission is granted, free of charge, to any person obtaining a copy, to deal in it
 * without restriction, including to use, copy, modify, merge, publish, distribute, sublicense and sell it, provided that this notice stays in
 * all copies or substantial portions. It comes "as is", without warranty of any kind.
 *
 * C99, no heap, no recursion, every loop bounded. One `lt_link` holds everything; several may live beside each other.
 *
 *   in setup:     lt_begin(&link, &device, millis());
 *   in the loop:  while (a byte has come) lt_receive(&link, the byte);
 *                 lt_fader_raw(&link, i, analogRead(…));  lt_button(&link, i, pressed);  lt_turn(&link, i, steps); …
 *                 lt_poll(&link, millis());
 */
#ifndef LONGTHROW_H
#define LONGTHROW_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The profile: define others before this, or with -D. What is 0 costs nothing; 240 of a kind are the most. */
#ifndef LT_FADERS
#define LT_FADERS 8
#endif
#ifndef LT_ENCODERS
#define LT_ENCODERS 8
#endif
#ifndef LT_BUTTONS
#define LT_BUTTONS 16
#endif
/* Longest body in bytes, 48…250. */
#ifndef LT_MTU
#define LT_MTU 64
#endif
/* 1: frames go in HID reports instead of a stream. */
#ifndef LT_HID
#define LT_HID 0
#endif
/* RELIABLE frames that may wait in the receive buffer of the line, 1…4. */
#ifndef LT_CREDITS
#define LT_CREDITS 1
#endif

#if LT_FADERS > 240 || LT_ENCODERS > 240 || LT_BUTTONS > 240 || LT_MTU < 48 || LT_MTU > 250
#error "the profile is out of its bounds"
#endif

#define LT_VERSION 1
#define LT_LABEL_SIZE 12

/* Types of messages: the table of README.md, held against messages.json by a test. */
#define LT_ACK 0x00
#define LT_HELLO_REQ 0x01
#define LT_HELLO 0x02
#define LT_DESC_READ 0x03
#define LT_DESC_DATA 0x04
#define LT_HEARTBEAT 0x05
#define LT_TIME_SYNC 0x06
#define LT_TIME_REPLY 0x07
#define LT_KEYFRAME_REQ 0x08
#define LT_ERROR 0x0e
#define LT_BYE 0x0f
#define LT_FADER 0x10
#define LT_TOUCH 0x11
#define LT_BUTTON 0x12
#define LT_ENCODER 0x13
#define LT_RAW 0x14
#define LT_KEYFRAME 0x1f
#define LT_MOTOR 0x20
#define LT_METER 0x21
#define LT_LED 0x22
#define LT_WARN 0x23
#define LT_TEXT 0x24
#define LT_COLOUR 0x25
#define LT_RING 0x26
#define LT_CFG_GET 0x30
#define LT_CFG_SET 0x31
#define LT_CFG_VALUE 0x32
#define LT_CFG_COMMIT 0x33
#define LT_CFG_FACTORY 0x34
#define LT_CFG_STORED 0x35
#define LT_IDENTIFY 0x36
#define LT_CAL_BEGIN 0x38
#define LT_CAL_POINT 0x39
#define LT_CAL_END 0x3a
#define LT_BOOT_ARM 0x40
#define LT_BOOT_ENTER 0x41
#define LT_BOOT_TOKEN 0x42
#define LT_ESCAPE 0x7f

enum { LT_DONE = 0, LT_UNSUPPORTED = 1, LT_BAD_VALUE = 2, LT_BUSY = 3, LT_REFUSED = 4 };
enum { LT_BYE_CLOSING = 0, LT_BYE_RESTARTING = 1, LT_BYE_BOOT = 2, LT_BYE_FAULT = 3 };
enum { LT_RESET_UNKNOWN = 0, LT_RESET_POWER = 1, LT_RESET_LINE = 2, LT_RESET_BROWN_OUT = 3, LT_RESET_WATCHDOG = 4, LT_RESET_ASKED = 5 };

/* What a fader's readings mean; live values, the stored ones are in the two slots. In the order of their configuration keys, 10h…15h. */
enum { LT_BOTTOM, LT_UNITY, LT_TOP, LT_DEAD_BAND, LT_THRESHOLD, LT_HYSTERESIS };
typedef struct {
  /* Readings at 0, at three quarters and at the top of the travel; what is nearer than the dead band is noise (0…255);
     a touch sensor's reading above which it is a touch, and how far below that it ends (0…255). */
  uint16_t value[6];
} lt_calibration;

/* What you give: all pointers may be 0 unless it says "needed". Keep it in memory as long as the link. */
typedef struct {
  void *user; /* given back as the first argument of every callback */

  /* The line. `room` (needed): how many bytes can be taken now without waiting; 1 is enough, if lt_poll is called often. `put` (needed): takes one. */
  uint16_t (*room)(void *user);
  void (*put)(void *user, uint8_t byte);
#if LT_HID
  /* Instead of both: takes a report of 64 bytes, or says that it cannot now. */
  bool (*report)(void *user, const uint8_t *report);
#endif

  /* A byte of the descriptor, offset < descriptor_size (needed), and its CRC-32: the generator prints both. */
  uint8_t (*descriptor)(void *user, uint16_t offset);
  uint16_t descriptor_size;
  uint32_t descriptor_crc;

  /* What should be seen, for any index: leave out what you do not have. Kind LT_LED (0…255), LT_COLOUR (RGB565), LT_METER (level), LT_RING, LT_WARN; as in the message. */
  void (*output)(void *user, uint8_t kind, uint8_t index, uint16_t value);
  /* Motor of a fader: go to 0…65535. Never called while it is touched; a touch during a move is yours to obey at once. */
  void (*motor)(void *user, uint8_t index, uint16_t target);
  /* All motors without current, now. */
  void (*motors_off)(void *user);
  void (*text)(void *user, uint8_t display, const char *utf8, uint8_t length);
  /* A session began (true), or ended and everything is safe (false): show link-lost. */
  void (*linked)(void *user, bool up);
  void (*identify)(void *user, uint8_t seconds);

  /* Device clock in ticks of 100 µs, for time stamps. */
  uint16_t (*ticks)(void *user);

  /* Non-volatile memory of lt_storage_size() bytes. `store_ready`: whether a byte can be written without waiting; 0 means always. */
  uint8_t (*load)(void *user, uint16_t at);
  void (*store)(void *user, uint16_t at, uint8_t byte);
  bool (*store_ready)(void *user);

  /* Enter the boot loader (kind 0) or restart (kind 1), when what was put has gone out; need not return. Without it, boot hand-off is not offered. */
  void (*boot)(void *user, uint8_t kind);

  const lt_calibration *factory; /* defaults of all faders; 0: 0…1023, unity 768, dead band 2 */
  uint8_t serial[8];             /* lowest byte first; must differ between devices */
  uint16_t boot_count;
  uint8_t reset_cause;
  uint8_t firmware[3];
} lt_device;

/* How often what was dropped; wraps. The heartbeat tells crc, overruns and resyncs. */
typedef struct {
  uint16_t crc;      /* wrong CRC, or of another session */
  uint16_t overruns; /* oversized */
  uint16_t resyncs;  /* not COBS, too short, a bad report */
  uint16_t reserved; /* another wire major, or reserved bits */
  uint16_t malformed;
  uint16_t unknown; /* types, and types for the host */
} lt_faults;

#define LT_ROOM(n) ((n) ? (n) : 1)
typedef struct {
  uint16_t position[LT_ROOM(LT_FADERS)];
  uint16_t reading[LT_ROOM(LT_FADERS)]; /* the one last told */
  uint8_t touch[LT_ROOM((LT_FADERS + 1) / 2)];
  uint8_t button[LT_ROOM((LT_BUTTONS + 1) / 2)];
  uint16_t turned[LT_ROOM(LT_ENCODERS)];
} lt_inputs;

/* When a kind of input is told: at once, then repeated. */
typedef struct {
  uint16_t due;  /* low half of the milliseconds */
  uint16_t told; /* when it was last sent */
  uint8_t left;  /* sendings left */
  uint8_t piece; /* where the next frame begins */
} lt_pending;

/* What is stored, as it lies in memory. */
typedef struct {
  lt_calibration calibration[LT_ROOM(LT_FADERS)];
  char label[LT_LABEL_SIZE];
  uint8_t bank;
} lt_values;

/* Everything of one link. The fields are not for you, except `faults`. What is used most stands first: an AVR reaches 63 bytes cheaply. */
typedef struct {
  const lt_device *device;
  uint16_t now; /* low half of the milliseconds; all times below are such */
  uint16_t flags;
  uint8_t session, tx_length, tx_at, tx_run, tx_state, rx_length, rx_run, rx_flags;
  uint8_t cal_fader, cal_what; /* cal_fader is 255 while nothing is calibrated */
  uint8_t reply_tries;         /* 0 without a reply that waits for its ACK */
  uint8_t host_mtu, host_state, last_state_seq, expected, status;
  uint8_t answer_length, error_type, error_seq, error_status, bye, boot_kind, slot, key_kind;
  uint16_t lease, heard_host, beat_sent, keyframe_sent, committed, armed, reply_sent, raw_sent;
  uint16_t store_at, generation;
  uint8_t key_first;
  lt_faults faults;
  uint32_t milliseconds, nonce, hello_nonce, token, store_crc;
  uint16_t answer_offset, sync_t0, sync_received, cal_low, cal_high, cal_reading;
  uint8_t hello_session;
  uint8_t sequence[4]; /* next to send, by class */

  lt_pending pending[4];
  uint8_t fader_changed[LT_ROOM((LT_FADERS + 7) / 8)];
  lt_inputs inputs;
  lt_calibration candidate;
  lt_values values;
  uint8_t reply[2 + 18]; /* type, length, payload */
  uint8_t rx[LT_MTU];
  uint8_t tx[LT_MTU];
} lt_link;

/* Reads what is stored, announces the device. The milliseconds count from the start: HELLO tells them. */
void lt_begin(lt_link *link, const lt_device *device, uint32_t now_ms);
/* One byte from the line. Acts at once on a whole frame; answers are sent by lt_poll. */
void lt_receive(lt_link *link, uint8_t byte);
/* One report of 64 bytes from HID, instead of lt_receive. */
void lt_receive_report(lt_link *link, const uint8_t *report);
/* Sends what is due as far as there is room, keeps the lease, writes at most one byte of configuration. Call it at least every 10 ms. */
void lt_poll(lt_link *link, uint32_t now_ms);
/* The line lost bytes (a full buffer): counted in the heartbeat. */
void lt_overrun(lt_link *link);

/* A position 0…65535, past calibration; or a reading of the converter, through calibration and dead band. */
void lt_fader(lt_link *link, uint8_t index, uint16_t position);
void lt_fader_raw(lt_link *link, uint8_t index, uint16_t reading);
/* Where a fader stands, as last told: for a motor's loop. */
uint16_t lt_position(const lt_link *link, uint8_t index);
/* A touch, or a reading of its sensor against the calibrated threshold. */
void lt_touch(lt_link *link, uint8_t index, bool touched);
void lt_touch_raw(lt_link *link, uint8_t index, uint16_t reading);
bool lt_touched(const lt_link *link, uint8_t index);
/* Debounced, please. */
void lt_button(lt_link *link, uint8_t index, bool pressed);
/* Steps are positive clockwise. */
void lt_turn(lt_link *link, uint8_t index, int8_t steps);

/* Whether a session runs. */
bool lt_up(const lt_link *link);
/* Ends the session: outputs safe, the host is told why. */
void lt_bye(lt_link *link, uint8_t reason);
/* Bytes of non-volatile memory that load and store must reach, from 0. */
uint16_t lt_storage_size(void);
uint16_t lt_crc16(uint16_t crc, uint8_t byte);
uint32_t lt_crc32(uint32_t crc, uint8_t byte);

#ifdef __cplusplus
}
#endif
#endif
