import type {TrimScope} from '../model/assistance.ts';
import type {AutomationIntent} from '../model/automation-intent.ts';
import type {MixerCommand} from '../model/command.ts';
import type {MeterCommand} from '../model/meter-settings.ts';
import type {StripId} from '../model/mixer.ts';
import type {MonitorCommand} from '../model/monitor.ts';
import type {PlaybackCommand} from '../model/playback.ts';
import type {SnapshotIntent} from '../model/snapshot-intent.ts';
import type {StripView} from '../model/view.ts';

/** What a hand asks of the view: which strips and which of their parameters lie under the controls. */
export type ViewIntent =
  /** Back or on by as many strips as all units have. */
  | {readonly type: 'view.bankLeft'}
  | {readonly type: 'view.bankRight'}
  /** Back or on by one strip. */
  | {readonly type: 'view.channelLeft'}
  | {readonly type: 'view.channelRight'}
  | {readonly type: 'view.flip'}
  | {readonly type: 'view.toggleValues'}
  /** Meters between level and gain reduction. */
  | {readonly type: 'view.toggleMeters'}
  /** The next thing that a segment display can show. */
  | {readonly type: 'view.cycleDigits'; readonly display: 'time' | 'assignment'}
  /** Strip by strip; a page is left. */
  | {readonly type: 'view.setLayer'; readonly layer: string}
  /** A page of the selected strip, or off it if it is shown. */
  | {readonly type: 'view.setPage'; readonly page: string}
  /** Back or on within the shown page's slots. */
  | {readonly type: 'view.pageLeft'}
  | {readonly type: 'view.pageRight'}
  /** The page before or after in the layout; before the first and after the last none is shown. */
  | {readonly type: 'view.pageUp'}
  | {readonly type: 'view.pageDown'}
  /** Other strips, or back to all if these are shown. */
  | {readonly type: 'view.show'; readonly shown: StripView}
  /** The members of a group or VCA, or back from them if they are shown. */
  | {readonly type: 'view.spill'; readonly strip: StripId}
  | {readonly type: 'view.select'; readonly strip: StripId}
  | {readonly type: 'view.shift'; readonly held: boolean};

/** What a hand asks of the tape in terms relative to where it stands; the playback machine turns it into commands. */
export type PlaybackIntent =
  | PlaybackCommand
  /** Jog, in detents of the wheel, positive onwards. */
  | {readonly type: 'playback.nudge'; readonly steps: number}
  | {readonly type: 'playback.rewind'}
  | {readonly type: 'playback.forward'}
  | {readonly type: 'playback.toggle'}
  | {readonly type: 'playback.toggleLooping'}
  /** In or out point of the loop where the tape is. */
  | {readonly type: 'playback.setIn'}
  | {readonly type: 'playback.setOut'}
  /** Loops from the marker before the tape to the one after it; asked again there, the whole tape. */
  | {readonly type: 'playback.loopSection'}
  | {readonly type: 'playback.previousMarker'}
  | {readonly type: 'playback.nextMarker'}
  /** Counted from 1. */
  | {readonly type: 'playback.toMarker'; readonly number: number}
  /** A marker where the tape is. */
  | {readonly type: 'playback.mark'}
  /** Takes away, or names, the marker that the tape is at or behind. */
  | {readonly type: 'playback.unmark'}
  | {readonly type: 'playback.nameMarker'; readonly name: string}
  /** The marker key: while it is held rewind and forward go by markers; if they did not, letting go sets a marker where it was pressed. */
  | {readonly type: 'playback.markerKey'; readonly held: boolean};

/** What a hand asks of the desk's help with gain: reading advice, listening, proposals, and the way back. */
export type AssistIntent =
  /** The advice of the gravest warning of that strip, spelled out; asked again, or without a warning, none. */
  | {readonly type: 'advice.read'; readonly strip: StripId}
  | {readonly type: 'advice.close'}
  /** A key of auto-trim went down: listen, or apply what is proposed for the same scope. `key` names it until it is let go. */
  | {readonly type: 'gain.hold'; readonly key: string; readonly scope: TrimScope}
  | {readonly type: 'gain.letGo'; readonly key: string}
  /** Propose a rough balance; asked again, apply it. */
  | {readonly type: 'gain.balance'}
  | {readonly type: 'gain.apply'}
  /** End what is being read, listened for or proposed; if there is nothing, acknowledge all warnings. */
  | {readonly type: 'gain.cancel'}
  | {readonly type: 'session.undo'}
  | {readonly type: 'session.redo'};

/** Everything a control can ask for, whatever the device it sits on. */
export type Intent =
  | AssistIntent
  | AutomationIntent
  | MixerCommand
  | MonitorCommand
  | MeterCommand
  | PlaybackIntent
  | SnapshotIntent
  | ViewIntent
  /** A beat, when it is asked for: the tempo goes by the last ones. */
  | {readonly type: 'mixer.tapTempo'}
  | {readonly type: 'warning.acknowledge'; readonly strip: StripId | 'all'}
  | {readonly type: 'session.save'};

/** Whether an intent is for the tape. */
export function isPlaybackIntent(intent: Intent): intent is PlaybackIntent {
  return intent.type.startsWith('playback.');
}

/** Whether an intent is for the help with gain. */
export function isAssistIntent(intent: Intent): intent is AssistIntent {
  return /^(advice|gain)\.|^session\.(un|re)do$/.test(intent.type);
}

/** Whether an intent is one of the view. */
export function isViewIntent(intent: Intent): intent is ViewIntent {
  return intent.type.startsWith('view.');
}
