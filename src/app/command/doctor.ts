import {renderReport} from '../doctor/render.ts';
import {hasProblems, reportJson} from '../doctor/report.ts';
import {runDoctor} from '../doctor/run.ts';
import {udevRules} from '../doctor/udev-rules.ts';
import {exitCode} from '../exit-code.ts';
import {deskMappings} from '../own-mappings.ts';

export interface DoctorCommandOptions {
  readonly json?: boolean;
  /** A folder with mappings of the user's own. */
  readonly mappings?: string;
  /** Print the rules that give the right to open HID and serial surfaces, and nothing else. */
  readonly udev?: boolean;
}

/** Says what works on this machine, what does not, and the cure; status 3 if something does not. */
export async function doctor(options: DoctorCommandOptions): Promise<number> {
  const {surfaces} = await deskMappings(options.mappings);
  if (options.udev) {
    process.stdout.write(udevRules(surfaces));
    return exitCode.ok;
  }
  const report = await runDoctor({surfaces});
  const colour = process.stdout.isTTY === true && !process.env['NO_COLOR'];
  process.stdout.write(
    options.json ? `${JSON.stringify(reportJson(report), null, 2)}\n` : renderReport(report, colour),
  );
  return hasProblems(report) ? exitCode.problemsFound : exitCode.ok;
}
