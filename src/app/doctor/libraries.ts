import {plainText} from '../../model/problem.ts';
import {explainLoadFailure} from '../../transport/shared-library.ts';
import type {Row} from './report.ts';
import type {System} from './system.ts';

/** The native packages and what stands still without them. */
const natives = [
  {name: 'easymidi', serves: 'MIDI surfaces'},
  {name: 'node-hid', serves: 'HID surfaces'},
  {name: 'serialport', serves: 'surfaces on a serial line'},
  {name: 'node-web-audio-api', serves: 'sound'},
] as const;

/** Loads a package and says how it went: what one breaks must not break the doctor. */
const loadScript = `
const [url] = process.argv.slice(1).filter((argument) => argument !== '--');
let answer;
try {
  await import(url);
  answer = {loaded: true};
} catch (error) {
  answer = {loaded: false, message: String(error?.message ?? error)};
}
process.stdout.write('\\n' + JSON.stringify(answer) + '\\n', () => process.exit(0));
`;

/** Each native package, loaded in a process of its own. All are optional: each one missing costs only what it serves. */
export async function checkLibraries(system: System): Promise<readonly Row[]> {
  return Promise.all(natives.map(({name, serves}) => checkLibrary(system, name, serves)));
}

async function checkLibrary(system: System, name: string, serves: string): Promise<Row> {
  const row = {area: 'libraries', check: name} as const;
  const url = system.resolvePackage(name);
  if (url === undefined)
    return {
      ...row,
      found: `not installed: no ${serves}`,
      state: 'missing',
      cure: 'npm install --include=optional',
    };
  const answer = readAnswer(await system.runScript(loadScript, [url]));
  if (answer === undefined)
    return {
      ...row,
      found: `ends or hangs while it is loaded: no ${serves}`,
      state: 'missing',
      cure: `npm install --include=optional --force, and report it to the makers of ${name} if it stays`,
    };
  if (answer.loaded) return {...row, found: 'loads', state: 'ok'};
  const explained = explainLoadFailure(answer.message);
  return {
    ...row,
    found: `${explained?.reason ?? `does not load (${plainText(answer.message)})`}: no ${serves}`,
    state: 'missing',
    cure: explained?.cure ?? 'npm install --include=optional --force',
  };
}

function readAnswer(line: string | undefined): {readonly loaded: boolean; readonly message: string} | undefined {
  try {
    const value: unknown = JSON.parse(line ?? '');
    if (typeof value !== 'object' || value === null || !('loaded' in value)) return undefined;
    return {loaded: value.loaded === true, message: 'message' in value ? String(value.message) : ''};
  } catch {
    return undefined;
  }
}
