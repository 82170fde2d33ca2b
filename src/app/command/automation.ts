import {type AutomationSettings, isSafe, modeOf, newAutomationSettings} from '../../model/automation.ts';
import {type Lane, type LaneId, laneTarget} from '../../model/lane.ts';
import {findStrip, type Mixer, masterId} from '../../model/mixer.ts';
import {formatClock} from '../../model/playback.ts';
import {plainText} from '../../model/problem.ts';
import {exitCode} from '../exit-code.ts';
import {openSession, problemLine} from '../open-session.ts';
import {table} from '../report/text-table.ts';

export interface AutomationListOptions {
  readonly json?: boolean;
}

/** Lists the lanes of a session: what they move, how many points they have and where, and how they are used. */
export async function listAutomation(path: string, {json}: AutomationListOptions): Promise<number> {
  const {session, lanes, told} = await openSession(path);
  const {mixer, sampleRate} = session;
  const settings = session.automation?.settings ?? newAutomationSettings;
  const rows = [...lanes].flatMap(([id, lane]) => rowOf(id, lane, mixer, settings, sampleRate));
  if (json) {
    const answer = {schemaVersion: 1, sampleRate, mode: settings.mode, glideMs: settings.glideMs, lanes: rows};
    process.stdout.write(`${JSON.stringify({...answer, problems: session.problems}, null, 2)}\n`);
    return exitCode.ok;
  }
  for (const problem of session.problems) process.stderr.write(`${problemLine(problem)}\n`);
  if (told !== undefined) process.stderr.write(`${told}\n`);
  const {mode} = settings;
  const count =
    rows.length === 0 ? 'There is no automation yet' : `${rows.length} ${rows.length === 1 ? 'lane' : 'lanes'}`;
  const list = rows.length === 0 ? '' : tableOf(rows, sampleRate);
  process.stdout.write(`${list}${count}; the desk is in ${mode} mode.\n`);
  return exitCode.ok;
}

interface Row {
  readonly lane: LaneId;
  readonly strip: string;
  readonly name: string;
  readonly parameter: string;
  readonly points: number;
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly mode: string;
  readonly safe: boolean;
}

function rowOf(
  id: LaneId,
  {frames}: Lane,
  mixer: Mixer,
  settings: AutomationSettings,
  sampleRate: number,
): readonly Row[] {
  const target = laneTarget(id);
  if (target === undefined || frames.length === 0) return [];
  const fromFrame = frames[0] ?? 0;
  const toFrame = frames.at(-1) ?? 0;
  return [
    {
      lane: id,
      ...{strip: target.strip, name: nameOf(mixer, target.strip), parameter: target.parameter, points: frames.length},
      ...{fromFrame, toFrame, fromSeconds: fromFrame / sampleRate, toSeconds: toFrame / sampleRate},
      ...{mode: modeOf(settings, target), safe: isSafe(settings, target)},
    },
  ];
}

function nameOf(mixer: Mixer, strip: string): string {
  if (strip === masterId) return 'Master';
  return plainText(findStrip(mixer, strip)?.name ?? `${strip} (not in the session)`);
}

function tableOf(rows: readonly Row[], sampleRate: number): string {
  const cells = rows.map(({lane, name, points, fromFrame, toFrame, mode, safe}) => {
    const [from, to] = [formatClock(fromFrame, sampleRate), formatClock(toFrame, sampleRate)];
    return [lane, name, String(points), from, to, safe ? `${mode}, safe` : mode];
  });
  return `${table(['lane', 'strip', 'points', 'from', 'to', 'mode'], cells).join('\n')}\n`;
}
