import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {withRuleHandbook} from '../gain/handbook.ts';
import {machinesPage} from '../machines/diagram.ts';
import {withActionTable} from '../mapping/action-table.ts';
import {shippedMappings} from '../mapping/folder.ts';
import {surfaceHandbook, surfacePages} from '../mapping/handbook.ts';
import {layoutJsonSchema, midiProfileJsonSchema, surfaceJsonSchema} from '../mapping/json-schema.ts';
import {loadMappings} from '../mapping/load.ts';
import {reportJsonSchema} from './report/report-schema.ts';

/** A file that is made from others: where it lies (from the project's folder) and what stands in it. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** Absolute path of the project's folder. */
export const projectFolder: string = fileURLToPath(new URL('../..', import.meta.url));

/** All generated files as they should be now. A test compares them with what lies on disk. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const schemas = [
    {path: 'mappings/surface.schema.json', content: surfaceJsonSchema()},
    {path: 'mappings/layout.schema.json', content: layoutJsonSchema()},
    {path: 'mappings/midi-profile.schema.json', content: midiProfileJsonSchema()},
    {path: 'docs/report.schema.json', content: reportJsonSchema()},
  ];
  const mappings = await loadMappings(shippedMappings);
  const pages = [
    {path: 'docs/surfaces.md', content: surfaceHandbook(mappings)},
    ...surfacePages(mappings).map(({name, content}) => ({path: `docs/surfaces/${name}`, content})),
    {path: 'docs/machines.md', content: machinesPage()},
  ];
  const guides = await Promise.all(
    [
      {path: 'docs/gain-staging.md', renewed: withRuleHandbook},
      {path: 'docs/layers.md', renewed: withActionTable},
    ].map(async ({path, renewed}) => ({path, content: renewed(await readFile(join(projectFolder, path), 'utf8'))})),
  );
  return [...schemas, ...pages, ...guides];
}

/** Writes all generated files. */
async function writeGeneratedFiles(): Promise<readonly string[]> {
  const files = await generatedFiles();
  for (const {path, content} of files) {
    const target = join(projectFolder, path);
    await mkdir(dirname(target), {recursive: true});
    await writeFile(target, content);
  }
  return files.map(({path}) => path);
}

if (process.argv[1] !== undefined && relative(process.argv[1], fileURLToPath(import.meta.url)) === '') {
  for (const path of await writeGeneratedFiles()) process.stdout.write(`${path}\n`);
}
