import {factorFromDb} from '../../model/decibel.ts';
import {type ParameterValues, parameterValue, withinRanges} from '../../model/parameter.ts';
import {compressorPlan, gatePlan} from './dynamics.ts';
import {designSections} from './filter-design.ts';
import type {Biquad, ChannelPlan, SaturatorPlan, Section} from './plan.ts';
import {bell, highPass, highShelf, lowPass, lowShelf, type Prototype} from './prototype.ts';

/**
 * What a strip's parameters come down to at a sample rate in hertz. What is off, or does nothing (a band at 0 dB, a saturator of 0 %), is not in it.
 * Values out of range count as their ends. The same values always give the same plan; filters that were designed lately are remembered.
 */
export function channelPlan(given: ParameterValues, sampleRate: number): ChannelPlan {
  const parameters = withinRanges(given);
  return {
    sections: sectionsOf(parameters, sampleRate),
    gate: gatePlan(parameters, sampleRate),
    compressor: compressorPlan(parameters, sampleRate),
    saturator: saturatorPlan(parameters),
    width: parameterValue(parameters, 'width') / 100,
  };
}

/** The analogue filters of a strip that are on and do something, each with the slots it may take. */
export function filtersOf(
  parameters: ParameterValues,
): readonly {readonly slots: readonly number[]; readonly prototype: Prototype}[] {
  const value = (id: Parameters<typeof parameterValue>[1]): number => parameterValue(parameters, id);
  const slope = (id: 'hp.slope' | 'lp.slope'): 12 | 24 => (value(id) === 0 ? 12 : 24);
  const highPasses =
    value('hp.on') === 1 ? [{slots: [0, 1], prototype: highPass(value('hp.hz'), slope('hp.slope'))}] : [];
  const lowPasses =
    value('lp.on') === 1 ? [{slots: [2, 3], prototype: lowPass(value('lp.hz'), slope('lp.slope'))}] : [];
  const bands = ([1, 2, 3, 4] as const).flatMap((number) => {
    const gainDb = value(`eq${number}.gainDb`);
    if (value(`eq${number}.on`) === 0 || gainDb === 0) return [];
    const shape = shapes[value(`eq${number}.shape`)] ?? bell;
    return [
      {slots: [3 + number, 7 + number], prototype: shape(value(`eq${number}.hz`), gainDb, value(`eq${number}.q`))},
    ];
  });
  return [...highPasses, ...lowPasses, ...bands];
}

/** In the order of the choice `eq1.shape`. */
const shapes = [bell, lowShelf, highShelf] as const;

function sectionsOf(parameters: ParameterValues, sampleRate: number): readonly Section[] {
  return filtersOf(parameters)
    .flatMap(({slots, prototype}) =>
      designed(prototype, sampleRate).map((biquad, index) => ({slot: slots[index] ?? 0, ...biquad})),
    )
    .sort((one, other) => one.slot - other.slot);
}

function saturatorPlan(parameters: ParameterValues): SaturatorPlan | undefined {
  const mix = parameterValue(parameters, 'sat.mix') / 100;
  if (parameterValue(parameters, 'sat.on') === 0 || mix === 0) return undefined;
  return {drive: factorFromDb(parameterValue(parameters, 'sat.driveDb')), mix};
}

const remembered = new Map<string, readonly Biquad[]>();
const mostRemembered = 4096;

/** `designSections`, remembering the last few thousand: strips share settings, and hands go back and forth. */
function designed(prototype: Prototype, sampleRate: number): readonly Biquad[] {
  const key = `${sampleRate} ${JSON.stringify(prototype)}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const sections = designSections(prototype, sampleRate);
  const [oldest] = remembered.keys();
  if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, sections);
  return sections;
}
