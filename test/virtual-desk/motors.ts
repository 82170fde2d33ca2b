import type {ControlId} from '../../src/model/control.ts';
import type {FaderTraits} from '../../src/model/surface.ts';

/** The faders and knobs of a virtual device: where they stand, who holds them, and where the host wants them. */
export interface Motors {
  positionOf(control: ControlId): number;
  isHeld(control: ControlId): boolean;
  hold(control: ControlId): void;
  letGo(control: ControlId): void;
  push(control: ControlId, position: number): void;
  drive(control: ControlId, position: number): void;
  /** Each time the host drove a fader away under the hand. */
  readonly violations: readonly string[];
}

interface Motor {
  position: number;
  held: boolean;
  /** Where the servo was last sent. */
  target: number | undefined;
}

/**
 * Motors obey unless a hand holds the cap. A servo that needs its echo goes home on release to where it was last sent, be it
 * while it was held.
 */
export function createMotors(traits: FaderTraits): Motors {
  const motors = new Map<ControlId, Motor>();
  const violations: string[] = [];
  const tolerance = (0.5 * traits.stepValue + 1) / traits.topValue;
  const at = (control: ControlId): Motor => {
    const motor = motors.get(control) ?? {position: 0, held: false, target: undefined};
    motors.set(control, motor);
    return motor;
  };
  return {
    violations,
    positionOf: (control) => at(control).position,
    isHeld: (control) => at(control).held,
    hold: (control) => {
      at(control).held = true;
    },
    letGo: (control) => {
      const motor = at(control);
      motor.held = false;
      if (traits.motor && traits.echo) motor.position = motor.target ?? motor.position;
    },
    push: (control, position) => {
      at(control).position = position;
    },
    drive: (control, position) => {
      const motor = at(control);
      motor.target = position;
      if (!motor.held) motor.position = position;
      else if (Math.abs(position - motor.position) > tolerance) {
        violations.push(`${control} was driven to ${position.toFixed(4)} while held at ${motor.position.toFixed(4)}`);
      }
    },
  };
}
