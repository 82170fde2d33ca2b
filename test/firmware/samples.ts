import type {Frame} from '../../src/wire/longthrow/codec.ts';
import type {Message} from '../../src/wire/longthrow/message.ts';

const eightTravels = [0, 1, 0x1000, 0x7fff, 0x8000, 0xc000, 0xfffe, 0xffff];

/** One or more messages of every type, with values at their edges; the first three are the worked examples of the specification. */
export const sampleFrames: readonly {
  readonly name: string;
  readonly group: string;
  readonly session: number;
  readonly frame: Frame;
}[] = [
  sample('hello request of the specification', 'hello', 0, {
    type: 'hello-request',
    lowest: 1,
    highest: 1,
    nonce: 0xdeadbeef,
    mtu: 64,
    leaseMs: 1000,
  }),
  sample('fader of the specification', 'state', 0, {type: 'faders', first: 0, mask: 1, values: [0x8000]}, 0x2a, 1234),
  sample(
    'meters of the specification',
    'outputs',
    0,
    {type: 'meters', first: 0, levels: [0xc0, 0xb0, 0xa0, 0x90, 0x80, 0x70, 0xff, 0]},
    7,
  ),
  sample('hello request, longest lease, largest MTU', 'hello', 0, {
    type: 'hello-request',
    lowest: 1,
    highest: 9,
    nonce: 1,
    mtu: 250,
    leaseMs: 2550,
  }),
  sample('hello', 'hello', 0, hello({nonce: 0xdeadbeef, session: 0xef})),
  sample('hello as announcement', 'hello', 0, hello({nonce: 0, session: 0})),
  sample('hello is of session 0 within a session', 'session', 0xef, hello({nonce: 0xdeadbeef, session: 0xef}), 9),
  sample('descriptor read', 'descriptor', 0xef, {type: 'descriptor-read', offset: 0x0102, length: 48}),
  sample('descriptor data', 'descriptor', 0xef, {
    type: 'descriptor-data',
    offset: 0,
    bytes: Uint8Array.of(0x4c, 0x54, 1, 0),
  }),
  sample('descriptor data past the end', 'descriptor', 0xef, {
    type: 'descriptor-data',
    offset: 4096,
    bytes: new Uint8Array(0),
  }),
  sample('heartbeat of a device', 'heartbeat', 0xef, beat(7)),
  sample('heartbeat of a host that is live', 'heartbeat', 0xef, beat(1)),
  sample('time sync', 'time', 0xef, {type: 'time-sync', t0: 0xfffe}),
  sample('time reply', 'time', 0xef, {type: 'time-reply', t0: 0xfffe, receivedAt: 0, sentAt: 3}),
  sample('keyframe request', 'state', 0xef, {type: 'keyframe-request'}),
  sample('error', 'ending', 0xef, {type: 'error', status: 2, about: 0x31, sequence: 4}),
  sample('bye', 'ending', 0xef, {type: 'bye', reason: 2}),
  sample(
    'all faders of a piece',
    'state',
    0xef,
    {type: 'faders', first: 0, mask: 0xff, values: eightTravels},
    255,
    0xffff,
  ),
  sample('last fader', 'state', 0xef, {type: 'faders', first: 248, mask: 0x80, values: [1]}, 0, 0),
  sample('touches', 'state', 0xef, {type: 'touches', first: 0, counters: [1, 0, 15, 2]}, 1, 500),
  sample('buttons', 'state', 0xef, {type: 'buttons', first: 2, counters: [0, 1, 2, 3, 14, 15]}, 1, 500),
  sample('last buttons', 'state', 0xef, {type: 'buttons', first: 254, counters: [15, 15]}),
  sample('encoders', 'time', 0xef, {type: 'encoders', first: 0, values: [0, 1, 0xffff]}, 3, 65535),
  sample('raw position', 'calibration', 0xef, {type: 'raw', fader: 3, what: 'position', reading: 1023}),
  sample('raw touch', 'calibration', 0xef, {type: 'raw', fader: 3, what: 'touch', reading: 0}, 0, 1),
  sample(
    'keyframe',
    'state',
    0xef,
    {
      type: 'keyframe',
      sections: [
        {type: 'touches', first: 0, counters: [0, 0]},
        {type: 'buttons', first: 0, counters: [15, 1]},
        {type: 'faders', first: 0, mask: 3, values: [0, 65535]},
        {type: 'encoders', first: 0, values: [65535]},
      ],
    },
    0,
    77,
  ),
  {
    ...sample('keyframe that goes on', 'state', 0xef, {
      type: 'keyframe',
      sections: [{type: 'encoders', first: 8, values: [1]}],
    }),
  },
  sample('motors', 'outputs', 0xef, {type: 'motors', first: 8, mask: 0x81, values: [0, 65535]}),
  sample('meters: silence, −119.5 dB, 0 dB, +6 dB, unknown, clipping', 'outputs', 0xef, {
    type: 'meters',
    first: 0,
    levels: [0, 1, 0xf0, 0xfc, 0xfe, 0xff],
  }),
  sample('lamps', 'outputs', 0xef, {type: 'lamps', first: 250, levels: [0, 1, 2, 3, 4, 255]}),
  sample('warnings', 'outputs', 0xef, {
    type: 'warnings',
    first: 0,
    warnings: [
      {severity: 0, reason: 0},
      {severity: 4, reason: 1},
      {severity: 15, reason: 0},
      {severity: 1, reason: 15},
    ],
  }),
  sample('text of two lines', 'reliable', 0xef, {
    type: 'text',
    display: 0,
    utf8: new TextEncoder().encode('Bässe\n-3.2 dB'),
  }),
  sample('empty text', 'reliable', 0xef, {type: 'text', display: 255, utf8: new Uint8Array(0)}, 255),
  sample('colours', 'outputs', 0xef, {type: 'colours', first: 0, colours: [0, 0xf800, 0x07e0, 0x001f, 0xffff]}),
  sample('rings', 'outputs', 0xef, {
    type: 'rings',
    first: 0,
    rings: [
      {style: 'dot', centre: false, position: undefined},
      {style: 'boost-cut', centre: true, position: 0},
      {style: 'wrap', centre: false, position: 2048},
      {style: 'spread', centre: true, position: 4095},
    ],
  }),
  sample('get the label', 'config', 0xef, {type: 'config-get', key: 1, control: 0}),
  sample(
    'set the label',
    'config',
    0xef,
    {type: 'config-set', key: 1, control: 0, value: new TextEncoder().encode('Left')},
    1,
  ),
  sample(
    'set the top of a fader',
    'config',
    0xef,
    {type: 'config-set', key: 0x12, control: 7, value: Uint8Array.of(0xff, 3)},
    2,
  ),
  sample('value of the bank', 'config', 0xef, {type: 'config-value', key: 2, control: 0, value: Uint8Array.of(1)}),
  sample('commit', 'config', 0xef, {type: 'config-commit'}, 3),
  sample('factory', 'config', 0xef, {type: 'config-factory'}, 4),
  sample('stored', 'config', 0xef, {type: 'config-stored', generation: 65535, check: 0xcbf43926}, 1),
  sample('identify', 'reliable', 0xef, {type: 'identify', seconds: 3}),
  sample('begin calibrating a position', 'calibration', 0xef, {type: 'calibration-begin', fader: 0, what: 'position'}),
  sample('begin calibrating a touch', 'calibration', 0xef, {type: 'calibration-begin', fader: 7, what: 'touch'}),
  sample('calibrate at what it reads now', 'calibration', 0xef, {
    type: 'calibration-point',
    fader: 0,
    point: 'bottom',
    reading: 0xffff,
  }),
  sample('calibrate a touched fader', 'calibration', 0xef, {
    type: 'calibration-point',
    fader: 0,
    point: 'touched',
    reading: 700,
  }),
  sample('keep the calibration', 'calibration', 0xef, {type: 'calibration-end', fader: 0, keep: true}),
  sample('drop the calibration', 'calibration', 0xef, {type: 'calibration-end', fader: 0, keep: false}),
  sample('arm the boot loader', 'boot', 0xef, {type: 'boot-arm'}),
  sample('enter the boot loader', 'boot', 0xef, {type: 'boot-enter', token: 0x12345678, kind: 'boot-loader'}),
  sample('restart', 'boot', 0xef, {type: 'boot-enter', token: 0, kind: 'restart'}),
  sample('token', 'boot', 0xef, {type: 'boot-token', token: 0xfffffffe}),
  sample('acknowledgement', 'reliable', 0xef, {type: 'ack', next: 0, credits: 4, status: 3}),
  sample(
    'escape as state',
    'extension',
    0xef,
    {type: 'escape', reliable: false, vendor: 0x2341, bytes: Uint8Array.of(0, 0, 0)},
    0,
    5,
  ),
  sample('escape, reliable', 'extension', 0xef, {
    type: 'escape',
    reliable: true,
    vendor: 0xffffffff,
    bytes: new Uint8Array(0),
  }),
].map((one) => (one.name === 'keyframe that goes on' ? {...one, frame: {...one.frame, more: true}} : one));

function sample(name: string, group: string, session: number, message: Message, sequence = 0, time?: number) {
  return {name, group, session, frame: {message, sequence, ...(time !== undefined && {time})}};
}

function hello(given: {readonly nonce: number; readonly session: number}): Message {
  return {
    type: 'hello',
    version: 1,
    serial: '0123456789abcdef',
    bootCount: 258,
    resetCause: 4,
    uptimeMs: 4_294_967_295,
    firmware: [1, 2, 3],
    descriptorLength: 200,
    descriptorCheck: 0xdebb20e3,
    mtu: 64,
    credits: 1,
    tickUs: 100,
    features: 0x1f,
    ...given,
  };
}

function beat(state: number): Message {
  return {
    type: 'heartbeat',
    session: 0xef,
    state,
    heard: 255,
    crcFaults: 1,
    overruns: 0x100,
    resyncs: 0xffff,
    descriptor: 0x20e3,
  };
}
