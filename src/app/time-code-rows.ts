import {type Command, InvalidArgumentError, Option} from 'commander';
import {timeCodeRates} from '../wire/time-code/time-code.ts';

/** The options of time code and machine control. */
export function addTimeCodeOptions(program: Command): Command {
  const port = (text: string): string => {
    if (text.trim() === '') throw new InvalidArgumentError('Give the name of a MIDI port, or a part of it.');
    return text;
  };
  return program
    .option('--time-code-in <port>', 'follow MIDI time code from that port: start, jump and stop with it', port)
    .option('--time-code-out <port>', 'send MIDI time code to that port', port)
    .addOption(
      new Option('--time-code-rate <rate>', 'frames a second of what is sent').choices(timeCodeRates).default('25'),
    )
    .option('--time-code-start <code>', 'the code at the start of the tape, as 01:00:00:00')
    .option('--machine-control-in <port>', 'obey play, stop and locate (MIDI machine control) from that port', port)
    .option('--machine-control-out <port>', 'send play, stop and locate to that port', port);
}
