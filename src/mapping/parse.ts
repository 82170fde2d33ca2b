import type {Problem} from '../model/problem.ts';
import {problemAt, readJson, schemaProblems} from './file-problems.ts';
import {type LayoutFile, layoutSchema} from './layout-schema.ts';
import {type SurfaceFile, surfaceSchema} from './surface-schema.ts';

/** A mapping file after its schema: which of the two it is, by what stands in it, or why it is not used. */
export type ParsedMapping =
  | {readonly kind: 'surface'; readonly file: SurfaceFile}
  | {readonly kind: 'layout'; readonly file: LayoutFile}
  | {readonly kind: 'broken'; readonly problems: readonly Problem[]};

/** Reads the text of a mapping file; `path` is how problems call it. Never throws, whatever the text is. */
export function parseMapping(path: string, text: string): ParsedMapping {
  const json = readJson(path, text);
  if ('problem' in json) return {kind: 'broken', problems: [json.problem]};
  const {value} = json;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {kind: 'broken', problems: [problemAt(path, [], 'a mapping file is one object { }')]};
  }
  if (isLayout(value)) {
    const read = layoutSchema.safeParse(value, {reportInput: true});
    if (read.success) return {kind: 'layout', file: read.data};
    return {kind: 'broken', problems: schemaProblems(path, layoutSchema, read.error.issues)};
  }
  const read = surfaceSchema.safeParse(value, {reportInput: true});
  if (read.success) return {kind: 'surface', file: read.data};
  return {kind: 'broken', problems: schemaProblems(path, surfaceSchema, read.error.issues)};
}

/** A file is a layout if its `$schema` says so or, without one, if it has a layout's fields. */
function isLayout(value: object): boolean {
  if ('$schema' in value && typeof value.$schema === 'string') {
    if (value.$schema.endsWith('layout.schema.json')) return true;
    if (value.$schema.endsWith('surface.schema.json')) return false;
  }
  return 'bindings' in value || 'layers' in value;
}
