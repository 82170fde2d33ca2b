import {type ReportByte, reportWords} from '../model/report-traits.ts';

/** Bytes of a report with places for what changes, or what is wrong with them. */
export type ReportPattern<Byte> =
  | {readonly state: 'good'; readonly bytes: readonly Byte[]}
  | {readonly state: 'bad'; readonly reason: string};

/** Reads hex bytes among which `{words}` stand for what changes. */
export function readReportTemplate(text: string): ReportPattern<ReportByte> {
  return readBytes(text, (word): ReportByte | undefined => {
    const inside = /^\{([a-z-]+)\}$/.exec(word)?.[1];
    return reportWords.find((known) => known === inside);
  });
}

/** Reads hex bytes among which `..` stands for any. */
export function readReportStart(text: string): ReportPattern<number | undefined> {
  const read = readBytes(text, (word) => (word === '..' ? ('any' as const) : undefined));
  if (read.state === 'bad') return read;
  return {state: 'good', bytes: read.bytes.map((byte) => (byte === 'any' ? undefined : byte))};
}

function readBytes<Word extends string>(
  text: string,
  wordOf: (text: string) => Word | number | undefined,
): ReportPattern<Word | number> {
  const words = text.trim() === '' ? [] : text.trim().split(/\s+/);
  const bytes: (Word | number)[] = [];
  for (const word of words) {
    const byte = /^[0-9a-fA-F]{2}$/.test(word) ? Number.parseInt(word, 16) : wordOf(word);
    if (byte === undefined)
      return {state: 'bad', reason: `"${word.slice(0, 20)}" is no byte of two hex digits and no word known here`};
    bytes.push(byte);
  }
  return {state: 'good', bytes};
}
