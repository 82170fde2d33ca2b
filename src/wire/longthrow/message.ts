import type {Accumulators} from './accumulator.ts';
import type {Acknowledgement} from './acknowledgement.ts';
import type {BootArm, BootEnter, BootToken} from './boot.ts';
import type {CalibrationBegin, CalibrationEnd, CalibrationPoint} from './calibration.ts';
import type {Colours} from './colours.ts';
import type {ConfigGet, ConfigOrder, ConfigStored, ConfigValue, Identify} from './configuration.ts';
import type {DescriptorData, DescriptorRead} from './descriptor-page.ts';
import type {EdgeCounters} from './edge-counter.ts';
import type {Bye, ErrorReport} from './ending.ts';
import type {Escape} from './escape.ts';
import type {MessageClass} from './header.ts';
import type {Heartbeat} from './heartbeat.ts';
import type {Hello, HelloRequest} from './hello.ts';
import type {Keyframe} from './keyframe.ts';
import type {Levels} from './levels.ts';
import type {RawReading} from './raw-reading.ts';
import type {Rings} from './rings.ts';
import type {Text} from './text.ts';
import type {TimeReply, TimeSync} from './time-sync.ts';
import type {Travels} from './travel.ts';
import type {WarningList} from './warning-list.ts';

/** Everything that can be said in the Longthrow protocol; numbers are whole and within their bits. */
export type Message =
  | Acknowledgement
  | (HelloRequest | Hello | DescriptorRead | DescriptorData | Heartbeat | TimeSync | TimeReply)
  | ({readonly type: 'keyframe-request'} | ErrorReport | Bye)
  | (Travels | EdgeCounters | Accumulators | RawReading | Keyframe)
  | (Levels | WarningList | Colours | Rings | Text)
  | (ConfigGet | ConfigValue | ConfigOrder | ConfigStored | Identify)
  | (CalibrationBegin | CalibrationPoint | CalibrationEnd)
  | (BootArm | BootEnter | BootToken)
  | Escape;

/** A row of the table of messages. */
export interface MessageKind {
  readonly number: number;
  /** As the specification calls it. */
  readonly name: string;
  readonly from: 'host' | 'device' | 'both';
  /** An escape may also be of class state. */
  readonly messageClass: MessageClass;
}

/** The table of messages: held against the one beside the specification by a test. */
export const messageKinds = {
  ack: kind(0x00, 'ACK', 'both', 'ack'),
  'hello-request': kind(0x01, 'HELLO_REQ', 'host', 'system'),
  hello: kind(0x02, 'HELLO', 'device', 'system'),
  'descriptor-read': kind(0x03, 'DESC_READ', 'host', 'system'),
  'descriptor-data': kind(0x04, 'DESC_DATA', 'device', 'system'),
  heartbeat: kind(0x05, 'HEARTBEAT', 'both', 'system'),
  'time-sync': kind(0x06, 'TIME_SYNC', 'host', 'system'),
  'time-reply': kind(0x07, 'TIME_REPLY', 'device', 'system'),
  'keyframe-request': kind(0x08, 'KEYFRAME_REQ', 'host', 'system'),
  error: kind(0x0e, 'ERROR', 'both', 'system'),
  bye: kind(0x0f, 'BYE', 'both', 'system'),
  faders: kind(0x10, 'FADER', 'device', 'state'),
  touches: kind(0x11, 'TOUCH', 'device', 'state'),
  buttons: kind(0x12, 'BUTTON', 'device', 'state'),
  encoders: kind(0x13, 'ENCODER', 'device', 'state'),
  raw: kind(0x14, 'RAW', 'device', 'state'),
  keyframe: kind(0x1f, 'KEYFRAME', 'device', 'state'),
  motors: kind(0x20, 'MOTOR', 'host', 'state'),
  meters: kind(0x21, 'METER', 'host', 'state'),
  lamps: kind(0x22, 'LED', 'host', 'state'),
  warnings: kind(0x23, 'WARN', 'host', 'state'),
  text: kind(0x24, 'TEXT', 'host', 'reliable'),
  colours: kind(0x25, 'COLOUR', 'host', 'state'),
  rings: kind(0x26, 'RING', 'host', 'state'),
  'config-get': kind(0x30, 'CFG_GET', 'host', 'reliable'),
  'config-set': kind(0x31, 'CFG_SET', 'host', 'reliable'),
  'config-value': kind(0x32, 'CFG_VALUE', 'device', 'reliable'),
  'config-commit': kind(0x33, 'CFG_COMMIT', 'host', 'reliable'),
  'config-factory': kind(0x34, 'CFG_FACTORY', 'host', 'reliable'),
  'config-stored': kind(0x35, 'CFG_STORED', 'device', 'reliable'),
  identify: kind(0x36, 'IDENTIFY', 'host', 'reliable'),
  'calibration-begin': kind(0x38, 'CAL_BEGIN', 'host', 'reliable'),
  'calibration-point': kind(0x39, 'CAL_POINT', 'host', 'reliable'),
  'calibration-end': kind(0x3a, 'CAL_END', 'host', 'reliable'),
  'boot-arm': kind(0x40, 'BOOT_ARM', 'host', 'reliable'),
  'boot-enter': kind(0x41, 'BOOT_ENTER', 'host', 'reliable'),
  'boot-token': kind(0x42, 'BOOT_TOKEN', 'device', 'reliable'),
  escape: kind(0x7f, 'ESCAPE', 'both', 'reliable'),
} as const satisfies Readonly<Record<Message['type'], MessageKind>>;

function kind(
  number: number,
  name: string,
  from: MessageKind['from'],
  messageClass: MessageKind['messageClass'],
): MessageKind {
  return {number, name, from, messageClass};
}

const kindsByNumber: readonly (MessageKind | undefined)[] = Array.from({length: 256}, (_, number) =>
  Object.values(messageKinds).find((row) => row.number === number),
);

/** The row of a type's number; undefined for a type that is not known. */
export function kindAt(number: number): MessageKind | undefined {
  return kindsByNumber[number];
}

/** The class in which a message goes. */
export function classOf(message: Message): MessageClass {
  if (message.type === 'escape') return message.reliable ? 'reliable' : 'state';
  return messageKinds[message.type].messageClass;
}
