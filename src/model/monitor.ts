import {highestLevelDb, lowestLevelDb} from './taper.ts';

/** Speakers that the monitor can sound like, to hear what is left of a mix on them. */
export const speakers = ['none', 'phone', 'laptop', 'car'] as const;
export type Speaker = (typeof speakers)[number];

/** References that a session can name, at most. */
export const mostReferences = 8;

/** What a monitor has one switch for. */
export const monitorSwitches = ['dim', 'mono', 'swap', 'polarity', 'reference'] as const;
export type MonitorSwitch = (typeof monitorSwitches)[number];

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
  /** A or B: whether the chosen reference is heard instead of the mix. */
  readonly reference: 'off' | 'on';
  /** Which of the session's references is B, 1…`mostReferences`. */
  readonly referenceNumber: number;
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
  referenceNumber: 1,
  levelDb: 0,
};

/** What is known of one reference. */
export interface ReferenceReading {
  /** The file's, without its folder. */
  readonly name: string;
  /** `measuring`: it cannot be heard yet, the mix is; `failed`: it never can. */
  readonly state: 'measuring' | 'ready' | 'failed';
  /** Of the whole track, in LUFS (BS.1770); undefined until it is measured. */
  readonly integratedLufs: number | undefined;
  /** Its highest peak between the samples, in dBTP. */
  readonly truePeakDb: number | undefined;
  /** Share of the energy below 120 Hz in all of it, in dB; undefined of what is not measured, or too short or quiet. */
  readonly lowShareDb?: number | undefined;
  /** What it is turned up or down by, in dB. */
  readonly gainDb: number;
  /** By how many dB it stays quieter than the mix all the same, because it would clip or the mix is far louder; undefined while the mix was not heard long enough to be matched. */
  readonly missingDb: number | undefined;
}

/** What anyone may ask of the monitor. */
export type MonitorCommand =
  | {readonly type: 'monitor.setDim'; readonly dim: boolean}
  | {readonly type: 'monitor.setDimLevel'; readonly dimDb: number}
  | {readonly type: 'monitor.setMono'; readonly mono: boolean}
  | {readonly type: 'monitor.setSwap'; readonly swap: boolean}
  | {readonly type: 'monitor.setPolarity'; readonly polarity: Monitor['polarity']}
  | {readonly type: 'monitor.setSpeaker'; readonly speaker: Speaker}
  | {readonly type: 'monitor.setReference'; readonly reference: Monitor['reference']}
  /** Which reference is B; 1 is the first. */
  | {readonly type: 'monitor.chooseReference'; readonly number: number}
  /** The next reference, and from the last the first. */
  | {readonly type: 'monitor.nextReference'}
  | {readonly type: 'monitor.nextSpeaker'}
  /** The other way round. */
  | {readonly type: 'monitor.toggle'; readonly what: MonitorSwitch}
  | {readonly type: 'monitor.setLevel'; readonly levelDb: number}
  /** Louder by so many dB, quieter if negative; while it is dim, what dim turns down to. */
  | {readonly type: 'monitor.changeLevel'; readonly byDb: number};

/** Whether a command is for the monitor, not for the mixer. */
export function isMonitorCommand(command: {readonly type: string}): command is MonitorCommand {
  return command.type.startsWith('monitor.');
}

/** Whether a command means nothing without a reference. */
export function isReferenceCommand(command: MonitorCommand): boolean {
  return /[rR]eference$/.test(command.type === 'monitor.toggle' ? command.what : command.type);
}

/**
 * The monitor after a command; `references` is how many the session has. Numbers out of range are clamped; NaN, a reference where there is none,
 * and what is set already give the same object.
 */
export function applyMonitorCommand(
  monitor: Monitor,
  command: MonitorCommand,
  references: number = mostReferences,
): Monitor {
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
      return references === 0 && command.reference === 'on'
        ? monitor
        : changed(monitor, {reference: command.reference});
    case 'monitor.chooseReference': {
      const number = Math.round(Math.min(references, Math.max(1, command.number)));
      return references === 0 || Number.isNaN(number) ? monitor : changed(monitor, {referenceNumber: number});
    }
    case 'monitor.nextReference':
      return references === 0
        ? monitor
        : changed(monitor, {referenceNumber: (monitor.referenceNumber % references) + 1});
    case 'monitor.nextSpeaker':
      return changed(monitor, {speaker: speakers[(speakers.indexOf(monitor.speaker) + 1) % speakers.length] ?? 'none'});
    case 'monitor.toggle':
      return toggled(monitor, command.what, references);
    case 'monitor.setLevel':
      return Number.isNaN(command.levelDb) ? monitor : changed(monitor, {levelDb: clampedLevel(command.levelDb)});
    case 'monitor.changeLevel':
      return applyMonitorCommand(monitor, levelAfter(monitor, command.byDb));
  }
}

function toggled(monitor: Monitor, what: MonitorSwitch, references: number): Monitor {
  switch (what) {
    case 'polarity':
      return changed(monitor, {polarity: monitor.polarity === 'none' ? 'left' : 'none'});
    case 'reference': {
      const reference = monitor.reference === 'off' ? 'on' : 'off';
      return applyMonitorCommand(monitor, {type: 'monitor.setReference', reference}, references);
    }
    default:
      return monitorSwitches.includes(what) ? changed(monitor, {[what]: !monitor[what]}) : monitor;
  }
}

function changed(monitor: Monitor, values: Partial<Monitor>): Monitor {
  const next = {...monitor, ...values};
  return (Object.keys(values) as (keyof Monitor)[]).some((key) => next[key] !== monitor[key]) ? next : monitor;
}

/** Out of silence a level comes up from the lowest one. */
function levelAfter({dim, dimDb, levelDb}: Monitor, byDb: number): MonitorCommand {
  if (dim) return {type: 'monitor.setDimLevel', dimDb: dimDb + byDb};
  return {type: 'monitor.setLevel', levelDb: Math.max(lowestLevelDb, levelDb) + byDb};
}

/** As on a fader: what lies at its lowest level or under it is silence. */
function clampedLevel(levelDb: number): number {
  return levelDb <= lowestLevelDb ? Number.NEGATIVE_INFINITY : Math.min(levelDb, highestLevelDb) + 0;
}
