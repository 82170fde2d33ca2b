import type {Layout} from '../model/layout.ts';
import type {Problem} from '../model/problem.ts';
import type {Surface} from '../model/surface.ts';
import {checkLayout} from './check-layout.ts';
import {checkSurface} from './check-surface.ts';
import {expandLayout} from './expand-layout.ts';
import {expandSurface} from './expand-surface.ts';
import {inherit, type SurfaceSource, type WholeSurfaceFile} from './inherit.ts';
import type {LayoutFile} from './layout-schema.ts';
import {parseMapping} from './parse.ts';

/** What people should know about a surface beyond what the program needs. */
export interface SurfaceGuide {
  /** What to do on the device itself, step by step. */
  readonly setUp: readonly string[];
  /** Quirks, and what is not sure. */
  readonly notes: readonly string[];
  /** With what it was tried, or that it was not. */
  readonly tested: string;
  /** What the panel calls controls, by pattern. */
  readonly labels: Readonly<Record<string, string | undefined>>;
}

export interface Mappings {
  /** Sorted by id. */
  readonly surfaces: readonly Surface[];
  /** Sorted by id. */
  readonly layouts: readonly Layout[];
  /** By surface id. */
  readonly guides: ReadonlyMap<string, SurfaceGuide>;
  /** What was found wrong; a file with an error is left out, all others are there. */
  readonly problems: readonly Problem[];
}

/** The text of a mapping file. Its id is the last part of the path without `.json`. */
export interface MappingText {
  readonly path: string;
  readonly text: string;
  /** The place of its folder among all folders, in the order in which they win; 0 if it is not given. */
  readonly layer?: number;
}

interface LayoutSource {
  readonly path: string;
  readonly file: LayoutFile;
  readonly replaces: LayoutSource | undefined;
}

/**
 * Compiles mapping files. A good file replaces an earlier one of the same kind and id; where the later one is broken,
 * the earlier one goes on. Never throws, whatever the texts are.
 */
export function compileMappings(texts: readonly MappingText[]): Mappings {
  const problems: Problem[] = [];
  const surfaceSources = new Map<string, SurfaceSource>();
  const layoutSources = new Map<string, LayoutSource>();
  for (const {path, text, layer = 0} of texts) {
    const parsed = parseMapping(path, text);
    const id = idOf(path);
    if (parsed.kind === 'broken') problems.push(...parsed.problems);
    else if (parsed.kind === 'surface') {
      surfaceSources.set(id, {id, path, layer, file: parsed.file, replaces: surfaceSources.get(id)});
    } else layoutSources.set(id, {path, file: parsed.file, replaces: layoutSources.get(id)});
  }
  const surfaces: Surface[] = [];
  const guides = new Map<string, SurfaceGuide>();
  const replaced: Surface[] = [];
  for (const [id, last] of surfaceSources) {
    for (let source: SurfaceSource | undefined = last; source !== undefined; source = source.replaces) {
      const inherited = inherit(source, surfaceSources);
      const wrong = inherited.state === 'broken' ? inherited.problems : checkSurface(source.path, inherited.file);
      problems.push(...wrong);
      if (inherited.state === 'broken' || wrong.some(isError)) continue;
      surfaces.push(expandSurface(id, inherited.file));
      guides.set(id, guideOf(inherited.file));
      replaced.push(...replacedBy(source, surfaceSources));
      break;
    }
  }
  const layouts: Layout[] = [];
  for (const [id, last] of layoutSources) {
    for (let source: LayoutSource | undefined = last; source !== undefined; source = source.replaces) {
      // A layout may name what only a surface has that is replaced: it came for that one, too.
      const wrong = checkLayout(source.path, source.file, [...surfaces, ...replaced]);
      problems.push(...wrong);
      if (wrong.some(isError)) continue;
      layouts.push(expandLayout(id, source.file));
      break;
    }
  }
  return {surfaces: surfaces.sort(byId), layouts: layouts.sort(byId), guides, problems};
}

/** The surface that would be there without this file, if there is a good one. */
function replacedBy({replaces}: SurfaceSource, sources: ReadonlyMap<string, SurfaceSource>): readonly Surface[] {
  if (replaces === undefined) return [];
  const inherited = inherit(replaces, sources);
  if (inherited.state === 'broken' || checkSurface(replaces.path, inherited.file).some(isError)) return [];
  return [expandSurface(replaces.id, inherited.file)];
}

function idOf(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? path).replace(/\.json$/, '');
}

function isError({severity}: Problem): boolean {
  return severity === 'error';
}

function guideOf(file: WholeSurfaceFile): SurfaceGuide {
  return {setUp: file.setUp ?? [], notes: file.notes ?? [], tested: file.tested, labels: file.labels ?? {}};
}

function byId(one: {readonly id: string}, other: {readonly id: string}): number {
  return one.id < other.id ? -1 : 1;
}
