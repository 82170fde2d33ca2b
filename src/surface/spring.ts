import type {Action} from '../model/layout.ts';

/** Steps a second at the end of the travel: of what is walked through one by one, and of all values. */
const fullPace = {choice: 6, value: 40} as const;

/** What a spring steps through one by one. */
const choices: readonly (Action | undefined)[] = ['selected.choose', 'view.scroll'];

/** How fast a control that springs back turns what it stands for while it is deflected (−1…1), in encoder steps a second: slow near rest, quick at the end. */
export function springPace(action: Action | undefined, deflection: number): number {
  const full = choices.includes(action) ? fullPace.choice : fullPace.value;
  return full * deflection * Math.abs(deflection);
}
