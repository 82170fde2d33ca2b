import type {Strip} from '../model/mixer.ts';
import type {Cell, OutputId, Picture} from '../model/picture.ts';
import type {Reading} from '../model/reading.ts';
import {meterTap, showsReduction} from '../model/view.ts';
import {meterStep, stepsFor} from './meter-step.ts';
import {stripAt, type UnitContext} from './target.ts';

/** What one unit's meters depend on. */
export interface MeterInput extends Pick<UnitContext, 'surface' | 'view' | 'mixer' | 'firstStrip'> {
  /** What a strip's meter says; undefined where nothing is known, which shows dark. */
  readonly readingOf: (strip: Strip) => Reading | undefined;
  readonly master: Reading | undefined;
  /** The meters as last rendered, for the hysteresis; empty after a bank, when other strips lie under them. */
  readonly previous: Picture;
}

/** The meter cells of one unit, and only these; the previous picture itself if nothing changed. */
export function renderMeters(input: MeterInput): Picture {
  const {surface, previous} = input;
  if (surface.meters === undefined) return previous;
  const {steps} = surface.meters;
  const reduced = showsReduction(input.view);
  const picture = new Map<OutputId, Cell>();
  let changed = false;
  for (const output of surface.outputs.values()) {
    if (output.type !== 'meter') continue;
    const before = previous.get(output.id);
    const stepBefore = before?.type === 'meter' ? before.step : 0;
    // The bus stays a level on its own meters: what leaves the desk is never out of sight.
    const scale = reduced && output.strip !== undefined ? 'reduction' : 'level';
    const shownDb = shownBy(output.id, output.strip, scale, input) ?? Number.NEGATIVE_INFINITY;
    const step = meterStep(stepsFor(steps, scale), shownDb, stepBefore);
    const cell = before !== undefined && step === stepBefore ? before : meterCell(step);
    changed ||= cell !== before;
    picture.set(output.id, cell);
  }
  return changed || picture.size !== previous.size ? picture : previous;
}

function shownBy(
  output: OutputId,
  strip: number | undefined,
  scale: 'level' | 'reduction',
  input: MeterInput,
): number | undefined {
  const {master} = input;
  if (output === 'meter.left') return master?.shown?.leftDb ?? master?.leftDb;
  if (output === 'meter.right') return master?.shown?.rightDb ?? master?.rightDb;
  const under = stripAt(input, strip);
  const reading = under && input.readingOf(under);
  if (scale === 'reduction') return reading?.dynamicsReductionDb;
  // What comes in is a sample peak, whichever meter is chosen: a recording is judged by nothing else.
  if (meterTap(input.view) === 'in') return reading?.inPeakDb;
  if (reading?.shown === undefined) return reading?.peakDb;
  return Math.max(reading.shown.leftDb, reading.shown.rightDb);
}

const cells = new Map<number, Cell>();

/** One cell a step for all meters: they are rendered 25 times a second. */
function meterCell(step: number): Cell {
  const known = cells.get(step);
  if (known !== undefined) return known;
  const cell: Cell = {type: 'meter', step};
  cells.set(step, cell);
  return cell;
}
