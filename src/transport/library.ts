import {describeError} from '../model/problem.ts';
import type {Availability} from './contract.ts';
import {explainLoadFailure} from './shared-library.ts';

export type Unavailable = Extract<Availability, {state: 'unavailable'}>;

/** An optional package that was loaded, or what keeps it from that. */
export type Loaded<Library> = {readonly state: 'loaded'; readonly library: Library} | Unavailable;

/** What a transport says of itself whose library did or did not load. */
export function availabilityOf(loaded: {readonly state: 'loaded'} | Unavailable): Availability {
  return loaded.state === 'loaded' ? {state: 'available'} : loaded;
}

/** Why an optional package was not loaded, by what was thrown. */
export function unloaded(name: string, error: unknown): Unavailable {
  const text = describeError(error);
  return {
    state: 'unavailable',
    reason: `the package ${name} cannot be loaded: ${text}`,
    cure: 'npm install --include=optional',
    ...explainLoadFailure(text),
  };
}
