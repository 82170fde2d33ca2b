import {type LaneId, laneId, laneTarget} from '../model/lane.ts';
import type {Lanes} from '../model/lane-change.ts';
import type {Mixer} from '../model/mixer.ts';
import {DeskError} from '../model/problem.ts';
import {findLane, findStripNamed} from '../session/lane-name.ts';

/** A lane that words on the command line stand for. */
export interface ChosenLane {
  readonly id: LaneId;
  /** Named itself, not with all lanes of a strip. */
  readonly named: boolean;
}

/**
 * The lanes that words stand for: each a lane (`"vox level"`), a strip with all lanes that it has, or `all`; a lane may be written without quotes, as two
 * words. None twice. Throws a DeskError that says which word stands for nothing, and what may be meant.
 */
export function chosenLanes(words: readonly string[], mixer: Mixer, lanes: Lanes): readonly ChosenLane[] {
  const together = words.length > 1 ? findLane(mixer, words.join(' ')) : undefined;
  const isOne = together?.type === 'found' && words.some((word) => findLane(mixer, word).type === 'unknown');
  const chosen = isOne
    ? [{id: laneId(together.what), named: true}]
    : words.flatMap((word) => lanesOfWord(word, mixer, lanes));
  return chosen.filter(({id}, index) => chosen.findIndex((other) => other.id === id) === index);
}

function lanesOfWord(word: string, mixer: Mixer, lanes: Lanes): readonly ChosenLane[] {
  if (word.trim().toLowerCase() === 'all') return [...lanes.keys()].map((id) => ({id, named: false}));
  const lane = findLane(mixer, word);
  if (lane.type === 'found') return [{id: laneId(lane.what), named: true}];
  const strip = findStripNamed(mixer, word);
  if (strip.type === 'found') {
    const own = [...lanes.keys()].filter((id) => laneTarget(id)?.strip === strip.what);
    if (own.length > 0) return own.map((id) => ({id, named: false}));
    throw new DeskError('usage', `"${word.trim()}" has no lanes yet.`);
  }
  const {reason, hint} = word.trim().includes(' ') ? lane : strip;
  throw new DeskError('usage', `${reason}.\n    ${hint}`);
}
