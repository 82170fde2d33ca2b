import type {Strip, StripId} from '../model/mixer.ts';
import {parameterValue} from '../model/parameter.ts';
import type {Cell} from '../model/picture.ts';
import type {Reading} from '../model/reading.ts';
import type {Output} from '../model/surface.ts';
import {actionOf} from './action.ts';
import {isProposalLit, type LampFacts} from './lamp.ts';
import {hasParameter} from './ownership.ts';
import {darkRing, renderReduction, renderRing, renderTrimView} from './ring.ts';
import {stripOf} from './shown-strips.ts';
import {channelTarget, isSameTarget, pageTarget, stripAt, type Target, type UnitContext} from './target.ts';

/** What rings depend on. */
export interface RingInput extends UnitContext {
  /** What a strip's meters say; without it nothing is known. */
  readonly readingOf?: (strip: StripId) => Reading | undefined;
}

/**
 * A ring shows what its encoder sets. While a compressor works, the ring of its threshold shows what it takes away, unless the hand is on it.
 */
export function renderStripRing(
  {id, strip: channel, around}: Output,
  input: RingInput,
  inHand: ReadonlyMap<number, Target>,
  lamps: LampFacts,
): Cell {
  const {layout, shift, mixer, surface} = input;
  const action = actionOf(layout, shift, around ?? id.replace(/^ring\./, 'encoder.'));
  const target = channelTarget(input, channel, action === 'strip.fader' ? 'fader' : 'encoder');
  const strip = target && stripOf(mixer, target.strip);
  const handled = channel !== undefined && target !== undefined && isSameTarget(inHand.get(channel), target);
  const judged = trimViewStrip(input, channel);
  // Under the hand a trim is judged, too: its turn moves the view. What else is turned is shown as it is.
  const proposed = handled ? undefined : proposedRing(input, channel, lamps);
  if (proposed !== undefined) return proposed;
  if (judged !== undefined && !(handled && target?.parameter !== 'trim'))
    return renderTrimView(input.readingOf?.(judged.id)?.workingPeakDb, surface);
  if (strip === undefined || target === undefined) return darkRing;
  if (target.parameter === 'comp.thresholdDb' && !handled && parameterValue(strip.parameters, 'comp.on') === 1) {
    const reduction = input.readingOf?.(strip.id)?.gainReductionDb;
    if (reduction !== undefined) return renderReduction(reduction, surface);
  }
  return renderRing(strip, target.parameter, surface);
}

/** The value that is proposed for the strip under a ring, with the small lamp flashing; no page lies there. */
function proposedRing(input: RingInput, channel: number | undefined, lamps: LampFacts): Cell | undefined {
  const {proposal} = lamps.assistance;
  const strip = proposal === undefined ? undefined : stripAt(input, channel);
  const finding = strip && proposal?.findings.get(strip.id);
  if (strip === undefined || proposal === undefined || finding?.type !== 'change') return undefined;
  if (!input.view.flipped && pageTarget(input, channel) !== undefined) return undefined;
  const set = proposal.what === 'trim' ? {...strip, trimDb: finding.toDb} : {...strip, levelDb: finding.toDb};
  return {...renderRing(set, proposal.what, input.surface), centre: isProposalLit(lamps)};
}

/** The strip that a ring judges in a layer with the trim view: the one under it, unless a page lies there or it has no trim. */
function trimViewStrip(input: RingInput, channel: number | undefined): Strip | undefined {
  const {view, mixer} = input;
  if (view.layer.ring !== 'trim' || (!view.flipped && pageTarget(input, channel) !== undefined)) return undefined;
  const strip = stripAt(input, channel);
  return strip !== undefined && hasParameter(mixer, strip, 'trim') ? strip : undefined;
}
