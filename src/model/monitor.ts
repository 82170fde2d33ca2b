import {highestLevelDb, lowestLevelDb} from './taper.ts';

/** Speakers that the monitor can sound like, to hear what is left of a mix on them. */
export const speakers = ['none', 'phone', 'laptop', 'car'] as const;
export type Speaker = (typeof speakers)[number];

/** What is done to the mix on its way to the ears, and to nothing else: never part of a bounce. */
export interface Monitor {
  /** Turned down for a talk, by `dimDb` (−60…0). */
  readonly dim: boolean;
  readonly dimDb: number;
  /** Both sides hear half the sum of both. */
  readonly mono: boolean;
  /** Left and right change places. */
  readonly swap: boolean;
  /** Whether the left side is upside down, after `swap` and before `mono`: with mono, one hears what mono loses. */
  readonly polarity: 'none' | 'left';
  readonly speaker: Speaker;
  /** Whether the reference track is heard instead of the mix. */
  readonly reference: 'off' | 'on';
  /** `-Infinity` or −90…+10 dB. */
  readonly levelDb: number;
}

/** A monitor that changes nothing. */
export const newMonitor: Monitor = {
  dim: false,
  dimDb: -20,
  mono: false,
  swap: false,
  polarity: 'none',
  speaker: 'none',
  reference: 'off',
  levelDb: 0,
};

/** What anyone may ask of the monitor. */
export type MonitorCommand =
  | {readonly type: 'monitor.setDim'; readonly dim: boolean}
  | {readonly type: 'monitor.setDimLevel'; readonly dimDb: number}
  | {readonly type: 'monitor.setMono'; readonly mono: boolean}
  | {readonly type: 'monitor.setSwap'; readonly swap: boolean}
  | {readonly type: 'monitor.setPolarity'; readonly polarity: Monitor['polarity']}
  | {readonly type: 'monitor.setSpeaker'; readonly speaker: Speaker}
  | {readonly type: 'monitor.setReference'; readonly reference: Monitor['reference']}
  | {readonly type: 'monitor.setLevel'; readonly levelDb: number};

/** Whether a command is for the monitor, not for the mixer. */
export function isMonitorCommand(command: {readonly type: string}): command is MonitorCommand {
  return command.type.startsWith('monitor.');
}

/** The monitor after a command. Numbers out of range are clamped; NaN and what is set already give the same object. */
export function applyMonitorCommand(monitor: Monitor, command: MonitorCommand): Monitor {
  switch (command.type) {
    case 'monitor.setDim':
      return changed(monitor, {dim: command.dim});
    case 'monitor.setDimLevel':
      return Number.isNaN(command.dimDb)
        ? monitor
        : changed(monitor, {dimDb: Math.min(0, Math.max(-60, command.dimDb)) + 0});
    case 'monitor.setMono':
      return changed(monitor, {mono: command.mono});
    case 'monitor.setSwap':
      return changed(monitor, {swap: command.swap});
    case 'monitor.setPolarity':
      return changed(monitor, {polarity: command.polarity});
    case 'monitor.setSpeaker':
      return speakers.includes(command.speaker) ? changed(monitor, {speaker: command.speaker}) : monitor;
    case 'monitor.setReference':
      return changed(monitor, {reference: command.reference});
    case 'monitor.setLevel':
      return Number.isNaN(command.levelDb) ? monitor : changed(monitor, {levelDb: clampedLevel(command.levelDb)});
  }
}

function changed(monitor: Monitor, values: Partial<Monitor>): Monitor {
  const next = {...monitor, ...values};
  return (Object.keys(values) as (keyof Monitor)[]).some((key) => next[key] !== monitor[key]) ? next : monitor;
}

/** As on a fader: what lies at its lowest level or under it is silence. */
function clampedLevel(levelDb: number): number {
  return levelDb <= lowestLevelDb ? Number.NEGATIVE_INFINITY : Math.min(levelDb, highestLevelDb) + 0;
}
