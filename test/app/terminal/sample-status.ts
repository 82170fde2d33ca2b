import type {DeskStatus} from '../../../src/app/desk-status.ts';
import {masterId, newMixer, newStrip} from '../../../src/model/mixer.ts';
import type {Reading} from '../../../src/model/reading.ts';

/** A reading whose every tap stands at one level. */
export function readingAt(peakDb: number): Reading {
  return {
    peakDb,
    leftDb: peakDb,
    rightDb: peakDb,
    inPeakDb: peakDb,
    postPeakDb: peakDb,
    workingPeakDb: peakDb,
    clipped: false,
  };
}

/** A desk of `count` strips as the terminal is shown it, everything at rest unless given. */
export function sampleStatus(count: number, given: Partial<DeskStatus>): DeskStatus {
  const mixer = newMixer({
    strips: Array.from({length: count}, (_, index) =>
      newStrip({id: `s${index}`, name: `Strip ${index + 1}`, colour: 'green'}),
    ),
  });
  return {
    sessionName: 'Sample',
    mixer,
    view: {
      bankOffset: 0,
      layer: {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'},
      flipped: false,
      selected: 's0',
      showValues: false,
    },
    playback: {state: 'playing', frame: 48_000, lengthFrames: 480_000, sampleRate: 48_000, looping: false},
    engine: {
      output: 'silent',
      deviceName: 'none',
      reason: undefined,
      cure: undefined,
      sampleRate: 48_000,
      lookAheadMs: 80,
      lateBlocks: 0,
      starvedBlocks: 0,
    },
    reading: (strip) => (strip === masterId ? readingAt(-8) : readingAt(-9)),
    warnings: [],
    units: [],
    notices: [],
    ...given,
  };
}
