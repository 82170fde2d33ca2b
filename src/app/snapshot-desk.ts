import {applyCommand} from '../model/command.ts';
import type {Step} from '../model/history.ts';
import type {JournalEntry} from '../model/journal.ts';
import {findStrip, type Mixer, masterId} from '../model/mixer.ts';
import {editsBetween} from '../model/mixer-edit.ts';
import {settingOf} from '../model/setting.ts';
import {
  findSnapshot,
  freshSnapshotName,
  mostSnapshots,
  recallCommands,
  type Snapshot,
  snapshotNameFault,
  snapshotParts,
  takeSnapshot,
  wholeMixer,
  withSnapshot,
} from '../model/snapshot.ts';
import {longestFadeMs} from '../model/snapshot-fade.ts';
import type {CompareSlot, SnapshotIntent} from '../model/snapshot-intent.ts';
import type {SnapshotStatus} from '../model/snapshot-status.ts';
import {createSnapshotPlayer, type PlayerOptions} from './snapshot-player.ts';

/** Text of all snapshots at the most, so that the session file stays one that is read at once. */
const mostBytes = 4_000_000;

export interface SnapshotDeskOptions extends PlayerOptions {
  /** Those of the session. */
  readonly snapshots: readonly Snapshot[];
  /** Notes a step that takes effect. */
  readonly wrote: (step: Step) => void;
  readonly journal: (entry: JournalEntry) => void;
  /** Says in a sentence what was done, or why nothing was. */
  readonly tell: (sentence: string) => void;
  /** `status` is another. */
  readonly changed: () => void;
}

/** The snapshots of a desk: its list, recalls within a time, and two mixes that are compared. */
export interface SnapshotDesk {
  readonly status: SnapshotStatus;
  perform(intent: SnapshotIntent): void;
  /** A mixer when all that is on its way has arrived: what is to be written of it. */
  arrived(mixer: Mixer): Mixer;
  /** Takes a step back or again: what is on its way arrives first, and what is compared is known again. */
  during(move: () => void): void;
  end(): void;
}

