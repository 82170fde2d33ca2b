import type {Finding} from './finding.ts';
import type {Learner} from './learner-state.ts';

type Press = Extract<Finding, {type: 'press'}>;

/** Keys whose lamps can be tried: one of each row, and each that stands alone. */
export function lampTrials({found}: Learner): readonly (readonly [name: string, key: Press])[] {
  const rows = new Map<string, Press>();
  for (const [name, finding] of found) {
    if (finding.type !== 'press') continue;
    const {message} = finding.place;
    if (message !== 'cc' && message !== 'note') continue;
    const pattern = name.includes('.') ? `${name.split('.')[0]}.*` : name;
    if (!rows.has(pattern)) rows.set(pattern, finding);
  }
  return [...rows];
}
