import {CsvError, parse} from 'csv-parse/sync';
import {type Lane, type LaneId, type LaneTarget, laneId, laneKind} from '../../model/lane.ts';
import {nearestName} from '../../model/near-name.ts';
import {describeError, type Problem, plainText} from '../../model/problem.ts';
import {findParameter, findStripNamed, laneOf, type Named} from '../lane-name.ts';
import {shown} from '../schema-words.ts';
import {csvColumns} from './csv-export.ts';
import {type ExchangeStage, type LaneImport, lastFrame, mostProblems, refusedImport} from './exchange.ts';
import {writtenNumber} from './written-number.ts';

type Column = (typeof csvColumns)[number];

/** A row's fields by column; what the table has not is undefined. */
type Row = (column: Column) => string;

interface Point {
  readonly frame: number;
  readonly value: number;
  readonly line: number;
}

type Wrong = Pick<Problem, 'reason' | 'hint'>;

/**
 * The lanes of a table as `lanesAsCsv` writes it, or as a spreadsheet saves it: columns in any order, found by their names in the first line; commas,
 * semicolons (then numbers may have decimal commas) or tabs; rows in any order; a strip by id or name; `frame` only where `seconds` is empty, and `unit`
 * need not be there. Whatever is wrong anywhere refuses the whole file, with the line; unknown strips do, unless `skipUnknown` leaves them out with a
 * warning. Never throws.
 */
export function lanesOfCsv(
  text: string,
  path: string,
  {mixer, sampleRate}: ExchangeStage,
  skipUnknown = false,
): LaneImport {
  const [head = ''] = text.replace(/^\uFEFF/, '').split(/[\r\n]/, 1);
  const delimiter = [';', '\t'].find((one) => head.includes(one)) ?? ',';
  const comma = delimiter === ';';
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const points = new Map<LaneId, Point[]>();
  const targets = new Map<string, Named<LaneTarget>>();
  let columns: ReadonlyMap<Column, number> | undefined;
  let isHead = false;

  function wrong(line: number, {reason, hint}: Wrong): void {
    problems.push({path: `${path}: line ${line}`, reason, ...(hint === undefined ? {} : {hint}), severity: 'error'});
  }

  function targetOf(row: Row): Named<LaneTarget> {
    const key = `${row('strip')}\n${row('parameter')}`;
    const known = targets.get(key);
    if (known !== undefined) return known;
    const strip = findStripNamed(mixer, row('strip'));
    const parameter = findParameter(row('parameter'));
    const found: Named<LaneTarget> =
      parameter.type === 'unknown'
        ? parameter
        : strip.type === 'unknown'
          ? strip
          : laneOf(mixer, {strip: strip.what, parameter: parameter.what});
    targets.set(key, found);
    if (skipUnknown && strip.type === 'unknown' && parameter.type === 'found') {
      const reason = `rows of ${shown(row('strip'))} were left out: ${strip.reason}`;
      warnings.push({path, reason, hint: strip.hint, severity: 'warning'});
    }
    return found;
  }

  function take(fields: readonly string[], line: number): void {
    if (columns === undefined) {
      const read = columnsOf(fields);
      columns = read.columns;
      isHead = read.wrong.length === 0;
      for (const problem of read.wrong) wrong(line, problem);
      return;
    }
    // Nothing more is to be learnt from rows under a wrong head, or after so many wrong ones; spreadsheets save rows that were emptied, too.
    if (!isHead || problems.length > mostProblems * 10 || fields.every(isBlank)) return;
    const places = columns;
    if (fields.length > places.size && !fields.slice(places.size).every(isBlank)) {
      wrong(line, {reason: `has ${fields.length} fields where the first line names ${places.size}`});
      return;
    }
    const row: Row = (column) => fields[places.get(column) ?? -1]?.trim() ?? '';
    const formula = fields.find((field) => /^\s*[=@]|^\s*[+-]\s*[^\s\d.,+-]/.test(field) && !/^\s*-inf/i.test(field));
    if (formula !== undefined) {
      wrong(line, {reason: `"${shown(formula)}" looks like a formula`, hint: 'Save values only.'});
      return;
    }
    const target = targetOf(row);
    if (target.type === 'unknown') {
      const isSkipped = skipUnknown && findStripNamed(mixer, row('strip')).type === 'unknown';
      if (!isSkipped) wrong(line, target);
      return;
    }
    const point = pointOf(row, target.what, sampleRate, comma);
    if ('reason' in point) {
      wrong(line, point);
      return;
    }
    const id = laneId(target.what);
    const list = points.get(id) ?? [];
    list.push({...point, line});
    points.set(id, list);
  }

  try {
    parse(text, {
      ...{bom: true, delimiter, relax_column_count: true, max_record_size: 100_000},
      on_record: (record: readonly string[], {lines}: {readonly lines: number}) => {
        take(record, lines);
        return null;
      },
    });
  } catch (error) {
    const line = error instanceof CsvError && typeof error['lines'] === 'number' ? `: line ${error['lines']}` : '';
    const reason = `is not a table: ${plainText(describeError(error)).slice(0, 200)}`;
    problems.push({
      path: `${path}${line}`,
      reason,
      hint: 'Save it as CSV with commas or semicolons.',
      severity: 'error',
    });
  }
  const lanes = new Map<LaneId, Lane>();
  for (const [id, list] of points) {
    list.sort((one, other) => one.frame - other.frame || one.line - other.line);
    const again = list.find((point, index) => index > 0 && list[index - 1]?.frame === point.frame);
    if (again !== undefined) {
      const reason = `${id} has another value at frame ${again.frame} already`;
      wrong(again.line, {reason, hint: 'Keep one of them.'});
    }
    lanes.set(id, {
      frames: Int32Array.from(list, ({frame}) => frame),
      values: Float64Array.from(list, ({value}) => value),
    });
  }
  if (problems.length > 0) return refusedImport(path, problems);
  if (lanes.size > 0) return {type: 'lanes', lanes, warnings};
  return refusedImport(path, [...warnings, {path, reason: 'holds no automation of this session', severity: 'error'}]);
}