/** The list as the session has it; no mix is compared yet. */
export function createSnapshotDesk(options: SnapshotDeskOptions): SnapshotDesk {
  const {mixer, isMoved} = options;
  const player = createSnapshotPlayer(options);
  let {snapshots} = options;
  let current: string | undefined;
  let fadeMs = 0;
  let slot: CompareSlot | undefined;
  const kept = new Map<CompareSlot, Snapshot>();

  function become(name: string, snapshot: Snapshot | undefined): void {
    snapshots = withSnapshot(snapshots, name, snapshot);
    options.journal({type: 'snapshot', name, snapshot});
  }

  /** Brings the mix to a snapshot as one step, which is told at once: a crash on the way ends where the way ends. Says what was left as it is. */
  function bring(snapshot: Snapshot, name: string, withinMs: number): string {
    const before = player.arrived(mixer());
    const anew = new Set(recallCommands(snapshot, before).commands.map(settingOf));
    const {commands, missing} = recallCommands(snapshot, mixer());
    const lasting = commands.filter((command) => !isMoved(command));
    const wanted = recallCommands(snapshot, before).commands.filter((command) => !isMoved(command));
    options.wrote({name, edits: editsBetween(before, wanted.reduce(applyCommand, before))});
    player.play(lasting, withinMs, anew);
    const followed = commands.length - lasting.length;
    const notes = [
      ...(followed === 0 ? [] : [`${counted(followed, 'value')} left to automation`]),
      ...(missing.length === 0 ? [] : [`${counted(missing.length, 'strip')} no longer here`]),
    ];
    return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  }

  function store({name = freshSnapshotName(snapshots), parts, strips}: Of<'snapshot.store'>): string {
    const fault = snapshotNameFault(name);
    if (fault !== undefined) return `A name ${fault}.`;
    const there = findSnapshot(snapshots, name);
    if (there === undefined && snapshots.length >= mostSnapshots)
      return `There are ${mostSnapshots} snapshots already: remove one first.`;
    // What is on its way is what was wanted.
    const taken = takeSnapshot(player.arrived(mixer()), name, {
      parts: parts ?? snapshotParts,
      strips: strips ?? wholeMixer.strips,
    });
    if (taken.strips.length === 0) return 'There is no such strip to be stored.';
    if (JSON.stringify(withSnapshot(snapshots, name, taken)).length > mostBytes)
      return 'There is no room for more snapshots: remove one first.';
    become(name, taken);
    current = name;
    const what = parts === undefined ? '' : `: ${taken.parts.join(', ')}`;
    const of = strips === undefined ? '' : ` of ${namesOf(taken, mixer())}`;
    return `${there === undefined ? 'Stored' : 'Stored anew'}: ${name}${what}${of}.`;
  }

  function recall(name: string, withinMs = fadeMs): string {
    const snapshot = findSnapshot(snapshots, name);
    if (snapshot === undefined) return `There is no snapshot ${name}.`;
    current = snapshot.name;
    const lengthMs = Math.min(longestFadeMs, Math.max(0, withinMs));
    const notes = bring(snapshot, `recall ${snapshot.name}`, lengthMs);
    return `Recalled: ${snapshot.name}${lengthMs > 0 ? ` within ${secondsText(lengthMs)}` : ''}${notes}.`;
  }

  function next(by: 1 | -1): string {
    const at = snapshots.findIndex(({name}) => name === current);
    const here = snapshots[at];
    // Back from what was changed since is back to it; from there to the one before.
    if (by < 0 && here !== undefined && isElsewhere(here)) return recall(here.name);
    const to = snapshots[at < 0 ? (by > 0 ? 0 : snapshots.length - 1) : at + by];
    if (to !== undefined) return recall(to.name);
    return snapshots.length === 0 ? 'There is no snapshot yet.' : 'There is no further snapshot.';
  }

  function isElsewhere(snapshot: Snapshot): boolean {
    const {commands} = recallCommands(snapshot, player.arrived(mixer()));
    return commands.some((command) => !isMoved(command));
  }

  function remove(name: string): string {
    const there = findSnapshot(snapshots, name);
    if (there === undefined) return `There is no snapshot ${name}.`;
    become(there.name, undefined);
    if (current === there.name) current = undefined;
    return `Removed: ${there.name}.`;
  }

  function rename(name: string, to: string): string {
    const there = findSnapshot(snapshots, name);
    if (there === undefined) return `There is no snapshot ${name}.`;
    const other = findSnapshot(snapshots, to);
    const fault = other === undefined || other === there ? snapshotNameFault(to) : 'is that of another snapshot';
    if (fault !== undefined) return `The name ${fault}.`;
    become(there.name, {...there, name: to});
    if (current === there.name) current = to;
    return `${there.name} is called ${to} now.`;
  }

  function keep(into: CompareSlot): string {
    kept.set(into, takeSnapshot(player.arrived(mixer()), into, wholeMixer));
    slot = into;
    return `This mix is ${into}.`;
  }

  function compare(): string {
    const from = slot ?? 'A';
    const to = from === 'A' ? 'B' : 'A';
    kept.set(from, takeSnapshot(player.arrived(mixer()), from, wholeMixer));
    slot = to;
    const there = kept.get(to);
    if (there === undefined) return `${from} is kept; ${to} begins as the mix is.`;
    return `This is ${to}${bring(there, `compare with ${to}`, 0)}.`;
  }

  function setFade(wantedMs: number): string {
    if (!(wantedMs >= 0 && wantedMs <= longestFadeMs)) return `A fade takes 0 to ${secondsText(longestFadeMs)}.`;
    fadeMs = wantedMs;
    return fadeMs === 0 ? 'Snapshots come at once.' : `Snapshots come within ${secondsText(fadeMs)}.`;
  }

  function asked(intent: SnapshotIntent): string {
    switch (intent.type) {
      case 'snapshot.store':
        return store(intent);
      case 'snapshot.recall':
        return recall(intent.name, intent.fadeMs);
      case 'snapshot.step':
        return next(intent.by);
      case 'snapshot.remove':
        return remove(intent.name);
      case 'snapshot.rename':
        return rename(intent.name, intent.to);
      case 'snapshot.setFade':
        return setFade(intent.fadeMs);
      case 'snapshot.keep':
        return keep(intent.slot);
      case 'snapshot.compare':
        return compare();
    }
  }

  return {
    get status() {
      return {snapshots, current, fadeMs, slot, fading: player.isPlaying};
    },
    perform(intent) {
      options.tell(asked(intent));
      options.changed();
    },
    arrived: player.arrived,
    during(move) {
      player.settle();
      move();
      const heard = [...kept].find(([, mix]) => recallCommands(mix, mixer()).commands.length === 0);
      if (heard !== undefined) slot = heard[0];
    },
    end: player.settle,
  };
}

type Of<Type extends SnapshotIntent['type']> = Extract<SnapshotIntent, {readonly type: Type}>;

function namesOf({strips}: Snapshot, mixer: Mixer): string {
  const [first, second] = strips;
  if (first === undefined || second !== undefined) return counted(strips.length, 'strip');
  return first.strip === masterId ? 'the mix bus' : (findStrip(mixer, first.strip)?.name ?? first.strip);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function secondsText(ms: number): string {
  return `${ms / 1000} s`;
}
