import type {MixerCommand} from '../model/command.ts';
import type {StripId} from '../model/mixer.ts';
import type {PlaybackCommand} from '../model/playback.ts';

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
  | {readonly type: 'view.setLayer'; readonly layer: string}
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
  | {readonly type: 'playback.toggleLooping'};

/** Everything a control can ask for, whatever the device it sits on. */
export type Intent =
  | MixerCommand
  | PlaybackIntent
  | ViewIntent
  | {readonly type: 'warning.acknowledge'; readonly strip: StripId | 'all'}
  | {readonly type: 'session.save'};
