import type {DeskOptions} from '../../src/app/desk-contract.ts';
import {laneValueAt} from '../../src/automation/read-out.ts';
import type {AutomationMode} from '../../src/model/automation.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import {type LaneId, laneKind, laneTarget} from '../../src/model/lane.ts';
import type {Mixer} from '../../src/model/mixer.ts';
import {levelAt, positionOf} from '../../src/model/taper.ts';
import type {VirtualDevice} from '../virtual-desk/virtual-device.ts';
import {type PluggedUnit, portNameOf, surfaces, testDesk, twentyStrips} from './test-desk.ts';

export const rate = 48_000;

/** A desk on which rides are written: in touch mode, a unit with motors ready (one with touch sense, if none is named), the tape at its start. */
export async function rideDesk(
  given: Partial<Pick<DeskOptions, 'automation' | 'history'>> & {
    readonly mixer?: Mixer;
    readonly mode?: AutomationMode;
    readonly surface?: string;
    readonly glideMs?: number;
  } = {},
) {
  const {mixer = twentyStrips, mode = 'touch', surface: first = 'x-touch', glideMs = 300, ...options} = given;
  const journal: JournalEntry[] = [];
  const bench = testDesk(mixer, {...options, journal: (entry) => journal.push(entry)});
  const {desk, engine} = bench;
  const unit = plugIn(first);
  const setMode = (next: AutomationMode, lane?: LaneId): void =>
    desk.perform({
      type: 'automation.setMode',
      scope: lane === undefined ? {type: 'desk'} : {type: 'lane', lane},
      mode: next,
    });
  setMode(mode);
  desk.perform({type: 'automation.setGlide', glideMs});
  await bench.pass(3000);

  function plugIn(id: string, portName?: string): PluggedUnit {
    const surface = surfaces.find((one) => one.id === id);
    if (surface === undefined) throw new Error(`there is no surface ${id}`);
    return bench.plug(surface, portName ?? portNameOf(surface));
  }
  const lanes = () => desk.status().kept?.automation.lanes ?? new Map();
  return {
    ...bench,
    ...unit,
    journal,
    plugIn,
    setMode,
    play: () => desk.perform({type: 'playback.play'}),
    stop: () => desk.perform({type: 'playback.stop'}),
    locate: (seconds: number) => desk.perform({type: 'playback.locate', frame: seconds * rate}),
    /** What a lane says at so many seconds; undefined if it has no point. */
    laneAt: (id: LaneId, seconds: number): number | undefined => {
      const lane = lanes().get(id);
      const target = laneTarget(id);
      if (lane === undefined || target === undefined) return undefined;
      return laneValueAt(lane, laneKind(target.parameter).curve, Math.round(seconds * rate));
    },
    lanes,
    /** Names of the steps that can be taken back, the oldest first. */
    steps: () => (desk.status().kept?.history.past ?? []).map(({name}) => name),
    levelDb: (strip: number) => engine.mixer.strips[strip]?.levelDb ?? Number.NaN,
    /** Where a fader stands, in dB. */
    standsDb: (fader: number | 'master', device: VirtualDevice = unit.device) =>
      levelAt(device.surface.faders.taper, device.standsAt(`fader.${fader}`)),
    moveDb: (fader: number | 'master', levelDb: number, device: VirtualDevice = unit.device) =>
      device.move(`fader.${fader}`, positionOf(device.surface.faders.taper, levelDb)),
  };
}
