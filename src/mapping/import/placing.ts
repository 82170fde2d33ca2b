import {type GlobalButtonName, kindOf} from '../control-names.ts';
import {type StripAddress, standsWith} from './address-list.ts';
import type {FoundControl, FoundLamp, ImportNote} from './finding.ts';
import {type KnobRow, knobRows} from './knob-rows.ts';

/** Controls that were given a name and a place of their own. */
export interface Placed {
  /** By pattern (`fader.*`), one a strip. */
  readonly strips: ReadonlyMap<string, readonly (StripAddress | undefined)[]>;
  /** By name (`play`, `fader.master`). */
  readonly single: ReadonlyMap<string, StripAddress>;
  /** What keys shall do that are there once, by name, and what further knobs stand for, by pattern. */
  readonly tasks: ReadonlyMap<string, string>;
  /** The names under which controls stand now, by what they were found as. */
  readonly names: ReadonlyMap<FoundControl, string>;
  /** What the knobs and encoders stand for that layers change. */
  readonly knob: string | undefined;
  readonly notes: readonly ImportNote[];
}

/** More strips than a unit can have. */
const mostStrips = 32;
/** Names for keys whose own is taken. */
const spare: readonly GlobalButtonName[] = [
  'f1',
  'f2',
  'f3',
  'f4',
  'f5',
  'f6',
  'f7',
  'f8',
  'zoom',
  'scrub',
  'user',
  'option',
  'control',
  'alt',
];

/** Gives each control the name it has here. What has no place, or one that is taken, becomes a note. */
export function placeControls(controls: readonly FoundControl[]): Placed {
  const strips = new Map<string, (StripAddress | undefined)[]>();
  const single = new Map<string, StripAddress>();
  const tasks = new Map<string, string>();
  const names = new Map<FoundControl, string>();
  const notes: ImportNote[] = [];
  const taken = new Map<string, FoundControl>();
  const rows = knobRows(controls.filter(({address}) => moves(address)));
  for (const control of controls) {
    const reason = place(control);
    if (reason !== undefined) notes.push({line: control.line, element: control.element, reason, outcome: 'left out'});
  }
  const knob = [...rows].find(([, row]) => row === 'layer')?.[0];
  return {strips, single, tasks, names, knob, notes};

  function place(control: FoundControl): string | undefined {
    const other = [...taken.values()].find((earlier) => hearsSame(earlier, control));
    if (other !== undefined) return `the same message does something else already, in line ${other.line}`;
    const named = nameOf(control, rows, tasks);
    if (named.state === 'none') return named.reason;
    const address = addressOf(control);
    const reason =
      named.strip === undefined ? putSingle(named.name, address) : putStrip(named.name, named.strip, address);
    if (reason !== undefined) return reason;
    if (control.target.type === 'task') tasks.set(named.name, control.target.action);
    if (control.target.type === 'parameter' && isFurther(rows.get(control.target.parameter)))
      tasks.set(named.name, `value:${control.target.parameter}`);
    taken.set(named.strip === undefined ? named.name : `${named.name} ${named.strip}`, control);
    names.set(control, named.strip === undefined ? named.name : `${named.name.slice(0, -1)}${named.strip + 1}`);
    return undefined;
  }

  function putSingle(name: string, address: StripAddress): string | undefined {
    if (single.has(name)) return `there is a control for this already, in line ${taken.get(name)?.line}`;
    single.set(name, address);
    return undefined;
  }

  function putStrip(pattern: string, strip: number, address: StripAddress): string | undefined {
    if (strip >= mostStrips) return `a unit has at most ${mostStrips} strips`;
    const list = strips.get(pattern) ?? [];
    if (list[strip] !== undefined)
      return `there is a control for this already, in line ${taken.get(`${pattern} ${strip}`)?.line}`;
    const first = list.find((one) => one !== undefined);
    if (first !== undefined && !standsWith(first, address)) {
      return `the ${pattern.slice(0, -2)} of another strip sends another kind of message, and all must send the same`;
    }
    while (list.length < strip) list.push(undefined);
    list[strip] = address;
    strips.set(pattern, list);
    return undefined;
  }
}

