import {join} from 'node:path';
import {shippedMappings} from '../../../src/mapping/folder.ts';
import {loadMappings} from '../../../src/mapping/load.ts';
import {type AutomationMode, type AutomationSettings, newAutomationSettings} from '../../../src/model/automation.ts';
import {type AutomationStatus, noAutomationStatus} from '../../../src/model/automation-status.ts';
import type {Layout} from '../../../src/model/layout.ts';
import type {Surface} from '../../../src/model/surface.ts';
import {newView, type View} from '../../../src/model/view.ts';
import {levelLayer} from '../render/small-desk.ts';

const mappings = await loadMappings(shippedMappings);

/** A shipped surface. */
export function shippedSurface(id: string): Surface {
  const found = mappings.surfaces.find((surface) => surface.id === id);
  if (found === undefined) throw new Error(`there is no surface in ${join('surfaces', id)}`);
  return found;
}

/** All shipped surfaces. */
export const shippedSurfaces: readonly Surface[] = mappings.surfaces;

/** The shipped layout. */
export const mixerLayout: Layout = (() => {
  const found = mappings.layouts.find(({id}) => id === 'mixer');
  if (found === undefined) throw new Error('there is no layout "mixer"');
  return found;
})();

/** The first strip is selected. */
export const selectedView: View = newView({layer: levelLayer, selected: 's1'});

/** Settings in which strips have modes of their own. */
export function modes(own: Readonly<Record<string, AutomationMode>>, given: Partial<AutomationSettings> = {}) {
  return {...newAutomationSettings, stripModes: new Map(Object.entries(own)), ...given};
}

/** What automation does, as far as it is given. */
export function automated(given: Partial<AutomationStatus>): AutomationStatus {
  return {...noAutomationStatus, ...given};
}
