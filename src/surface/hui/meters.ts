import type {OutputId} from '../../model/picture.ts';
import type {Output, Surface} from '../../model/surface.ts';
import type {HuiMessage} from '../../wire/hui/message.ts';

/** The lamp above all steps of a meter, and the steps below it. */
const clipLevel = 12;
const wireSteps = 11;

/** What was last said of the meters: their clip lamp is one of their levels, and stays lit while others come. */
export interface MeterMemory {
  /** A level of one side of a strip. */
  level(output: Output, step: number): HuiMessage | undefined;
  /** The clip lamp of both sides goes on or off: each side's output and message. */
  overload(strip: number, on: boolean): readonly (readonly [OutputId, HuiMessage])[];
  forget(): void;
}

type Side = 'left' | 'right';
const sides: readonly Side[] = ['left', 'right'];

export function createMeterMemory({meters}: Surface): MeterMemory {
  const steps = new Map<string, number>();
  const clipped = new Set<number>();
  const message = (strip: number, side: Side): HuiMessage => {
    const step = steps.get(`${strip}.${side}`) ?? 0;
    const level = clipped.has(strip) ? clipLevel : (step * wireSteps) / (meters?.steps || wireSteps);
    return {type: 'meter-level', strip, side, level};
  };
  return {
    level({id, strip}, step) {
      const side = sides.find((one) => id.endsWith(`.${one}`));
      if (strip === undefined || side === undefined) return undefined;
      steps.set(`${strip}.${side}`, step);
      return message(strip, side);
    },
    overload(strip, on) {
      if (on) clipped.add(strip);
      else clipped.delete(strip);
      return sides.map((side) => [`meter.${strip + 1}.${side}`, message(strip, side)] as const);
    },
    forget() {
      steps.clear();
      clipped.clear();
    },
  };
}
