/*
 * Longthrow firmware protocol 1: the portable device side. See longthrow.h and the specification beside this folder.
 *
 * Copyright (c) 2026 the Longthrow authors. MIT licence: permission is granted, free of charge, to any person obtaining a copy, to deal in it
 * without restriction, including to use, copy, modify, merge, publish, distribute, sublicense and sell it, provided that this notice stays in
 * all copies or substantial portions. It comes "as is", without warranty of any kind.
 */
#include "longthrow.h"

#include <string.h>

enum { STATE = 0, RELIABLE = 1, ACK = 2, SYSTEM = 3 };
enum { TIMED = 0x08, MORE = 0x04 };
enum { RX_ANY = 1, RX_OVER = 2, RX_FULL_RUN = 4, RX_BEGUN = 8 };
enum { TX_LEAD, TX_CODE, TX_DATA, TX_END };
enum { TOUCHES, BUTTONS, FADERS, ENCODERS };

/* What is due, and what stands. */
enum {
  HELLO_DUE = 1 << 0,
  ACK_DUE = 1 << 1,
  ERROR_DUE = 1 << 2,
  BYE_DUE = 1 << 3,
  DATA_DUE = 1 << 4,
  TIME_DUE = 1 << 5,
  KEYFRAME_DUE = 1 << 6,
  BEAT_DUE = 1 << 7,
  STORED_DUE = 1 << 8,
  BOOT_DUE = 1 << 9,
  CHANGED = 1 << 10,   /* configuration differs from what is stored */
  DEFAULTS = 1 << 11,  /* both slots are broken */
  COMMITTED = 1 << 12, /* a commit was made less than 5 s ago */
  ARMED = 1 << 13,
  ENDING = 1 << 14 /* the goodbye is on its way */
};

/* Times in ms: see the specification. */
#define BEAT_MS 250
#define KEYFRAME_MS 250
#define INPUT_MS 10
#define RAW_MS 20
#define RETRY_MS 100
#define TRIES 10
#define COMMIT_MS 5000
#define ARMED_MS 10000
#define SENDINGS 5

#define IDLE 0xffff
#define NO_FADER 0xff
#define LIVE 1

#define VALUES ((uint16_t)sizeof(lt_values))
#define SLOT_SIZE (4 + VALUES + 4)

#if LT_HID && LT_MTU > 62
#define OWN_MTU 62
#else
#define OWN_MTU LT_MTU
#endif

/* Checks. */

uint16_t lt_crc16(uint16_t crc, uint8_t byte) {
  crc ^= byte;
  for (uint8_t bit = 0; bit < 8; bit++) crc = crc & 1 ? (uint16_t)((crc >> 1) ^ 0x8408) : (uint16_t)(crc >> 1);
  return crc;
}

