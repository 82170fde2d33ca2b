import {createActor} from 'xstate';
import {type MotorFaderEvent, motorFaderMachine} from '../machines/motor-fader.ts';
import {plainFaderMachine} from '../machines/plain-fader.ts';
import type {ControlEvent} from '../model/control.ts';
import type {Surface, Takeover} from '../model/surface.ts';
import {actorClock, type Clock} from './clock.ts';

/** What one absolute control tells its unit. */
export interface FaderListener {
  asked(position: number): void;
  /** Send this position back at once. */
  echoed(position: number): void;
  /** The hand is on the motor: withhold it. */
  held(): void;
  /** The hand is off: send where the mixer is. */
  freed(): void;
  touched(touching: boolean): void;
  pickedUp(pickup: 'below' | 'above' | 'caught' | 'unknown'): void;
}

/** One absolute control with its statechart, motor or not. */
export interface FaderHand {
  /** What the device said of it. */
  heard(event: Extract<ControlEvent, {type: `fader.${string}`}>): void;
  /** The desk sent its motor there. */
  driven(position: number): void;
  /** The mixer has its value there now. */
  targetMoved(position: number): void;
  /** Something else lies under it now, and stands there. */
  reassigned(position: number): void;
  /** The device is gone. */
  lost(): void;
  stop(): void;
}

/** A fader whose motor the desk drives. */
export function motorFaderHand(surface: Surface, clock: Clock, listener: FaderListener): FaderHand {
  const {touch, settleMs, echo} = surface.faders;
  const actor = createActor(motorFaderMachine, {input: {touch, settleMs, echo}, clock: actorClock(clock)});
  actor.on('fader.asked', ({position}) => listener.asked(position));
  actor.on('fader.echoed', ({position}) => listener.echoed(position));
  actor.on('fader.heldNow', () => listener.held());
  actor.on('fader.freed', () => listener.freed());
  actor.on('touch.began', () => listener.touched(true));
  actor.on('touch.ended', () => listener.touched(false));
  actor.start();
  /** Where a motor that travels was sent since the statechart was told. */
  let sentTo: number | undefined;
  let endWait: (() => void) | undefined;

  const drive = (position: number): void => {
    actor.send({type: 'fader.driven', position});
    if (actor.getSnapshot().matches({free: 'travelling'})) endWait = clock.after(driveEveryMs, tellDrive);
  };
  const tellDrive = (): void => {
    endWait?.();
    endWait = undefined;
    const position = sentTo;
    sentTo = undefined;
    if (position !== undefined) drive(position);
  };
  /** Whatever else happens comes after what the motor was told. */
  const tell = (event: MotorFaderEvent): void => {
    if (sentTo !== undefined) tellDrive();
    actor.send(event);
  };
  return {
    heard: (event) =>
      tell(event.type === 'fader.moved' ? {type: 'fader.moved', position: event.position} : {type: event.type}),
    driven(position) {
      if (endWait === undefined) drive(position);
      else sentTo = position;
    },
    targetMoved: () => {},
    reassigned: () => tell({type: 'fader.reassigned'}),
    lost: () => tell({type: 'link.lost'}),
    stop() {
      endWait?.();
      actor.stop();
    },
  };
}

/** While a motor rides along with the tape, its statechart is told so often where to: sooner than it takes the motor for arrived. */
const driveEveryMs = 200;

/** A fader or knob that stands where the hand left it. */
export function plainFaderHand(target: number, takeover: Takeover, listener: FaderListener): FaderHand {
  const actor = createActor(plainFaderMachine, {input: {target, takeover}});
  actor.on('fader.asked', ({position}) => listener.asked(position));
  actor.on('pickup.changed', ({pickup}) => listener.pickedUp(pickup));
  actor.start();
  return {
    heard: (event) => {
      if (event.type === 'fader.moved') actor.send({type: 'fader.moved', position: event.position});
    },
    driven: () => {},
    targetMoved: (position) => actor.send({type: 'target.moved', target: position}),
    reassigned: (position) => actor.send({type: 'fader.reassigned', target: position}),
    lost: () => actor.send({type: 'link.lost'}),
    stop: () => actor.stop(),
  };
}
