import {lightNames} from '../../src/mapping/control-names.ts';
import type {ControlEvent} from '../../src/model/control.ts';
import type {Cell, OutputId} from '../../src/model/picture.ts';
import type {Control, Output, Surface} from '../../src/model/surface.ts';
import {createDialect, type Heard} from '../../src/surface/dialect.ts';
import {cellsToShow, driveStep, isAtRest, looksLike} from './looks.ts';
import {isWide, topOf} from './plain-scale.ts';
import {createVirtualDevice, type VirtualDevice} from './virtual-device.ts';

/** A device and the desk's reader and writer of it, tied together by their bytes. */
export interface Tied {
  readonly device: VirtualDevice;
  /** All that the desk heard; emptied by whoever wants to know what a gesture says. */
  readonly heard: Heard[];
  show(output: OutputId, cell: Cell): void;
  goodbye(): void;
}

/** Ties a device to the desk, which takes it for `surface`; the hand finds its controls, and the eye its outputs, where `played` has them. */
export function tie(surface: Surface, played: Surface = surface): Tied {
  const dialect = createDialect(surface);
  const heard: Heard[] = [];
  const device = createVirtualDevice(played, (said) => {
    for (const event of dialect.read(said)) {
      heard.push(event);
      if (event.type === 'link.asked') for (const reply of event.reply) device.receive(reply);
    }
  });
  device.powerOn();
  for (const message of dialect.hello()) device.receive(message);
  return {
    device,
    heard,
    show(output, cell) {
      for (const {bytes} of dialect.write([{output, cell, because: 'test'}])) device.receive(bytes);
    },
    goodbye() {
      for (const bytes of dialect.goodbye()) device.receive(bytes);
    },
  };
}

/**
 * The law of every mapping, for a device that is as it says, or is as `own` says: what a hand does to a control is heard as that and nothing else, as exactly as the control can say; what the desk shows on
 * an output is seen there and nowhere else; where a control is driven, what it then says is what was shown; and all goes dark at the end, motors staying
 * where they are. Gives each breach in words.
 *
 * Not seen here: which colour a pad or key has, since the eye reads it by what the program itself sends for each. The bytes in test/golden hold that.
 */
export function roundTripFaults(surface: Surface, own: Surface = surface): readonly string[] {
  const faults: string[] = [];
  const fault = (name: string, what: string): number => faults.push(`${surface.id} ${name}: ${what}`);
  for (const played of layersOf(own)) {
    const tied = tie(surface, played);
    for (const control of surface.controls.values()) hearControl(surface, control, tied, fault);
  }
  const tied = tie(surface, own);
  for (const output of surface.outputs.values()) {
    if (!hasOwner(surface, output)) fault(output.id, 'belongs to no control');
    seeOutput(surface, output, tied, fault);
  }
  // All are lit now.
  const last = tied.device.shown();
  tied.goodbye();
  for (const {id, type} of surface.outputs.values()) {
    const seen = tied.device.shownAt(id);
    if (!isAtRest(seen)) fault(id, `stays lit at the end: ${sayCell(seen)}`);
    if (type === 'fader' && seen !== last.get(id)) fault(id, 'is driven at the end');
  }
  for (const stray of tied.device.strays) fault(stray, 'is nothing of this device');
  for (const violation of tied.device.violations) fault(violation, 'must not be');
  return faults;
}

type Fault = (name: string, what: string) => void;

/** The surface, and once more for each further place at which some control is heard, the controls being there. */
function layersOf(surface: Surface): readonly Surface[] {
  const {controls, reports} = surface;
  const further = Math.max(
    0,
    ...[...controls.values()].flatMap(({also = [], alsoTouch = []}) => [also.length, alsoTouch.length]),
    ...[...(reports?.places.values() ?? [])].map((places) => places.length - 1),
  );
  return [
    surface,
    ...Array.from({length: further}, (_, layer): Surface => {
      const moved = [...controls].map(([id, control]): [string, Control] => [
        id,
        {
          ...control,
          address: control.also?.[layer] ?? control.address,
          ...(control.touch && {touch: control.alsoTouch?.[layer] ?? control.touch}),
        },
      ]);
      const places = new Map(
        [...(reports?.places ?? [])].map(([id, all]) => [
          id,
          all[layer + 1] === undefined ? all : all.slice(layer + 1),
        ]),
      );
      return {...surface, controls: new Map(moved), ...(reports && {reports: {...reports, places}})};
    }),
  ];
}

const positions = [0, 1, 0.5, 0.25, 0.75, 0.02, 0.98, 1 / 3, 0];
const turns = [1, -1, 5, -5, 40, -40];
const deflections = [1, -1, 0.5, -0.5, 0];

