import type {Command} from 'commander';
import type {WantedEdit} from './command/automation-edit.ts';
import {json, number, time} from './option-words.ts';

/** Runs a command and keeps its exit status. */
export type Finish = (status: Promise<number>) => Promise<void>;

/** `longthrow automation …` and `longthrow snapshots …`. */
export function addAutomationRows(program: Command, finish: Finish): void {
  const automation = program
    .command('automation')
    .description('list the lanes of a session; edit, export and import them')
    .argument('<session>', 'folder of a session, or its session.json')
    .option(...json)
    .addHelpText('after', laneText)
    .action(async (session: string, options) =>
      finish((await import('./command/automation.ts')).listAutomation(session, options)),
    );
  addEdits(automation, finish);
  automation
    .command('export')
    .description('write lanes to a MIDI or CSV file')
    .argument('<session>', 'folder of a session, or its session.json')
    .argument('[lanes...]', 'lanes or strips; all if none is given')
    .option('--midi <file>', 'standard MIDI file with 14-bit controllers, a track a strip')
    .option('--csv <file>', 'table with a row a point; - for standard output')
    .option('--replace', 'write over a file that is there already')
    .option(...json)
    .action(async (session: string, lanes: string[], options) =>
      finish((await import('./command/automation-exchange.ts')).exportAutomation(session, lanes, options)),
    );
  automation
    .command('import')
    .description('take the lanes of a MIDI or CSV file; each replaces the lane of its name')
    .argument('<session>', 'folder of a session, or its session.json')
    .option('--midi <file>', 'standard MIDI file')
    .option('--csv <file>', 'table with the columns strip, parameter, seconds or frame, value')
    .option('--skip-unknown', 'leave out strips that the session does not have')
    .option(...json)
    .action(async (session: string, options) =>
      finish((await import('./command/automation-exchange.ts')).importAutomation(session, options)),
    );
  addSnapshots(program, finish);
}

function addEdits(automation: Command, finish: Finish): void {
  const row = (
    name: string,
    about: string,
    wanted: (options: Readonly<Record<string, number>>) => WantedEdit,
  ): Command =>
    automation
      .command(name)
      .description(about)
      .argument('<session>', 'folder of a session, or its session.json')
      .argument(
        '<lanes...>',
        name === 'copy' ? 'from which lane, to which lane' : 'lanes ("vox level"), strips, or all',
      )
      .option('--from <time>', 'only from here on, in seconds or m:ss', time)
      .option('--to <time>', 'only up to here', time)
      .option(...json)
      .action(async (session: string, lanes: string[], options) => {
        const {editAutomation} = await import('./command/automation-edit.ts');
        await finish(editAutomation(session, lanes, wanted(options), options));
      });

  row('thin', 'leave out points that the line does without', ({tolerance}) =>
    tolerance === undefined ? {type: 'thin'} : {type: 'thin', tolerance: tolerance / 100},
  ).option('--tolerance <percent>', 'of the travel; default: 0.2', number(0.001, 20));
  row('smooth', 'round off corners and jitter', ({over = 0}) => ({type: 'smooth', overMs: over})).requiredOption(
    '--over <ms>',
    'averages over so much time',
    number(1, 60_000),
  );
  row('shift', 'move points later or earlier', ({by = 0}) => ({type: 'shift', byMs: by})).requiredOption(
    '--by <ms>',
    'later, earlier if negative',
    number(-3_600_000, 3_600_000),
  );
  row('offset', 'raise or lower values', ({by = 0}) => ({type: 'offset', by})).requiredOption(
    '--by <amount>',
    'dB for levels and gains, else the unit of the parameter',
    number(-20_000, 20_000),
  );
  row('scale', 'stretch movements', ({factor = 1, around}) =>
    around === undefined ? {type: 'scale', factor} : {type: 'scale', factor, around},
  )
    .requiredOption('--factor <n>', '2: twice as far, 0.5: half as far', number(-100, 100))
    .option('--around <value>', 'the value that stays; default: the mean', number(-20_000, 20_000));
  row('clear', 'take points away', () => ({type: 'clear'}));
  row('copy', 'put a lane onto another of its kind', () => ({type: 'copy'}));
}

function addSnapshots(program: Command, finish: Finish): void {
  const snapshots = program
    .command('snapshots')
    .description('list the snapshots of a session; rename and remove them')
    .argument('<session>', 'folder of a session, or its session.json')
    .option(...json)
    .action(async (session: string, options) =>
      finish((await import('./command/snapshots.ts')).listSnapshots(session, options)),
    );
  snapshots
    .command('rename')
    .description('give a snapshot another name')
    .argument('<session>', 'folder of a session, or its session.json')
    .argument('<name>', 'its name')
    .argument('<to>', 'its new name')
    .option(...json)
    .action(async (session: string, name: string, to: string, options) =>
      finish((await import('./command/snapshots.ts')).renameSnapshot(session, name, to, options)),
    );
  snapshots
    .command('remove')
    .description('remove a snapshot')
    .argument('<session>', 'folder of a session, or its session.json')
    .argument('<name>', 'its name')
    .option(...json)
    .action(async (session: string, name: string, options) =>
      finish((await import('./command/snapshots.ts')).removeSnapshot(session, name, options)),
    );
}

const laneText = `
A lane is a strip and a parameter: "vox level", "Lead Vocal pan", "vox send 1", "master comp.threshold"; a strip alone
stands for all its lanes, all for those of the session. A session that a desk has open is refused: edit it in the desk.

Examples:
  longthrow automation song
  longthrow automation thin song all
  longthrow automation offset song "vox level" --by 1.5 --from 0:42 --to 0:51
  longthrow automation copy song "vox level" "backing level"
  longthrow automation export song --midi rides.mid
  longthrow automation import song --csv rides.csv
`;
