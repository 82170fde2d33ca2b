import type {Change, MeterMark, OutputId, Picture} from '../model/picture.ts';
import type {MeterTraits} from '../model/surface.ts';

/** What a device was last told of one meter. */
export interface SentMeter {
  readonly step: number;
  readonly mark: MeterMark | undefined;
  readonly atMs: number;
}

/** What a device was told of its meters; absent means unknown, as after a reconnect. */
export type SentMeters = ReadonlyMap<OutputId, SentMeter>;

/** Nothing was sent yet. */
export const noMetersSent: SentMeters = new Map();

/** What the device shows by now, if it lets levels fall by itself. */
export function shownStep(
  {step, atMs}: Pick<SentMeter, 'step' | 'atMs'>,
  nowMs: number,
  decayMsPerStep: number | undefined,
): number {
  if (decayMsPerStep === undefined) return step;
  return Math.max(0, step - Math.floor(Math.max(0, nowMs - atMs) / decayMsPerStep));
}

/**
 * Which meters must be sent now. A device whose levels fall by themselves is left to it as long as it shows no less than
 * wanted, and not much more; a level that stays is sent again after `resendMs`; silence is sent once, at once.
 * Returns the same `sent` if there is nothing to send.
 */
export function paceMeters(
  traits: MeterTraits,
  sent: SentMeters,
  wanted: Picture,
  nowMs: number,
): {readonly changes: readonly Change[]; readonly sent: SentMeters} {
  const changes: Change[] = [];
  let next: Map<OutputId, SentMeter> | undefined;
  for (const [output, cell] of wanted) {
    if (cell.type !== 'meter') continue;
    const because = reasonToSend(traits, sent.get(output), cell, nowMs);
    if (because === undefined) continue;
    changes.push({output, cell, because});
    next ??= new Map(sent);
    next.set(output, {step: cell.step, mark: cell.mark, atMs: nowMs});
  }
  return {changes, sent: next ?? sent};
}

/** A device may show so many steps too much while it falls by itself; more means that another strip came under it. */
const toleratedSteps = 2;

function reasonToSend(
  {decayMsPerStep, resendMs}: MeterTraits,
  last: SentMeter | undefined,
  {step, mark}: Pick<SentMeter, 'step'> & {readonly mark?: MeterMark},
  nowMs: number,
): string | undefined {
  if (last === undefined) return `unknown → step ${step}`;
  if (mark !== last.mark) return `${last.mark ?? `step ${last.step}`} → ${mark ?? `step ${step}`}`;
  const shown = shownStep(last, nowMs, decayMsPerStep);
  if (step === 0) return last.step > 0 ? `step ${shown} → silence` : undefined;
  if (step > shown) return `step ${shown} → step ${step}`;
  if (step < shown) {
    // What falls by itself is not sent again: that would stop its fall.
    const falls = decayMsPerStep !== undefined && shown - step <= toleratedSteps;
    return falls ? undefined : `step ${shown} → step ${step}`;
  }
  return nowMs - last.atMs >= resendMs ? `step ${step} again after ${resendMs} ms` : undefined;
}
