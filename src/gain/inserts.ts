import type {ParameterId, ParameterValues} from '../model/parameter.ts';

/** What of a strip's processing can be switched on, and what people call it. */
const stages: readonly (readonly [word: string, switches: readonly ParameterId[]])[] = [
  ['the filter', ['hp.on', 'lp.on']],
  ['the EQ', ['eq1.on', 'eq2.on', 'eq3.on', 'eq4.on']],
  ['the gate', ['gate.on']],
  ['the compressor', ['comp.on']],
  ['the saturator', ['sat.on']],
];

/** What of the processing is on, in words: one stage by its name, several as `the processing`; undefined if nothing is. */
export function describeInserts(parameters: ParameterValues): string | undefined {
  const on = stages.filter(([, switches]) => switches.some((id) => parameters[id] === 1));
  const [first] = on;
  if (first === undefined) return undefined;
  return on.length === 1 ? first[0] : 'the processing';
}
