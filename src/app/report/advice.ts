import type {Severity} from '../../model/warning.ts';
import type {FileReport, MixReport, StripReport} from './report.ts';
import {rangesText, remarksOn, severityWord, signed, trimText} from './report-words.ts';
import type {LoggedWarning} from './warning-log.ts';

/** Something to do or to know, in one or two plain sentences. */
export interface Advice {
  readonly severity: Severity;
  /** What kind it is: `alarm`, `trim` … */
  readonly word: string;
  /** Where it stood, empty if everywhere. */
  readonly when: string;
  readonly text: string;
}

/** All that is to be said of a session, the worst first; of equals the mix first, then in desk order. */
export function sessionAdvice(strips: readonly StripReport[], mix: MixReport): readonly Advice[] {
  const {overs, vocal, warnings} = mix;
  const ceiling = `${overs} samples over full scale were held by the ceiling: turn the master down.`;
  const told = strips.some((strip) => strip.warnings.some(({rule}) => rule === 'vox.bal'));
  return sorted([
    ...warnings.map(warningAdvice),
    ...(overs > 0 ? [advice(4, 'ceiling', ceiling)] : []),
    ...(vocal?.advice === undefined || told ? [] : [advice(2, 'vocal', vocal.advice)]),
    ...strips.flatMap(({name, recorded, trim, warnings: own}) => [
      ...own.map(warningAdvice),
      ...(trim === undefined ? [] : [advice(2, 'trim', `${name}: ${trimText(trim)}`)]),
      ...(recorded === undefined ? [] : remarksOn(recorded)).map((text) => advice(1, 'note', `${name}: ${text}`)),
    ]),
  ]);
}

/** All that is to be said of a file, the worst first. */
export function fileAdvice({figures, trim, warnings}: FileReport): readonly Advice[] {
  return sorted([
    ...warnings.map(warningAdvice),
    ...(trim === undefined ? [] : [advice(2, 'trim', trimText(trim))]),
    ...remarksOn(figures).map((text) => advice(1, 'note', text)),
  ]);
}

/** Where the vocals stand, as a figure. */
export function vocalText({vocal}: MixReport): string | undefined {
  if (vocal === undefined) return undefined;
  return `Vocals ${signed(vocal.balanceLu)} LU against the mix while they sing (usual are -6 to -1).`;
}

/** What is to be said of warnings. */
export function warningAdvice(warning: LoggedWarning): Advice {
  const {severity, advice: text, ranges} = warning;
  return {severity, word: severityWord(warning), when: rangesText(ranges), text};
}

function advice(severity: Severity, word: string, text: string): Advice {
  return {severity, word, when: '', text};
}

function sorted(told: readonly Advice[]): readonly Advice[] {
  return [...told].sort((one, other) => other.severity - one.severity);
}
