import {u16At, u16Bytes} from './little-endian.ts';

/** CAL_BEGIN, host to device: 38, RELIABLE:  0 fader   1 what: 0 position, 1 touch */
export interface CalibrationBegin {
  readonly type: 'calibration-begin';
  readonly fader: number;
  readonly what: 'position' | 'touch';
}

/** CAL_POINT, host to device: 39, RELIABLE:  0 fader   1 point   2 reading u16, FFFF: what it reads now */
export interface CalibrationPoint {
  readonly type: 'calibration-point';
  readonly fader: number;
  readonly point: (typeof calibrationPoints)[number];
  readonly reading: number;
}

/** CAL_END, host to device: 3A, RELIABLE:  0 fader   1 keep: 0 as before, 1 live */
export interface CalibrationEnd {
  readonly type: 'calibration-end';
  readonly fader: number;
  readonly keep: boolean;
}

/** Points by their numbers. */
const calibrationPoints = ['bottom', 'unity', 'top', 'untouched', 'touched'] as const;
/** The reading that asks the device for its own of now. */
export const readingOfNow = 0xffff;

/** Reads a CAL_BEGIN; undefined where it is malformed. */
export function readCalibrationBegin(payload: Uint8Array): CalibrationBegin | undefined {
  const [fader = 0, what = 0] = payload;
  if (payload.length !== 2 || what > 1) return undefined;
  return {type: 'calibration-begin', fader, what: what === 0 ? 'position' : 'touch'};
}

/** Writes a CAL_BEGIN. */
export function writeCalibrationBegin({fader, what}: CalibrationBegin): readonly number[] {
  return [fader, what === 'position' ? 0 : 1];
}

/** Reads a CAL_POINT; undefined where it is malformed. */
export function readCalibrationPoint(payload: Uint8Array): CalibrationPoint | undefined {
  const point = calibrationPoints[payload[1] ?? 0];
  if (payload.length !== 4 || point === undefined) return undefined;
  return {type: 'calibration-point', fader: payload[0] ?? 0, point, reading: u16At(payload, 2)};
}

/** Writes a CAL_POINT. */
export function writeCalibrationPoint({fader, point, reading}: CalibrationPoint): readonly number[] {
  return [fader, calibrationPoints.indexOf(point), ...u16Bytes(reading)];
}

/** Reads a CAL_END; undefined where it is malformed. */
export function readCalibrationEnd(payload: Uint8Array): CalibrationEnd | undefined {
  const [fader = 0, keep = 0] = payload;
  return payload.length === 2 && keep <= 1 ? {type: 'calibration-end', fader, keep: keep === 1} : undefined;
}

/** Writes a CAL_END. */
export function writeCalibrationEnd({fader, keep}: CalibrationEnd): readonly number[] {
  return [fader, keep ? 1 : 0];
}
