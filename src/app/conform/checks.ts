import {bootChecks} from './boot-checks.ts';
import type {Check} from './check.ts';
import {frameChecks} from './frame-checks.ts';
import {helloChecks} from './hello-checks.ts';
import {inputChecks} from './input-checks.ts';
import {outputChecks} from './output-checks.ts';
import {settingChecks} from './setting-checks.ts';
import {soakChecks} from './soak-checks.ts';
import {transcriptChecks} from './transcript-checks.ts';
import type {KitData} from './vectors.ts';

/** All checks of the kit. */
export function allChecks(data: KitData): readonly Check[] {
  return [
    ...frameChecks(data.refused),
    ...helloChecks,
    ...inputChecks,
    ...outputChecks,
    ...settingChecks,
    ...bootChecks,
    ...soakChecks,
    ...transcriptChecks(data),
  ];
}
