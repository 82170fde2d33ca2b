import type {Action, Layout} from '../model/layout.ts';
import {isAction} from './check-layout.ts';
import type {LayoutFile} from './layout-schema.ts';

/** Compiles a checked layout file. */
export function expandLayout(id: string, file: LayoutFile): Layout {
  const layers = file.layers.map((layer) => layer.id);
  const bind = (bindings: LayoutFile['shifted']): ReadonlyMap<string, Action> =>
    new Map(
      Object.entries(bindings ?? {}).flatMap(([control, action]) =>
        isAction(action, layers) ? [[control, action] as const] : [],
      ),
    );
  return {id, name: file.name, layers: file.layers, bindings: bind(file.bindings), shifted: bind(file.shifted)};
}
