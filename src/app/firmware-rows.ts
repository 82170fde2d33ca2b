import {type Command, InvalidArgumentError, Option} from 'commander';
import {levels} from './conform/check.ts';
import {json, several} from './option-words.ts';

type Finish = (status: Promise<number>) => Promise<void>;

/** A whole number from the command line. */
function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < low || value > high)
      throw new InvalidArgumentError(`Give a whole number from ${low} to ${high}.`);
    return value;
  };
}

const configName = [
  '<name>',
  'label, bank, or of a fader from 1: bottom.1, unity.1, top.1, dead-band.1, touch-threshold.1, touch-hysteresis.1',
] as const;
const port = ['<port>', 'path of its serial port; "longthrow firmware list" shows them'] as const;

/** Adds `longthrow firmware …`: what looks after home-made surfaces. */
export function addFirmwareRows(program: Command, finish: Finish): void {
  const firmware = program.command('firmware').description('look after home-made surfaces on serial ports');
  firmware
    .command('list')
    .description('list serial ports, and which of them the desk opens by itself')
    .option(...json)
    .action(async (options) => finish((await import('./command/firmware.ts')).listFirmware(options)));
  firmware
    .command('info')
    .description('say who is on a port, and what it can do')
    .argument(...port)
    .option(...json)
    .action(async (path: string, options) =>
      finish((await import('./command/firmware.ts')).firmwareInfo(path, options)),
    );
  firmware
    .command('monitor')
    .description('print what a surface says')
    .argument(...port)
    .option('--all', 'heartbeats and keyframes, too')
    .option('--seconds <n>', 'end by itself', whole(1, 86_400))
    .action(async (path: string, options) =>
      finish((await import('./command/firmware.ts')).monitorFirmware(path, options)),
    );
  firmware
    .command('identify')
    .description('have a surface show which one it is')
    .argument(...port)
    .option('--seconds <n>', 'for so long', whole(1, 255), 5)
    .action(async (path: string, options) =>
      finish((await import('./command/firmware.ts')).identifyFirmware(path, options)),
    );
  firmware
    .command('calibrate')
    .description('guide through the calibration of faders, in the terminal')
    .argument(...port)
    .option('--fader <n>', 'only this one, from 1', whole(1, 240))
    .option('--touch', 'thresholds of touch instead of positions')
    .action(async (path: string, options) =>
      finish((await import('./command/firmware-calibrate.ts')).calibrateFirmware(path, options)),
    );
  firmware
    .command('flash')
    .description('print the command that flashes a board; it is run only if you say so')
    .argument('<file>', '.hex or .uf2')
    .requiredOption('--to <port>', 'port of the board, or for .uf2 the folder of its drive')
    .option('--board <name>', 'uno, nano, nano-old, leonardo, micro')
    .option('--yes', 'run it without asking')
    .action(async (file: string, options) =>
      finish((await import('./command/firmware-flash.ts')).flashFirmware(file, options)),
    );

  firmware
    .command('conform')
    .description('hold a firmware against the specification')
    .argument('<target>', 'path of a serial port, or of a program')
    .argument('[arguments...]', 'of the program')
    .addOption(new Option('--level <level>', 'the highest level to try; default: L6').choices(levels))
    .option('--only <check>', 'only this check; may be given more than once', several)
    .option(...json)
    .action(async (target: string, given: string[], options) =>
      finish((await import('./command/firmware-conform.ts')).conformFirmware(target, given, options)),
    );
  const config = firmware.command('config').description('values that live in a surface: label, bank, bottom.1 …');
  config
    .command('get')
    .description('say a value')
    .argument(...port)
    .argument(...configName)
    .option(...json)
    .action(async (path: string, name: string, options) =>
      finish((await import('./command/firmware-config.ts')).getConfig(path, name, options)),
    );
  config
    .command('set')
    .description('set a value; it is lost at the next start without --commit')
    .argument(...port)
    .argument(...configName)
    .argument('<value>', 'up to 12 bytes of text for the label, 0 to 255 for the bank, else 0 to 65535')
    .option('--commit', 'keep it over a restart')
    .action(async (path: string, name: string, value: string, options) =>
      finish((await import('./command/firmware-config.ts')).setConfig(path, name, value, options)),
    );
  config
    .command('commit')
    .description('keep over a restart what was set')
    .argument(...port)
    .action(async (path: string) => finish((await import('./command/firmware-config.ts')).commitConfig(path)));
}
