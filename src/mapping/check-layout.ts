import {type Action, actionNames, muteGroupCount, numberedMarkers} from '../model/layout.ts';
import {nameHint} from '../model/near-name.ts';
import type {Problem} from '../model/problem.ts';
import type {Control, Surface} from '../model/surface.ts';
import {isParameter, parameterNames, stripViews} from '../model/view.ts';
import {checkSections} from './check-sections.ts';
import {controlPatterns, covers, furtherKnobNames, isStripName, kindOf, singleStripControl} from './control-names.ts';
import {problemAt} from './file-problems.ts';
import type {LayoutFile} from './layout-schema.ts';

/** What actions can name. */
export interface LayoutNames {
  readonly layers: readonly string[];
  readonly pages: readonly string[];
}

/** The layers and pages of a layout file. */
export function namesOf({layers, pages = []}: LayoutFile): LayoutNames {
  return {layers: layers.map(({id}) => id), pages: pages.map(({id}) => id)};
}

/** Whether a text is an action of a layout that has these layers and pages. */
export function isAction(text: string, names: LayoutNames): text is Action {
  return actionsOf(names).includes(text);
}

function actionsOf({layers, pages}: LayoutNames): readonly string[] {
  return [
    ...actionNames,
    ...layers.map((layer) => `layer:${layer}`),
    ...pages.map((page) => `page:${page}`),
    ...stripViews.map((view) => `show:${view}`),
    ...Array.from({length: muteGroupCount}, (_, index) => `muteGroup:${index + 1}`),
    ...parameterNames.map((name) => `value:${name}`),
    ...Array.from({length: numberedMarkers}, (_, index) => `marker:${index + 1}`),
  ];
}

/**
 * What a schema cannot see in a layout: names of parameters, controls, actions, layers and pages, whether a control can do what it is
 * asked for, and (as a warning) whether any of the surfaces has it at all.
 */
export function checkLayout(path: string, file: LayoutFile, surfaces: readonly Surface[]): readonly Problem[] {
  const names = namesOf(file);
  const checkBindings = (place: readonly PropertyKey[], bound: Partial<Pick<LayoutFile, 'bindings' | 'shifted'>>) =>
    (['bindings', 'shifted'] as const).flatMap((field) =>
      Object.entries(bound[field] ?? {}).flatMap(([control, action]) =>
        checkBinding(path, [...place, field, control], control, action, names, surfaces),
      ),
    );
  return [
    ...checkDoubles(path, 'layers', names.layers),
    ...checkDoubles(path, 'pages', names.pages),
    ...checkParameters(path, file),
    ...checkBindings([], file),
    ...checkSections(path, file, surfaces),
    ...(file.sections ?? []).flatMap(({bindings = {}, shifted = {}}, index) =>
      checkBindings(['sections', index], {bindings, shifted}),
    ),
  ];
}

function checkDoubles(path: string, field: 'layers' | 'pages', ids: readonly string[]): readonly Problem[] {
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [problemAt(path, [field, index, 'id'], `"${id}" stands here twice`)] : [],
  );
}

function checkParameters(path: string, {layers, pages = []}: LayoutFile): readonly Problem[] {
  const inLayers = layers.flatMap((layer, index) =>
    (['fader', 'encoder', 'push', 'shiftPush'] as const).flatMap((field) =>
      checkParameter(path, ['layers', index, field], layer[field]),
    ),
  );
  const inPages = pages.flatMap(({pages: parts}, index) =>
    parts.flatMap((slots, part) =>
      slots.flatMap((slot, place) => checkParameter(path, ['pages', index, 'pages', part, place], slot)),
    ),
  );
  return [...inLayers, ...inPages];
}

function checkParameter(
  path: string,
  place: readonly PropertyKey[],
  name: string | null | undefined,
): readonly Problem[] {
  if (name === null || name === undefined || isParameter(name)) return [];
  return [problemAt(path, place, `"${name.slice(0, 60)}" is no parameter`, nameHint(name, parameterNames))];
}

function checkBinding(
  path: string,
  place: readonly PropertyKey[],
  control: string,
  action: string,
  names: LayoutNames,
  surfaces: readonly Surface[],
): readonly Problem[] {
  if (!controlPatterns.includes(control) && !singleStripControl.test(control)) {
    return [problemAt(path, place, 'no such control', nameHint(control, controlPatterns))];
  }
  if (!isAction(action, names)) {
    const [, kind, name] = /^(layer|page):(.*)$/s.exec(action) ?? [];
    const what = kind === undefined ? `"${action}" is no action` : `no ${kind} "${name}" in this layout`;
    return [problemAt(path, place, what, nameHint(action, actionsOf(names)))];
  }
  const needs = needed(action);
  if (!needs.kinds.includes(kindOf(control))) {
    return [
      problemAt(
        path,
        place,
        `${action} needs ${needs.kinds.map(withArticle).join(' or ')}, and this is ${withArticle(kindOf(control))}`,
      ),
    ];
  }
  if (needs.strip && !isStripName(control)) {
    return [
      problemAt(
        path,
        place,
        `${action} means the strip under the control, and this control stands on none`,
        'use a name with .* behind it',
      ),
    ];
  }
  // Further knobs are there for surfaces that are learned or imported.
  if (
    surfaces.length > 0 &&
    !furtherKnobNames.some((name) => control.startsWith(`${name}.`)) &&
    !surfaces.some((surface) => [...surface.controls.keys()].some((id) => covers(control, id)))
  ) {
    return [{...problemAt(path, place, 'no known surface has such a control'), severity: 'warning'}];
  }
  return [];
}

/** Which kinds of control can do an action, and whether it must stand on a strip. */
export function needed(action: Action): {readonly kinds: readonly Control['kind'][]; readonly strip: boolean} {
  if (action.startsWith('value:')) return {kinds: ['fader', 'knob', 'encoder'], strip: true};
  switch (action) {
    case 'strip.fader':
      return {kinds: ['fader', 'knob', 'encoder'], strip: true};
    case 'strip.encoder':
      return {kinds: ['encoder', 'knob'], strip: true};
    case 'master.fader':
      return {kinds: ['fader', 'knob'], strip: false};
    case 'playback.jog':
    case 'monitor.level':
    case 'selected.fader':
    case 'selected.encoder':
    case 'selected.choose':
    case 'view.scroll':
      return {kinds: ['jog', 'encoder', 'spring'], strip: false};
    default:
      return {kinds: ['button'], strip: action.startsWith('strip.')};
  }
}

function withArticle(kind: Control['kind']): string {
  return kind === 'encoder' ? 'an encoder' : `a ${kind}`;
}
