import type {EngineStatus} from '../engine/contract.ts';
import type {Assistance} from '../model/assistance.ts';
import type {AutomationStatus} from '../model/automation-status.ts';
import type {Layout} from '../model/layout.ts';
import type {MeterSettings} from '../model/meter-settings.ts';
import type {Mixer, StripId} from '../model/mixer.ts';
import type {Monitor} from '../model/monitor.ts';
import type {Playback} from '../model/playback.ts';
import type {ProgramReading} from '../model/program.ts';
import type {Reading} from '../model/reading.ts';
import type {SnapshotStatus} from '../model/snapshot-status.ts';
import type {TimeCodeStatus} from '../model/time-code-status.ts';
import type {View} from '../model/view.ts';
import type {Warning} from '../model/warning.ts';
import type {KeptDesk} from './automation-contract.ts';

/** Everything a person at a terminal can be shown of a running desk, read at one moment. */
export interface DeskStatus {
  readonly sessionName: string;
  readonly mixer: Mixer;
  readonly monitor: Monitor;
  /** What controls can do: the layers and pages there are. */
  readonly layout: Layout;
  readonly view: View;
  readonly playback: Playback;
  readonly engine: EngineStatus;
  /** Which meter is shown, and whether loudness is being integrated. */
  readonly meters: MeterSettings;
  /** What the programme meters say of the mix; undefined while nothing is heard of the engine. */
  readonly program: ProgramReading | undefined;
  readonly reading: (strip: StripId) => Reading | undefined;
  /** Most severe first, newest first among equals. */
  readonly warnings: readonly Warning[];
  /** What the desk does beside mixing: advice that is read, proposals, steps that can be taken back. */
  readonly assistance: Assistance;
  /** What is to be kept of the desk; `mixer` alone if absent. */
  readonly kept?: KeptDesk;
  /** What automation does; without it nothing. */
  readonly automation?: AutomationStatus;
  /** Mixes to come back to; none if absent. */
  readonly snapshots?: SnapshotStatus;
  /** Time code that is followed or sent; none if absent. */
  readonly timeCode?: TimeCodeStatus;
  /** Nothing may blink or move more than it must. */
  readonly reducedMotion: boolean;
  readonly units: readonly UnitStatus[];
  /** What is missing on this machine or was found wrong in the session, a line each with its cure. */
  readonly notices: readonly string[];
}

/** One connected or awaited surface. */
export interface UnitStatus {
  readonly name: string;
  readonly port: string;
  readonly state: string;
  /** The section of the desk that it stands in. */
  readonly section: string;
  /** Strip of the section on its first channel strip, before banking. */
  readonly firstStrip: number;
  readonly strips: number;
}
