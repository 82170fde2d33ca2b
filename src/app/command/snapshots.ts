import {nearestName} from '../../model/near-name.ts';
import {DeskError} from '../../model/problem.ts';
import {findSnapshot, type Snapshot, snapshotNameFault, snapshotParts} from '../../model/snapshot.ts';
import {editSession} from '../edit-session.ts';
import {exitCode} from '../exit-code.ts';
import {openSession, problemLine} from '../open-session.ts';
import {table} from '../report/text-table.ts';

export interface SnapshotsOptions {
  readonly json?: boolean;
}

/** Lists the snapshots of a session. */
export async function listSnapshots(path: string, {json}: SnapshotsOptions): Promise<number> {
  const {session} = await openSession(path);
  const {snapshots = []} = session;
  if (json) {
    const list = snapshots.map(({name, parts, strips}) => ({name, parts, strips: strips.map(({strip}) => strip)}));
    process.stdout.write(`${JSON.stringify({schemaVersion: 1, snapshots: list}, null, 2)}\n`);
    return exitCode.ok;
  }
  for (const problem of session.problems) process.stderr.write(`${problemLine(problem)}\n`);
  if (snapshots.length === 0) process.stdout.write('There is no snapshot yet.\n');
  else {
    const rows = snapshots.map(({name, parts, strips}) => [
      name,
      String(strips.length),
      parts.length === snapshotParts.length ? 'all' : parts.join(' '),
    ]);
    process.stdout.write(`${table(['snapshot', 'strips', 'parts'], rows).join('\n')}\n`);
  }
  return exitCode.ok;
}

/** Gives a snapshot of a session that is not open another name. */
export async function renameSnapshot(
  path: string,
  name: string,
  to: string,
  options: SnapshotsOptions,
): Promise<number> {
  const fault = snapshotNameFault(to);
  if (fault !== undefined) throw new DeskError('usage', `The new name ${fault}.`);
  return change(path, name, options, (there, snapshots) => {
    const other = findSnapshot(snapshots, to);
    if (other !== undefined && other !== there) throw new DeskError('usage', `"${other.name}" is there already.`);
    return {...there, name: to};
  });
}

/** Removes a snapshot of a session that is not open. */
export async function removeSnapshot(path: string, name: string, options: SnapshotsOptions): Promise<number> {
  return change(path, name, options, () => undefined);
}

async function change(
  path: string,
  name: string,
  {json}: SnapshotsOptions,
  make: (there: Snapshot, snapshots: readonly Snapshot[]) => Snapshot | undefined,
): Promise<number> {
  let made: Snapshot | undefined;
  const {snapshots} = await editSession(path, ({session}) => {
    const before = session.snapshots ?? [];
    const there = findSnapshot(before, name);
    if (there === undefined) throw new DeskError('usage', noneText(name, before));
    made = make(there, before);
    return {snapshots: [{name: there.name, snapshot: made}]};
  });
  if (json) {
    const names = snapshots.map((one) => one.name);
    process.stdout.write(`${JSON.stringify({schemaVersion: 1, snapshots: names}, null, 2)}\n`);
  } else process.stdout.write(made === undefined ? `Removed: ${name}.\n` : `${name} is called ${made.name} now.\n`);
  return exitCode.ok;
}

function noneText(name: string, snapshots: readonly Snapshot[]): string {
  const names = snapshots.map((one) => one.name);
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return `There is no snapshot "${name}". Did you mean "${nearest}"?`;
  return names.length === 0
    ? 'There is no snapshot yet.'
    : `There is no snapshot "${name}". There are: ${names.join(', ')}.`;
}
