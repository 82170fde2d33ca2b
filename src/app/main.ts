#!/usr/bin/env -S node --max-semi-space-size=64
import {Command, CommanderError, Option} from 'commander';
import {soundFormats} from '../engine/sound-format.ts';
import {addAutomationRows} from './automation-rows.ts';
import {exitCode, exitCodeOf} from './exit-code.ts';
import {addFirmwareRows} from './firmware-rows.ts';
import {linesOf} from './lines.ts';
import {json, number, several, surfaceChoices, time} from './option-words.ts';
import {addSurfaceRows, mappingsOption} from './surface-rows.ts';
import {addTimeCodeOptions} from './time-code-rows.ts';

function build(finish: (status: Promise<number>) => Promise<void>): Command {
  const program = new Command('longthrow')
    .description('A mixing desk made of software and the faders you own.')
    .version('0.1.0')
    .showHelpAfterError('(longthrow --help shows all commands)')
    .enablePositionalOptions()
    .argument('[session]', 'folder of a session, or its session.json; without it the demo session plays')
    .option('--seconds <n>', 'end by itself after so many seconds', number(0, 86_400))
    .option(json[0], 'print the final status as one JSON object at the end')
    .option('--plain', 'no colours, no block characters')
    .option('--no-device', 'open no sound device; time is kept silently')
    .option('--no-surfaces', 'look for no surfaces')
    .option(
      '--serial <port>',
      'a serial port that may be opened, too: its path, "all", or "none" for none but those named; several times',
      several,
    )
    .option(
      '--surface <name=port>',
      'a port that belongs to this surface, whatever it is called: mapping and part of the port’s name; several times',
      surfaceChoices,
    )
    .option(...mappingsOption)
    .option('--layout <name>', 'what controls do: the name of a layout file; default: mixer')
    .option('--record <file>', 'record what goes over the ports of surfaces, both ways, a file each')
    .option('--reduced-motion', 'nothing blinks on surfaces and screen: an alarm is steady, all else speaks by text')
    .option('--stopped', 'start with the tape standing still')
    .option('--read-only', 'write nothing; another Longthrow may have the session open')
    .option('--reference <file>', 'a finished track to compare the mix with; may be given several times', several)
    .option('--target <name>', 'hold the mix against a delivery target, or none; "report --targets" lists them')
    .addOption(
      new Option('--look-ahead <ms>', 'how much sound lies ready, 40 to 2000 ms')
        .argParser(number(40, 2000))
        .default(350),
    );
  addTimeCodeOptions(program)
    .addHelpText('after', exampleText)
    .action(async (session: string | undefined, options) =>
      finish((await import('./command/play.ts')).play(session, options)),
    );

  program
    .command('new')
    .description(
      'make a session from a folder of stems (WAV, FLAC, AIFF, MP3, OGG), or of a device that is mixed over MIDI',
    )
    .argument('<folder>', 'folder with the audio files; session.json is written into it')
    .option('--name <name>', 'name of the session; default: the folder’s')
    .option('--buses', 'add groups, a reverb and a delay')
    .option('--midi <port>', 'mix the synthesizer or console at that MIDI port (its name or a part of it), not stems')
    .option('--channels <list>', 'with --midi: which of its channels, as 1-8 or 1,2,10; default: all')
    .option('--profile <name>', 'with --midi: what it understands; default: general-midi')
    .option('--length <time>', 'with --midi: length of the tape, in seconds or m:ss; default: an hour', time)
    .option(...mappingsOption)
    .option('--replace', 'write over a session that is there already')
    .option('--dry-run', 'say what would be written and write nothing')
    .option(...json)
    .action(async (folder: string, options) =>
      finish(
        options.midi === undefined
          ? (await import('./command/new.ts')).newSession(folder, options)
          : (await import('./command/new-midi.ts')).newMidiSession(folder, options),
      ),
    );

  program
    .command('bounce')
    .description('render a session to a file, faster than real time')
    .argument('<session>', 'folder of a session, or its session.json')
    .requiredOption('-o, --output <path>', 'WAV or FLAC file to write, or with --stems and --groups a folder')
    .option('--stems', 'each strip after its fader and pan to a file of its own')
    .option('--groups', 'each group to a file of its own; strips without one by instrument')
    .addOption(new Option('--format <format>', 'samples of the file; default: by its ending').choices(soundFormats))
    .option('--from <time>', 'where to begin, in seconds or m:ss', time)
    .option('--to <time>', 'where to end', time)
    .option('--tail <seconds>', 'what rings on after the end; default: until below -90 dBFS', number(0, 60))
    .option('--no-report', 'write no loudness report beside the file')
    .option('--replace', 'write over files that are there already')
    .option(...json)
    .action(async (session: string, options) =>
      finish((await import('./command/bounce.ts')).bounceSession(session, options)),
    );

  program
    .command('report')
    .description('measure a session or audio files: levels, loudness, and what to do about them')
    .argument('[paths...]', 'folder of a session (or its session.json), or audio files')
    .option('--target <name>', 'compare with a delivery target, or none; default: the session’s; --targets lists them')
    .option('--targets', 'list the delivery targets and end')
    .option('--reference <file...>', 'compare with these audio files; default: the session’s references')
    .addOption(
      new Option('--as <kind>', 'what files are; default: mix where they are compared, else stem').choices([
        'stem',
        'mix',
      ]),
    )
    .option('--html <path>', 'write a page with plots, too')
    .option('--replace', 'write over a page that is there already')
    .option(...json)
    .action(async (paths: string[], options) => finish((await import('./command/report.ts')).report(paths, options)));

  addAutomationRows(program, finish);
  addFirmwareRows(program, finish);
  addSurfaceRows(program, finish);

  program
    .command('surfaces')
    .description('list the surfaces on MIDI and HID, and those the desk knows; "firmware list" shows serial ports')
    .option('--known', 'list all surfaces that the desk has a mapping for')
    .option(...mappingsOption)
    .option(...json)
    .action(async (options) => finish((await import('./command/surfaces.ts')).listSurfaces(options)));

  program
    .command('check')
    .description('find problems in sessions, mappings and audio files')
    .argument('<files...>', 'session folders, session.json, surface, layout and MIDI profile files, audio files')
    .option(...json)
    .action(async (files: string[], options) => finish((await import('./command/check.ts')).check(files, options)));

  program
    .command('doctor')
    .description('say what works on this machine, what does not, and the cure')
    .option('--udev', 'print the udev rules that let you open HID and serial surfaces on Linux, and end')
    .option(...mappingsOption)
    .option(...json)
    .action(async (options) => finish((await import('./command/doctor.ts')).doctor(options)));

  return program;
}

const exampleText = `
Examples:
  longthrow                        play the demo session
  longthrow new ~/stems/song       make a session from a folder of stems
  longthrow ~/stems/song           mix it
  longthrow bounce ~/stems/song -o mix.wav
  longthrow doctor                 what works on this machine, and what does not

Exit status: 0 well, 1 failed, 2 wrong usage, 3 problems found (check, doctor, replay, firmware conform, learn),
4 a device missing or refused, 5 a file missing, damaged or refused, 130 interrupted.
`;

/** A command and all under it. */
function allOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}

async function main(): Promise<void> {
  let status = 0;
  const program = build(async (result) => {
    status = await result;
  });
  // Commander's own exits become ours: 2 for wrong usage, 0 for help and version.
  for (const command of allOf(program)) command.exitOverride();
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      status = error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    } else {
      status = exitCodeOf(error);
      process.stderr.write(`longthrow: ${linesOf(error).join('\n')}\n`);
      if (process.env['LONGTHROW_TRACE']) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
    }
  }
  await new Promise<void>((done) => process.stdout.write('', () => done()));
  process.exit(status);
}

// A reader that went away (`longthrow … | head`) ends the program quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? exitCode.ok : exitCode.failed),
);

await main();
