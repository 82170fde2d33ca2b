import {createActor} from 'xstate';
import {isJourney, type MotorFaderEvent, motorFaderMachine, motorTravelMs} from '../machines/motor-fader.ts';
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
  /** Where the motor was sent last, and when it last set out on a journey. */
  let sentTo = 0;
  let sentMs = 0;
  /** Whether the statechart knows that. While a motor with touch sense travels, it need not hear of every step. */
  let isTold = true;
  /** While it travels. */
  let endTravel: (() => void) | undefined;

  const drive = (): void => {
    isTold = true;
    actor.send({type: 'fader.driven', position: sentTo});
    if (isTravelling() && endTravel === undefined) awaitRest(motorTravelMs);
  };
  const isTravelling = (): boolean => actor.getSnapshot().matches({free: 'travelling'});
  const awaitRest = (delayMs: number): void => {
    endTravel = clock.after(delayMs, () => {
      endTravel = undefined;
      const restMs = sentMs + motorTravelMs - clock.now();
      if (restMs > 0) awaitRest(restMs);
      else {
        isTold = true;
        actor.send({type: 'motor.rested', position: sentTo});
      }
    });
  };
  /** Whatever else happens comes after what the motor was told. */
  const tell = (event: MotorFaderEvent): void => {
    if (!isTold) drive();
    actor.send(event);
    if (endTravel === undefined || isTravelling()) return;
    endTravel();
    endTravel = undefined;
  };
  return {
    heard: (event) =>
      tell(event.type === 'fader.moved' ? {type: 'fader.moved', position: event.position} : {type: event.type}),
    driven(position) {
      sentTo = position;
      // Without touch sense small steps, as a ride makes them, must not keep the hand out: they make no journey last.
      if (isJourney(actor.getSnapshot().context, position)) sentMs = clock.now();
      if (endTravel === undefined || touch === 'inferred') drive();
      else isTold = false;
    },
    targetMoved: () => {},
    reassigned: () => tell({type: 'fader.reassigned'}),
    lost: () => tell({type: 'link.lost'}),
    stop() {
      endTravel?.();
      actor.stop();
    },
  };
}

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
