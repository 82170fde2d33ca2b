import type {MixerCommand} from '../model/command.ts';
import type {MeterFrame} from '../model/meter.ts';
import {applyMeterCommand, isMeterCommand, type MeterSettings} from '../model/meter-settings.ts';
import type {Mixer} from '../model/mixer.ts';
import {applyMonitorCommand, isMonitorCommand, newMonitor} from '../model/monitor.ts';
import {isPlaybackCommand} from '../model/playback.ts';
import type {Changed, Engine, EngineStatus} from './contract.ts';
import {createFollowedMix} from './followed-mix.ts';
import type {FreeHead} from './free-head.ts';

export interface SoundlessOptions {
  readonly mixer: Mixer;
  readonly meters: MeterSettings;
  readonly head: FreeHead;
  /** How many tracks there are to compare the mix with. */
  readonly references: number;
  readonly status: () => EngineStatus;
  /** Whether a command may change the mixer; any if absent. */
  readonly takes?: (command: MixerCommand, mixer: Mixer) => boolean;
  /** Called when the mixer is another, before anybody else hears of it. */
  readonly shown?: (mixer: Mixer) => void;
  /** Called when the tape has obeyed a command. */
  readonly obeyed?: () => void;
  readonly takeMeters: () => readonly MeterFrame[];
}

/** An engine whose tape goes by a clock, and not by what is heard. */
export interface SoundlessEngine extends Engine {
  /** Looks where the tape is: it stops if it has run out, and the mixer is what the lanes say there. To be called while the tape moves. */
  look(): void;
  tell(what: Changed): void;
}

/** What engines without sound have in common: a mixer that follows lanes, monitor and meters as they were set, and a tape. */
export function createSoundlessEngine(options: SoundlessOptions): SoundlessEngine {
  const {head, references, takes = () => true, shown, obeyed} = options;
  const listeners = new Set<(what: Changed) => void>();
  const mix = createFollowedMix(options.mixer, () => head.playback.frame);
  let monitor = newMonitor;
  let {meters} = options;

  const tell = (what: Changed): void => {
    for (const listener of [...listeners]) listener(what);
  };
  const show = (what: 'mixer' | 'lanes' = 'mixer'): void => {
    if (!mix.show()) return;
    shown?.(mix.mixer);
    tell(what);
  };
  const look = (): void => {
    const hasEnded = head.ranOut();
    show('lanes');
    if (hasEnded) tell('playback');
  };
  return {
    look,
    tell,
    get mixer() {
      return mix.mixer;
    },
    get monitor() {
      return monitor;
    },
    get meters() {
      return meters;
    },
    get playback() {
      if (head.ranOut()) tell('playback');
      return head.playback;
    },
    get status() {
      return options.status();
    },
    apply(command) {
      if (isPlaybackCommand(command)) {
        if (!head.command(command)) return;
        tell('playback');
        show();
        obeyed?.();
      } else if (isMonitorCommand(command)) {
        monitor = applyMonitorCommand(monitor, command, references);
        tell('monitor');
      } else if (isMeterCommand(command)) {
        meters = applyMeterCommand(meters, command);
        tell('meters');
      } else {
        if (takes(command, mix.mixer)) mix.apply(command);
        show();
      }
    },
    follow(lanes) {
      mix.follow(lanes);
      show();
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    takeMeters: options.takeMeters,
    async close() {
      listeners.clear();
    },
  };
}
