import type {AutomationMode} from '../model/automation.ts';

/** Names one hand on one control for as long as it is there; whose it is, the app knows. */
export type HandKey = string;

/** What a lane is started with. */
export interface LaneInput {
  readonly mode: AutomationMode;
  /** Protected: never to be written. */
  readonly safe: boolean;
  /** Whether the tape plays. */
  readonly playing: boolean;
}

/** What happens to a lane. */
export type LaneEvent =
  /** Another mode or protection is in force. */
  | {readonly type: 'settings.changed'; readonly mode: AutomationMode; readonly safe: boolean}
  /** Hands come to and go from its parameter; `left`: something else came under the control, `lost`: the device vanished. */
  | {readonly type: 'hand.touched' | 'hand.released' | 'hand.left' | 'hand.lost'; readonly hand: HandKey}
  /** The tape runs, stands, jumped, or went round its loop. */
  | {readonly type: 'tape.played' | 'tape.stopped' | 'tape.located' | 'tape.looped'}
  /** Write from now on, hand or not; and no longer. */
  | {readonly type: 'punch.began' | 'punch.ended'}
  /** It leaves automation to be set by ear; it goes back; what was set is written from now on. */
  | {readonly type: 'preview.began' | 'preview.ended' | 'preview.punched'}
  /** The value as it stands was written to a part of the lane. */
  | {readonly type: 'value.written'};

/** Why a pass ended. */
export type PassEnd =
  | 'released'
  | 'left'
  | 'lost'
  | 'stopped'
  | 'located'
  | 'looped'
  | 'punched-out'
  | 'mode'
  | 'previewed'
  | 'written';

/** What a lane wishes. */
export type LaneEmitted =
  /** The parameter goes by its lane again. */
  | {readonly type: 'lane.followed'}
  /** The lane moves it no longer: it stays where it is, and hands set it. */
  | {readonly type: 'lane.letGo'}
  /** What is heard of the parameter is to be written from now on. */
  | {readonly type: 'pass.began'}
  | {readonly type: 'pass.ended'; readonly how: PassEnd};

/** What a lane remembers. */
export interface LaneContext extends LaneInput {
  /** Hands that are on its parameter, the one that came last at the end. */
  readonly hands: readonly HandKey[];
}

/** Whether a lane in this mode may be written at all, or in that mode only. */
export function isWriting({mode, safe}: Pick<LaneContext, 'mode' | 'safe'>, only?: AutomationMode): boolean {
  return !safe && mode !== 'off' && mode !== 'read' && (only === undefined || mode === only);
}

/** Whether what was written until now and what would be from now on do not belong together. */
export function endsWriting({mode}: LaneContext, event: LaneEvent): boolean {
  if (event.type !== 'settings.changed') return false;
  return !isWriting(event) || (event.mode === 'trim') !== (mode === 'trim');
}

/** The hands that are on but for the event's. */
export function othersThan({hands}: LaneContext, event: LaneEvent): readonly HandKey[] {
  return 'hand' in event ? hands.filter((hand) => hand !== event.hand) : hands;
}

/** The hands with the event's, as the last that came. */
export function withHand(context: LaneContext, event: LaneEvent): readonly HandKey[] {
  return 'hand' in event ? [...othersThan(context, event), event.hand] : context.hands;
}

/** Whether the event's hand is on, and no other. */
export function isLastHand(context: LaneContext, event: LaneEvent): boolean {
  return 'hand' in event && context.hands.includes(event.hand) && context.hands.length === 1;
}
