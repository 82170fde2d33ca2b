import {deliveryTargetOf} from '../model/delivery-target.ts';
import {masterId, type StripId} from '../model/mixer.ts';
import type {TimeCodeStatus} from '../model/time-code-status.ts';
import type {DeskStatus} from './desk-status.ts';

/** The one JSON object that `--json` prints at the end; `schemaVersion` rises when a field changes its meaning. */
export function finalStatus(status: DeskStatus): object {
  const level = (value: number | undefined): number | null =>
    value === undefined || !Number.isFinite(value) ? null : Math.round(value * 100) / 100;
  const levels = (strip: StripId): object => {
    const reading = status.reading(strip);
    return {
      peakDb: level(reading?.peakDb),
      inPeakDb: level(reading?.inPeakDb),
      postPeakDb: level(reading?.postPeakDb),
      workingPeakDb: level(reading?.workingPeakDb),
      clipped: reading?.clipped ?? false,
    };
  };
  const {playback, engine, mixer, view, program} = status;
  const target = deliveryTargetOf(status.meters.target);
  const seconds = (frame: number): number => Math.round((frame / playback.sampleRate) * 1000) / 1000;
  return {
    schemaVersion: 1,
    session: status.sessionName,
    playback: {
      state: playback.state,
      seconds: seconds(playback.frame),
      lengthSeconds: seconds(playback.lengthFrames),
      looping: playback.looping,
      loop:
        playback.loop === undefined
          ? null
          : {inSeconds: seconds(playback.loop.inFrame), outSeconds: seconds(playback.loop.outFrame)},
      markers: playback.markers.map(({name, frame}) => ({name, seconds: seconds(frame)})),
    },
    strips: mixer.strips.map((strip) => ({
      id: strip.id,
      name: strip.name,
      group: strip.group,
      colour: strip.colour,
      levelDb: level(strip.levelDb),
      trimDb: level(strip.trimDb),
      pan: strip.pan,
      muted: strip.muted,
      soloed: strip.soloed,
      levels: levels(strip.id),
    })),
    soloMode: mixer.soloMode,
    tempoBpm: mixer.tempoBpm,
    master: {levelDb: level(mixer.masterLevelDb), levels: levels(masterId)},
    view: {bankOffset: view.bankOffset, layer: view.layer.id, flipped: view.flipped, selected: view.selected ?? null},
    monitor: {...status.monitor, levelDb: level(status.monitor.levelDb)},
    loudness: {
      integratedLufs: level(program?.integratedLufs),
      shortTermLufs: level(program?.shortTermLufs),
      momentaryLufs: level(program?.momentaryLufs),
      rangeLu: level(program?.rangeLu),
      maxTruePeakDbtp: level(program?.maxTruePeakDb),
      measuredSeconds: level(program?.measuredSeconds),
    },
    target:
      target === undefined
        ? null
        : {
            id: target.id,
            name: target.name,
            integratedLufs: target.integratedLufs,
            toleranceLu: target.toleranceLu,
            truePeakCeilingDbtp: target.ceilingDbtp,
            distanceLu: level(program === undefined ? undefined : program.integratedLufs - target.integratedLufs),
          },
    references: (engine.references ?? []).map(
      ({name, state, integratedLufs, truePeakDb, gainDb, missingDb, lowShareDb}) => ({
        name,
        state,
        integratedLufs: level(integratedLufs),
        truePeakDbtp: level(truePeakDb),
        gainDb: level(gainDb),
        missingDb: level(missingDb),
        lowShareDb: level(lowShareDb),
      }),
    ),
    warnings: status.warnings.map(({rule, strip, severity, short, advice, acknowledged}) => ({
      rule,
      strip,
      severity,
      short,
      advice,
      acknowledged,
    })),
    surfaces: status.units,
    audio: {
      output: engine.output,
      device: engine.deviceName,
      reason: engine.reason ?? null,
      cure: engine.cure ?? null,
      sampleRate: engine.sampleRate,
      lookAheadMs: engine.lookAheadMs,
      lateBlocks: engine.lateBlocks,
      starvedBlocks: engine.starvedBlocks,
    },
    ...(status.timeCode === undefined ? {} : {timeCode: timeCodeFields(status.timeCode)}),
    notices: status.notices,
  };
}

/** What is followed and sent, null where nothing is. */
function timeCodeFields({followed, led}: TimeCodeStatus): object {
  const {offMs} = followed ?? {};
  return {
    followed:
      followed === undefined
        ? null
        : {...followed, code: followed.code ?? null, offMs: offMs === undefined ? null : Math.round(offMs * 10) / 10},
    led: led ?? null,
  };
}
