import {heardLevelDb} from '../model/audibility.ts';
import {factorFromDb} from '../model/decibel.ts';
import {findStrip, type Group, type Mixer, masterId, type Strip} from '../model/mixer.ts';
import {balanceSides, panSides} from '../model/pan-law.ts';
import type {Channel} from './channel.ts';
import type {WorkingEnergy} from './working-energy.ts';

/** What the mix bus would peak at if every audible strip played at its working loudness at once. */
export interface BusPrediction {
  readonly peakDb: number;
  /** The group of instruments that gives most. */
  readonly loudest: Group;
}

/**
 * How far a bus of independent tracks peaks above its mathematical RMS, in dB: at first, and within which limits an observed one is believed. Measured with
 * up to 32 noise-like tracks; tracks that play the same notes at the same time can come to more.
 */
export const crest = {startDb: 14.5, lowDb: 12, highDb: 16} as const;

/** What a strip's sound is multiplied by on its way to each side of the mix bus, squared; 0 where it is not heard there. */
export interface BusPowers {
  readonly left: number;
  readonly right: number;
}

/** The way of each strip of a mixer to the mix bus, in desk order. Groups and VCAs add no sound of their own. */
export function busPowers(mixer: Mixer, channels: readonly Pick<Channel, 'strip' | 'audible'>[]): readonly BusPowers[] {
  const silent: BusPowers = {left: 0, right: 0};
  const audible = new Map(channels.map((channel) => [channel.strip, channel.audible]));
  return mixer.strips.map((strip) => {
    if ((strip.kind !== 'stem' && strip.kind !== 'return') || audible.get(strip.id) !== true) return silent;
    const own = powersOf(mixer, strip);
    if (strip.output === masterId) return own;
    const group = findStrip(mixer, strip.output);
    if (group === undefined || audible.get(group.id) !== true) return silent;
    const through = powersOf(mixer, group);
    return {left: own.left * through.left, right: own.right * through.right};
  });
}

/** What a prediction asks of a strip: its group, and how loud it plays. */
export interface Player {
  readonly group: Channel['group'];
  readonly memory: {readonly energy: Pick<WorkingEnergy, 'playing'>} | undefined;
}

/** The prediction; undefined while of no audible strip it is known how loud it plays. */
export function predictBus(
  channels: readonly Player[],
  powers: readonly BusPowers[],
  crestDb: number,
): BusPrediction | undefined {
  let left = 0;
  let right = 0;
  const byGroup = new Map<Group, number>();
  for (const [index, {memory, group}] of channels.entries()) {
    const power = powers[index];
    if (power === undefined || (power.left === 0 && power.right === 0) || group === 'master') continue;
    const playing = memory?.energy.playing();
    if (playing === undefined) continue;
    const [toLeft, toRight] = [playing.left * power.left, playing.right * power.right];
    left += toLeft;
    right += toRight;
    byGroup.set(group, (byGroup.get(group) ?? 0) + toLeft + toRight);
  }
  const power = Math.max(left, right);
  if (power <= 0) return undefined;
  const [loudest] = [...byGroup].reduce((most, one) => (one[1] > most[1] ? one : most));
  return {peakDb: 10 * Math.log10(power) + crestDb, loudest};
}

/** A crest that was observed, within the limits in which it is believed. */
export function believedCrestDb(observedDb: number | undefined): number {
  if (observedDb === undefined || !Number.isFinite(observedDb)) return crest.startDb;
  return Math.min(crest.highDb, Math.max(crest.lowDb, observedDb));
}

function powersOf(mixer: Mixer, strip: Strip): BusPowers {
  const fader = factorFromDb(heardLevelDb(mixer, strip));
  const sides = strip.channels === 1 ? panSides(strip.pan, mixer.panLawDb) : balanceSides(strip.pan);
  return {left: (fader * sides.left) ** 2, right: (fader * sides.right) ** 2};
}
