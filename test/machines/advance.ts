import type {SimulatedClock} from 'xstate';

/** Lets time pass ms by ms: in one leap, a timer that is set by another would start at the leap's end. */
export function advance(clock: SimulatedClock, ms: number): void {
  for (let passed = 0; passed < ms; passed += 1) clock.increment(1);
}
