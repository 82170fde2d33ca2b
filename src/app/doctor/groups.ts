import type {System} from './system.ts';

/** What lets this user into a group of the system: joining it, or logging in again after having joined. */
export async function groupCure(system: System, group: string): Promise<string> {
  const line = (await system.read('/etc/group'))?.split('\n').find((entry) => entry.startsWith(`${group}:`));
  const [, , id, members = ''] = line?.split(':') ?? [];
  const joined = members.split(',').includes(system.userName);
  if (joined && !system.groups.includes(Number(id)))
    return `you have joined the group ${group} since this login: log out and in again`;
  return `sudo usermod -aG ${group} "$USER", then log out and in again`;
}

/** The name of a group, or its number where it has none. */
export async function groupName(system: System, id: number): Promise<string> {
  const entries = (await system.read('/etc/group'))?.split('\n').map((line) => line.split(':')) ?? [];
  return entries.find(([, , number]) => number === String(id))?.[0] ?? String(id);
}
