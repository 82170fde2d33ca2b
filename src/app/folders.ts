import {homedir, tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The package's own folder: two above this file, from sources and from the build alike. */
const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** The user's home, or the temporary folder for users who have none. */
function home(): string {
  try {
    return homedir() || tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Mappings that come with the program. */
export const mappingsFolder = join(packageFolder, 'mappings');

/** Mappings of the user's own, which win over those of the program: `~/.config/longthrow/mappings`. */
export function userMappingsFolder(environment: NodeJS.ProcessEnv): string {
  const {XDG_CONFIG_HOME: config, APPDATA: appData} = environment;
  return join(config || (process.platform === 'win32' && appData) || join(home(), '.config'), 'longthrow', 'mappings');
}

/** Where decoded stems are kept: `~/.cache/longthrow`; may be deleted at any time. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const {XDG_CACHE_HOME: cache, LOCALAPPDATA: localAppData} = environment;
  return join(cache || (process.platform === 'win32' && localAppData) || join(home(), '.cache'), 'longthrow');
}

/** Where sessions are put that their own folder did not take: `~/.local/state/longthrow/rescued`. */
export function rescueFolder(environment: NodeJS.ProcessEnv): string {
  const {XDG_STATE_HOME: state, LOCALAPPDATA: localAppData} = environment;
  return join(
    state || (process.platform === 'win32' && localAppData) || join(home(), '.local', 'state'),
    'longthrow',
    'rescued',
  );
}
