import type {Engine} from '../engine/contract.ts';
import {applyCommand, type MixerCommand} from '../model/command.ts';
import {type LaneTarget, laneValue, laneWrittenBy} from '../model/lane.ts';
import type {Mixer} from '../model/mixer.ts';
import {settingOf} from '../model/setting.ts';
import {fadeOf, type Glide, glideCommand} from '../model/snapshot-fade.ts';
import type {Clock} from './clock.ts';

/** Values on the way move so often; the engine smooths between. */
const stepMs = 25;
/** Where a step of very many values takes its time, so many times as long is left to everything else. */
const restShare = 3;
/** What a value may differ from what was set without anybody having moved it: levels that offsets are added to come back rounded. */
const tolerance = 1e-6;

export interface PlayerOptions {
  readonly engine: Pick<Engine, 'apply'>;
  readonly clock: Clock;
  /** The mixer as commands set it, without what trim mode adds to levels. */
  readonly mixer: () => Mixer;
  /** Whether a command would change nothing that lasts, because a lane moves what it sets. */
  readonly isMoved: (command: MixerCommand) => boolean;
  /** Whether a hand is on it. */
  readonly isHeld: (target: LaneTarget) => boolean;
}

/** Brings the mixer to values within a time. What a hand takes meanwhile, or a lane, is theirs. */
export interface SnapshotPlayer {
  /** Begins, or does it at once if there is no time; what was on its way elsewhere goes on, but for `settings` that are decided anew. */
  play(commands: readonly MixerCommand[], fadeMs: number, settings?: ReadonlySet<string>): void;
  /** All that is on its way arrives now. */
  settle(): void;
  /** A mixer when all has arrived. */
  arrived(mixer: Mixer): Mixer;
  readonly isPlaying: boolean;
  end(): void;
}

/** A value of ours, on its way or waiting for the end. */
interface Ours {
  /** What it was set to last. */
  readonly was: number | undefined;
  /** A hand is on it since before it was ours: only moving it takes it. */
  readonly wasHeld: boolean;
}

interface Moving extends Ours {
  readonly setting: string;
  readonly glide: Glide;
  /** Sets what it comes to. */
  readonly last: MixerCommand;
  readonly startMs: number;
  readonly lengthMs: number;
}

interface Waiting extends Ours {
  readonly setting: string;
  readonly command: MixerCommand;
  readonly atMs: number;
}

/** Nothing is on its way. */
export function createSnapshotPlayer({engine, clock, mixer, isMoved, isHeld}: PlayerOptions): SnapshotPlayer {
  let moving: readonly Moving[] = [];
  let waiting: readonly Waiting[] = [];
  let cancel: (() => void) | undefined;

  function valueIn(given: Mixer, command: MixerCommand): number | undefined {
    const written = laneWrittenBy(command);
    return written === undefined ? undefined : laneValue(given, written.target);
  }

  /** A hand that has just let go, or that a plain fader is taken to have, does not keep a value from being recalled. */
  function isHeldNow(command: MixerCommand): boolean {
    const written = laneWrittenBy(command);
    return written !== undefined && isHeld(written.target);
  }

  function oursIn(given: Mixer, command: MixerCommand): Ours {
    return {was: valueIn(given, command), wasHeld: isHeldNow(command)};
  }

  /** Still ours: no hand has come to it, none has moved it, no lane does. */
  function isOurs(given: Mixer, command: MixerCommand, {was, wasHeld}: Ours): boolean {
    if (laneWrittenBy(command) === undefined) return true;
    const is = valueIn(given, command);
    const isSame = is !== undefined && was !== undefined && Math.abs(is - was) <= tolerance;
    return isSame && !isMoved(command) && (wasHeld || !isHeldNow(command));
  }

  function oursOnTheWay(): {readonly moving: readonly Moving[]; readonly waiting: readonly Waiting[]} {
    const now = mixer();
    return {
      moving: moving.filter((one) => isOurs(now, one.last, one)),
      waiting: waiting.filter((one) => isOurs(now, one.command, one)),
    };
  }

  function finals(): readonly MixerCommand[] {
    const ours = oursOnTheWay();
    return [...ours.moving.map(({last}) => last), ...ours.waiting.map(({command}) => command)];
  }

  function step(): void {
    cancel = undefined;
    const now = clock.now();
    const ours = oursOnTheWay();
    const share = ({startMs, lengthMs}: Moving): number => Math.min(1, Math.max(0, (now - startMs) / lengthMs));
    for (const one of ours.moving) {
      const command = glideCommand(one.glide, share(one));
      if (command !== undefined) engine.apply(command);
    }
    for (const {command, atMs} of ours.waiting) if (atMs <= now) engine.apply(command);
    const after = mixer();
    const kept = <One extends Ours>(one: One, command: MixerCommand): One => ({
      ...one,
      was: valueIn(after, command),
      wasHeld: one.wasHeld && isHeldNow(command),
    });
    moving = ours.moving.filter((one) => share(one) < 1).map((one) => kept(one, one.last));
    waiting = ours.waiting.filter(({atMs}) => atMs > now).map((one) => kept(one, one.command));
    goOn(Math.max(stepMs, restShare * (clock.now() - now)));
  }

  function goOn(afterMs: number): void {
    if (moving.length + waiting.length > 0) cancel ??= clock.after(afterMs, step);
  }

  function stop(): void {
    cancel?.();
    cancel = undefined;
    moving = [];
    waiting = [];
  }

  return {
    play(commands, fadeMs, settings = new Set()) {
      const anew = new Set([...settings, ...commands.map(settingOf)]);
      moving = moving.filter(({setting}) => !anew.has(setting));
      waiting = waiting.filter(({setting}) => !anew.has(setting));
      if (!(fadeMs > 0)) {
        for (const command of commands) engine.apply(command);
        return;
      }
      const startMs = clock.now();
      const {glides, atStart, atEnd} = fadeOf(commands, mixer());
      for (const command of atStart) engine.apply(command);
      const now = mixer();
      const begun = glides.flatMap((glide): readonly Moving[] => {
        const last = glideCommand(glide, 1);
        if (last === undefined) return [];
        return [{setting: settingOf(last), glide, last, startMs, lengthMs: fadeMs, ...oursIn(now, last)}];
      });
      moving = [...moving, ...begun];
      const ends = atEnd.map((command) => ({
        setting: settingOf(command),
        command,
        atMs: startMs + fadeMs,
        ...oursIn(now, command),
      }));
      waiting = [...waiting, ...ends];
      goOn(stepMs);
    },
    settle() {
      const last = finals();
      stop();
      for (const command of last) engine.apply(command);
    },
    arrived: (given) => finals().reduce(applyCommand, given),
    get isPlaying() {
      return moving.length + waiting.length > 0;
    },
    end: stop,
  };
}
