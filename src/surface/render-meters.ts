import type {Strip} from '../model/mixer.ts';
import type {Cell, MeterMark, OutputId, Picture} from '../model/picture.ts';
import type {Reading} from '../model/reading.ts';
import type {Output, Surface} from '../model/surface.ts';
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
  const {steps, marks = false} = surface.meters;
  const reduced = showsReduction(input.view);
  let picture: Map<OutputId, Cell> | undefined;
  for (const output of metersOf(surface)) {
    const before = previous.get(output.id);
    const stepBefore = before?.type === 'meter' ? before.step : 0;
    const markBefore = before?.type === 'meter' ? before.mark : undefined;
    // The bus stays a level on its own meters: what leaves the desk is never out of sight.
    const scale = reduced && output.strip !== undefined ? 'reduction' : 'level';
    const reading = readingUnder(output.id, output.strip, input);
    const shownDb = (reading && shownBy(output.id, reading, scale, input)) ?? Number.NEGATIVE_INFINITY;
    const step = meterStep(stepsFor(steps, scale), shownDb, stepBefore);
    const mark = marks ? markOf(reading, scale) : undefined;
    if (before !== undefined && step === stepBefore && mark === markBefore) continue;
    picture ??= new Map(previous);
    picture.set(output.id, meterCell(step, mark));
  }
  return picture ?? previous;
}

const meters = new WeakMap<Surface, readonly Output[]>();

/** The meters among a surface's outputs, looked for once. */
function metersOf(surface: Surface): readonly Output[] {
  const known = meters.get(surface) ?? [...surface.outputs.values()].filter(({type}) => type === 'meter');
  meters.set(surface, known);
  return known;
}

/** Unit meters show the mix; a strip's are undefined where no strip lies under them. */
function readingUnder(output: OutputId, strip: number | undefined, input: MeterInput): Reading | undefined {
  if (output === 'meter.left' || output === 'meter.right') return input.master;
  const under = stripAt(input, strip);
  return under && input.readingOf(under);
}

function shownBy(
  output: OutputId,
  reading: Reading,
  scale: 'level' | 'reduction',
  {view}: MeterInput,
): number | undefined {
  if (output === 'meter.left') return reading.shown?.leftDb ?? reading.leftDb;
  if (output === 'meter.right') return reading.shown?.rightDb ?? reading.rightDb;
  if (scale === 'reduction') return reading.dynamicsReductionDb;
  // What comes in is a sample peak, whichever meter is chosen: a recording is judged by nothing else.
  if (meterTap(view) === 'in') return reading.inPeakDb;
  if (reading.shown === undefined) return reading.peakDb;
  if (output.endsWith('.left')) return reading.shown.leftDb;
  if (output.endsWith('.right')) return reading.shown.rightDb;
  return Math.max(reading.shown.leftDb, reading.shown.rightDb);
}

/** Full scale of a recording of 16 bits and more, in dBFS, with a little less for what its converter makes of it. */
const fullScaleDb = -0.1;

/** A clip is shown as long as the held peak of what clipped stands at full scale: it is latched elsewhere, and a level must come back. */
function markOf(reading: Reading | undefined, scale: 'level' | 'reduction'): MeterMark | undefined {
  if (reading === undefined) return undefined;
  if (reading.stale) return 'unknown';
  const peakDb = Math.max(reading.inPeakDb, reading.peakDb);
  return scale === 'level' && reading.clipped && peakDb >= fullScaleDb ? 'clipped' : undefined;
}

const cells = new Map<string, Cell>();

/** One cell a step for all meters: they are rendered thirty times a second. */
function meterCell(step: number, mark: MeterMark | undefined): Cell {
  const key = `${step} ${mark}`;
  const known = cells.get(key);
  if (known !== undefined) return known;
  const cell: Cell = {type: 'meter', step, ...(mark !== undefined && {mark})};
  cells.set(key, cell);
  return cell;
}
