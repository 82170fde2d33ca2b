import {type Command, Option} from 'commander';
import {json, number, several, surfaceChoices} from './option-words.ts';

/** The option that every command has which looks for mappings. */
export const mappingsOption = [
  '--mappings <folder>',
  'a folder with surfaces/, layouts/ and midi-profiles/ of your own, beside the usual one; its files win',
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

  program
    .command('learn')
    .description('learn a MIDI or HID surface that has no mapping: move, turn and press what it asks for')
    .argument('[port]', 'part of its name; asked for if there are several')
    .option('--replace', 'write over what was learned of it before without asking')
    .option(...mappingsOption)
    .action(async (port: string | undefined, options) =>
      finish((await import('./command/learn.ts')).learnSurface(port, options)),
    );

  program
    .command('monitor')
    .description('show every message of surfaces, both ways, what it means and why it was sent')
    .argument('[ports...]', 'parts of the names of their ports; default: all surfaces')
    .option('--in', 'only what devices say')
    .option('--out', 'only what they are told')
    .option('--only <words>', 'only messages that have this in their meaning, reason or bytes; several times', several)
    .option('--without <words>', 'no messages that have this in them; several times', several)
    .option('--seconds <n>', 'end by itself after so many seconds', number(0, 86_400))
    .option('--layout <name>', 'what controls do; default: mixer')
    .option(...serialOption, several)
    .option(...choiceOption, surfaceChoices)
    .option(...mappingsOption)
    .option(json[0], 'one JSON object a line')
    .action(async (ports: string[], options) =>
      finish((await import('./command/monitor.ts')).monitorSurfaces(ports, options)),
    );

  program
    .command('record')
    .description('record what goes over the port of a surface, both ways')
    .argument('[port]', 'part of its name; default: the first surface')
    .requiredOption('--out <file>', 'file to write, as take.jsonl; nothing is written over')
    .option('--seconds <n>', 'end by itself after so many seconds', number(0, 86_400))
    .option('--layout <name>', 'what controls do; default: mixer')
    .option(...serialOption, several)
    .option(...choiceOption, surfaceChoices)
    .option(...mappingsOption)
    .option(...json)
    .action(async (port: string | undefined, options) =>
      finish((await import('./command/record.ts')).recordSurface(port, options)),
    );

  program
    .command('replay')
    .description('play the device of a recording against the desk, and say where the desk does something else')
    .argument('<file>', 'a recording')
    .addOption(
      new Option('--tolerance <ms>', 'how much later or earlier the same may be shown')
        .argParser(number(0, 60_000))
        .default(300),
    )
    .option('--all', 'compare levels, warnings, pictures and the time of the tape, too')
    .option('--layout <name>', 'what controls do; default: that of the recording')
    .option(...mappingsOption)
    .option(...json)
    .action(async (file: string, options) =>
      finish((await import('./command/replay.ts')).replayRecording(file, options)),
    );
}

const serialOption = [
  '--serial <port>',
  'a serial port that may be opened, too: its path, or "all"; several times',
] as const;

const choiceOption = [
  '--surface <name=port>',
  'a port that belongs to this surface, whatever it is called: mapping and part of the port’s name; several times',
] as const;
