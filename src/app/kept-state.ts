import type {Engine} from '../engine/contract.ts';
import {newAutomation} from '../model/automation.ts';
import {applyCommand} from '../model/command.ts';
import type {JournalEntry} from '../model/journal.ts';
import {laneCommand, laneTarget, laneValue} from '../model/lane.ts';
import type {Lanes} from '../model/lane-change.ts';
import type {Mixer} from '../model/mixer.ts';
import type {LoopRange} from '../model/timeline.ts';
import {timelineIn} from '../model/timeline.ts';
import type {Kept} from '../session/session-store.ts';
import type {DeskStatus} from './desk-status.ts';

/** What of a desk's status is kept of it. */
export type KeptStatus = Pick<DeskStatus, 'mixer' | 'kept' | 'playback' | 'meters' | 'snapshots'>;

/**
 * What is to be kept of a desk. What lanes move is kept as it was in `rest`, wherever the tape stands: else every save would be another. A loop that does not fit
 * the stems of today (`unfit`) is kept, too: a missing stem may come back.
 */
export function keptOf(
  {mixer, kept, playback, meters, snapshots}: KeptStatus,
  rest: Mixer,
  unfit: LoopRange | undefined,
): Kept {
  const automation = kept?.automation ?? newAutomation;
  return {
    mixer: atRest(kept?.mixer ?? mixer, automation.lanes, rest),
    automation,
    timeline: {...timelineIn(playback), loop: playback.loop ?? unfit},
    meters,
    snapshots: snapshots?.snapshots ?? [],
  };
}

function atRest(mixer: Mixer, lanes: Lanes, rest: Mixer): Mixer {
  let still = mixer;
  for (const id of lanes.keys()) {
    const target = laneTarget(id);
    const value = target && laneValue(rest, target);
    const command = target === undefined || value === undefined ? undefined : laneCommand(target, value);
    if (command !== undefined) still = applyCommand(still, command);
  }
  return still;
}

/** Tells the journal when markers, loop or meters become others; returns the way out. */
export function watchSettings(engine: Engine, journal: (entry: JournalEntry) => void): () => void {
  let tape = timelineIn(engine.playback);
  let {meters} = engine;
  return engine.onChanged((what) => {
    if (what === 'playback') {
      const now = timelineIn(engine.playback);
      const isSame = now.markers === tape.markers && sameLoop(now.loop, tape.loop);
      tape = now;
      if (!isSame) journal({type: 'timeline', timeline: now});
    }
    if (what === 'meters') {
      const {paused: _, ...now} = engine.meters;
      const {paused: __, ...before} = meters;
      ({meters} = engine);
      if (JSON.stringify(now) !== JSON.stringify(before)) journal({type: 'meters', meters});
    }
  });
}

function sameLoop(one: LoopRange | undefined, other: LoopRange | undefined): boolean {
  return one?.inFrame === other?.inFrame && one?.outFrame === other?.outFrame;
}
