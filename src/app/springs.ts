import type {ControlId} from '../model/control.ts';
import type {Clock} from './clock.ts';

/** Controls of a unit that spring back: while one is deflected it goes on turning what it stands for. */
export interface Springs {
  /** `deflection` −1…1, 0 at rest. */
  moved(control: ControlId, deflection: number): void;
  /** All are at rest. */
  rest(): void;
}

interface Spring {
  deflection: number;
  /** Steps that have come together and are not told yet. */
  part: number;
}

const everyMs = 25;

/** `paceOf` says how many steps a second a deflection is; `turned` gets whole steps. The first comes at once. */
export function createSprings(
  clock: Clock,
  paceOf: (control: ControlId, deflection: number) => number,
  turned: (control: ControlId, steps: number) => void,
): Springs {
  const springs = new Map<ControlId, Spring>();
  let endTimer = (): void => {};

  const tell = (control: ControlId, spring: Spring): void => {
    const steps = Math.trunc(spring.part);
    if (steps === 0) return;
    spring.part -= steps;
    turned(control, steps);
  };
  const goOn = (): void => {
    endTimer = springs.size === 0 ? () => {} : clock.after(everyMs, turnAll);
  };
  const turnAll = (): void => {
    for (const [control, spring] of [...springs]) {
      spring.part += (paceOf(control, spring.deflection) * everyMs) / 1000;
      tell(control, spring);
    }
    goOn();
  };

  return {
    moved(control, deflection) {
      const spring = springs.get(control);
      if (deflection === 0) springs.delete(control);
      else if (spring !== undefined) spring.deflection = deflection;
      else {
        const begun = {deflection, part: Math.sign(deflection)};
        springs.set(control, begun);
        tell(control, begun);
        if (springs.size === 1) {
          endTimer();
          goOn();
        }
      }
    },
    rest() {
      springs.clear();
      endTimer();
    },
  };
}
