import type {Engine} from '../engine/contract.ts';
import type {MixerCommand} from '../model/command.ts';
import {isLaneParameter, laneKind, laneWrittenBy} from '../model/lane.ts';
import type {Target} from '../surface/target.ts';
import type {LaneFollower} from './automation-follower.ts';
import type {LaneUnit, LaneUnits} from './automation-lanes.ts';
import type {PassRecorder} from './automation-passes.ts';
import {createTouches, type Hand, type Touch} from './automation-touches.ts';
import type {LaneValues} from './automation-values.ts';
import type {Clock} from './clock.ts';
import type {DeskJournal} from './desk-journal.ts';

/** What hands act on. */
export interface HandParts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly units: LaneUnits;
  readonly values: LaneValues;
  readonly follower: LaneFollower;
  readonly recorder: PassRecorder;
  readonly journal: DeskJournal;
  readonly isPlaying: () => boolean;
  /** Notices where the tape went round. */
  look(): void;
  /** Touched lanes leave automation. */
  readonly previewing: () => boolean;
  /** All that is done meanwhile happens at one moment. */
  during(act: () => void): void;
  /** Whose hand it is has changed. */
  changed(): void;
  /** A switch was set to this and let go in one moment; undefined afterwards. */
  pressed(value: number | undefined): void;
}

/** Hands on the parameters of the desk, from surfaces and keys. */
export interface Hands {
  /** A control feels a hand. */
  touched(hand: Hand, target: Target): void;
  /** A hand, felt or not, or a key asks for this. */
  moved(hand: Hand, command: MixerCommand): void;
  /** A control is let go (`released`), or stands for something else now (`left`). */
  leave(hand: Pick<Hand, 'unit' | 'control'>, how: 'released' | 'left'): void;
  /** A surface is gone, with all hands that were on it. */
  lost(unit: string): void;
  /** Whether a hand is setting a value in this very moment. */
  readonly isSetting: boolean;
  end(): void;
}

/** The hand of whoever is at the keys, who sees levels as they are heard. */
const terminalUnit = 'terminal';

export const terminalHand: Hand = {unit: terminalUnit, control: 'keys', by: 'terminal'};

/** No hand is on anything. */
export function createHands(parts: HandParts): Hands {
  const {engine, units, values, follower, recorder, journal, during} = parts;
  const touches = createTouches(parts.clock, (touch) => leaveAll([touch], 'released'));
  let isSetting = false;

  function grip(unit: LaneUnit, hand: string): void {
    if (parts.previewing() && !unit.isPreviewed) unit.send({type: 'preview.began'});
    unit.send({type: 'hand.touched', hand});
  }

  /** A switch that is pressed in touch mode says when and what, and no more: until the lane's next point nothing else is said. */
  function isPress({target, mode, isSafe, isFollowed}: LaneUnit): boolean {
    const isSwitch = laneKind(target.parameter).curve === 'steps';
    return isSwitch && isFollowed && mode === 'touch' && !isSafe && parts.isPlaying() && !parts.previewing();
  }

  function press(unit: LaneUnit, hand: Hand, command: MixerCommand): void {
    const key = `${hand.unit}\n${hand.control}\n${unit.id}`;
    during(() => unit.send({type: 'hand.touched', hand: key}));
    set(unit, hand, command);
    parts.pressed(laneWrittenBy(command)?.value);
    during(() => unit.send({type: 'hand.released', hand: key}));
    parts.pressed(undefined);
  }

  function set(unit: LaneUnit, hand: Hand, command: MixerCommand): void {
    if (unit.by !== hand.by) parts.changed();
    unit.by = hand.by;
    const {frame} = engine.playback;
    isSetting = true;
    const applied = values.set(unit, command, hand.unit === terminalUnit);
    isSetting = false;
    if (unit.writes !== undefined) recorder.sample(unit.writes, frame, values.valueOf(unit));
    else if (applied !== undefined && !(follower.lanes.has(unit.id) && unit.mode !== 'off')) journal.moved(applied);
    if (applied === undefined) follower.sync();
  }

  function leaveAll(left: readonly Touch[], how: 'released' | 'left' | 'lost'): void {
    if (left.length === 0) return;
    during(() => {
      for (const {lane, key} of left) units.get(lane)?.send({type: `hand.${how}`, hand: key});
    });
  }

  return {
    touched(hand, {strip, parameter}) {
      if (!isLaneParameter(parameter)) return;
      const unit = units.of({strip, parameter});
      unit.by = hand.by;
      during(() => grip(unit, touches.feel(hand, unit.id)));
    },
    moved(hand, command) {
      parts.look();
      const written = laneWrittenBy(command);
      if (written === undefined) {
        engine.apply(command);
        journal.moved(command);
        return;
      }
      const unit = units.of(written.target);
      if (isPress(unit)) {
        press(unit, hand, command);
        return;
      }
      if (!touches.isFelt(hand, unit.id)) {
        const key = touches.moved(hand, unit.id);
        if (key !== undefined) during(() => grip(unit, key));
      }
      set(unit, hand, command);
    },
    leave: (hand, how) => leaveAll(touches.leave(hand), how),
    lost: (unit) => leaveAll(touches.lose(unit), 'lost'),
    get isSetting() {
      return isSetting;
    },
    end: touches.end,
  };
}
