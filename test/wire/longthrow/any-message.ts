import fc from 'fast-check';
import type {Frame} from '../../../src/wire/longthrow/codec.ts';
import type {Section} from '../../../src/wire/longthrow/keyframe.ts';
import {classOf, type Message} from '../../../src/wire/longthrow/message.ts';
import {ringStyles} from '../../../src/wire/longthrow/rings.ts';

const u8 = fc.integer({min: 0, max: 255});
const u16 = fc.integer({min: 0, max: 65_535});
const u32 = fc.integer({min: 0, max: 4_294_967_295});
const mtu = fc.integer({min: 48, max: 250});
const bytes = (maxLength: number) => fc.uint8Array({minLength: 0, maxLength});

const travelValues = fc
  .tuple(fc.integer({min: 0, max: 248}), fc.integer({min: 1, max: 255}), fc.array(u16, {minLength: 8, maxLength: 8}))
  .map(([first, mask, values]) => ({
    first,
    mask,
    values: values.slice(0, mask.toString(2).replaceAll('0', '').length),
  }));

const edgeValues = fc
  .tuple(fc.integer({min: 0, max: 60}), fc.array(fc.integer({min: 0, max: 15}), {minLength: 1, maxLength: 10}))
  .map(([half, counters]) => ({first: 2 * half, counters: counters.flatMap((counter) => [counter, counter ^ 5])}));

const section: fc.Arbitrary<Section> = fc.oneof(
  travelValues.map((values) => ({type: 'faders' as const, ...values})),
  fc
    .tuple(fc.constantFrom('touches' as const, 'buttons' as const), edgeValues)
    .map(([type, values]) => ({type, ...values})),
  fc
    .record({first: fc.integer({min: 0, max: 240}), values: fc.array(u16, {minLength: 1, maxLength: 8})})
    .map((values) => ({type: 'encoders' as const, ...values})),
);

const row = <Value>(value: fc.Arbitrary<Value>) =>
  fc.record({first: fc.integer({min: 0, max: 240}), values: fc.array(value, {minLength: 1, maxLength: 16})});

/** Any message that can be said. */
export const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  fc.tuple(u8, u8, u32, mtu, u8).map(
    ([one, other, nonce, size, lease]): Message => ({
      type: 'hello-request',
      lowest: Math.min(one, other),
      highest: Math.max(one, other),
      nonce: nonce % 256 === 0 ? nonce + 1 : nonce,
      mtu: size,
      leaseMs: lease * 10,
    }),
  ),
  fc.record({
    type: fc.constant('hello' as const),
    version: u8,
    nonce: u32,
    session: u8,
    serial: fc.tuple(u32, u32).map((parts) => parts.map((part) => part.toString(16).padStart(8, '0')).join('')),
    bootCount: u16,
    resetCause: u8,
    uptimeMs: u32,
    firmware: fc.tuple(u8, u8, u8),
    descriptorLength: u16,
    descriptorCheck: u32,
    mtu,
    credits: fc.integer({min: 1, max: 4}),
    tickUs: u8,
    features: u32,
  }),
  fc.record({type: fc.constant('descriptor-read' as const), offset: u16, length: u8}),
  fc.record({type: fc.constant('descriptor-data' as const), offset: u16, bytes: bytes(60)}),
  fc.record({
    type: fc.constant('heartbeat' as const),
    session: u8,
    state: fc.integer({min: 0, max: 7}),
    heard: u8,
    crcFaults: u16,
    overruns: u16,
    resyncs: u16,
    descriptor: u16,
  }),
  fc.record({type: fc.constant('time-reply' as const), t0: u16, receivedAt: u16, sentAt: u16}),
  fc.record({type: fc.constant('error' as const), status: u8, about: u8, sequence: u8}),
  section,
  fc.array(section, {minLength: 1, maxLength: 4}).map((sections): Message => ({type: 'keyframe', sections})),
  travelValues.map((values): Message => ({type: 'motors', ...values})),
  row(u8).map(({first, values}): Message => ({type: 'meters', first, levels: values})),
  row(u8).map(({first, values}): Message => ({type: 'lamps', first, levels: values})),
  row(u16).map(({first, values}): Message => ({type: 'colours', first, colours: values})),
  row(
    fc.record({
      severity: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 4 as const, 15 as const),
      reason: fc.integer({min: 0, max: 15}),
    }),
  ).map(({first, values}): Message => ({type: 'warnings', first, warnings: values})),
  row(
    fc.record({
      style: fc.constantFrom(...ringStyles),
      centre: fc.boolean(),
      position: fc.option(fc.integer({min: 0, max: 4095}), {nil: undefined}),
    }),
  ).map(({first, values}): Message => ({type: 'rings', first, rings: values})),
  fc.record({type: fc.constant('text' as const), display: u8, utf8: bytes(32)}),
  fc.record({
    type: fc.constantFrom('config-set' as const, 'config-value' as const),
    key: u8,
    control: u8,
    value: bytes(16),
  }),
  fc.record({type: fc.constant('config-stored' as const), generation: u16, check: u32}),
  fc.record({
    type: fc.constant('calibration-point' as const),
    fader: u8,
    point: fc.constantFrom(
      'bottom' as const,
      'unity' as const,
      'top' as const,
      'untouched' as const,
      'touched' as const,
    ),
    reading: u16,
  }),
  fc.record({
    type: fc.constant('boot-enter' as const),
    token: u32,
    kind: fc.constantFrom('boot-loader' as const, 'restart' as const),
  }),
  fc.record({type: fc.constant('escape' as const), reliable: fc.boolean(), vendor: u32, bytes: bytes(40)}),
);

/** Any frame: time stamps stand only on messages of class state, and only keyframes go on. */
export const anyFrame: fc.Arbitrary<Frame> = fc
  .record({message: anyMessage, sequence: u8, time: fc.option(u16, {nil: undefined}), more: fc.boolean()})
  .map(({message, sequence, time, more}) => ({
    message,
    sequence,
    ...(time !== undefined && classOf(message) === 'state' && {time}),
    ...(more && message.type === 'keyframe' && {more}),
  }));
