import type {Row} from './report.ts';
import type {System} from './system.ts';

/** The oldest Node the program runs on; `engines` of package.json says the same. */
const oldestNode = [20, 19] as const;

/** Node's version, and which installation of the program this is. */
export async function checkRuntime(system: System): Promise<readonly Row[]> {
  const [major = 0, minor = 0] = system.nodeVersion.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  const enough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const wanted = oldestNode.join('.');
  return [
    {
      area: 'runtime',
      check: 'Node',
      found: `${system.nodeVersion} (${wanted} or newer is needed)`,
      state: enough ? 'ok' : 'missing',
      ...(enough ? {} : {cure: `install Node ${wanted} or newer from https://nodejs.org`}),
    },
    {area: 'runtime', check: 'system', found: `${system.platform} ${process.arch}`, state: 'ok'},
  ];
}
