import type {Command} from 'commander';
import {json} from './option-words.ts';

/** The option that every command has which looks for mappings. */
export const mappingsOption = [
  '--mappings <folder>',
  'a folder with surfaces/ and layouts/ of your own, beside the usual one; its files win',
] as const;

/** The rows of the command line that are about devices and their mappings. */
export function addSurfaceRows(program: Command, finish: (status: Promise<number>) => Promise<void>): void {
  program
    .command('import')
    .description('make mappings of files of other programs: Ardour .map, .device and .profile, Mixxx .midi.xml')
    .argument('<files...>', 'files to import')
    .option('--out <folder>', 'where to write; default: here')
    .option('--install', 'write among your own mappings, where the desk looks for them')
    .option('--name <name>', 'name of the new files; default: that of the device')
    .option('--port <name>', 'name of its port; default: that of the device')
    .option('--replace', 'write over files that are there already')
    .option(...mappingsOption)
    .option(...json)
    .action(async (files: string[], options) =>
      finish((await import('./command/import.ts')).importMappings(files, options)),
    );
}
