import type {Warning} from '../../model/warning.ts';
import {stripOf} from '../../surface/shown-strips.ts';
import type {DeskStatus} from '../desk-status.ts';
import {fittingName, warningLook} from './strip-column.ts';
import {line, padded, type Style, span, wrapped} from './style.ts';

/** Cells of a warning's short text and its strip's name, before the advice. */
const headCells = 23;
const nameCells = 14;
/** Warnings shown at most. */
const mostWarnings = 5;

/**
 * What is being read on the scribble strips, and the gravest warnings, with their advice, in at most so many lines. Every warning that fits has a line; what is left over lets long advice
 * go on in a second line, the gravest first.
 */
export function drawAdvice(status: DeskStatus, lines: number, width: number, style: Style): readonly string[] {
  if (status.warnings.length === 0)
    return [line([span(' No warnings. Aim: every strip peaks between -12 and -6 dBFS.', 'dim')], width, style)];
  const {advice: read} = status.assistance;
  const isRead = (warning: Warning): boolean => warning.strip === read?.strip && warning.rule === read.rule;
  const sorted = [...status.warnings.filter(isRead), ...status.warnings.filter((warning) => !isRead(warning))];
  const shown = sorted.slice(0, Math.max(1, Math.min(mostWarnings, lines)));
  let spare = lines - shown.length;
  return shown.flatMap((warning) => {
    const strip = stripOf(status.mixer, warning.strip);
    const name = strip === undefined ? warning.strip : fittingName(strip, nameCells);
    const head = span(
      ` ${padded(warning.short, 7)}${padded(name, nameCells)} `,
      isRead(warning) ? 'reverse' : warningLook(warning),
    );
    const look = warning.acknowledged ? 'dim' : 'plain';
    const [first = '', second = ''] = wrapped(warning.advice, Math.max(1, width - headCells));
    if (second === '' || spare <= 0) return [line([head, span(warning.advice, look)], width, style)];
    spare -= 1;
    return [
      line([head, span(first, look)], width, style),
      line([span(' '.repeat(headCells), 'plain'), span(second, look)], width, style),
    ];
  });
}
