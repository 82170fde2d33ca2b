import fc from 'fast-check';
import {applyCommand, type MixerCommand} from '../../../src/model/command.ts';
import type {Mixer} from '../../../src/model/mixer.ts';
import {anyCommand} from '../graph/any-command.ts';
import {fullMixer} from '../graph/full-desk.ts';

/** The full desk with both kinds of effects. */
export const effectDesk: Mixer = {
  ...fullMixer,
  strips: fullMixer.strips.map((strip) => (strip.id === 's' ? {...strip, effect: {kind: 'delay', values: {}}} : strip)),
};

/**
 * Mixers on the way from one to the next by three commands of any kind each, the same for the same seed. Left out: what changes the kind of an
 * effect, and modes in which solo is heard in the monitor only.
 */
export function mixersOnTheWay(count: number, seed: number, first: Mixer = effectDesk): readonly Mixer[] {
  const commands = fc
    .sample(anyCommand, {numRuns: 4 * count, seed})
    .filter(({type}) => type !== 'strip.setEffect' && type !== 'mixer.setSoloMode');
  const mixers: Mixer[] = [];
  let mixer = first;
  for (let index = 0; mixers.length < count; index++) {
    const next: readonly MixerCommand[] = commands.slice(3 * index, 3 * index + 3);
    mixer = next.reduce(applyCommand, mixer);
    mixers.push(mixer);
  }
  return mixers;
}
