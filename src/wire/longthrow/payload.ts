import {readAccumulators, writeAccumulators} from './accumulator.ts';
import {readAcknowledgement, writeAcknowledgement} from './acknowledgement.ts';
import {readBootEnter, readBootToken, writeBootEnter} from './boot.ts';
import * as calibration from './calibration.ts';
import {readColours, writeColours} from './colours.ts';
import * as configuration from './configuration.ts';
import * as descriptor from './descriptor-page.ts';
import {readEdgeCounters, writeEdgeCounters} from './edge-counter.ts';
import {readBye, readError, writeError} from './ending.ts';
import {readEscape, writeEscape} from './escape.ts';
import {readHeartbeat, writeHeartbeat} from './heartbeat.ts';
import {readHello, readHelloRequest, writeHello, writeHelloRequest} from './hello.ts';
import {readKeyframe, writeKeyframe} from './keyframe.ts';
import {readLevels, writeLevels} from './levels.ts';
import {u32Bytes} from './little-endian.ts';
import {messageKinds as kinds, type Message} from './message.ts';
import {readRawReading, writeRawReading} from './raw-reading.ts';
import {readRings, writeRings} from './rings.ts';
import {readText, writeText} from './text.ts';
import {readTimeReply, readTimeSync, writeTimeReply, writeTimeSync} from './time-sync.ts';
import {readTravels, writeTravels} from './travel.ts';
import {readWarningList, writeWarningList} from './warning-list.ts';

type Read = (payload: Uint8Array) => Message | undefined;

const empty = (type: 'keyframe-request' | 'config-commit' | 'config-factory' | 'boot-arm'): Read => {
  return (payload) => (payload.length === 0 ? {type} : undefined);
};

const readers: readonly (Read | undefined)[] = byNumber([
  [kinds.ack.number, readAcknowledgement],
  [kinds['hello-request'].number, readHelloRequest],
  [kinds.hello.number, readHello],
  [kinds['descriptor-read'].number, descriptor.readDescriptorRead],
  [kinds['descriptor-data'].number, descriptor.readDescriptorData],
  [kinds.heartbeat.number, readHeartbeat],
  [kinds['time-sync'].number, readTimeSync],
  [kinds['time-reply'].number, readTimeReply],
  [kinds['keyframe-request'].number, empty('keyframe-request')],
  [kinds.error.number, readError],
  [kinds.bye.number, readBye],
  [kinds.faders.number, (payload) => readTravels('faders', payload)],
  [kinds.touches.number, (payload) => readEdgeCounters('touches', payload)],
  [kinds.buttons.number, (payload) => readEdgeCounters('buttons', payload)],
  [kinds.encoders.number, readAccumulators],
  [kinds.raw.number, readRawReading],
  [kinds.keyframe.number, readKeyframe],
  [kinds.motors.number, (payload) => readTravels('motors', payload)],
  [kinds.meters.number, (payload) => readLevels('meters', payload)],
  [kinds.lamps.number, (payload) => readLevels('lamps', payload)],
  [kinds.warnings.number, readWarningList],
  [kinds.text.number, readText],
  [kinds.colours.number, readColours],
  [kinds.rings.number, readRings],
  [kinds['config-get'].number, configuration.readConfigGet],
  [kinds['config-set'].number, (payload) => configuration.readConfigValue('config-set', payload)],
  [kinds['config-value'].number, (payload) => configuration.readConfigValue('config-value', payload)],
  [kinds['config-commit'].number, empty('config-commit')],
  [kinds['config-factory'].number, empty('config-factory')],
  [kinds['config-stored'].number, configuration.readConfigStored],
  [kinds.identify.number, configuration.readIdentify],
  [kinds['calibration-begin'].number, calibration.readCalibrationBegin],
  [kinds['calibration-point'].number, calibration.readCalibrationPoint],
  [kinds['calibration-end'].number, calibration.readCalibrationEnd],
  [kinds['boot-arm'].number, empty('boot-arm')],
  [kinds['boot-enter'].number, readBootEnter],
  [kinds['boot-token'].number, readBootToken],
]);

function byNumber(rows: readonly (readonly [number, Read])[]): readonly (Read | undefined)[] {
  const table: (Read | undefined)[] = [];
  for (const [number, read] of rows) table[number] = read;
  return table;
}

/** Reads the payload of a type that is known; undefined where it is malformed. */
export function readPayload(number: number, reliable: boolean, payload: Uint8Array): Message | undefined {
  return number === kinds.escape.number ? readEscape(payload, reliable) : readers[number]?.(payload);
}

/** Writes the payload of a message. */
export function writePayload(message: Message): readonly number[] {
  switch (message.type) {
    case 'ack':
      return writeAcknowledgement(message);
    case 'hello-request':
      return writeHelloRequest(message);
    case 'hello':
      return writeHello(message);
    case 'descriptor-read':
      return descriptor.writeDescriptorRead(message);
    case 'descriptor-data':
      return descriptor.writeDescriptorData(message);
    case 'heartbeat':
      return writeHeartbeat(message);
    case 'time-sync':
      return writeTimeSync(message);
    case 'time-reply':
      return writeTimeReply(message);
    case 'error':
      return writeError(message);
    case 'bye':
      return [message.reason];
    case 'faders':
    case 'motors':
      return writeTravels(message);
    case 'touches':
    case 'buttons':
      return writeEdgeCounters(message);
    case 'encoders':
      return writeAccumulators(message);
    case 'raw':
      return writeRawReading(message);
    case 'keyframe':
      return writeKeyframe(message);
    case 'meters':
    case 'lamps':
      return writeLevels(message);
    case 'warnings':
      return writeWarningList(message);
    case 'text':
      return writeText(message);
    case 'colours':
      return writeColours(message);
    case 'rings':
      return writeRings(message);
    case 'config-get':
      return [message.key, message.control];
    case 'config-set':
    case 'config-value':
      return configuration.writeConfigValue(message);
    case 'config-stored':
      return configuration.writeConfigStored(message);
    case 'identify':
      return [message.seconds];
    case 'calibration-begin':
      return calibration.writeCalibrationBegin(message);
    case 'calibration-point':
      return calibration.writeCalibrationPoint(message);
    case 'calibration-end':
      return calibration.writeCalibrationEnd(message);
    case 'boot-enter':
      return writeBootEnter(message);
    case 'boot-token':
      return u32Bytes(message.token);
    case 'escape':
      return writeEscape(message);
    case 'keyframe-request':
    case 'config-commit':
    case 'config-factory':
    case 'boot-arm':
      return [];
  }
}
