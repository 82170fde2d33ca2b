import {type Assistance, noAssistance} from '../model/assistance.ts';
import {anySoloed} from '../model/audibility.ts';
import {noAutomationStatus} from '../model/automation-status.ts';
import type {ControlId} from '../model/control.ts';
import {type Colour, colourNames, masterId, type Strip, type StripId} from '../model/mixer.ts';
import type {Monitor} from '../model/monitor.ts';
import type {Cell, OutputId, Picture} from '../model/picture.ts';
import type {Playback} from '../model/playback.ts';
import type {Reading} from '../model/reading.ts';
import type {Output} from '../model/surface.ts';
import type {Warning} from '../model/warning.ts';
import {actionOf} from './action.ts';
import {type AdvicePage, advicePageOf, hasMainText} from './advice-text.ts';
import {renderAssignment, renderTime} from './digits.ts';
import {elsewhereOf, type Handling, type Pickup, sidesInHand, targetsInHand} from './handling.ts';
import {isLit, type LampFacts, type LampPattern} from './lamp.ts';
import {renderStripTexts} from './main-text.ts';
import {type MixFigures, noFigures, renderHeadroom, renderMixFigure} from './mix-digits.ts';
import {renderColumnPad, renderTintedKey} from './pads.ts';
import {renderDrawnKey} from './render-key.ts';
import {valueText} from './scribble.ts';
import {shownStrips, stripOf} from './shown-strips.ts';
import {renderStripRing} from './strip-ring.ts';
import type {TextInput} from './strip-text.ts';
import {renderText} from './strip-text.ts';
import {faderTarget, pageTarget, positionFor, stripAt, type Target, type UnitContext} from './target.ts';
import {deviceTravel} from './travel.ts';
import {renderWarning} from './warning-cell.ts';
import {warningsByStrip} from './worst-warning.ts';

/** Everything one unit's picture depends on; meters apart, which have a lane of their own. */
export interface RenderInput extends UnitContext {
  readonly playback: Playback;
  readonly monitor: Monitor;
  readonly warnings: readonly Warning[];
  /** Where each fader without a motor stands to its value. */
  readonly pickups: ReadonlyMap<ControlId, Pickup>;
  /** When hands were last on this unit's controls. */
  readonly touched: ReadonlyMap<ControlId, Handling>;
  /** The one clock of all lamps: ticks of 50 ms. */
  readonly lampTick: number;
  readonly lampPattern: LampPattern;
  /** Nothing blinks and no texts take turns: a warning's text stays until it is over. No if absent. */
  readonly reducedMotion?: boolean;
  /** A name for so many cells. */
  readonly shortName: (strip: Strip, cells: number) => string;
  /** What a strip's meters say, for gain reduction; without it none is shown. */
  readonly readingOf?: (strip: StripId) => Reading | undefined;
  /** What the segment displays tell of the mix; without it nothing is known. */
  readonly figures?: MixFigures;
  /** What the desk does beside mixing; without it nothing. */
  readonly assistance?: Assistance;
  /** The tick at which a strip's automation mode last changed; without it none did. */
  readonly modeChanges?: ReadonlyMap<StripId, number>;
}

/** What every renderer of a cell needs, worked out once a picture. */
interface Scene {
  readonly input: RenderInput;
  readonly lamps: LampFacts;
  readonly inHand: ReadonlyMap<number, Target>;
  readonly texts: TextInput;
  readonly sides: ReadonlyMap<number, Pickup>;
  /** What the scribble strips spell instead of names and values. */
  readonly advice: AdvicePage | undefined;
}

const lit: Cell = {type: 'lamp', on: true};
const dark: Cell = {type: 'lamp', on: false};
const overloaded: Cell = {type: 'overload', on: true};
const notOverloaded: Cell = {type: 'overload', on: false};
const colourCells: ReadonlyMap<Colour, Cell> = new Map(colourNames.map((colour) => [colour, {type: 'colour', colour}]));

/** The picture one unit should show now: a cell for every output but the meters. */
export function render(input: RenderInput): Picture {
  const {surface, view, shift, mixer, monitor, playback, lampTick, lampPattern, reducedMotion = false} = input;
  const warnings = warningsByStrip(input.warnings);
  const inHand = targetsInHand(input, input.touched, lampTick);
  const {assistance = noAssistance, automation = noAutomationStatus} = input;
  const scene: Scene = {
    input,
    lamps: {
      view,
      mixer,
      monitor,
      shownStrips: shownStrips(mixer, view).length,
      shift,
      playback,
      anySoloed: anySoloed(mixer),
      warnings,
      assistance,
      automation,
      elsewhere: elsewhereOf(input, input.pickups),
      tick: lampTick,
      lampPattern,
      reducedMotion,
    },
    inHand,
    texts: {
      view,
      mixer,
      firstStrip: input.firstStrip,
      shortName: input.shortName,
      warningOf: (strip) => warnings.worst(strip.id),
      inHand,
      assistance,
      automation,
      modeChanges: input.modeChanges ?? new Map(),
      unitName: surface.name,
      tick: lampTick,
      reducedMotion,
    },
    sides: sidesInHand(surface, input.pickups, input.touched, lampTick),
    advice: advicePageOf(surface, assistance.advice, lampTick),
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
      return renderStripRing(output, input, scene.inHand, lamps);
    case 'lamp':
      return renderLamp(output, strip, scene) ? lit : dark;
    case 'text':
      return renderTextOf(output, scene);
    case 'colour':
      return colourCells.get(colourOf(output.strip, strip, input));
    case 'overload':
      return strip !== undefined && lamps.warnings.overloaded(strip.id) ? overloaded : notOverloaded;
    case 'digits':
      return renderDigits(output, scene);
    case 'pad':
      return renderPad(output, strip, scene);
    case 'warning':
      return renderWarning(output.strip === undefined ? masterId : strip?.id, lamps.warnings);
    case 'key':
      return renderKeyOf(output, strip, scene);
    case 'meter':
      return undefined;
  }
}

