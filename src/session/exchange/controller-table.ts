import {isLaneParameter, type LaneParameter} from '../../model/lane.ts';
import {parameterIds} from '../../model/parameter.ts';

/**
 * Which MIDI controller carries which parameter, on a track that belongs to one strip. All are 14-bit: the controller has the upper seven bits, the one
 * 32 above it the lower seven (MIDI 1.0, controllers 0 to 63). Level and pan are where every sequencer looks for them (7 and 10 on channel 1).
 *
 * | channel | controllers                                                                                                    |
 * | ------- | -------------------------------------------------------------------------------------------------------------- |
 * | 1       | 7 level, 8 width, 10 pan, 11 level offset (trim mode), 16 trim, 17 mute, 20…27 level of sends 1…8                |
 * | 2, 3, 4 | 20…27 sends 1…8: on (2), pan (3), before the fader (4)                                                          |
 * | 5       | filters and equaliser in the order of the parameter table                                                       |
 * | 6       | gate, compressor, saturation and limiter in the order of the parameter table                                    |
 */
export interface Controller {
  /** 1…16, as people count. */
  readonly channel: number;
  /** 1…31; never 0 (bank select) nor 6 (data entry), which mean something else. */
  readonly number: number;
}

/** Controllers that are free to carry a value, in order. */
const free: readonly number[] = Array.from({length: 31}, (_, index) => index + 1).filter((number) => number !== 6);

const sendParts: Readonly<Record<string, number>> = {levelDb: 1, on: 2, pan: 3, pre: 4};

function sendController(parameter: string): Controller | undefined {
  const [, number, part = ''] = /^send([1-8])\.(\w+)$/.exec(parameter) ?? [];
  const channel = sendParts[part];
  return number === undefined || channel === undefined ? undefined : {channel, number: 19 + Number(number)};
}

function section(
  channel: number,
  parameters: readonly LaneParameter[],
): readonly (readonly [LaneParameter, Controller])[] {
  return parameters.map((parameter, index) => [parameter, {channel, number: free[index] ?? 0}]);
}

/** The table, by parameter. */
export const controllers: ReadonlyMap<LaneParameter, Controller> = new Map<LaneParameter, Controller>([
  ['level', {channel: 1, number: 7}],
  ['width', {channel: 1, number: 8}],
  ['pan', {channel: 1, number: 10}],
  ['level.offset', {channel: 1, number: 11}],
  ['trim', {channel: 1, number: 16}],
  ['mute', {channel: 1, number: 17}],
  ...parameterIds.flatMap((parameter) => {
    const controller = sendController(parameter);
    return controller === undefined ? [] : [[parameter, controller] as const];
  }),
  ...section(
    5,
    parameterIds.filter((parameter) => /^(hp|lp|eq\d)\./.test(parameter)),
  ),
  ...section(
    6,
    parameterIds.filter((parameter) => /^(gate|comp|sat|limiter)\./.test(parameter)),
  ),
]);

const byController: ReadonlyMap<string, LaneParameter> = new Map(
  [...controllers].map(([parameter, {channel, number}]) => [`${channel} ${number}`, parameter]),
);

/** The parameter that a controller carries; undefined for those that carry none. */
export function parameterOf({channel, number}: Controller): LaneParameter | undefined {
  const parameter = byController.get(`${channel} ${number}`);
  return parameter !== undefined && isLaneParameter(parameter) ? parameter : undefined;
}
