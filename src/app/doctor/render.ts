import {areas, areaTitles, hasProblems, type Report, type Row} from './report.ts';

const marks: Readonly<Record<Row['state'], {readonly word: string; readonly colour: string}>> = {
  ok: {word: 'ok', colour: '32'},
  warning: {word: 'warning', colour: '33'},
  missing: {word: 'missing', colour: '31'},
  skipped: {word: 'skipped', colour: '2'},
};
const wordWidth = Math.max(...Object.values(marks).map(({word}) => word.length));

/** The report for people: checks under their areas, what was found in columns, each cure on a line of its own. Ends with a line break. */
export function renderReport(report: Report, colour: boolean): string {
  const checkWidth = Math.max(0, ...report.rows.map(({check}) => check.length));
  const lines: string[] = [];
  for (const area of areas) {
    const rows = report.rows.filter((row) => row.area === area);
    if (rows.length === 0) continue;
    lines.push(paint(areaTitles[area], '1', colour));
    for (const {check, found, state, cure} of rows) {
      const {word, colour: code} = marks[state];
      lines.push(`  ${paint(word.padEnd(wordWidth), code, colour)}  ${check.padEnd(checkWidth)}  ${found}`);
      if (cure !== undefined) lines.push(`${' '.repeat(wordWidth + checkWidth + 6)}→ ${cure}`);
    }
  }
  const count = (state: Row['state']): number => report.rows.filter((row) => row.state === state).length;
  const verdict = hasProblems(report) ? `${count('missing')} missing` : 'Nothing is missing';
  lines.push('', `${verdict}, ${count('warning')} to look at.`);
  return `${lines.join('\n')}\n`;
}

function paint(text: string, code: string, colour: boolean): string {
  return colour ? `\u001b[${code}m${text}\u001b[0m` : text;
}
