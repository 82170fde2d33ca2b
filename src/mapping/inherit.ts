import {nameHint} from '../model/near-name.ts';
import type {Problem} from '../model/problem.ts';
import {problemAt} from './file-problems.ts';
import {ownFields, requiredFields, type SurfaceFile} from './surface-schema.ts';

/** A surface file with everything it must say, after what it extends was laid under it. */
export type WholeSurfaceFile = SurfaceFile & {
  readonly [Field in (typeof requiredFields)[number]]: NonNullable<SurfaceFile[Field]>;
};

/** A surface file where it lies, and the file of the same id that it replaces. */
export interface SurfaceSource {
  readonly id: string;
  readonly path: string;
  /** The place of its folder among all folders, in the order in which they win: those of the program are 0. */
  readonly layer: number;
  readonly file: SurfaceFile;
  readonly replaces: SurfaceSource | undefined;
}

export type Inherited =
  | {readonly state: 'whole'; readonly file: WholeSurfaceFile}
  | {readonly state: 'broken'; readonly problems: readonly Problem[]};

/**
 * Lays a surface file over the ones it extends. Objects merge field by field; lists, texts, numbers and null replace.
 * `sources` holds the last file of each id. A file extends what its own folder has, or an earlier one: whoever replaces a file in a later
 * folder changes nothing for those that extend it where it came from. A file that extends its own id means the one it replaces.
 */
export function inherit(source: SurfaceSource, sources: ReadonlyMap<string, SurfaceSource>): Inherited {
  const line = [source];
  for (let child = source; child.file.extends !== undefined; ) {
    const name = child.file.extends;
    const parent = name === child.id ? (child.replaces ?? child) : seenFrom(child.layer, sources.get(name));
    if (parent === undefined) {
      const {layer} = child;
      const seen = [...sources].filter(([id, last]) => id !== child.id && seenFrom(layer, last) !== undefined);
      const hint = nameHint(
        name,
        seen.map(([id]) => id),
      );
      return broken(problemAt(source.path, ['extends'], `there is no good surface file "${name}"`, hint));
    }
    if (line.includes(parent)) {
      const round = [...line.map(({id}) => id), name].join(' → ');
      return broken(problemAt(source.path, ['extends'], `goes round in a circle: ${round}`));
    }
    line.push(parent);
    child = parent;
  }
  const laid = line.reduceRight<SurfaceFile>((under, {file}) => layOver(withoutOwn(under), file), {});
  // On HID a device is known by its numbers.
  const merged: SurfaceFile = laid.hid !== undefined && laid.ports === undefined ? {...laid, ports: []} : laid;
  if (isWhole(merged)) return {state: 'whole', file: merged};
  const parents = line.slice(1).map(({id}) => id);
  const where = parents.length > 0 ? `, neither here nor in ${parents.join(', ')}` : '';
  const missing = requiredFields.filter((field) => merged[field] === undefined);
  return {state: 'broken', problems: missing.map((field) => problemAt(source.path, [field], `missing${where}`))};
}

/** The last of the files of an id that lies in this folder or an earlier one. */
function seenFrom(layer: number, last: SurfaceSource | undefined): SurfaceSource | undefined {
  let seen = last;
  while (seen !== undefined && seen.layer > layer) seen = seen.replaces;
  return seen;
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