function renderDigits({id, cells, figures: figuresOnly}: Output, {input, lamps}: Scene): Cell | undefined {
  const {view, playback, figures = noFigures, reducedMotion = false, lampTick} = input;
  if (id === 'digits.time') {
    if (view.timeDigits !== 'time') return renderMixFigure(view.timeDigits, figures, cells);
    return renderTime(playback, cells, reducedMotion ? undefined : lampTick, figuresOnly);
  }
  if (id !== 'digits.assignment') return undefined;
  if (view.assignmentDigits === 'headroom') return renderHeadroom(figures, lamps.warnings.overloaded(masterId));
  return renderAssignment(view, cells);
}

function renderTextOf(output: Output, {advice, texts, input}: Scene): Cell {
  const spells = (output.strip === undefined) === hasMainText(input.surface);
  if (advice === undefined || !spells) return renderStripTexts(texts, output, input.surface.strips);
  const [top, bottom] = advice[output.strip ?? 0] ?? ['', ''];
  return {type: 'text', top, bottom};
}

/** A fader without a strip is parked at the bottom. */
function renderFader(control: ControlId, input: RenderInput): Cell {
  const target = faderTarget(input, control);
  const {taper} = input.surface.faders;
  const position = target === undefined ? 0 : positionFor(input.mixer, target, taper);
  return {type: 'fader', position: deviceTravel(input.surface.faders, position)};
}

/** A page is shown in the colour of the strip it sets. A used strip is never dark: without its backlight the text could not be read. */
function colourOf(channel: number | undefined, strip: Strip | undefined, input: RenderInput): Colour {
  const {view, mixer} = input;
  const paged = pageTarget(input, channel) !== undefined;
  const shown = paged && view.selected !== undefined ? stripOf(mixer, view.selected) : strip;
  if (shown === undefined) return 'off';
  return shown.colour === 'off' ? 'white' : shown.colour;
}

function renderPad({id, row, strip: channel}: Output, strip: Strip | undefined, {input, lamps, sides}: Scene): Cell {
  const reading = strip && input.readingOf?.(strip.id);
  if (row !== undefined) return renderColumnPad(row, input.surface.pads?.rows ?? 0, strip, reading, lamps);
  const action = actionOf(input.layout, input.shift, id.slice('pad.'.length));
  const side = channel === undefined ? undefined : sides.get(channel);
  return renderTintedKey(input.surface.pads?.tints, action, strip, side, reading, lamps);
}

function renderKeyOf(output: Output, under: Strip | undefined, scene: Scene): Cell {
  const {input, lamps, sides, texts} = scene;
  const control = output.id.slice('key.'.length);
  const {selected} = input.view;
  const isSelected = control === 'selected';
  const strip = isSelected ? (selected === undefined ? undefined : stripOf(input.mixer, selected)) : under;
  const text = (cells: number): Cell => {
    if (isSelected && strip !== undefined)
      return {type: 'text', top: input.shortName(strip, cells), bottom: valueText(strip, 'level', cells)};
    return output.strip === undefined ? {type: 'text', top: '', bottom: ''} : renderText(texts, output.strip, cells);
  };
  const key = {
    action: isSelected ? ('strip.select' as const) : actionOf(input.layout, input.shift, control),
    strip,
    side: output.strip === undefined ? undefined : sides.get(output.strip),
    reading: strip && input.readingOf?.(strip.id),
    colour: isSelected ? (strip?.colour ?? 'off') : colourOf(output.strip, strip, input),
    text,
    name: texts.shortName,
  };
  return renderDrawnKey(output, input.surface, key, lamps);
}

function renderLamp(output: Output, strip: Strip | undefined, {input, lamps, sides}: Scene): boolean {
  if (output.id === 'lamp.rude-solo') return lamps.anySoloed;
  // The time display shows hours, minutes, seconds and frames, never beats.
  if (output.id === 'lamp.smpte') return input.view.timeDigits === 'time';
  const action = actionOf(input.layout, input.shift, output.id.slice('lamp.'.length));
  return isLit(action, strip, output.strip === undefined ? undefined : sides.get(output.strip), lamps);
}
