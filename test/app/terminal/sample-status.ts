import type {DeskStatus} from '../../../src/app/desk-status.ts';
import {noAssistance} from '../../../src/model/assistance.ts';
import type {Layout} from '../../../src/model/layout.ts';
import {newMeterSettings} from '../../../src/model/meter-settings.ts';
import {masterId, newMixer, newStrip} from '../../../src/model/mixer.ts';
import {newMonitor} from '../../../src/model/monitor.ts';
import type {Reading} from '../../../src/model/reading.ts';
import {type Layer, newView} from '../../../src/model/view.ts';

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

const levelLayer: Layer = {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'};

/** Three layers, and three pages of which one has a second part. */
export const sampleLayout: Layout = {
  id: 'sample',
  name: 'Sample',
  layers: [
    levelLayer,
    {id: 'pan', short: 'PN', fader: 'pan', encoder: 'trim'},
    {id: 'trim', short: 'TR', fader: 'level', encoder: 'trim'},
  ],
  pages: [
    {
      id: 'eq',
      name: 'EQ',
      short: 'EQ',
      slots: [
        ...(['eq1.hz', 'eq1.gainDb', 'eq2.hz', 'eq2.gainDb', 'eq3.hz', 'eq3.gainDb', 'eq4.hz', 'eq4.gainDb'] as const),
        ...(['hp.hz', 'lp.hz', null, null, null, null, null, null] as const),
      ],
    },
    {
      id: 'comp',
      name: 'Compressor',
      short: 'CO',
      slots: ['comp.thresholdDb', null, null, null, null, null, null, null],
    },
    {id: 'effect', name: 'Effect', short: 'FX', slots: ['effect.kind', 'effect.1', null, null, null, null, null, null]},
  ],
  bindings: new Map(),
  shifted: new Map(),
};

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
    monitor: newMonitor,
    meters: newMeterSettings,
    assistance: noAssistance,
    program: undefined,
    layout: sampleLayout,
    view: newView({layer: levelLayer, selected: 's0'}),
    playback: {
      state: 'playing',
      frame: 48_000,
      lengthFrames: 480_000,
      sampleRate: 48_000,
      looping: false,
      markers: [],
      loop: undefined,
    },
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
    reducedMotion: false,
    units: [],
    notices: [],
    ...given,
  };
}
