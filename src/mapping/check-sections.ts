import {mainSection, matchesPattern} from '../model/desk-section.ts';
import {nameHint} from '../model/near-name.ts';
import type {Problem} from '../model/problem.ts';
import type {Surface} from '../model/surface.ts';
import {problemAt} from './file-problems.ts';
import type {LayoutFile, SectionFile} from './layout-schema.ts';

/** What a schema cannot see in the sections of a layout: names of sections, layers and (as a warning) of surfaces; bindings aside. */
export function checkSections(path: string, file: LayoutFile, surfaces: readonly Surface[]): readonly Problem[] {
  const {sections = []} = file;
  const ids = sections.map(({id}) => id);
  const layers = file.layers.map(({id}) => id);
  return sections.flatMap((section, index) => [
    ...(ids.indexOf(section.id) < index
      ? [problemAt(path, ['sections', index, 'id'], `"${section.id}" stands here twice`)]
      : []),
    ...checkFollowed(path, index, sections, [...ids, mainSection]),
    ...(section.layer === undefined || layers.includes(section.layer)
      ? []
      : [
          problemAt(
            path,
            ['sections', index, 'layer'],
            `no layer "${section.layer}" in this layout`,
            nameHint(section.layer, layers),
          ),
        ]),
    ...section.surfaces.flatMap((unit, place) => {
      const pattern = typeof unit === 'string' ? unit : unit.surface;
      if (surfaces.length === 0 || surfaces.some(({id}) => matchesPattern(pattern, id))) return [];
      const hint = nameHint(
        pattern,
        surfaces.map(({id}) => id),
      );
      const problem = problemAt(path, ['sections', index, 'surfaces', place], `no surface "${pattern}" is known`, hint);
      return [{...problem, severity: 'warning' as const}];
    }),
  ]);
}

function checkFollowed(
  path: string,
  index: number,
  sections: readonly SectionFile[],
  ids: readonly string[],
): readonly Problem[] {
  const {id, follows, shows, layer} = sections[index] ?? {};
  if (follows === undefined) return [];
  const place = ['sections', index, 'follows'];
  if (!ids.includes(follows))
    return [problemAt(path, place, `no section "${follows}" in this layout`, nameHint(follows, ids))];
  if (follows === id) return [problemAt(path, place, 'a section cannot follow itself')];
  if (id === mainSection) return [problemAt(path, place, 'the main section follows no other')];
  if (sections.some((other) => other.id === follows && other.follows !== undefined))
    return [problemAt(path, place, `"${follows}" follows another section itself`, 'name that one')];
  return shows === undefined && layer === undefined
    ? []
    : [problemAt(path, place, 'what a section shows that follows another is not its own', 'leave out shows and layer')];
}
