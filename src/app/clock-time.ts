/** Seconds of a time as people write it: `83.5`, `1:23.5`, `0:01:23`; undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  const found = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/.exec(text.trim());
  if (found === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = ''] = found;
  if (found[2] !== undefined && Number(seconds) >= 60) return undefined;
  if (found[1] !== undefined && Number(minutes) >= 60) return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
