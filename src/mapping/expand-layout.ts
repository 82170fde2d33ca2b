import type {DeskSection} from '../model/desk-section.ts';
import {allDigitContents, type DigitContents} from '../model/digit-display.ts';
import type {Action, Layout} from '../model/layout.ts';
import {isParameter, type Layer, type Page, type Parameter, pageWidth} from '../model/view.ts';
import {isAction, namesOf} from './check-layout.ts';
import type {LayoutFile, SectionFile} from './layout-schema.ts';

/** Compiles a checked layout file. */
export function expandLayout(id: string, file: LayoutFile): Layout {
  const names = namesOf(file);
  const bind = (bindings: LayoutFile['shifted']): ReadonlyMap<string, Action> =>
    new Map(
      Object.entries(bindings ?? {}).flatMap(([control, action]) =>
        isAction(action, names) ? [[control, action] as const] : [],
      ),
    );
  const expandSection = (section: SectionFile): DeskSection => ({
    id: section.id,
    units: section.surfaces.map((unit) => (typeof unit === 'string' ? {surface: unit} : unit)),
    ...(section.follows === undefined ? {} : {follows: section.follows}),
    shows: section.shows ?? 'all',
    ...(section.layer === undefined ? {} : {layer: section.layer}),
    bindings: bind(section.bindings),
    shifted: bind(section.shifted),
  });
  return {
    id,
    name: file.name,
    layers: file.layers.flatMap(expandLayer),
    pages: (file.pages ?? []).map(expandPage),
    ...(file.digits === undefined ? {} : {digits: digitsOf(file.digits)}),
    ...(file.sections === undefined ? {} : {sections: file.sections.map(expandSection)}),
    ...(file.takeover === undefined ? {} : {takeover: file.takeover}),
    bindings: bind(file.bindings),
    shifted: bind(file.shifted),
  };
}

function digitsOf({time, assignment}: NonNullable<LayoutFile['digits']>): DigitContents {
  return {time: time ?? allDigitContents.time, assignment: assignment ?? allDigitContents.assignment};
}

function expandLayer(layer: LayoutFile['layers'][number]): readonly Layer[] {
  const {id, short, fader, encoder, push, shiftPush, ring, meter} = layer;
  if (!isParameter(fader) || !isParameter(encoder)) return [];
  const [pushed, shiftPushed] = [named(push), named(shiftPush)];
  return [
    {
      id,
      short,
      fader,
      encoder,
      ...(pushed === undefined ? {} : {push: pushed}),
      ...(shiftPushed === undefined ? {} : {shiftPush: shiftPushed}),
      ...(ring === undefined ? {} : {ring}),
      ...(meter === undefined ? {} : {meter}),
    },
  ];
}

/** Each page is filled up to its width, so that the next begins at the first encoder. */
function expandPage({id, name, short, pages}: NonNullable<LayoutFile['pages']>[number]): Page {
  const slots = pages.flatMap((page) =>
    Array.from({length: pageWidth}, (_, index) => named(page[index] ?? undefined) ?? null),
  );
  return {id, name, short, slots};
}

function named(text: string | undefined): Parameter | undefined {
  return text !== undefined && isParameter(text) ? text : undefined;
}
