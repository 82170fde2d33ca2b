import type {Assistance} from '../model/assistance.ts';
import {isAudible, isMuted} from '../model/audibility.ts';
import {type AutomationStatus, writingOn} from '../model/automation-status.ts';
import type {Action} from '../model/layout.ts';
import {type Mixer, masterId, type Strip, type StripId} from '../model/mixer.ts';
import type {Monitor} from '../model/monitor.ts';
import {freshMarker, type Playback} from '../model/playback.ts';
import {currentMarker, nextMarker} from '../model/timeline.ts';
import {showsReduction, type View} from '../model/view.ts';
import type {Severity, Warning} from '../model/warning.ts';
import {isAutomationLit, isModeLampLit} from './automation-lamp.ts';
import type {Pickup} from './handling.ts';
import {canTurnPage} from './page-turn.ts';
import {rhythmOf, type WarningsByStrip} from './worst-warning.ts';

/** Whether a lamp of this rhythm is lit at a tick of the one clock for all lamps. */
export type LampPattern = (rhythm: Severity | 'stale', tick: number) => boolean;

/** What lamps tell of, beside their own strip. */
export interface LampFacts {
  readonly view: View;
  readonly mixer: Mixer;
  readonly monitor: Monitor;
  /** How many strips are shown, whatever the bank. */
  readonly shownStrips: number;
  readonly shift: boolean;
  readonly playback: Playback;
  readonly anySoloed: boolean;
  readonly warnings: WarningsByStrip;
  readonly assistance: Assistance;
  readonly automation: AutomationStatus;
  /** Strips of which a fader without a motor stands elsewhere than the lane that is read. */
  readonly elsewhere: ReadonlyMap<StripId, Pickup>;
  readonly tick: number;
  readonly lampPattern: LampPattern;
  /** Nothing blinks. */
  readonly reducedMotion: boolean;
}

/** Lit of one second's 20 ticks, for a strip that is silent though it is not muted itself: short, hence dim. */
const impliedMuteTicks = 3;
/** Lit of 20 ticks while a fader must be pushed up to meet its value, and while it must be pulled down. */
const sideTicks = {below: 15, above: 3} as const;
const periodTicks = 20;
/** Lit of 20 ticks while something is proposed. */
const proposedTicks = 10;

/** Whether the lamp of a control with this action is lit; `strip` and `side` are those under it. */
export function isLit(
  action: Action | undefined,
  strip: Strip | undefined,
  side: Pickup | undefined,
  facts: LampFacts,
): boolean {
  if (action === undefined) return false;
  if (action.includes(':')) return isNamedLit(action, facts);
  if (action.startsWith('automation.')) return isAutomationLit(action, facts);
  if (action.startsWith('strip.')) return strip !== undefined && isStripLit(action, strip, side, facts);
  switch (action) {
    case 'view.bankLeft':
    case 'view.channelLeft':
      return facts.view.bankOffset > 0;
    case 'view.bankRight':
    case 'view.channelRight':
      return facts.view.bankOffset + facts.view.bankSize < facts.shownStrips;
    case 'view.pageLeft':
      return canTurnPage(facts.view, -1);
    case 'view.pageRight':
      return canTurnPage(facts.view, 1);
    case 'view.spill':
      return facts.view.spilled !== undefined;
    case 'view.flip':
      return facts.view.flipped;
    case 'view.toggleMeters':
      return showsReduction(facts.view);
    case 'display.cycle':
      return facts.view.timeDigits !== 'time';
    case 'display.cycleAssignment':
      return facts.view.assignmentDigits !== 'view';
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
    case 'playback.setIn':
      return (facts.playback.loop?.inFrame ?? 0) > 0;
    case 'playback.setOut':
      return (facts.playback.loop?.outFrame ?? facts.playback.lengthFrames) < facts.playback.lengthFrames;
    case 'playback.loopSection':
      return facts.playback.looping && facts.playback.loop !== undefined;
    case 'playback.marker':
    case 'playback.mark':
    case 'playback.unmark':
      return freshMarker(facts.playback) !== undefined;
    case 'playback.previousMarker':
      return facts.playback.frame > 0;
    case 'playback.nextMarker':
      return nextMarker(facts.playback.markers, facts.playback.frame) !== undefined;
    case 'mixer.clearSolo':
      return facts.anySoloed;
    case 'mixer.soloMode':
      return facts.mixer.soloMode !== 'in-place';
    case 'monitor.louder':
      return facts.monitor.levelDb > 0;
    case 'monitor.quieter':
      return facts.monitor.levelDb < 0;
    case 'monitor.dim':
      return facts.monitor.dim;
    case 'monitor.mono':
      return facts.monitor.mono;
    case 'monitor.swap':
      return facts.monitor.swap;
    case 'monitor.polarity':
      return facts.monitor.polarity !== 'none';
    case 'monitor.speaker':
      return facts.monitor.speaker !== 'none';
    case 'monitor.reference':
    case 'monitor.nextReference':
      return facts.monitor.reference === 'on';
    case 'warnings.acknowledge':
      return isWarned(facts.warnings.worstOfAll, facts);
    case 'warnings.acknowledgeSelected':
      return facts.view.selected !== undefined && isWarned(facts.warnings.worst(facts.view.selected), facts);
    default:
      return isHelpLit(action, facts);
  }
}

