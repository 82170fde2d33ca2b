import type {ControlId} from '../model/control.ts';
import {type Colour, colourNames, type Strip} from '../model/mixer.ts';
import type {Cell, OutputId, Picture} from '../model/picture.ts';
import type {Playback} from '../model/playback.ts';
import type {Output} from '../model/surface.ts';
import {encoderParameter, faderParameter, type Parameter} from '../model/view.ts';
import type {Warning} from '../model/warning.ts';
import {actionOf} from './action.ts';
import {renderAssignment, renderTime} from './digits.ts';
import {type Handling, type Pickup, parametersInHand, sidesInHand} from './handling.ts';
import {isLit, type LampFacts, type LampPattern} from './lamp.ts';
import {darkRing, renderRing} from './ring.ts';
import {bottomText, valueText} from './scribble.ts';
import {faderTarget, positionFor, stripAt, type UnitContext} from './target.ts';
import {deviceTravel} from './travel.ts';
import {warningsByStrip} from './worst-warning.ts';

/** Everything one unit's picture depends on; meters apart, which have a lane of their own. */
export interface RenderInput extends UnitContext {
  readonly playback: Playback;
  readonly warnings: readonly Warning[];
  /** Where each fader without a motor stands to its value. */
  readonly pickups: ReadonlyMap<ControlId, Pickup>;
  /** When hands were last on this unit's controls. */
  readonly touched: ReadonlyMap<ControlId, Handling>;
  /** The one clock of all lamps: ticks of 50 ms. */
  readonly lampTick: number;
  readonly lampPattern: LampPattern;
  /** A name for so many cells. */
  readonly shortName: (strip: Strip, cells: number) => string;
}

/** What every renderer of a cell needs, worked out once a picture. */
interface Scene {
  readonly input: RenderInput;
  readonly lamps: LampFacts;
  readonly inHand: ReadonlyMap<number, Parameter>;
  readonly sides: ReadonlyMap<number, Pickup>;
}

const lit: Cell = {type: 'lamp', on: true};
const dark: Cell = {type: 'lamp', on: false};
const overloaded: Cell = {type: 'overload', on: true};
const notOverloaded: Cell = {type: 'overload', on: false};
const noText: Cell = {type: 'text', top: '', bottom: ''};
const colourCells: ReadonlyMap<Colour, Cell> = new Map(colourNames.map((colour) => [colour, {type: 'colour', colour}]));

/** The picture one unit should show now: a cell for every output but the meters. */
export function render(input: RenderInput): Picture {
  const {surface, view, shift, mixer, playback, lampTick, lampPattern} = input;
  const scene: Scene = {
    input,
    lamps: {
      view,
      shift,
      playback,
      anySoloed: mixer.strips.some((strip) => strip.soloed),
      warnings: warningsByStrip(input.warnings),
      tick: lampTick,
      lampPattern,
    },
    inHand: parametersInHand(input, input.touched, lampTick),
    sides: sidesInHand(surface, input.pickups, input.touched, lampTick),
  };
  const picture = new Map<OutputId, Cell>();
  for (const output of surface.outputs.values()) {
    const cell = renderCell(output, scene);
    if (cell !== undefined) picture.set(output.id, cell);
  }
  return picture;
}

function renderCell(output: Output, scene: Scene): Cell | undefined {
  const {input, lamps} = scene;
  const strip = stripAt(input, output.strip);
  switch (output.type) {
    case 'fader':
      return renderFader(output.id, input);
    case 'ring':
      return renderRingOf(output.id, strip, input);
    case 'lamp':
      return renderLamp(output, strip, scene) ? lit : dark;
    case 'text':
      return strip === undefined ? noText : renderText(output, strip, scene);
    case 'colour':
      // A used strip is never dark: without its backlight the text could not be read.
      return colourCells.get(strip === undefined ? 'off' : strip.colour === 'off' ? 'white' : strip.colour);
    case 'overload':
      return strip !== undefined && lamps.warnings.overloaded(strip.id) ? overloaded : notOverloaded;
    case 'digits':
      if (output.id === 'digits.time') return renderTime(input.playback, output.cells);
      return output.id === 'digits.assignment' ? renderAssignment(input.view, output.cells) : undefined;
    case 'meter':
      return undefined;
  }
}

/** A fader without a strip is parked at the bottom. */
function renderFader(control: ControlId, input: RenderInput): Cell {
  const target = faderTarget(input, control);
  const {taper} = input.surface.faders;
  const position = target === undefined ? 0 : positionFor(input.mixer, target, taper);
  return {type: 'fader', position: deviceTravel(input.surface.faders, position)};
}

/** A ring shows what its encoder sets, whichever of the two parameters that is. */
function renderRingOf(output: OutputId, strip: Strip | undefined, input: RenderInput): Cell {
  if (strip === undefined) return darkRing;
  const action = actionOf(input.layout, input.shift, output.replace(/^ring\./, 'encoder.'));
  const parameter = action === 'strip.fader' ? faderParameter(input.view) : encoderParameter(input.view);
  return renderRing(strip, parameter, input.surface);
}

function renderLamp(output: Output, strip: Strip | undefined, {input, lamps, sides}: Scene): boolean {
  if (output.id === 'lamp.rude-solo') return lamps.anySoloed;
  // The time display shows hours, minutes, seconds and frames, never beats.
  if (output.id === 'lamp.smpte') return true;
  const action = actionOf(input.layout, input.shift, output.id.slice('lamp.'.length));
  return isLit(action, strip, output.strip === undefined ? undefined : sides.get(output.strip), lamps);
}

function renderText({strip: index, cells}: Output, strip: Strip, {input, lamps, inHand}: Scene): Cell {
  const {view} = input;
  const handled = index === undefined ? undefined : inHand.get(index);
  const top = view.showValues
    ? valueText(strip, faderParameter(view), cells)
    : input.shortName(strip, cells).slice(0, cells);
  const warning = lamps.warnings.worst(strip.id);
  return {type: 'text', top, bottom: bottomText(strip, handled, encoderParameter(view), warning, lamps.tick, cells)};
}
