import type {AssignmentContent, TimeContent} from './digit-display.ts';
import type {StripId} from './mixer.ts';
import {type ParameterId, parameterIds} from './parameter.ts';

/**
 * What a control can set on a strip beside the table of parameters. `effect.1` … `effect.8` are the parameters of a return's effect in the
 * order of its table, whichever effect it is.
 */
const stripParameters = [
  'level',
  'pan',
  'trim',
  'polarity',
  'effect.kind',
  'effect.1',
  'effect.2',
  'effect.3',
  'effect.4',
  'effect.5',
  'effect.6',
  'effect.7',
  'effect.8',
] as const;

/** Everything a fader or encoder can stand for. */
export type Parameter = (typeof stripParameters)[number] | ParameterId;

/** All of them. */
export const parameterNames: readonly Parameter[] = [...stripParameters, ...parameterIds];

export function isParameter(text: string): text is Parameter {
  return parameterNames.some((name) => name === text);
}

/** A named pair: what the faders carry, what the encoders carry. Flip swaps the two. */
export interface Layer {
  readonly id: string;
  /** Two characters for the assignment display. */
  readonly short: string;
  readonly fader: Parameter;
  readonly encoder: Parameter;
  /** What pressing an encoder toggles; absent for the stage its parameter belongs to, or back to the standard. */
  readonly push?: Parameter;
  /** The same with shift; absent for back to the standard. */
  readonly shiftPush?: Parameter;
  /** What its rings show: the value of the encoder if absent, or where the strip's working peak lies around the middle of the target window. */
  readonly ring?: LayerRing;
  /** Where its level meters listen: behind the processing if absent, or before the trim. */
  readonly meter?: LayerMeter;
}

/** What the rings of a layer can show. */
export const layerRings = ['value', 'trim'] as const;
export type LayerRing = (typeof layerRings)[number];

/** Where the meters of a layer can listen. */
export const layerMeters = ['pre', 'in'] as const;
export type LayerMeter = (typeof layerMeters)[number];

/** Encoders that a page fills. */
export const pageWidth = 8;

/** Parameters of the selected strip, to be shown on encoders. */
export interface Page {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** One or two characters for the assignment display; of several pages the second is the page's number. */
  readonly short: string;
  /** One an encoder, page after page, each `pageWidth` long; null leaves an encoder without a task. */
  readonly slots: readonly (Parameter | null)[];
}

/** Which strips can lie under the faders; `inputs` are those with a recording. */
export const stripViews = ['all', 'inputs', 'groups', 'returns', 'vcas', 'master'] as const;
export type StripView = (typeof stripViews)[number];

/** Which part of the mixer the surfaces show. */
export interface View {
  /** The shown strips: a kind of strip … */
  readonly shown: StripView;
  /** … unless a group or VCA is spilled: then its members. */
  readonly spilled: StripId | undefined;
  /** Of the shown strips the one on the first channel strip of the first unit. */
  readonly bankOffset: number;
  /** Channel strips of all units together, at least 1. */
  readonly bankSize: number;
  readonly layer: Layer;
  /** The page of the selected strip that lies on the encoders (flipped: on the faders). */
  readonly page: Page | undefined;
  /** Slot of the page on the first encoder of the first unit. */
  readonly pageOffset: number;
  readonly flipped: boolean;
  readonly selected: StripId | undefined;
  /** Whether scribble strips show values instead of names. */
  readonly showValues: boolean;
  /** What the meters of the strips show; `page`: gain reduction while a page or layer of dynamics is shown, else levels. */
  readonly meters: 'page' | 'level' | 'reduction';
  /** What the segment displays show. */
  readonly timeDigits: TimeContent;
  readonly assignmentDigits: AssignmentContent;
}

/** A view of all strips from the first; everything else is at rest unless given. */
export function newView(given: Pick<View, 'layer'> & Partial<View>): View {
  return {
    shown: 'all',
    spilled: undefined,
    bankOffset: 0,
    bankSize: 8,
    page: undefined,
    pageOffset: 0,
    flipped: false,
    selected: undefined,
    showValues: false,
    meters: 'page',
    timeDigits: 'time',
    assignmentDigits: 'view',
    ...given,
  };
}

/** What the faders carry now, pages aside. */
export function faderParameter(view: View): Parameter {
  return view.flipped ? view.layer.encoder : view.layer.fader;
}

/** What the encoders carry now, pages aside. */
export function encoderParameter(view: View): Parameter {
  return view.flipped ? view.layer.fader : view.layer.encoder;
}

/** Whether the meters of the strips show gain reduction: because it was asked for, or because most of what the encoders carry is dynamics. */
export function showsReduction({meters, page, layer}: Pick<View, 'meters' | 'page' | 'layer'>): boolean {
  if (meters !== 'page') return meters === 'reduction';
  const carried = page === undefined ? [layer.fader, layer.encoder] : page.slots.filter((slot) => slot !== null);
  return 2 * carried.filter((parameter) => /^(comp|gate|limiter)\./.test(parameter)).length > carried.length;
}

/** Where the level meters of the strips listen: a page over the layer has the usual tap. */
export function meterTap({page, layer}: Pick<View, 'page' | 'layer'>): LayerMeter {
  return page === undefined ? (layer.meter ?? 'pre') : 'pre';
}

/**
 * What the shown page puts on an encoder, counted from 0 through all units: a parameter, null where it leaves it without a task, undefined
 * where there is no page or it does not reach that far.
 */
export function slotAt({page, pageOffset}: View, place: number): Parameter | null | undefined {
  return page?.slots[pageOffset + place];
}

/** The page's number from 1, and how many there are of it. */
export function pageNumber({page, pageOffset}: View): {readonly number: number; readonly count: number} {
  return {number: Math.floor(pageOffset / pageWidth) + 1, count: Math.ceil((page?.slots.length ?? 0) / pageWidth)};
}
