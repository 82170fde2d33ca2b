import type {MeterCommand} from '../../model/meter-settings.ts';
import type {Binding} from './key-map.ts';

/** Keys of the meters: the next kind, the next delivery target, pause and go on, anew. */
export const meterBindings: readonly Binding[] = [
  {
    keys: ['M', 'C', 'P', 'X'],
    about: 'meter, target; pause, anew',
    ask: ({meters}, key) => [meterCommand(key, meters.paused)],
  },
];

function meterCommand(key: string, paused: boolean): MeterCommand {
  if (key === 'M') return {type: 'meters.nextType'};
  if (key === 'C') return {type: 'meters.nextTarget'};
  return key === 'P' ? {type: 'meters.setPaused', paused: !paused} : {type: 'meters.resetLoudness'};
}
