import {u16At, u16Bytes, u32At, u32Bytes} from './little-endian.ts';

/** CFG_GET, host to device: 30, RELIABLE:  0 key   1 control */
export interface ConfigGet {
  readonly type: 'config-get';
  readonly key: number;
  readonly control: number;
}

/** CFG_SET, host to device: 31, RELIABLE, and CFG_VALUE, device to host: 32, RELIABLE:  0 key   1 control   2 value, at most 16 bytes */
export interface ConfigValue {
  readonly type: 'config-set' | 'config-value';
  readonly key: number;
  readonly control: number;
  readonly value: Uint8Array;
}

/** CFG_COMMIT 33 and CFG_FACTORY 34, host to device, RELIABLE, empty */
export interface ConfigOrder {
  readonly type: 'config-commit' | 'config-factory';
}

/** CFG_STORED, device to host: 35, RELIABLE:  0 generation u16   2 CRC-32 u32 */
export interface ConfigStored {
  readonly type: 'config-stored';
  readonly generation: number;
  readonly check: number;
}

/** IDENTIFY, host to device: 36, RELIABLE:  0 seconds, 0 ends it */
export interface Identify {
  readonly type: 'identify';
  readonly seconds: number;
}

/** Keys of the configuration; those from `bottom` on are of each fader, u16. */
export const configKeys = {
  label: 0x01,
  bank: 0x02,
  bottom: 0x10,
  unity: 0x11,
  top: 0x12,
  deadBand: 0x13,
  touchThreshold: 0x14,
  touchHysteresis: 0x15,
} as const;

/** Most bytes of a value. */
const longestValue = 16;

/** Reads a CFG_GET; undefined where it is malformed. */
export function readConfigGet(payload: Uint8Array): ConfigGet | undefined {
  const [key = 0, control = 0] = payload;
  return payload.length === 2 ? {type: 'config-get', key, control} : undefined;
}

/** Reads a CFG_SET or CFG_VALUE; undefined where it is malformed. */
export function readConfigValue(type: ConfigValue['type'], payload: Uint8Array): ConfigValue | undefined {
  const [key = 0, control = 0] = payload;
  if (payload.length < 2 || payload.length > 2 + longestValue) return undefined;
  return {type, key, control, value: payload.slice(2)};
}

/** Writes a CFG_SET or CFG_VALUE. */
export function writeConfigValue({key, control, value}: ConfigValue): readonly number[] {
  return [key, control, ...value];
}

/** Reads a CFG_STORED; undefined where it is malformed. */
export function readConfigStored(payload: Uint8Array): ConfigStored | undefined {
  if (payload.length !== 6) return undefined;
  return {type: 'config-stored', generation: u16At(payload, 0), check: u32At(payload, 2)};
}

/** Writes a CFG_STORED. */
export function writeConfigStored({generation, check}: ConfigStored): readonly number[] {
  return [...u16Bytes(generation), ...u32Bytes(check)];
}

/** Reads an IDENTIFY; undefined where it is malformed. */
export function readIdentify(payload: Uint8Array): Identify | undefined {
  return payload.length === 1 ? {type: 'identify', seconds: payload[0] ?? 0} : undefined;
}
