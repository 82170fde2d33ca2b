import {type GlobalButtonName, kindOf} from '../control-names.ts';
import {type StripAddress, standsWith} from './address-list.ts';
import type {FoundControl, FoundLamp, ImportNote} from './finding.ts';

/** Controls that were given a name and a place of their own. */
export interface Placed {
  /** By pattern (`fader.*`), one a strip. */
  readonly strips: ReadonlyMap<string, readonly (StripAddress | undefined)[]>;
  /** By name (`play`, `fader.master`). */
  readonly single: ReadonlyMap<string, StripAddress>;
  /** What keys shall do that are there once, by name. */
  readonly tasks: ReadonlyMap<string, string>;
  /** The names under which controls stand now, by what they were found as. */
  readonly names: ReadonlyMap<FoundControl, string>;
  /** What the knobs and encoders of all strips stand for. */
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
  const knob = knobParameter(controls);
  for (const control of controls) {
    const reason = place(control);
    if (reason !== undefined) notes.push({line: control.line, element: control.element, reason, outcome: 'left out'});
  }
  return {strips, single, tasks, names, knob, notes};

  function place(control: FoundControl): string | undefined {
    const other = [...taken.values()].find((earlier) => hearsSame(earlier, control));
    if (other !== undefined) return `the same message does something else already, in line ${other.line}`;
    const named = nameOf(control, knob, tasks);
    if (named.state === 'none') return named.reason;
    const address = addressOf(control);
    const reason =
      named.strip === undefined ? putSingle(named.name, address) : putStrip(named.name, named.strip, address);
    if (reason !== undefined) return reason;
    if (control.target.type === 'task') tasks.set(named.name, control.target.action);
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

/** What knobs stand for: one thing for all, which is pan if any of them is for pan. */
function knobParameter(controls: readonly FoundControl[]): string | undefined {
  const wanted = controls.flatMap(({target, address}) => {
    if (target.type !== 'parameter' || !moves(address)) return [];
    return target.parameter === 'level' && address.turns === undefined ? [] : [target.parameter];
  });
  return wanted.includes('pan') ? 'pan' : wanted[0];
}

type Named =
  | {readonly state: 'named'; readonly name: string; readonly strip: number | undefined}
  | {readonly state: 'none'; readonly reason: string};

function nameOf({target, address}: FoundControl, knob: string | undefined, tasks: ReadonlyMap<string, string>): Named {
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
      if (parameter === 'level' && !isEndless) return {state: 'named', name: 'fader.*', strip};
      if (parameter !== knob) {
        return none(`knobs stand for one thing at a time, here ${knob}; layers and pages reach ${parameter}`);
      }
      return {state: 'named', name: isEndless ? 'encoder.*' : 'knob.*', strip};
    }
  }
}

function spareName(tasks: ReadonlyMap<string, string>): string | undefined {
  return spare.find((name) => !tasks.has(name));
}

function hearsSame({address: one}: FoundControl, {address: other}: FoundControl): boolean {
  return (
    one.message === other.message &&
    one.number === other.number &&
    (one.channel === undefined || other.channel === undefined || one.channel === other.channel)
  );
}

/** Whether a message tells of positions or steps. */
function moves({message}: FoundControl['address']): boolean {
  return message !== 'note' && message !== 'program';
}

function addressOf({address: {message, number, channel, turns}, target}: FoundControl): StripAddress {
  const isWide = message === 'nrpn' || message === 'rpn' || message === 'bend';
  const travels = (target.type === 'parameter' || target.type === 'master') && turns === undefined;
  return {message, number, channel, on: turns?.up, off: turns?.down, ...(isWide && travels ? {top: 16_383} : {})};
}

/** Where the lamp of a control lives, if it may have one: keys only. */
export function lampAddress(name: string, {message, number, channel, on, off}: FoundLamp): StripAddress | undefined {
  if (kindOf(name) !== 'button') return undefined;
  return {message, number, channel, on: on === 127 ? undefined : on, off: off === 0 ? undefined : off};
}
