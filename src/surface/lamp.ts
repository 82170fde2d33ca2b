import type {Action} from '../model/layout.ts';
import type {Strip} from '../model/mixer.ts';
import type {Playback} from '../model/playback.ts';
import type {View} from '../model/view.ts';
import type {Severity} from '../model/warning.ts';
import type {Pickup} from './handling.ts';
import {rhythmOf, type WarningsByStrip} from './worst-warning.ts';

/** Whether a lamp of this rhythm is lit at a tick of the one clock for all lamps. */
export type LampPattern = (rhythm: Severity | 'stale', tick: number) => boolean;

/** What lamps tell of, beside their own strip. */
export interface LampFacts {
  readonly view: View;
  readonly shift: boolean;
  readonly playback: Playback;
  readonly anySoloed: boolean;
  readonly warnings: WarningsByStrip;
  readonly tick: number;
  readonly lampPattern: LampPattern;
}

/** Lit of one second's 20 ticks, for a strip that is silent only because others are soloed: short, hence dim. */
const impliedMuteTicks = 3;
/** Lit of 20 ticks while a fader must be pushed up to meet its value, and while it must be pulled down. */
const pushUpTicks = 15;
const pullDownTicks = 3;
const periodTicks = 20;

/** Whether the lamp of a control with this action is lit; `strip` and `side` are those under it. */
export function isLit(
  action: Action | undefined,
  strip: Strip | undefined,
  side: Pickup | undefined,
  facts: LampFacts,
): boolean {
  if (action === undefined) return false;
  if (action.startsWith('layer:')) return action === `layer:${facts.view.layer.id}`;
  if (action.startsWith('strip.')) return strip !== undefined && isStripLit(action, strip, side, facts);
  switch (action) {
    case 'view.flip':
      return facts.view.flipped;
    case 'view.toggleValues':
      return facts.view.showValues;
    case 'view.shift':
      return facts.shift;
    case 'playback.play':
      return facts.playback.state === 'playing';
    case 'playback.stop':
      return facts.playback.state === 'stopped';
    case 'playback.loop':
      return facts.playback.looping;
    case 'mixer.clearSolo':
      return facts.anySoloed;
    case 'warnings.acknowledge': {
      const worst = facts.warnings.worstOfAll;
      return worst !== undefined && facts.lampPattern(rhythmOf(worst), facts.tick);
    }
    default:
      return false;
  }
}

function isStripLit(action: Action, strip: Strip, side: Pickup | undefined, facts: LampFacts): boolean {
  switch (action) {
    case 'strip.mute':
      return strip.muted || (isMutedByOthers(strip, facts) && inPeriod(facts.tick, impliedMuteTicks));
    case 'strip.solo':
      return strip.soloed;
    case 'strip.soloSafe':
      return strip.soloSafe;
    case 'strip.polarity':
      return strip.polarityInverted;
    case 'strip.select':
      return facts.view.selected === strip.id;
    case 'strip.warning': {
      if (side === 'below') return inPeriod(facts.tick, pushUpTicks);
      if (side === 'above') return inPeriod(facts.tick, pullDownTicks);
      const worst = facts.warnings.worst(strip.id);
      return worst !== undefined && facts.lampPattern(rhythmOf(worst), facts.tick);
    }
    default:
      return false;
  }
}

function isMutedByOthers(strip: Strip, {anySoloed}: LampFacts): boolean {
  return anySoloed && !strip.soloed && !strip.soloSafe;
}

/** One flash a second, lit for its first `lit` ticks. */
function inPeriod(tick: number, lit: number): boolean {
  return tick % periodTicks < lit;
}
