import type {z} from 'zod';
import {plainText} from '../model/problem.ts';

/** What is wrong, as the end of a sentence that begins with the place. */
export function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be ${issue.minimum} or more`;
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `is longer than ${issue.maximum}`
        : `must be ${issue.maximum} or less`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_type':
      return issue.message.includes('received undefined') ? 'is missing' : `must be ${wordOf(issue.expected)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    case 'invalid_union':
      return 'must be 1 or 2';
    default:
      return issue.message;
  }
}

function wordOf(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    array: 'a list',
    object: 'an object',
    int: 'a whole number',
    boolean: 'true or false',
  };
  return words[expected] ?? `a ${expected}`;
}

/** `strips[3].pan`: a place as people write it. */
export function placeOf(steps: readonly PropertyKey[]): string {
  return steps.reduce<string>((place, step) => {
    if (typeof step === 'number') return `${place}[${step}]`;
    return place === '' ? shown(String(step)) : `${place}.${shown(String(step))}`;
  }, '');
}

/** Text from a file, made safe to show and short. */
export function shown(text: string): string {
  return plainText(text).slice(0, 60);
}
