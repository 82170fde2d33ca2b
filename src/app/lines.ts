import {describeError, plainText} from '../model/problem.ts';

/** An error's message line by line; what comes from files and devices cannot steer the terminal. */
export function linesOf(error: unknown): readonly string[] {
  return error instanceof Error ? error.message.split('\n').map(plainText) : [describeError(error)];
}