/** Listening is told by a steady light, a proposal by a slow one. */
function isHelpLit(action: Action, facts: LampFacts): boolean {
  const {advice, listening, scopes, proposal, undo, redo} = facts.assistance;
  const flash = isProposalLit(facts);
  switch (action) {
    case 'gain.autoTrim':
      return scopes.includes('shown') && (listening.size > 0 || (proposal?.what === 'trim' && flash));
    case 'gain.roughBalance':
      return proposal?.what === 'level' && flash;
    case 'gain.apply':
      return proposal !== undefined;
    case 'gain.cancel':
      if (advice !== undefined || proposal !== undefined || listening.size > 0) return true;
      return isWarned(facts.warnings.worstOfAll, facts);
    case 'session.undo':
      return undo !== undefined;
    case 'session.redo':
      return redo !== undefined;
    default:
      return false;
  }
}

function isWarned(warning: Warning | undefined, {lampPattern, tick}: LampFacts): boolean {
  return warning !== undefined && lampPattern(rhythmOf(warning), tick);
}

/** Actions with a name behind a colon: lit while it is that layer, page, view, while the mute group is on, or from that marker to the next. */
function isNamedLit(action: Action, {view, mixer, playback}: LampFacts): boolean {
  const [kind, name] = action.split(':');
  switch (kind) {
    case 'layer':
      return view.page === undefined && view.layer.id === name;
    case 'page':
      return view.page?.id === name;
    case 'show':
      return view.spilled === undefined && view.shown === name;
    case 'muteGroup':
      return mixer.activeMuteGroups.includes(Number(name));
    case 'marker': {
      const here = currentMarker(playback.markers, playback.frame);
      return here !== undefined && here === playback.markers[Number(name) - 1];
    }
    default:
      return false;
  }
}

function isStripLit(action: Action, strip: Strip, side: Pickup | undefined, facts: LampFacts): boolean {
  switch (action) {
    case 'strip.mute':
      return strip.muted || (isSilenced(strip, facts) && inPeriod(facts, impliedMuteTicks));
    case 'strip.solo':
      return strip.soloed;
    case 'strip.soloSafe':
      return strip.soloSafe;
    case 'strip.polarity':
      return strip.polarityInverted;
    case 'strip.select':
      return facts.view.selected === strip.id;
    case 'strip.spill':
      return facts.view.spilled === strip.id;
    case 'strip.warning': {
      if (side === 'below' || side === 'above') return inPeriod(facts, sideTicks[side]);
      const worst = facts.warnings.worst(strip.id);
      const isShown = worst !== undefined && rhythmOf(worst) !== 1;
      return isShown ? isWarned(worst, facts) : isIdleLit(strip.id, facts);
    }
    case 'strip.automation':
      return isModeLampLit(strip.id, facts);
    case 'strip.readAdvice':
      return facts.assistance.advice?.strip === strip.id;
    case 'strip.autoTrim': {
      const {listening, proposal} = facts.assistance;
      const isProposed = proposal?.what === 'trim' && proposal.findings.get(strip.id)?.type === 'change';
      return listening.has(strip.id) || (isProposed && isProposalLit(facts));
    }
    default:
      return false;
  }
}

/**
 * What a warning lamp tells while nothing warns: that the strip is written or its fader stands elsewhere than its lane, else that it would be written. Where nothing may blink a lamp that
 * is lit is an alarm, and nothing else.
 */
function isIdleLit(strip: StripId, facts: LampFacts): boolean {
  if (facts.reducedMotion) return false;
  const side = facts.elsewhere.get(strip);
  const isElsewhere = (side === 'below' || side === 'above') && writingOn(facts.automation, strip) === undefined;
  return isElsewhere ? inPeriod(facts, sideTicks[side]) : isModeLampLit(strip, facts);
}

/** Silent by others' solo, a mute group or a VCA. A VCA has no sound of its own that a solo could silence. */
function isSilenced(strip: Strip, {mixer}: LampFacts): boolean {
  if (strip.id === masterId) return false;
  return strip.kind === 'vca' ? isMuted(mixer, strip) : !isAudible(mixer, strip);
}

/** Whether lamps of what is proposed are lit: one slow flash a second. */
export function isProposalLit(facts: Pick<LampFacts, 'tick' | 'reducedMotion'>): boolean {
  return inPeriod(facts, proposedTicks);
}

/** One flash a second, lit for its first `lit` ticks; steady where nothing may blink. */
function inPeriod({tick, reducedMotion}: Pick<LampFacts, 'tick' | 'reducedMotion'>, lit: number): boolean {
  return reducedMotion || tick % periodTicks < lit;
}
