import type {Finding} from '../model/assistance.ts';
import {type MeterFrame, masterFields, stripFields, stripMeter} from '../model/meter.ts';
import {findStrip, type Mixer, type StripId} from '../model/mixer.ts';
import {amplitude} from './ballistics.ts';
import {targetWindow} from './headroom.ts';
import {createWorkingPeak, type WorkingPeak, windowMs} from './working-peak.ts';

/** Listens to strips for as long as a key is held, to propose trims for what was played. */
export interface TrimListener {
  /** Listens to these strips, too, from now on. */
  listenTo(strips: readonly StripId[]): void;
  /** Takes a frame that became audible; the mixer gives order and trims. While the tape stands still nothing is heard. */
  push(frame: MeterFrame, mixer: Mixer): void;
  /** What was found of each strip that is still there. */
  findings(mixer: Mixer): ReadonlyMap<StripId, Finding>;
}

/** Lowest and highest trim, in dB. */
const trimRange = {lowDb: -24, highDb: 24} as const;
/** Fine enough for levels that are different in every performance: one tick of a trim encoder. */
const stepDb = 0.5;
/** The look-ahead and the ramp of an engine: so long after a change of trim the old trim may still be heard. */
const settleMs = 250;

/**
 * The trim that brings a working peak (dBFS, measured with the trim as it is) to the middle of the target window, in steps of half a dB. A strip in
 * the window is fine, and so is one whose trim goes no further; what is no level was not heard.
 */
export function trimFinding(workingPeakDb: number | undefined, trimDb: number): Finding {
  if (workingPeakDb === undefined || !Number.isFinite(workingPeakDb) || !Number.isFinite(trimDb))
    return {type: 'silent'};
  if (workingPeakDb >= targetWindow.lowDb && workingPeakDb <= targetWindow.highDb) return {type: 'fine'};
  const wanted = Math.round((trimDb + targetWindow.centreDb - workingPeakDb) / stepDb) * stepDb;
  const toDb = Math.min(trimRange.highDb, Math.max(trimRange.lowDb, wanted)) + 0;
  return toDb === trimDb ? {type: 'fine'} : {type: 'change', fromDb: trimDb, toDb, limited: toDb !== wanted};
}

/** What one strip was heard to do. */
interface Ear {
  readonly peak: WorkingPeak;
  trimDb: number;
  /** Frames that may still carry another trim. */
  settleFrames: number;
  /** The highest working peak that was reached, and the loudest block of those that were too few for one, in dBFS. */
  highestDb: number;
  loudestDb: number;
}

/** A listener that has heard nothing yet. `sampleRate` in frames a second. */
export function createTrimListener(sampleRate: number): TrimListener {
  const ears = new Map<StripId, Ear | undefined>();
  const settle = Math.round((sampleRate * settleMs) / 1000);

  function earOf(strip: StripId, trimDb: number): Ear {
    const known = ears.get(strip);
    if (known !== undefined) return known;
    const silence = Number.NEGATIVE_INFINITY;
    const peak = createWorkingPeak(sampleRate);
    const ear: Ear = {peak, trimDb, settleFrames: settle, highestDb: silence, loudestDb: silence};
    ears.set(strip, ear);
    return ear;
  }

  return {
    listenTo(strips) {
      for (const strip of strips) if (!ears.has(strip)) ears.set(strip, undefined);
    },
    push(frame, mixer) {
      if (frame.values.length !== mixer.strips.length * stripFields + masterFields) return;
      for (const [index, {id, trimDb}] of mixer.strips.entries()) {
        if (!ears.has(id)) continue;
        const ear = earOf(id, trimDb);
        retrim(ear, trimDb, settle);
        const settled = ear.settleFrames === 0;
        ear.settleFrames = Math.max(0, ear.settleFrames - frame.frames);
        if (!frame.rolling || !settled) continue;
        hear(
          ear,
          Math.max(stripMeter(frame, index, 'prePeakLeft'), stripMeter(frame, index, 'prePeakRight')),
          frame.frames,
        );
      }
    },
    findings(mixer) {
      const found = new Map<StripId, Finding>();
      for (const [id, ear] of ears) {
        const strip = findStrip(mixer, id);
        if (strip === undefined) continue;
        if (ear !== undefined) retrim(ear, strip.trimDb, settle);
        const heardDb = ear === undefined || Number.isFinite(ear.highestDb) ? ear?.highestDb : ear.loudestDb;
        found.set(id, trimFinding(heardDb, strip.trimDb));
      }
      return found;
    },
  };
}

function hear(ear: Ear, peak: number, frames: number): void {
  ear.peak.add(amplitude(peak), frames);
  // The loudest part may lie further back than a working peak remembers.
  ear.highestDb = Math.max(ear.highestDb, ear.peak.level() ?? Number.NEGATIVE_INFINITY);
  ear.loudestDb = Math.max(ear.loudestDb, ear.peak.highest(1, windowMs) ?? Number.NEGATIVE_INFINITY);
}

/** What was heard with another trim is reckoned as if it had been heard with this one. */
function retrim(ear: Ear, trimDb: number, settleFrames: number): void {
  const deltaDb = trimDb - ear.trimDb;
  if (deltaDb === 0 || !Number.isFinite(deltaDb)) return;
  ear.trimDb = trimDb;
  ear.settleFrames = settleFrames;
  ear.peak.compensate(deltaDb);
  ear.highestDb += deltaDb;
  ear.loudestDb += deltaDb;
}
