import {
  type AssignmentContent,
  allDigitContents,
  type DigitContents,
  nextContent,
  type TimeContent,
} from '../model/digit-display.ts';
import type {StripId} from '../model/mixer.ts';
import type {Layer, Page, StripView, View} from '../model/view.ts';
import {turnedOffset} from '../surface/page-turn.ts';
import {canSpill, type StripRoute, shownIds} from '../surface/shown-strips.ts';

/** What the view shows a part of. */
export interface ViewInput {
  /** The layout's layers, at least one; the first is shown at the start. */
  readonly layers: readonly Layer[];
  /** The layout's pages; none is shown at the start. */
  readonly pages: readonly Page[];
  /** What the segment displays step through; all there is if absent. */
  readonly digits?: DigitContents | undefined;
  /** Strips of the mixer, in desk order. */
  readonly strips: readonly StripRoute[];
  /** Channel strips of all units together: what a bank moves by. */
  readonly bankSize: number;
  /** Strips shown at the start; all if absent. */
  readonly shows?: StripView | undefined;
  /** Layer shown at the start; the first if absent, or if there is none of that name. */
  readonly layer?: string | undefined;
}

/** What the view remembers beside its states. */
export interface ViewContext extends Omit<ViewInput, 'shows' | 'layer'> {
  readonly shown: StripView;
  readonly spilled: StripId | undefined;
  readonly bankOffset: number;
  /** Where the bank stood in other lists of strips, by their key: coming back finds it there. */
  readonly offsets: Readonly<Record<string, number>>;
  readonly layer: Layer;
  readonly page: Page | undefined;
  readonly pageOffset: number;
  readonly selected: StripId | undefined;
  /** What was asked of the meters, until another layer or page is shown. */
  readonly meters: View['meters'];
  readonly timeDigits: TimeContent;
  readonly assignmentDigits: AssignmentContent;
}

/** The bank moved by so many strips. It stays within the shown strips: the last bank is full where there are strips enough. */
export function banked(context: ViewContext, by: number): ViewContext {
  return {...context, bankOffset: within(context, context.bankOffset + by)};
}

/** Other strips shown, or all again if these are shown. The master is one strip, so it is selected with its view. */
export function showing(context: ViewContext, shown: StripView): ViewContext {
  const isBack = context.spilled === undefined && context.shown === shown;
  const next = moved(context, {shown: isBack ? 'all' : shown, spilled: undefined});
  return next.shown === 'master' ? {...next, selected: shownIds([], next)[0]} : next;
}

/** The members of a group or VCA shown, or what was shown before if they are; strips without members change nothing. */
export function spilling(context: ViewContext, strip: StripId): ViewContext {
  if (context.spilled === strip) return moved(context, {shown: context.shown, spilled: undefined});
  const parent = context.strips.find(({id}) => id === strip);
  return parent !== undefined && canSpill(parent) ? moved(context, {shown: context.shown, spilled: strip}) : context;
}

/** A strip selected; if it is shown but lies outside the bank, the bank moves until it lies at its edge. */
export function selecting(context: ViewContext, strip: StripId): ViewContext {
  const place = shownIds(context.strips, context).indexOf(strip);
  const {bankOffset, bankSize} = context;
  const next = {...context, selected: strip};
  if (place < 0 || (place >= bankOffset && place < bankOffset + bankSize)) return next;
  return {...next, bankOffset: within(context, place < bankOffset ? place : place - bankSize + 1)};
}

/** A layer shown, and no page; an unknown one changes nothing. */
export function layered(context: ViewContext, id: string): ViewContext {
  const layer = context.layers.find((one) => one.id === id);
  return layer === undefined ? context : {...context, layer, page: undefined, pageOffset: 0, meters: 'page'};
}

/** A page shown from its start, or none if it is shown; an unknown one changes nothing. */
export function paged(context: ViewContext, id: string): ViewContext {
  const page = context.pages.find((one) => one.id === id);
  if (page === undefined) return context;
  return {...context, page: page === context.page ? undefined : page, pageOffset: 0, meters: 'page'};
}

/** The page before or after in the layout; before the first and after the last none is shown. */
export function pageBy(context: ViewContext, by: -1 | 1): ViewContext {
  const {pages, page} = context;
  const places = pages.length + 1;
  const place = page === undefined ? 0 : pages.indexOf(page) + 1;
  const next = (place + by + places) % places;
  return {...context, page: next === 0 ? undefined : pages[next - 1], pageOffset: 0, meters: 'page'};
}

/** The page turned, to the left or right. */
export function pageTurned(context: ViewContext, by: -1 | 1): ViewContext {
  return {...context, pageOffset: turnedOffset(context, by)};
}

/** The next content on a segment display. */
export function digitsCycled(context: ViewContext, display: 'time' | 'assignment'): ViewContext {
  const {digits = allDigitContents, timeDigits, assignmentDigits} = context;
  if (display === 'time') return {...context, timeDigits: nextContent(digits.time, timeDigits)};
  return {...context, assignmentDigits: nextContent(digits.assignment, assignmentDigits)};
}

/** Other strips in the mixer, or another number of channel strips: bank and page stay within what there is. */
export function resized(context: ViewContext, change: Partial<Pick<ViewInput, 'strips' | 'bankSize'>>): ViewContext {
  const next = {...context, ...change};
  const slots = next.page?.slots.length ?? 0;
  const pageOffset = next.bankSize >= slots ? 0 : next.pageOffset;
  return {...next, pageOffset, bankOffset: within(next, next.bankOffset)};
}

function moved(context: ViewContext, to: Pick<ViewContext, 'shown' | 'spilled'>): ViewContext {
  const offsets = {...context.offsets, [keyOf(context)]: context.bankOffset};
  const next = {...context, ...to, offsets};
  return {...next, bankOffset: within(next, offsets[keyOf(next)] ?? 0)};
}

function keyOf({shown, spilled}: Pick<ViewContext, 'shown' | 'spilled'>): string {
  return spilled === undefined ? `show ${shown}` : `spill ${spilled}`;
}

/** An offset at which no channel strip lies beyond the shown strips, unless they are fewer than the channel strips. */
function within(context: ViewContext, offset: number): number {
  const count = shownIds(context.strips, context).length;
  return Math.max(0, Math.min(offset, count - context.bankSize));
}
