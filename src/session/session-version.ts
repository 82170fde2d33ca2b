/** The version of `session.json` that this program writes, and the newest it reads. */
export const sessionFileVersion = 2;
/** The oldest version that is read. */
export const oldestFileVersion = 1;

/**
 * How each version becomes the next. 1 → 2: automation, the journal and the session's id came; what was there stayed as it was.
 */
const migrations: Readonly<Record<number, (file: object) => object>> = {
  1: (file) => file,
};

/** The version that a parsed session file says it has; undefined if it says none. */
export function versionOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('longthrow' in value)) return undefined;
  return typeof value.longthrow === 'number' ? value.longthrow : undefined;
}

/** A parsed session file as the newest version has it; what has no version that can be brought there comes back as it is. */
export function migrated(value: unknown): unknown {
  let version = versionOf(value);
  if (version === undefined || typeof value !== 'object' || value === null) return value;
  let file: object = value;
  for (let step = migrations[version]; step !== undefined; step = migrations[version]) {
    version += 1;
    file = {...step(file), longthrow: version};
  }
  return file;
}

/** Name under which a session file of an older version is kept when it is first written as the newest. */
export function keptFileName(version: number): string {
  return `session.json.v${version}`;
}
