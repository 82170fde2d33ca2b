import {InvalidArgumentError} from 'commander';
import {readChoice, type SurfaceChoice} from './chosen-surfaces.ts';
import {secondsOf} from './clock-time.ts';

/** A number from the command line that must be within a range. */
export function number(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= low && value <= high))
      throw new InvalidArgumentError(`Give a number from ${low} to ${high}.`);
    return value;
  };
}

/** A time from the command line, in seconds. */
export function time(text: string): number {
  const seconds = secondsOf(text);
  if (seconds === undefined) throw new InvalidArgumentError('Give seconds (83.5) or minutes and seconds (1:23.5).');
  return seconds;
}

/** Gathers an option that may be given several times; undefined stays who is not given, and the help shows no empty list. */
export function several(one: string, before: readonly string[] = []): readonly string[] {
  return [...before, one];
}

/** Gathers surfaces for ports. */
export function surfaceChoices(text: string, before: readonly SurfaceChoice[] = []): readonly SurfaceChoice[] {
  return [...before, surfaceChoice(text)];
}

/** A surface for a port, from the command line. */
function surfaceChoice(text: string): SurfaceChoice {
  const choice = readChoice(text);
  if (choice === undefined)
    throw new InvalidArgumentError('Give the name of a mapping and a part of the port’s name: generic-hui=UMC404.');
  return choice;
}

/** The option that every command that answers has. */
export const json = ['--json', 'answer as one JSON object on standard output'] as const;