function isFurther(row: KnobRow | undefined): boolean {
  return row !== undefined && row !== 'layer';
}

type Named =
  | {readonly state: 'named'; readonly name: string; readonly strip: number | undefined}
  | {readonly state: 'none'; readonly reason: string};

function nameOf(
  {target, address}: FoundControl,
  rows: ReadonlyMap<string, KnobRow>,
  tasks: ReadonlyMap<string, string>,
): Named {
  const none = (reason: string): Named => ({state: 'none', reason});
  const isEndless = address.turns !== undefined;
  switch (target.type) {
    case 'button':
      if (isEndless) return none('an endless knob cannot press');
      return {state: 'named', name: `${target.button}.*`, strip: target.strip};
    case 'task': {
      if (isEndless) return none('an endless knob cannot press');
      const name = tasks.has(target.name) ? spareName(tasks) : target.name;
      return name === undefined ? none('no key is left for this') : {state: 'named', name, strip: undefined};
    }
    case 'jog':
      return isEndless ? {state: 'named', name: 'jog', strip: undefined} : none('a jog wheel is endless');
    case 'master':
      if (isEndless || !moves(address)) return none('the level of the mix bus needs a fader or knob with ends');
      return {state: 'named', name: 'fader.master', strip: undefined};
    case 'parameter': {
      const {parameter, strip} = target;
      if (!moves(address)) return none('a note has no positions to move through');
      const named = (stem: string): Named => ({state: 'named', name: `${stem}.*`, strip});
      // Endless level knobs are a row of their own, on which layers lie as on faders.
      if (parameter === 'level') return named(isEndless ? 'wheel' : 'fader');
      const row = rows.get(parameter);
      if (row === undefined) return none(`no row of knobs is left for ${parameter}: layers and pages reach it`);
      return named(row !== 'layer' ? row : isEndless ? 'encoder' : 'knob');
    }
    case 'selected':
      if (isEndless)
        return {state: 'named', name: target.parameter === 'level' ? 'dial' : 'pan-dial', strip: undefined};
      return none('it means the strip that is selected: here only an endless knob can do that');
  }
}

function spareName(tasks: ReadonlyMap<string, string>): string | undefined {
  return spare.find((name) => !tasks.has(name));
}

function hearsSame({address: one}: FoundControl, {address: other}: FoundControl): boolean {
  if (one.channel !== undefined && other.channel !== undefined && one.channel !== other.channel) return false;
  if (one.message === other.message && one.number === other.number) return true;
  return controllersOf(one).some((number) => controllersOf(other).includes(number));
}

/** The controllers that an address uses up. */
function controllersOf({message, number}: FoundControl['address']): readonly number[] {
  return message === 'cc14' ? [number, number + 32] : message === 'cc' ? [number] : [];
}

/** Whether a message tells of positions or steps. */
function moves({message}: FoundControl['address']): boolean {
  return message !== 'note' && message !== 'program';
}

function addressOf({address: {message, number, channel, turns}, target}: FoundControl): StripAddress {
  const isWide = message === 'nrpn' || message === 'rpn' || message === 'bend' || message === 'cc14';
  const travels = (target.type === 'parameter' || target.type === 'master') && turns === undefined;
  return {message, number, channel, on: turns?.up, off: turns?.down, ...(isWide && travels ? {top: 16_383} : {})};
}

/** Where the lamp of a control lives, if it may have one: keys only. */
export function lampAddress(name: string, {message, number, channel, on, off}: FoundLamp): StripAddress | undefined {
  if (kindOf(name) !== 'button') return undefined;
  return {message, number, channel, on: on === 127 ? undefined : on, off: off === 0 ? undefined : off};
}
