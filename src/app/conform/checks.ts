import type {Check} from './check.ts';
import {frameChecks} from './frame-checks.ts';
import {helloChecks} from './hello-checks.ts';
import {inputChecks} from './input-checks.ts';
import {transcriptChecks} from './transcript-checks.ts';
import type {KitData} from './vectors.ts';

/** All checks of the kit. */
export function allChecks(data: KitData): readonly Check[] {
  return [...frameChecks(data.refused), ...helloChecks, ...inputChecks, ...transcriptChecks(data)];
}