uint32_t lt_crc32(uint32_t crc, uint8_t byte) {
  crc ^= byte;
  for (uint8_t bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xedb88320UL : crc >> 1;
  return crc;
}

static uint16_t u16_at(const uint8_t *bytes) { return (uint16_t)(bytes[0] | (uint16_t)bytes[1] << 8); }

static uint32_t u32_at(const uint8_t *bytes) { return u16_at(bytes) | (uint32_t)u16_at(bytes + 2) << 16; }

/* Whether so many milliseconds have passed; a minute at most. */
static bool since(const lt_link *link, uint16_t then, uint16_t ms) { return (uint16_t)(link->now - then) >= ms; }

/* A byte of a number, from the lowest. */
static uint8_t byte_of(uint32_t number, uint8_t at) { return (uint8_t)(number >> (8 * at)); }

static bool within(uint16_t index, uint16_t count) { return index < count; }

static uint16_t check_of(uint8_t session, const uint8_t *body, uint8_t length) {
  uint16_t crc = (uint16_t)(0xffff ^ (body[2] == LT_HELLO_REQ || body[2] == LT_HELLO ? 0 : session));
  for (uint8_t at = 0; at < length; at++) crc = lt_crc16(crc, body[at]);
  return crc;
}

/* Sending: one frame at a time lies in tx and goes out as there is room. */

static void put8(lt_link *link, uint8_t value) { link->tx[link->tx_length++] = value; }

static void put16(lt_link *link, uint16_t value) {
  put8(link, (uint8_t)value);
  put8(link, (uint8_t)(value >> 8));
}

static void put32(lt_link *link, uint32_t value) {
  put16(link, (uint16_t)value);
  put16(link, (uint16_t)(value >> 16));
}

static void begin_frame(lt_link *link, uint8_t message_class, uint8_t type) {
  bool timed = message_class == STATE && link->device->ticks;
  link->tx_length = 0;
  put8(link, (uint8_t)(0x40 | message_class << 4 | (timed ? TIMED : 0)));
  put8(link, link->sequence[message_class]);
  put8(link, type);
  if (timed) put16(link, link->device->ticks(link->device->user));
}

static void end_frame(lt_link *link) {
  /* A reply keeps its number until it is acknowledged. */
  uint8_t message_class = link->tx[0] >> 4 & 3;
  if (message_class != RELIABLE) link->sequence[message_class]++;
  put16(link, check_of(link->session, link->tx, link->tx_length));
  link->tx_at = 0;
  link->tx_state = TX_LEAD;
}

#if LT_HID
static void pump(lt_link *link) {
  uint8_t report[64] = {1};
  if (link->tx_length == 0) return;
  report[1] = link->tx_length;
  memcpy(report + 2, link->tx, link->tx_length);
  if (link->device->report(link->device->user, report)) link->tx_length = 0;
}
#else
static void pump(lt_link *link) {
  const lt_device *device = link->device;
  if (link->tx_length == 0) return;
  for (uint16_t room = device->room(device->user); room > 0 && link->tx_length > 0; room--) {
    uint8_t byte = 0;
    switch (link->tx_state) {
      case TX_LEAD:
        link->tx_state = TX_CODE;
        break;
      case TX_CODE: {
        uint8_t run = 0;
        while (link->tx_at + run < link->tx_length && link->tx[link->tx_at + run] != 0) run++;
        link->tx_run = run;
        byte = (uint8_t)(run + 1);
        link->tx_state = TX_DATA;
        break;
      }
      case TX_DATA:
        byte = link->tx[link->tx_at++];
        link->tx_run--;
        break;
      default:
        link->tx_length = 0;
    }
    device->put(device->user, byte);
    if (link->tx_state == TX_DATA && link->tx_run == 0) {
      /* The zero behind a run is left out, and nothing stands behind the last. */
      link->tx_state = link->tx_at >= link->tx_length ? TX_END : TX_CODE;
      link->tx_at++;
    }
  }
}
#endif

/* Configuration. */

static const lt_calibration plain_fader = {{0, 768, 1023, 2, 512, 16}};

static void factory(lt_link *link) {
  const lt_calibration *given = link->device->factory ? link->device->factory : &plain_fader;
  memset(&link->values, 0, sizeof link->values);
  for (uint16_t fader = 0; within(fader, LT_FADERS); fader++) link->values.calibration[fader] = *given;
}

static uint8_t load(lt_link *link, uint16_t at) { return link->device->load(link->device->user, at); }

static bool is_whole(lt_link *link, uint16_t base) {
  uint32_t crc = 0xffffffffUL;
  for (uint16_t at = 0; at < SLOT_SIZE - 4; at++) crc = lt_crc32(crc, load(link, (uint16_t)(base + at)));
  crc = ~crc;
  for (uint8_t at = 0; at < 4; at++) {
    if (load(link, (uint16_t)(base + SLOT_SIZE - 4 + at)) != byte_of(crc, at)) return false;
  }
  return (load(link, (uint16_t)(base + 2)) | load(link, (uint16_t)(base + 3)) << 8) == VALUES;
}

static void load_stored(lt_link *link) {
  bool found = false;
  factory(link);
  if (!link->device->load) return;
  for (uint8_t slot = 0; slot < 2; slot++) {
    uint16_t base = slot ? SLOT_SIZE : 0;
    uint16_t generation = (uint16_t)(load(link, base) | load(link, (uint16_t)(base + 1)) << 8);
    if (!is_whole(link, base) || (found && (int16_t)(generation - link->generation) <= 0)) continue;
    found = true;
    link->slot = slot;
    link->generation = generation;
  }
  if (!found) {
    link->flags |= DEFAULTS;
    return;
  }
  for (uint16_t at = 0; at < VALUES; at++) {
    ((uint8_t *)&link->values)[at] = load(link, (uint16_t)((link->slot ? SLOT_SIZE : 0) + 4 + at));
  }
}

/* Writes the next byte of a commit, the last of the check last: a slot is whole or it is not. */
static void store_on(lt_link *link) {
  const lt_device *device = link->device;
  uint16_t at = link->store_at;
  uint16_t next = (uint16_t)(link->generation + 1);
  uint8_t byte;
  if (at == IDLE || (device->store_ready && !device->store_ready(device->user))) return;
  if (at < 4) byte = byte_of((uint32_t)VALUES << 16 | next, (uint8_t)at);
  else if (at < 4 + VALUES) byte = ((const uint8_t *)&link->values)[at - 4];
  else byte = byte_of(~link->store_crc, (uint8_t)(at - 4 - VALUES));
  if (at < 4 + VALUES) link->store_crc = lt_crc32(link->store_crc, byte);
  device->store(device->user, (uint16_t)((link->slot ? 0 : SLOT_SIZE) + at), byte);
  link->store_at++;
  if (link->store_at < SLOT_SIZE) return;
  link->store_at = IDLE;
  link->slot ^= 1;
  link->generation = next;
  link->committed = link->now;
  link->flags = (uint16_t)((link->flags & ~(CHANGED | DEFAULTS)) | COMMITTED | STORED_DUE);
}

uint16_t lt_storage_size(void) { return 2 * SLOT_SIZE; }

/* Sessions. */

/* Every output to the safe value that the descriptor gives it. */
static void make_safe(lt_link *link) {
  const lt_device *device = link->device;
  void *user = device->user;
  if (device->motors_off) device->motors_off(user);
  for (uint16_t at = 3; at + 2 <= device->descriptor_size;) {
    uint8_t tag = device->descriptor(user, at);
    uint8_t length = device->descriptor(user, (uint16_t)(at + 1));
    uint8_t value[7];
    for (uint8_t byte = 0; byte < sizeof value; byte++) {
      value[byte] = byte < length ? device->descriptor(user, (uint16_t)(at + 2 + byte)) : 0;
    }
    uint8_t kind = 0;
    uint8_t count = value[1];
    uint16_t safe = 0;
    if (tag == 0x95) {
      kind = value[4] ? LT_COLOUR : LT_LED;
      safe = u16_at(value + 5);
    } else if (tag == 0x96) {
      kind = value[1] ? LT_COLOUR : LT_LED;
      safe = u16_at(value + 2);
      count = (uint8_t)(length - 4);
    } else if (tag == 0x97) {
      kind = LT_RING;
    } else if (tag == 0x98) {
      kind = LT_METER;
      safe = value[4];
    } else if (tag == 0x1c) {
      kind = LT_WARN;
      safe = 0xf0;
    } else if (tag == 0x99 || tag == 0x9a) {
      kind = LT_TEXT;
      if (tag == 0x9a) count = 1;
    }
    for (uint8_t offset = 0; kind != 0 && offset < count; offset++) {
      uint8_t index = (uint8_t)(value[0] + offset);
      if (kind != LT_TEXT && device->output) device->output(user, kind, index, safe);
      if (kind == LT_TEXT && device->text) device->text(user, index, "", 0);
    }
    at = (uint16_t)(at + 2 + length);
  }
}

static void end_session(lt_link *link) {
  if (link->session == 0) return;
  link->session = 0;
  link->nonce = 0;
  link->hello_nonce = 0;
  link->hello_session = 0;
  link->reply_tries = 0;
  link->cal_fader = NO_FADER;
  /* What lies in tx belongs to the session: it is cut off, and the next delimiter cleans up behind it. */
  link->tx_length = 0;
  link->flags = (uint16_t)((link->flags & (CHANGED | DEFAULTS | COMMITTED)) | HELLO_DUE);
  make_safe(link);
  if (link->device->linked) link->device->linked(link->device->user, false);
}

static void restart_counters(uint8_t *pairs, uint8_t bytes) {
  for (uint8_t at = 0; at < bytes; at++) {
    pairs[at] = (uint8_t)((pairs[at] & 0x01 ? 0x0f : 0) | (pairs[at] & 0x10 ? 0xf0 : 0));
  }
}

static void begin_session(lt_link *link, uint32_t nonce, uint8_t mtu, uint8_t lease) {
  end_session(link);
  link->session = (uint8_t)nonce;
  link->nonce = nonce;
  link->host_mtu = mtu < OWN_MTU ? mtu : OWN_MTU;
  link->lease = lease < 30 ? 300 : lease > 250 ? 2500 : (uint16_t)(lease * 10);
  link->heard_host = link->now;
  link->host_state = LIVE; /* until it says otherwise */
  link->last_state_seq = 0;
  memset(link->sequence, 0, sizeof link->sequence);
  link->expected = link->status = 0;
  restart_counters(link->inputs.touch, sizeof link->inputs.touch);
  restart_counters(link->inputs.button, sizeof link->inputs.button);
  memset(link->inputs.turned, 0, sizeof link->inputs.turned);
  memset(link->pending, 0, sizeof link->pending);
  memset(link->fader_changed, 0, sizeof link->fader_changed);
  link->flags |= KEYFRAME_DUE | BEAT_DUE;
  if (link->device->linked) link->device->linked(link->device->user, true);
}

static void hear_hello(lt_link *link, const uint8_t *payload) {
  uint32_t nonce = u32_at(payload + 2);
  link->hello_nonce = nonce;
  link->hello_session = 0;
  if (payload[0] <= LT_VERSION && payload[1] >= LT_VERSION) {
    if (link->session == 0 || nonce != link->nonce) begin_session(link, nonce, payload[6], payload[7]);
    link->hello_nonce = nonce;
    link->hello_session = link->session;
  }
  link->flags |= HELLO_DUE;
}

void lt_begin(lt_link *link, const lt_device *device, uint32_t now_ms) {
  memset(link, 0, sizeof *link);
  link->device = device;
  link->milliseconds = now_ms;
  link->now = (uint16_t)now_ms;
  link->store_at = IDLE;
  link->cal_fader = NO_FADER;
  load_stored(link);
  make_safe(link);
  if (device->linked) device->linked(device->user, false);
  link->flags |= HELLO_DUE;
}

bool lt_up(const lt_link *link) { return link->session != 0; }

void lt_overrun(lt_link *link) { link->faults.overruns++; }

void lt_bye(lt_link *link, uint8_t reason) {
  if (link->session == 0) return;
  make_safe(link);
  link->bye = reason;
  link->flags |= BYE_DUE;
}

/* Requests: each gives a status. */

static void reply(lt_link *link, uint8_t type, uint8_t length) {
  link->reply[0] = type;
  link->reply[1] = length;
  link->reply_tries = TRIES;
  link->reply_sent = (uint16_t)(link->now - RETRY_MS);
}

/* Live values differ from the stored ones; every fader is read anew with them. */
static void values_changed(lt_link *link) {
  link->flags |= CHANGED;
  memset(link->inputs.reading, 0xff, sizeof link->inputs.reading);
}

static uint8_t get_config(lt_link *link, uint8_t key, uint8_t control) {
  uint8_t *value = link->reply + 4;
  uint8_t length = 2;
  if (key == 1 && control == 0) {
    length = 0;
    while (length < LT_LABEL_SIZE && link->values.label[length]) length++;
    memcpy(value, link->values.label, length);
  } else if (key == 2 && control == 0) {
    length = 1;
    value[0] = link->values.bank;
  } else if (key >= 0x10 && key <= 0x15 && within(control, LT_FADERS)) {
    uint16_t number = link->values.calibration[control].value[key - 0x10];
    value[0] = (uint8_t)number;
    value[1] = (uint8_t)(number >> 8);
  } else {
    return LT_BAD_VALUE;
  }
  link->reply[2] = key;
  link->reply[3] = control;
  reply(link, LT_CFG_VALUE, (uint8_t)(2 + length));
  return LT_DONE;
}

static uint8_t set_config(lt_link *link, uint8_t key, uint8_t control, const uint8_t *value, uint8_t length) {
  if (link->store_at != IDLE) return LT_BUSY;
  if (key == 1 && control == 0 && length <= LT_LABEL_SIZE) {
    memset(link->values.label, 0, sizeof link->values.label);
    memcpy(link->values.label, value, length);
  } else if (key == 2 && control == 0 && length == 1) {
    link->values.bank = value[0];
  } else if (key >= 0x10 && key <= 0x15 && within(control, LT_FADERS) && length == 2) {
    if ((key == 0x13 || key == 0x15) && value[1] != 0) return LT_BAD_VALUE;
    link->values.calibration[control].value[key - 0x10] = u16_at(value);
  } else {
    return LT_BAD_VALUE;
  }
  values_changed(link);
  return LT_DONE;
}

static uint8_t commit(lt_link *link) {
  if (!link->device->store || !link->device->load) return LT_UNSUPPORTED;
  if (link->store_at != IDLE) return LT_BUSY;
  if (link->flags & COMMITTED) return LT_BUSY;
  link->store_at = 0;
  link->store_crc = 0xffffffffUL;
  return LT_DONE;
}

static uint16_t distance(uint16_t one, uint16_t other) {
  return one > other ? (uint16_t)(one - other) : (uint16_t)(other - one);
}

static uint8_t begin_calibration(lt_link *link, uint8_t fader, uint8_t what) {
  if (!within(fader, LT_FADERS)) return LT_BAD_VALUE;
  link->cal_fader = fader;
  link->cal_what = what;
  link->candidate = link->values.calibration[fader];
  link->cal_low = link->cal_high = link->cal_reading = 0;
  link->raw_sent = (uint16_t)(link->now - RAW_MS);
  return LT_DONE;
}

static uint8_t take_point(lt_link *link, uint8_t fader, uint8_t point, uint16_t reading) {
  if (fader != link->cal_fader || (point >= 3) != (link->cal_what == 1)) return LT_REFUSED;
  if (reading == 0xffff) reading = link->cal_reading;
  if (point == 3) link->cal_low = reading;
  else if (point == 4) link->cal_high = reading;
  else link->candidate.value[point] = reading;
  return LT_DONE;
}

static uint8_t end_calibration(lt_link *link, uint8_t fader, uint8_t keep) {
  uint16_t *of = link->candidate.value;
  uint16_t span;
  if (fader != link->cal_fader || !within(fader, LT_FADERS)) return LT_REFUSED;
  if (keep && link->store_at != IDLE) return LT_BUSY;
  link->cal_fader = NO_FADER;
  if (!keep) return LT_DONE;
  if (link->cal_what == 1) {
    span = (uint16_t)(link->cal_high - link->cal_low);
    if (link->cal_high < link->cal_low || span < 8) return LT_BAD_VALUE;
    of[LT_THRESHOLD] = (uint16_t)(link->cal_low + span / 2);
    span /= 4;
    of[LT_HYSTERESIS] = span > 255 ? 255 : span;
  } else {
    span = distance(of[LT_BOTTOM], of[LT_TOP]);
    if (span < 32 || distance(of[LT_UNITY], of[LT_BOTTOM]) >= span || distance(of[LT_UNITY], of[LT_TOP]) >= span) return LT_BAD_VALUE;
  }
  link->values.calibration[fader] = link->candidate;
  values_changed(link);
  return LT_DONE;
}

static uint8_t arm(lt_link *link) {
  uint32_t token = link->milliseconds * 2654435761UL ^ link->nonce ^ link->token << 7;
  if (!link->device->boot) return LT_UNSUPPORTED;
  if (link->host_state & LIVE) return LT_REFUSED;
  link->token = token;
  link->armed = link->now;
  link->flags |= ARMED;
  for (uint8_t at = 0; at < 4; at++) link->reply[2 + at] = byte_of(token, at);
  reply(link, LT_BOOT_TOKEN, 4);
  return LT_DONE;
}

static uint8_t enter_boot(lt_link *link, uint32_t token, uint8_t kind) {
  bool armed = (link->flags & ARMED) != 0;
  link->flags &= (uint16_t)~ARMED;
  if (!link->device->boot) return LT_UNSUPPORTED;
  if (!armed || token != link->token || (link->host_state & LIVE)) return LT_REFUSED;
  link->boot_kind = kind;
  link->flags |= BOOT_DUE;
  lt_bye(link, kind ? LT_BYE_RESTARTING : LT_BYE_BOOT);
  return LT_DONE;
}

static uint8_t request(lt_link *link, uint8_t type, const uint8_t *payload, uint8_t length) {
  const lt_device *device = link->device;
  switch (type) {
    case LT_TEXT:
      if (device->text) device->text(device->user, payload[0], (const char *)payload + 1, (uint8_t)(length - 1));
      return LT_DONE;
    case LT_CFG_GET:
      return get_config(link, payload[0], payload[1]);
    case LT_CFG_SET:
      return set_config(link, payload[0], payload[1], payload + 2, (uint8_t)(length - 2));
    case LT_CFG_COMMIT:
      return commit(link);
    case LT_CFG_FACTORY:
      if (link->store_at != IDLE) return LT_BUSY;
      factory(link);
      values_changed(link);
      return LT_DONE;
    case LT_IDENTIFY:
      if (!device->identify) return LT_UNSUPPORTED;
      device->identify(device->user, payload[0]);
      return LT_DONE;
    case LT_CAL_BEGIN:
      return begin_calibration(link, payload[0], payload[1]);
    case LT_CAL_POINT:
      return take_point(link, payload[0], payload[1], u16_at(payload + 2));
    case LT_CAL_END:
      return end_calibration(link, payload[0], payload[1]);
    case LT_BOOT_ARM:
      return arm(link);
    case LT_BOOT_ENTER:
      return enter_boot(link, u32_at(payload), payload[4]);
    default:
      return LT_UNSUPPORTED;
  }
}

static void take_request(lt_link *link, uint8_t sequence, uint8_t type, const uint8_t *payload, uint8_t length) {
  bool answered = type == LT_CFG_GET || type == LT_CFG_COMMIT || type == LT_BOOT_ARM;
  if (sequence == link->expected) {
    if (answered && (link->reply_tries || (link->flags & STORED_DUE))) return;
    link->expected++;
    link->status = request(link, type, payload, length);
    if (link->status != LT_DONE) {
      link->error_status = link->status;
      link->error_type = type;
      link->error_seq = sequence;
      link->flags |= ERROR_DUE;
    }
  }
  link->flags |= ACK_DUE;
}

/* Receiving. */

static uint8_t bits_of(uint8_t mask) {
  uint8_t bits = 0;
  for (; mask; mask >>= 1) bits = (uint8_t)(bits + (mask & 1));
  return bits;
}

enum { UNKNOWN, MALFORMED, FINE };

/* Whether a frame for a device has the class and shape of its type. */
static uint8_t judge(uint8_t message_class, uint8_t type, const uint8_t *payload, uint8_t length) {
  uint8_t wanted = type < LT_FADER ? SYSTEM : RELIABLE;
  uint8_t least = 0, most = 0; /* bytes */
  uint8_t flag = 0, top = 1;   /* the byte at `flag` is at most `top` */
  switch (type) {
    case LT_ACK:
      wanted = ACK;
      least = most = 3;
      flag = 1;
      top = 4;
      break;
    case LT_HELLO_REQ:
      least = most = 8;
      if (length != 8 || payload[0] > payload[1] || payload[2] == 0 || payload[6] < 48) return MALFORMED;
      flag = 6;
      top = 250;
      break;
    case LT_DESC_READ:
    case LT_ERROR:
      least = most = 3;
      break;
    case LT_HEARTBEAT:
      least = most = 11;
      flag = 1;
      top = 7;
      break;
    case LT_BYE:
    case LT_IDENTIFY:
      least = most = 1;
      break;
    case LT_MOTOR:
    case LT_METER:
    case LT_LED:
    case LT_WARN:
    case LT_COLOUR:
    case LT_RING: {
      uint8_t count = payload[1];
      uint8_t last = count;
      uint8_t size = type == LT_MOTOR || type == LT_COLOUR || type == LT_RING ? 2 : 1;
      if (type == LT_MOTOR) {
        last = 8;
        for (uint8_t mask = count; last > 0 && !(mask & 0x80); mask = (uint8_t)(mask << 1)) last--;
        count = bits_of(count);
      }
      if (length < 3 || last == 0 || length != 2 + size * count || payload[0] + last > 256) return MALFORMED;
      for (uint8_t at = 2; at < length; at = (uint8_t)(at + size)) {
        uint8_t low = payload[at];
        uint8_t high = payload[at + 1];
        if (type == LT_WARN && low >= 0x50 && low < 0xf0) return MALFORMED;
        if (type == LT_RING && !(high & 0x10) && (low | (high & 0x0f))) return MALFORMED;
      }
      wanted = STATE;
      least = most = length;
      break;
    }
    case LT_TEXT:
      least = 1;
      most = 33;
      break;
    case LT_TIME_SYNC:
    case LT_CFG_GET:
      least = most = 2;
      break;
    case LT_CFG_SET:
      least = 2;
      most = 18;
      break;
    case LT_KEYFRAME_REQ:
    case LT_CFG_COMMIT:
    case LT_CFG_FACTORY:
    case LT_BOOT_ARM:
      break;
    case LT_CAL_BEGIN:
    case LT_CAL_END:
      least = most = 2;
      flag = 1;
      break;
    case LT_CAL_POINT:
      least = most = 4;
      flag = 1;
      top = 4;
      break;
    case LT_BOOT_ENTER:
      least = most = 5;
      flag = 4;
      break;
    case LT_ESCAPE:
      /* Vendors know theirs, this core knows none. */
      return (message_class == STATE || message_class == RELIABLE) && length >= 4 ? UNKNOWN : MALFORMED;
    default:
      return UNKNOWN;
  }
  if (message_class != wanted || length < least || length > most) return MALFORMED;
  return flag == 0 || payload[flag] <= top ? FINE : MALFORMED;
}

static void show(lt_link *link, uint8_t type, const uint8_t *payload) {
  const lt_device *device = link->device;
  const uint8_t *value = payload + 2;
  uint8_t index = payload[0];
  if (type == LT_MOTOR) {
    for (uint8_t mask = payload[1]; mask; mask >>= 1, index++) {
      if (!(mask & 1)) continue;
      if (device->motor && within(index, LT_FADERS) && !lt_touched(link, index)) device->motor(device->user, index, u16_at(value));
      value += 2;
    }
    return;
  }
  uint8_t size = type == LT_COLOUR || type == LT_RING ? 2 : 1;
  for (uint8_t left = payload[1]; left && device->output; left--, index++, value += size) {
    device->output(device->user, type, index, size == 2 ? u16_at(value) : value[0]);
  }
}

static void hear(lt_link *link, uint8_t type, const uint8_t *payload) {
  switch (type) {
    case LT_HELLO_REQ:
      hear_hello(link, payload);
      break;
    case LT_ACK:
      if (link->reply_tries && payload[0] == (uint8_t)(link->sequence[RELIABLE] + 1)) {
        link->reply_tries = 0;
        link->sequence[RELIABLE]++;
      }
      break;
    case LT_DESC_READ:
      link->answer_offset = u16_at(payload);
      link->answer_length = payload[2];
      link->flags |= DATA_DUE;
      break;
    case LT_HEARTBEAT:
      if (payload[0] != link->session) break;
      link->heard_host = link->now;
      link->host_state = payload[1];
      break;
    case LT_TIME_SYNC:
      link->sync_t0 = u16_at(payload);
      link->sync_received = link->device->ticks ? link->device->ticks(link->device->user) : 0;
      link->flags |= TIME_DUE;
      break;
    case LT_KEYFRAME_REQ:
      link->flags |= KEYFRAME_DUE;
      break;
    case LT_BYE:
      end_session(link);
      break;
    default: /* LT_ERROR: for a log, which a device has not */
      break;
  }
}

static void receive_body(lt_link *link, const uint8_t *body, uint8_t length) {
  if (length < 5) {
    link->faults.resyncs++;
    return;
  }
  uint8_t end = (uint8_t)(length - 2);
  if (check_of(link->session, body, end) != u16_at(body + end)) {
    link->faults.crc++;
    return;
  }
  uint8_t message_class = body[0] >> 4 & 3;
  uint8_t type = body[2];
  uint8_t start = body[0] & TIMED ? 5 : 3;
  bool more_allowed = message_class == STATE && type == LT_KEYFRAME;
  if (body[0] >> 6 != 1 || (body[0] & 3) || ((body[0] & TIMED) && message_class != STATE) ||
      ((body[0] & MORE) && !more_allowed)) {
    link->faults.reserved++;
    return;
  }
  if (end < start) {
    link->faults.malformed++;
    return;
  }
  const uint8_t *payload = body + start;
  uint8_t left = (uint8_t)(end - start);
  uint8_t verdict = judge(message_class, type, payload, left);
  if (verdict == MALFORMED) link->faults.malformed++;
  if (verdict == UNKNOWN) link->faults.unknown++;
  if (verdict == MALFORMED || (link->session == 0 && type != LT_HELLO_REQ)) return;
  if (message_class == STATE) link->last_state_seq = body[1];
  /* A goodbye is being said: nothing may light up again. */
  if (link->flags & BYE_DUE) return;
  if (message_class == RELIABLE) take_request(link, body[1], type, payload, left);
  else if (verdict == UNKNOWN) return;
  else if (message_class == STATE) show(link, type, payload);
  else hear(link, type, payload);
}

static void keep(lt_link *link, uint8_t byte) {
  if (link->rx_length == OWN_MTU) link->rx_flags |= RX_OVER;
  else link->rx[link->rx_length++] = byte;
}

void lt_receive(lt_link *link, uint8_t byte) {
  if (byte == 0) {
    uint8_t flags = link->rx_flags;
    uint8_t length = link->rx_length;
    bool cut = link->rx_run != 0;
    link->rx_flags = link->rx_length = link->rx_run = 0;
    if (!(flags & RX_ANY)) return;
    if (flags & RX_OVER) link->faults.overruns++;
    else if (cut) link->faults.resyncs++;
    else receive_body(link, link->rx, length);
    return;
  }
  link->rx_flags |= RX_ANY;
  if (link->rx_flags & RX_OVER) return;
  if (link->rx_run > 0) {
    link->rx_run--;
    keep(link, byte);
    return;
  }
  if ((link->rx_flags & RX_BEGUN) && !(link->rx_flags & RX_FULL_RUN)) keep(link, 0);
  link->rx_flags = (uint8_t)((link->rx_flags & ~RX_FULL_RUN) | RX_BEGUN | (byte == 0xff ? RX_FULL_RUN : 0));
  link->rx_run = (uint8_t)(byte - 1);
}

void lt_receive_report(lt_link *link, const uint8_t *report) {
  /* First whether it is whole, then what it says. */
  for (uint8_t round = 0; round < 2; round++) {
    uint8_t at = 1;
    for (uint8_t left = report[0]; left > 0; left--) {
      uint8_t length = at < 64 ? report[at] : 0;
      if (length < 5 || at + 1 + length > 64) {
        link->faults.resyncs++;
        return;
      }
      if (round == 1) receive_body(link, report + at + 1, length);
      at = (uint8_t)(at + 1 + length);
    }
    for (; round == 0 && at < 64; at++) {
      if (report[at] == 0) continue;
      link->faults.resyncs++;
      return;
    }
  }
}

/* Inputs. */

static void changed(lt_link *link, uint8_t kind) {
  link->pending[kind].left = SENDINGS;
  link->pending[kind].due = link->now;
}

/* Counts an edge if the button was not so already. */
static bool count_edge(uint8_t *pairs, uint8_t index, bool down) {
  uint8_t *pair = &pairs[index / 2];
  uint8_t shift = index & 1 ? 4 : 0;
  uint8_t counter = *pair >> shift & 0x0f;
  if ((counter & 1) == (down ? 1 : 0)) return false;
  *pair = (uint8_t)((*pair & (0xf0 >> shift)) | ((counter + 1) & 0x0f) << shift);
  return true;
}

void lt_fader(lt_link *link, uint8_t index, uint16_t position) {
  if (!within(index, LT_FADERS) || link->inputs.position[index] == position) return;
  link->inputs.position[index] = position;
  link->fader_changed[index / 8] |= (uint8_t)(1 << (index & 7));
  changed(link, FADERS);
}

void lt_fader_raw(lt_link *link, uint8_t index, uint16_t reading) {
  if (!within(index, LT_FADERS)) return;
  if (index == link->cal_fader && link->cal_what == 0) link->cal_reading = reading;
  const uint16_t *of = link->values.calibration[index].value;
  uint16_t bottom = of[LT_BOTTOM], unity = of[LT_UNITY], top = of[LT_TOP], at = reading, position;
  if (bottom > top) {
    bottom = (uint16_t)~bottom;
    unity = (uint16_t)~unity;
    top = (uint16_t)~top;
    at = (uint16_t)~at;
  }
  if (at <= bottom) position = 0;
  else if (at >= top) position = 0xffff;
  else if (at < unity) position = (uint16_t)((uint32_t)(at - bottom) * 0xc000 / (uint16_t)(unity - bottom));
  else position = (uint16_t)(0xc000 + (uint32_t)(at - unity) * 0x3fff / (uint16_t)(top - unity));
  /* Both ends are always reached; else what is nearer than the dead band is noise. */
  bool end = position == 0 || position == 0xffff;
  if (!end && distance(reading, link->inputs.reading[index]) < of[LT_DEAD_BAND]) return;
  link->inputs.reading[index] = reading;
  lt_fader(link, index, position);
}

uint16_t lt_position(const lt_link *link, uint8_t index) { return within(index, LT_FADERS) ? link->inputs.position[index] : 0; }

void lt_touch(lt_link *link, uint8_t index, bool touched) {
  if (within(index, LT_FADERS) && count_edge(link->inputs.touch, index, touched)) changed(link, TOUCHES);
}

void lt_touch_raw(lt_link *link, uint8_t index, uint16_t reading) {
  if (!within(index, LT_FADERS)) return;
  if (index == link->cal_fader && link->cal_what == 1) link->cal_reading = reading;
  const uint16_t *of = link->values.calibration[index].value;
  uint16_t limit = of[LT_THRESHOLD];
  if (lt_touched(link, index)) limit = limit > of[LT_HYSTERESIS] ? (uint16_t)(limit - of[LT_HYSTERESIS]) : 0;
  lt_touch(link, index, reading > limit);
}

bool lt_touched(const lt_link *link, uint8_t index) {
  return within(index, LT_FADERS) && (link->inputs.touch[index / 2] >> (index & 1 ? 4 : 0) & 1);
}

void lt_button(lt_link *link, uint8_t index, bool pressed) {
  if (within(index, LT_BUTTONS) && count_edge(link->inputs.button, index, pressed)) changed(link, BUTTONS);
}

void lt_turn(lt_link *link, uint8_t index, int8_t steps) {
  if (!within(index, LT_ENCODERS) || steps == 0) return;
  link->inputs.turned[index] = (uint16_t)(link->inputs.turned[index] + steps);
  changed(link, ENCODERS);
}

/* What is sent of inputs goes in pieces: 8 faders, 16 touches or buttons, 8 encoders. */

static uint16_t count_of(uint8_t kind) { return kind == BUTTONS ? LT_BUTTONS : kind == ENCODERS ? LT_ENCODERS : LT_FADERS; }

static uint8_t piece_of(uint8_t kind) { return kind == FADERS || kind == ENCODERS ? 8 : 16; }

static uint8_t type_of(uint8_t kind) {
  return kind == TOUCHES ? LT_TOUCH : kind == BUTTONS ? LT_BUTTON : kind == FADERS ? LT_FADER : LT_ENCODER;
}

static uint8_t mask_of(uint16_t first) {
  uint16_t left = (uint16_t)(LT_FADERS - first);
  return left >= 8 ? 0xff : (uint8_t)((1 << left) - 1);
}

static uint8_t piece_size(uint8_t kind, uint16_t first, uint8_t mask) {
  uint16_t left = (uint16_t)(count_of(kind) - first);
  uint8_t items = left < piece_of(kind) ? (uint8_t)left : piece_of(kind);
  if (kind == FADERS) return (uint8_t)(2 + 2 * bits_of(mask));
  return kind == ENCODERS ? (uint8_t)(1 + 2 * items) : (uint8_t)(1 + (items + 1) / 2);
}

static void put_piece(lt_link *link, uint8_t kind, uint16_t first, uint8_t mask) {
  uint8_t size = piece_size(kind, first, mask);
  put8(link, (uint8_t)first);
  if (kind == FADERS) {
    put8(link, mask);
    for (; mask; mask >>= 1, first++) {
      if (mask & 1) put16(link, link->inputs.position[first]);
    }
    return;
  }
  for (uint8_t at = 1; at < size; at++) {
    if (kind == ENCODERS) {
      put16(link, link->inputs.turned[first++]);
      at++;
    } else {
      put8(link, (kind == TOUCHES ? link->inputs.touch : link->inputs.button)[first / 2]);
      first += 2;
    }
  }
}

/* Starts the frame of one piece that is due; the others wait for the next round. */
static bool send_input(lt_link *link, uint8_t kind) {
  lt_pending *pending = &link->pending[kind];
  uint16_t now = link->now;
  bool slow = kind == FADERS || kind == ENCODERS;
  if (!pending->left || (int16_t)(now - pending->due) < 0) return false;
  if (slow && pending->left == SENDINGS && (uint16_t)(now - pending->told) < INPUT_MS) return false;
  uint8_t *next = &pending->piece;
  for (; *next < count_of(kind); *next = (uint8_t)(*next + piece_of(kind))) {
    uint8_t mask = kind == FADERS ? link->fader_changed[*next / 8] : 1;
    if (mask == 0) continue;
    begin_frame(link, STATE, type_of(kind));
    put_piece(link, kind, *next, mask);
    end_frame(link);
    *next = (uint8_t)(*next + piece_of(kind));
    break;
  }
  if (*next < count_of(kind)) return true;
  /* All pieces went: again after 20, 60, 140 and 300 ms. */
  *next = 0;
  pending->told = now;
  pending->due = (uint16_t)(now + (20 << (SENDINGS - pending->left)));
  pending->left--;
  if (kind == FADERS && pending->left == 0) memset(link->fader_changed, 0, sizeof link->fader_changed);
  return link->tx_length != 0;
}

/* Starts the next frame of a keyframe; true while there is one. */
static void send_keyframe(lt_link *link) {
  bool any = false;
  begin_frame(link, STATE, LT_KEYFRAME);
  while (link->key_kind < 4) {
    uint8_t kind = link->key_kind;
    uint8_t first = link->key_first;
    if (first >= count_of(kind)) {
      link->key_kind++;
      link->key_first = 0;
      continue;
    }
    uint8_t mask = kind == FADERS ? mask_of(first) : 1;
    uint8_t size = piece_size(kind, first, mask);
    if (link->tx_length + 2 + size + 2 > link->host_mtu) break;
    put8(link, type_of(kind));
    put8(link, size);
    put_piece(link, kind, first, mask);
    link->key_first = (uint8_t)(first + piece_of(kind));
    any = true;
  }
  if (link->key_kind < 4) {
    link->tx[0] |= MORE;
  } else {
    link->key_kind = 0;
    link->key_first = 0;
    link->flags &= (uint16_t)~KEYFRAME_DUE;
    link->keyframe_sent = link->now;
  }
  if (any) end_frame(link);
  else link->tx_length = 0;
}

static void send_hello(lt_link *link) {
  const lt_device *device = link->device;
  uint8_t features = LT_FADERS ? 4 : 0;
  if (device->ticks) features |= 1;
  if (device->load && device->store) features |= 2;
  if (device->boot) features |= 8;
  if (device->identify) features |= 16;
  begin_frame(link, SYSTEM, LT_HELLO);
  put8(link, LT_VERSION);
  put32(link, link->hello_nonce);
  put8(link, link->hello_session);
  for (uint8_t at = 0; at < 8; at++) put8(link, device->serial[at]);
  put16(link, device->boot_count);
  put8(link, device->reset_cause);
  put32(link, link->milliseconds);
  for (uint8_t at = 0; at < 3; at++) put8(link, device->firmware[at]);
  put16(link, device->descriptor_size);
  put32(link, device->descriptor_crc);
  put8(link, OWN_MTU);
  put8(link, LT_CREDITS);
  put8(link, device->ticks ? 100 : 0);
  put32(link, features);
  end_frame(link);
}

static void send_data(lt_link *link) {
  const lt_device *device = link->device;
  uint16_t from = link->answer_offset;
  uint16_t left = from < device->descriptor_size ? (uint16_t)(device->descriptor_size - from) : 0;
  uint8_t most = (uint8_t)(link->host_mtu - 7);
  if (most > link->answer_length) most = link->answer_length;
  if (most > left) most = (uint8_t)left;
  begin_frame(link, SYSTEM, LT_DESC_DATA);
  put16(link, from);
  for (uint8_t at = 0; at < most; at++) put8(link, device->descriptor(device->user, (uint16_t)(from + at)));
  end_frame(link);
}

static void send_beat(lt_link *link) {
  begin_frame(link, SYSTEM, LT_HEARTBEAT);
  put8(link, link->session);
  put8(link, (uint8_t)((link->flags & CHANGED ? 1 : 0) | (link->cal_fader != NO_FADER ? 2 : 0) | (link->flags & DEFAULTS ? 4 : 0)));
  put8(link, link->last_state_seq);
  put16(link, link->faults.crc);
  put16(link, link->faults.overruns);
  put16(link, link->faults.resyncs);
  put16(link, (uint16_t)link->device->descriptor_crc);
  end_frame(link);
  link->beat_sent = link->now;
}

static void send_small(lt_link *link, uint8_t message_class, uint8_t type, uint8_t one, uint8_t two, uint8_t three, uint8_t count) {
  begin_frame(link, message_class, type);
  put8(link, one);
  if (count > 1) put8(link, two);
  if (count > 2) put8(link, three);
  end_frame(link);
}

/* Whether this was due; it no longer is. */
static bool take(lt_link *link, uint16_t flag) {
  bool due = (link->flags & flag) != 0;
  link->flags &= (uint16_t)~flag;
  return due;
}

/* Starts the next frame of a session, most urgent first. */
static void send_next(lt_link *link) {
  const lt_device *device = link->device;
  if (take(link, ACK_DUE)) {
    send_small(link, ACK, LT_ACK, link->expected, LT_CREDITS, link->status, 3);
  } else if (take(link, ERROR_DUE)) {
    send_small(link, SYSTEM, LT_ERROR, link->error_status, link->error_type, link->error_seq, 3);
  } else if (link->flags & BYE_DUE) {
    /* A frame by itself: the session ends with its last byte. */
    send_small(link, SYSTEM, LT_BYE, link->bye, 0, 0, 1);
    link->flags |= ENDING;
  } else if (take(link, TIME_DUE)) {
    begin_frame(link, SYSTEM, LT_TIME_REPLY);
    put16(link, link->sync_t0);
    put16(link, link->sync_received);
    put16(link, device->ticks ? device->ticks(device->user) : 0);
    end_frame(link);
  } else if (send_input(link, TOUCHES) || send_input(link, BUTTONS) || send_input(link, FADERS) || send_input(link, ENCODERS)) {
    return;
  } else if (take(link, DATA_DUE)) {
    send_data(link);
  } else if (link->reply_tries && since(link, link->reply_sent, RETRY_MS)) {
    if (link->reply_tries == 1) {
      end_session(link);
      return;
    }
    link->reply_tries--;
    link->reply_sent = link->now;
    begin_frame(link, RELIABLE, link->reply[0]);
    for (uint8_t at = 0; at < link->reply[1]; at++) put8(link, link->reply[2 + at]);
    end_frame(link);
  } else if ((link->flags & KEYFRAME_DUE) || since(link, link->keyframe_sent, KEYFRAME_MS)) {
    link->flags |= KEYFRAME_DUE;
    send_keyframe(link);
  } else if (take(link, BEAT_DUE) || since(link, link->beat_sent, BEAT_MS)) {
    send_beat(link);
  } else if (link->cal_fader != NO_FADER && since(link, link->raw_sent, RAW_MS)) {
    link->raw_sent = link->now;
    begin_frame(link, STATE, LT_RAW);
    put8(link, link->cal_fader);
    put8(link, link->cal_what);
    put16(link, link->cal_reading);
    end_frame(link);
  }
}

void lt_poll(lt_link *link, uint32_t now_ms) {
  link->milliseconds = now_ms;
  link->now = (uint16_t)now_ms;
  if (link->session != 0 && since(link, link->heard_host, link->lease)) end_session(link);
  if (since(link, link->committed, COMMIT_MS)) link->flags &= (uint16_t)~COMMITTED;
  if (since(link, link->armed, ARMED_MS)) link->flags &= (uint16_t)~ARMED;
  store_on(link);
  if ((link->flags & STORED_DUE) && link->session == 0) link->flags &= (uint16_t)~STORED_DUE;
  if ((link->flags & STORED_DUE) && !link->reply_tries) {
    link->flags &= (uint16_t)~STORED_DUE;
    link->reply[2] = (uint8_t)link->generation;
    link->reply[3] = (uint8_t)(link->generation >> 8);
    for (uint8_t at = 0; at < 4; at++) link->reply[4 + at] = byte_of(~link->store_crc, at);
    reply(link, LT_CFG_STORED, 6);
  }
  /* At most three frames a call. */
  for (uint8_t round = 0; round < 3; round++) {
    pump(link);
    if (link->tx_length != 0) return;
    if (link->flags & ENDING) {
      bool boot = (link->flags & BOOT_DUE) != 0;
      end_session(link);
      if (boot) link->device->boot(link->device->user, link->boot_kind);
    }
    if (take(link, HELLO_DUE)) send_hello(link);
    else if (link->session != 0) send_next(link);
  }
  pump(link);
}
