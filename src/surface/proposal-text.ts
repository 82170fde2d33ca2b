import type {Finding, Proposal} from '../model/assistance.ts';
import {formatDb} from '../model/decibel.ts';

/** From the longest; the number itself is never cut where there is room for it. */
const words: Readonly<Record<Proposal['what'], readonly string[]>> = {
  trim: ['TRIM', 'TR', 'T', ''],
  level: ['LEVEL', 'LEV', 'L', ''],
};

/** What a strip whose sound is being listened to shows. */
export const listeningText = 'LISTEN';

/** What a scribble strip says of a proposal: `TRIM-4?`, on six cells `TR-4?` or `T-4.5?`; `FITS` where nothing is to be done, `SILENT` where nothing was heard. */
export function proposalText(what: Proposal['what'], finding: Finding, cells: number): string {
  switch (finding.type) {
    case 'fine':
      return 'FITS'.slice(0, cells);
    case 'silent':
      return 'SILENT'.slice(0, cells);
    case 'change': {
      const number = `${formatDb(finding.toDb, '-oo').replace(/\.0$/, '')}?`;
      const texts = words[what].map((word) => `${word}${number}`);
      return (texts.find((text) => text.length <= cells) ?? number).slice(0, cells);
    }
  }
}
