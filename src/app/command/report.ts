import {openNewFile} from '../../engine/new-file.ts';
import {deliveryTargets, deliveryTargetsVersion} from '../../model/delivery-target.ts';
import {refuseTaken} from '../bounce-target.ts';
import {untilCancelled} from '../cancellation.ts';
import {exitCode} from '../exit-code.ts';
import {cacheFolder} from '../folders.ts';
import {problemLine} from '../open-session.ts';
import {makeReport} from '../report/make-report.ts';
import type {Report} from '../report/report.ts';
import {reportJson, targetFields} from '../report/report-json.ts';
import {reportPage} from '../report/report-page.ts';
import {reportText, targetsText} from '../report/report-text.ts';

export interface ReportCommandOptions {
  readonly as?: 'stem' | 'mix';
  readonly target?: string;
  /** List the targets and end. */
  readonly targets?: boolean;
  readonly reference?: readonly string[];
  /** Path of a page to write. */
  readonly html?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** Reports levels, loudness and what to do of a session or of files; Ctrl-C leaves nothing half-written. */
export async function report(paths: readonly string[], options: ReportCommandOptions): Promise<number> {
  if (options.targets) {
    tellTargets(options.json === true);
    return exitCode.ok;
  }
  const {html} = options;
  if (html !== undefined && !options.replace) await refuseTaken([html]);
  // A page that cannot be written is told before anything is measured.
  if (html !== undefined) await (await openNewFile(html)).abandon();
  return untilCancelled('Measuring', async (onProgress, signal, endProgress) => {
    const made = await makeReport({
      paths,
      as: options.as,
      target: options.target,
      references: options.reference ?? [],
      cacheFolder: cacheFolder(process.env),
      onProgress,
      signal,
    });
    endProgress();
    if (html !== undefined) await writePage(html, reportPage(made), signal);
    tell(made, options);
    return made.problems.some(({severity}) => severity === 'error') ? exitCode.fileRefused : exitCode.ok;
  });
}

async function writePage(path: string, page: string, signal: AbortSignal): Promise<void> {
  const file = await openNewFile(path);
  try {
    await file.append(Buffer.from(page));
    await file.complete();
    signal.throwIfAborted();
    await file.place();
  } finally {
    await file.abandon();
  }
}

function tell(made: Report, {json, html}: ReportCommandOptions): void {
  for (const problem of made.problems) process.stderr.write(`${problemLine(problem)}\n`);
  process.stdout.write(json ? reportJson(made) : reportText(made));
  if (!json && html !== undefined) process.stdout.write(`\n${html} written.\n`);
}

function tellTargets(json: boolean): void {
  const answer = {schemaVersion: 1, deliveryTargetsVersion, targets: deliveryTargets.map(targetFields)};
  process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : targetsText(deliveryTargets));
}
