import {isStripName} from '../../mapping/control-names.ts';
import {type Finding, isEndless} from './finding.ts';

/** What a row of knobs or keys can be for: the name that its controls get, and what that does on the desk. */
export interface Role {
  readonly words: string;
  /** Of knobs with ends, and of keys. */
  readonly name: string;
  /** Of endless knobs, if it is another. */
  readonly endless?: string;
}

const level: Role = {words: 'level', name: 'fader', endless: 'wheel'};

/** What rows of knobs are for, in the order in which they are offered; with levels as many as there are digits. */
const knobRoles: readonly Role[] = [
  {words: 'pan, and whatever else the layer puts on knobs', name: 'knob', endless: 'encoder'},
  {words: 'send 1', name: 'send1'},
  {words: 'send 2', name: 'send2'},
  {words: 'trim before the processing', name: 'gain'},
  {words: 'EQ high', name: 'eq-high'},
  {words: 'EQ mid', name: 'eq-mid'},
  {words: 'EQ low', name: 'eq-low'},
  {words: 'send 3', name: 'send3'},
  {words: 'send 4', name: 'send4'},
];

/** What rows of keys are for. */
const keyRoles: readonly Role[] = [
  {words: 'mute', name: 'mute'},
  {words: 'solo', name: 'solo'},
  {words: 'select the strip', name: 'select'},
  {words: 'warning: its lamp says what is wrong, a press acknowledges it (REC, ARM)', name: 'rec'},
  {words: 'automation: write by touch, or read', name: 'auto'},
  {words: 'read the advice on the strip', name: 'insert'},
];

/**
 * What a row can be for of which this control was found, the usual first: what no row is for yet. Without faders the first row of knobs is for
 * levels.
 */
export function rolesFor(
  group: 'knob' | 'button',
  finding: Finding,
  found: ReadonlyMap<string, Finding>,
): readonly Role[] {
  const taken = stemsOf(found);
  const roles = (group === 'button' ? keyRoles : [level, ...knobRoles]).filter(
    (role) => !taken.has(nameIn(role, finding, 0).split('.')[0]),
  );
  const isServed = ({name, endless}: Role): boolean => taken.has(name) || (endless !== undefined && taken.has(endless));
  return [...roles.filter((role) => !isServed(role)), ...roles.filter(isServed)];
}

/** Whether further rows can have a name. */
export function hasRoles(group: 'knob' | 'button', found: ReadonlyMap<string, Finding>): boolean {
  const taken = stemsOf(found);
  return (group === 'button' ? keyRoles : knobRoles).some(({name}) => !taken.has(name));
}

function stemsOf(found: ReadonlyMap<string, Finding>): ReadonlySet<string | undefined> {
  return new Set([...found.keys()].filter(isStripName).map((name) => name.split('.')[0]));
}

/** The name of a row's control on a strip, from 0. */
export function nameIn({name, endless = name}: Role, finding: Finding, strip: number): string {
  return `${isEndless(finding) ? endless : name}.${strip + 1}`;
}
