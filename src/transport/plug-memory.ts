/**
 * Reads what the kernel tells of a device only once for each time it is plugged in: lists are read twice a second, and each reading is many questions to the system, one after the other.
 * `plugOf` tells one plug of a device in a folder from the next. What is undefined is asked for again.
 */
export function rememberPlugs<Facts>(
  plugOf: (folder: string) => Promise<string>,
  read: (folder: string) => Promise<Facts | undefined>,
): (folder: string) => Promise<Facts | undefined> {
  const memory = new Map<string, {readonly plug: string; readonly facts: Facts}>();
  return async (folder) => {
    const plug = await plugOf(folder).catch(() => undefined);
    const known = memory.get(folder);
    if (plug !== undefined && known?.plug === plug) return known.facts;
    memory.delete(folder);
    if (plug === undefined) return undefined;
    const facts = await read(folder);
    if (facts !== undefined) memory.set(folder, {plug, facts});
    return facts;
  };
}
