import {renderReport} from '../doctor/render.ts';
import {hasProblems, reportJson} from '../doctor/report.ts';
import {runDoctor} from '../doctor/run.ts';
import {exitCode} from '../exit-code.ts';

export interface DoctorCommandOptions {
  readonly json?: boolean;
}

/** Says what works on this machine, what does not, and the cure; status 3 if something does not. */
export async function doctor(options: DoctorCommandOptions): Promise<number> {
  const report = await runDoctor();
  const colour = process.stdout.isTTY === true && !process.env['NO_COLOR'];
  process.stdout.write(
    options.json ? `${JSON.stringify(reportJson(report), null, 2)}\n` : renderReport(report, colour),
  );
  return hasProblems(report) ? exitCode.problemsFound : exitCode.ok;
}