function isBlank(field: string): boolean {
  return field.trim() === '';
}

function columnsOf(fields: readonly string[]): {
  readonly columns: ReadonlyMap<Column, number>;
  readonly wrong: readonly Wrong[];
} {
  const columns = new Map<Column, number>();
  const wrong: Wrong[] = [];
  const named = fields.slice(0, 1 + fields.findLastIndex((field) => !isBlank(field)));
  for (const [index, field] of named.entries()) {
    const name = csvColumns.find((column) => column === field.trim().toLowerCase());
    const nearest = nearestName(field.trim(), csvColumns);
    const hint = nearest === undefined ? `The columns are ${csvColumns.join(', ')}.` : `Did you mean "${nearest}"?`;
    if (name === undefined) wrong.push({reason: `"${shown(field)}" is no column of automation`, hint});
    else if (columns.has(name)) wrong.push({reason: `names the column ${name} twice`});
    else columns.set(name, index);
  }
  const missing = (['strip', 'parameter', 'value'] as const).filter((column) => !columns.has(column));
  const hasTime = columns.has('seconds') || columns.has('frame');
  if (wrong.length === 0 && (missing.length > 0 || !hasTime)) {
    const names = [...missing, ...(hasTime ? [] : ['seconds'])].join(', ');
    wrong.push({reason: `lacks the columns ${names}`, hint: `The first line is ${csvColumns.join(',')}.`});
  }
  return {columns, wrong};
}

function pointOf(
  row: Row,
  {parameter}: LaneTarget,
  sampleRate: number,
  comma: boolean,
): Wrong | {readonly frame: number; readonly value: number} {
  const bySeconds = row('seconds') !== '';
  const time = writtenNumber(bySeconds ? row('seconds') : row('frame'), comma);
  const named = bySeconds ? 'seconds' : 'frame';
  if (time === undefined) return {reason: `"${shown(row(named))}" is no number`, hint: `Mend the column ${named}.`};
  const frame = bySeconds ? Math.round(time * sampleRate) : time;
  if (!Number.isInteger(frame) || frame < 0 || frame > lastFrame) {
    return {reason: `${shown(row(named))} is no place on a tape`, hint: `Mend the column ${named}.`};
  }
  const {low, high, unit, curve} = laneKind(parameter);
  const isSilence =
    parameter.toLowerCase().includes('level') && low === -90 && /^[-\u2212](inf|\u221E)/i.test(row('value'));
  const value = isSilence ? low : writtenNumber(row('value'), comma);
  if (value === undefined) return {reason: `"${shown(row('value'))}" is no number`, hint: 'Mend the column value.'};
  if (value < low || value > high || (curve === 'steps' && !Number.isInteger(value))) {
    const whole = curve === 'steps' ? 'a whole number ' : '';
    return {
      reason: `${parameter} takes ${whole}${low} to ${high} ${unit}, not ${value}`,
      hint: 'Mend the column value.',
    };
  }
  if (row('unit') !== '' && row('unit').toLowerCase() !== unit.toLowerCase()) {
    return {reason: `${parameter} is told in ${unit}, not in ${shown(row('unit'))}`, hint: 'Mend the column unit.'};
  }
  return {frame, value};
}
