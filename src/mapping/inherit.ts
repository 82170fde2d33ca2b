import type {Problem} from '../model/problem.ts';
import {problemAt} from './file-problems.ts';
import {nameHint} from './nearest.ts';
import {ownFields, requiredFields, type SurfaceFile} from './surface-schema.ts';

/** A surface file with everything it must say, after what it extends was laid under it. */
export type WholeSurfaceFile = SurfaceFile & {
  readonly [Field in (typeof requiredFields)[number]]: NonNullable<SurfaceFile[Field]>;
};

export type Inherited =
  | {readonly state: 'whole'; readonly file: WholeSurfaceFile}
  | {readonly state: 'broken'; readonly problems: readonly Problem[]};

/** A chain of parents longer than this is surely a mistake. */
const longestChain = 8;

/**
 * Lays a surface file over the ones it extends. Objects merge field by field; lists, texts, numbers and null replace.
 * `parents` holds the good files by id.
 */
export function inherit(
  path: string,
  id: string,
  file: SurfaceFile,
  parents: ReadonlyMap<string, SurfaceFile>,
): Inherited {
  const line: SurfaceFile[] = [file];
  const seen = [id];
  for (let child = file; child.extends !== undefined; ) {
    const name = child.extends;
    if (seen.includes(name) || seen.length > longestChain) {
      return broken(problemAt(path, ['extends'], `goes round in a circle: ${[...seen, name].join(' → ')}`));
    }
    const parent = parents.get(name);
    if (parent === undefined) {
      return broken(
        problemAt(path, ['extends'], `there is no good surface file "${name}"`, nameHint(name, [...parents.keys()])),
      );
    }
    seen.push(name);
    line.push(parent);
    child = parent;
  }
  const merged = line.reduceRight<SurfaceFile>((under, over) => layOver(withoutOwn(under), over), {});
  const missing = requiredFields.filter((field) => merged[field] === undefined);
  if (isWhole(merged)) return {state: 'whole', file: merged};
  const where = seen.length > 1 ? `, neither here nor in ${seen.slice(1).join(', ')}` : '';
  return {state: 'broken', problems: missing.map((field) => problemAt(path, [field], `missing${where}`))};
}

function broken(problem: Problem): Inherited {
  return {state: 'broken', problems: [problem]};
}

function isWhole(file: SurfaceFile): file is WholeSurfaceFile {
  return requiredFields.every((field) => file[field] !== undefined);
}

function withoutOwn(file: SurfaceFile): SurfaceFile {
  return Object.fromEntries(Object.entries(file).filter(([key]) => !ownFields.some((own) => own === key)));
}

/** Both came through the schema, whose objects merge to what the schema allows again. */
function layOver(under: SurfaceFile, over: SurfaceFile): SurfaceFile {
  return mergeObjects(under, over);
}

function mergeObjects(under: object, over: object): object {
  const merged = new Map<string, unknown>(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    merged.set(key, isPlainObject(below) && isPlainObject(value) ? mergeObjects(below, value) : value);
  }
  return Object.fromEntries(merged);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
