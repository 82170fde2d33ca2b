import {type Action, actionNames} from '../model/layout.ts';
import type {Problem} from '../model/problem.ts';
import type {Control, Surface} from '../model/surface.ts';
import {controlPatterns, covers, isStripName, kindOf, singleStripControl} from './control-names.ts';
import {problemAt} from './file-problems.ts';
import type {LayoutFile} from './layout-schema.ts';
import {nameHint} from './nearest.ts';

/** Whether a text is an action of a layout that has these layers. */
export function isAction(text: string, layers: readonly string[]): text is Action {
  return actionNames.some((name) => name === text) || layers.some((layer) => text === `layer:${layer}`);
}

/**
 * What a schema cannot see in a layout: names of controls, actions and layers, whether a control can do what it is
 * asked for, and (as a warning) whether any of the surfaces has it at all.
 */
export function checkLayout(path: string, file: LayoutFile, surfaces: readonly Surface[]): readonly Problem[] {
  const ids = file.layers.map(({id}) => id);
  const doubles = ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [problemAt(path, ['layers', index, 'id'], `"${id}" stands here twice`)] : [],
  );
  const bindings = (['bindings', 'shifted'] as const).flatMap((field) =>
    Object.entries(file[field] ?? {}).flatMap(([control, action]) =>
      checkBinding(path, field, control, action, ids, surfaces),
    ),
  );
  return [...doubles, ...bindings];
}

function checkBinding(
  path: string,
  field: 'bindings' | 'shifted',
  control: string,
  action: string,
  layers: readonly string[],
  surfaces: readonly Surface[],
): readonly Problem[] {
  const place = [field, control];
  if (!controlPatterns.includes(control) && !singleStripControl.test(control)) {
    return [problemAt(path, place, 'no such control', nameHint(control, controlPatterns))];
  }
  if (!isAction(action, layers)) {
    const known = [...actionNames, ...layers.map((layer) => `layer:${layer}`)];
    const what = action.startsWith('layer:')
      ? `no layer "${action.slice(6)}" in this layout`
      : `"${action}" is no action`;
    return [problemAt(path, place, what, nameHint(action, known))];
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
  if (
    surfaces.length > 0 &&
    !surfaces.some((surface) => [...surface.controls.keys()].some((id) => covers(control, id)))
  ) {
    return [{...problemAt(path, place, 'no known surface has such a control'), severity: 'warning'}];
  }
  return [];
}

/** Which kinds of control can do an action, and whether it must stand on a strip. */
function needed(action: Action): {readonly kinds: readonly Control['kind'][]; readonly strip: boolean} {
  switch (action) {
    case 'strip.fader':
      return {kinds: ['fader', 'knob'], strip: true};
    case 'strip.encoder':
      return {kinds: ['encoder', 'knob'], strip: true};
    case 'master.fader':
      return {kinds: ['fader', 'knob'], strip: false};
    case 'playback.jog':
      return {kinds: ['jog', 'encoder'], strip: false};
    default:
      return {kinds: ['button'], strip: action.startsWith('strip.')};
  }
}

function withArticle(kind: Control['kind']): string {
  return kind === 'encoder' ? 'an encoder' : `a ${kind}`;
}