function hearControl(surface: Surface, control: Control, tied: Tied, fault: Fault): void {
  const {id, kind} = control;
  const {device, heard} = tied;
  /** What a gesture is heard as; all else that is heard of it is a fault. */
  const hear = (gesture: () => void): readonly ControlEvent[] => {
    heard.length = 0;
    gesture();
    return heard.flatMap((event) => {
      if ('control' in event && event.control === id) return [event];
      fault(id, `is heard as ${JSON.stringify(event)}, too`);
      return [];
    });
  };
  const must = (what: string, said: readonly ControlEvent[], ...wanted: readonly ControlEvent['type'][]): void => {
    const types = said.map(({type}) => type);
    if (types.join() !== wanted.join()) fault(id, `${what} is heard as [${types}], not [${wanted}]`);
  };
  switch (kind) {
    case 'fader':
    case 'knob': {
      const step = stepOf(surface, control);
      // Until a device has shown that it sends a second half, a value in two messages is told at the first of them, too.
      hear(() => device.move(id, 0.37));
      for (const position of positions) {
        const said = hear(() => device.move(id, position));
        must(`position ${position}`, said, 'fader.moved');
        for (const event of said)
          if (event.type === 'fader.moved' && !isNear(event.position, position, step, position % 1 === 0))
            fault(id, `position ${position} is heard as ${event.position}`);
      }
      if (kind === 'fader' && surface.faders.touch === 'sensed') {
        // The HUI protocol has no touch for a ninth fader.
        const tells = surface.dialect !== 'hui' || id !== 'fader.master';
        const touched = hear(() => device.touch(id));
        const released = hear(() => device.release(id));
        must('a touch', touched, ...(tells ? (['fader.touched'] as const) : []));
        must('its release', released, ...(tells ? (['fader.released'] as const) : []));
      }
      return;
    }
    case 'encoder':
    case 'jog': {
      // One of an unknown custom shows it while it is turned.
      if (control.address?.relative === 'auto') for (const steps of [1, -1, 1, -1]) device.turn(id, steps);
      for (const steps of turns) {
        const said = hear(() => device.turn(id, steps));
        const sum = said.reduce((all, event) => all + (event.type === 'encoder.turned' ? event.steps : Number.NaN), 0);
        if (sum !== steps) fault(id, `${steps} steps are heard as ${sum}`);
      }
      return;
    }
    case 'spring':
      for (const deflection of deflections) {
        const said = hear(() => device.deflect(id, deflection));
        must(`deflection ${deflection}`, said, 'spring.moved');
        for (const event of said)
          if (
            event.type === 'spring.moved' &&
            !isNear(event.deflection, deflection, stepOf(surface, control), deflection % 1 === 0)
          )
            fault(id, `deflection ${deflection} is heard as ${event.deflection}`);
      }
      return;
    case 'button': {
      const isMoment = control.address?.press !== undefined || isTouched(surface, id);
      // A key that is hit may tell how hard: each time otherwise.
      for (const time of ['a press', 'the next press', 'the one after']) {
        const said = hear(() => device.press(id));
        if (isMoment) must(time, said, 'button.pressed', 'button.released');
        else must(time, said, 'button.pressed');
        const lifted = hear(() => device.lift(id));
        if (isMoment) must(`the lift after ${time}`, lifted);
        else must(`the lift after ${time}`, lifted, 'button.released');
      }
    }
  }
}

function seeOutput(surface: Surface, output: Output, tied: Tied, fault: Fault): void {
  const {id} = output;
  const {device, heard} = tied;
  heard.length = 0;
  const before = device.shown();
  for (const cell of cellsToShow(surface, output)) {
    tied.show(id, cell);
    const seen = device.shownAt(id);
    if (!looksLike(surface, output, seen, cell)) fault(id, `shows ${sayCell(seen)} for ${sayCell(cell)}`);
    if (heard.length > 0) fault(id, 'makes the device speak');
    heard.length = 0;
    const control = surface.controls.get(id);
    if (control === undefined || cell.type !== 'fader' || seen?.type !== 'fader') continue;
    device.move(id, seen.position);
    const said = heard.flatMap((event) =>
      event.type === 'fader.moved' && event.control === id ? [event.position] : [],
    );
    const [spoken = Number.NaN] = said.slice(-1);
    if (!isNear(spoken, cell.position, stepOf(surface, control) + driveStep(surface, output), false))
      fault(id, `is driven to ${cell.position} and says ${spoken} there`);
    heard.length = 0;
  }
  for (const [other, now] of device.shown())
    if (other !== id && before.get(other) !== now && !goesAlong(output, other)) fault(id, `changes ${other}, too`);
}

/** One message carries the colours of all strips; in some protocols an overload is a level, too. */
function goesAlong({type, strip}: Output, other: OutputId): boolean {
  const of = (name: string): boolean => `${other}.`.startsWith(`${name}.${(strip ?? -1) + 1}.`);
  return (
    (type === 'colour' && other.startsWith('colour.')) ||
    (type === 'meter' && of('overload')) ||
    (type === 'overload' && of('meter'))
  );
}

/** Whether somebody who looks for an output finds it at a control, or it is one that stands alone. */
function hasOwner({controls}: Surface, {id, type, row, around, strip}: Output): boolean {
  const owned = id.slice(id.indexOf('.') + 1);
  switch (type) {
    case 'fader':
      return controls.has(id);
    case 'ring':
      // A bar that stands for a value alone has no knob in its middle.
      return around === undefined || controls.has(around);
    case 'lamp':
      return controls.has(owned) || lightNames.some((name) => name === owned);
    case 'pad':
      return row !== undefined || controls.has(owned);
    case 'key':
      return controls.has(owned) || owned === 'selected';
    case 'digits':
      return true;
    default:
      return strip !== undefined || ['meter.left', 'meter.right', 'text.main', 'warning.master'].includes(id);
  }
}

/** The smallest difference that a control can say, 0…1. */
function stepOf(surface: Surface, {id, kind, address}: Control): number {
  const field = surface.reports?.places.get(id)?.[0]?.field;
  if (field?.type === 'position') return 1 / field.top;
  if (field?.type === 'spring') return 1 / (field.span - field.dead);
  if (address !== undefined) return 1 / (topOf(surface, address, kind) - (isWide(address) ? 0 : 1));
  return surface.faders.stepValue / surface.faders.topValue;
}

function isNear(one: number, other: number, step: number, isExact: boolean): boolean {
  return Math.abs(one - other) <= (isExact ? 0 : step / 2) + 1e-9;
}

function isTouched({reports}: Surface, id: string): boolean {
  return reports?.touch !== undefined && !reports.places.has(id);
}

function sayCell(cell: Cell | undefined): string {
  return cell === undefined ? 'nothing' : JSON.stringify(cell);
}
