import {describeError} from '../../model/problem.ts';
import type {Surface} from '../../model/surface.ts';
import type {Transport} from '../../transport/contract.ts';
import {driverTransport} from '../../transport/driver.ts';
import {checkAudio} from './audio.ts';
import {checkHid} from './hid.ts';
import {checkLibraries} from './libraries.ts';
import {checkMidi} from './midi.ts';
import {type Area, areas, type Report, type Row} from './report.ts';
import {checkRuntime} from './runtime.ts';
import {checkSerial} from './serial.ts';
import {type System, thisSystem} from './system.ts';
import {checkTiming} from './timing.ts';

export interface DoctorOptions {
  /** Only these areas; all by default. */
  readonly only?: readonly Area[];
  /** Checks of a session, if one is asked about. */
  readonly checkSession?: () => Promise<readonly Row[]>;
  /** The surfaces that the desk knows; without them no HID device is missed. */
  readonly surfaces?: readonly Surface[];
  readonly system?: System;
  /** Where MIDI is looked for; closed afterwards. */
  readonly midi?: () => Transport;
}

/** Looks at this machine: reads, loads and opens, writes nothing, and ends within three seconds or so. Never rejects. */
export async function runDoctor(options: DoctorOptions = {}): Promise<Report> {
  const system = options.system ?? thisSystem();
  const makeMidi = options.midi ?? (() => driverTransport('midi'));
  const checks: Readonly<Record<Area, () => Promise<readonly Row[]>>> = {
    runtime: () => checkRuntime(system),
    libraries: () => checkLibraries(system),
    midi: () => checkMidi(system, makeMidi()),
    hid: () => checkHid(system, options.surfaces ?? []),
    serial: () => checkSerial(system),
    audio: () => checkAudio(system),
    time: checkTiming,
    session: options.checkSession ?? (async () => []),
  };
  const wanted = areas.filter((area) => options.only?.includes(area) ?? true);
  const others = wanted.filter((area) => area !== 'time');
  const rows = await Promise.all(others.map((area) => guarded(area, checks[area])));
  // Last and alone: the other checks would be measured along.
  const time = wanted.includes('time') ? await guarded('time', checks.time) : [];
  const found = [...rows.flat(), ...time];
  return {rows: areas.flatMap((area) => found.filter((row) => row.area === area))};
}

/** A check that fails is a finding like others. */
async function guarded(area: Area, check: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  try {
    return await check();
  } catch (error) {
    return [{area, check: 'the check itself', found: `failed: ${describeError(error)}`, state: 'warning'}];
  }
}
