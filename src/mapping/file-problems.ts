import type {core} from 'zod';
import {z} from 'zod';
import {parseHandwrittenJson} from '../model/json-text.ts';
import {nameHint} from '../model/near-name.ts';
import {type Problem, plainText} from '../model/problem.ts';

/** A problem at a place in a file: `x.json: controls.fader.*`. */
export function problemAt(file: string, place: readonly PropertyKey[], reason: string, hint?: string): Problem {
  const path = place.length === 0 ? file : `${file}: ${placeName(place)}`;
  return hint === undefined ? {path, reason, severity: 'error'} : {path, reason, hint, severity: 'error'};
}

/** What stands in a file that somebody wrote, or where it is no JSON that should be written so; `path` is how problems call it. */
export function readJson(path: string, text: string): {readonly value: unknown} | {readonly problem: Problem} {
  const json = parseHandwrittenJson(text);
  if (json.type === 'value') return json;
  const where = `${path}: line ${json.line}, column ${json.column}`;
  return {problem: {path: where, reason: plainText(json.reason), severity: 'error'}};
}

/** What a schema found wrong, in words for people, one problem a fault. */
export function schemaProblems(file: string, schema: z.ZodType, issues: readonly core.$ZodIssue[]): readonly Problem[] {
  return issues.flatMap((issue) => issueProblems(file, schema, issue));
}

function issueProblems(file: string, schema: z.ZodType, issue: core.$ZodIssue): readonly Problem[] {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = namesAt(schema, issue.path);
      const what = known.includes('fader.*') ? 'control' : 'field';
      return issue.keys.map((key) => problemAt(file, [...issue.path, key], `no such ${what}`, nameHint(key, known)));
    }
    case 'invalid_value': {
      const names = issue.values.map(String);
      if (typeof issue.input !== 'string')
        return [problemAt(file, issue.path, `one of ${names.join(', ')} is needed here`)];
      return [
        problemAt(file, issue.path, `"${issue.input.slice(0, 60)}" is not valid here`, nameHint(issue.input, names)),
      ];
    }
    default:
      return [problemAt(file, issue.path, plainReason(issue))];
  }
}

function plainReason(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `missing: ${said(issue.expected)} is needed`
        : `${said(issue.expected)} is needed here`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `at least ${issue.minimum}`
        : `too short: at least ${counted(issue.minimum, issue.origin)}`;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `at most ${issue.maximum}`
        : `too long: at most ${counted(issue.maximum, issue.origin)}`;
    case 'invalid_format':
      return `not written as it must be${'pattern' in issue && issue.pattern !== undefined ? ` (${issue.pattern})` : ''}`;
    case 'invalid_union':
      return issue.errors.map((branch) => branch.map(plainReason).join(' and ')).join(', or ');
    default:
      return issue.message;
  }
}

function counted(count: number | bigint, origin: string): string {
  const [one, many] = origin === 'array' ? ['entry', 'entries'] : ['character', 'characters'];
  return `${count} ${Number(count) === 1 ? one : many}`;
}

function said(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list [ ]',
    tuple: 'a pair [position, dB]',
    object: 'an object { }',
    record: 'an object { }',
  };
  return words[expected] ?? expected;
}

/** The field names that a schema knows at a place. */
export function namesAt(schema: z.ZodType, place: readonly PropertyKey[]): readonly string[] {
  let here: unknown = schema;
  for (const step of place) {
    here = unwrapped(here);
    if (here instanceof z.ZodObject) here = here.shape[String(step)];
    else if (here instanceof z.ZodArray) here = here.element;
    else return [];
  }
  here = unwrapped(here);
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function unwrapped(schema: unknown): unknown {
  let here = schema;
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable) here = here.unwrap();
  return here;
}

function placeName(place: readonly PropertyKey[]): string {
  return place
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step).slice(0, 80)}`))
    .join('')
    .replace(/^\./, '');
}
