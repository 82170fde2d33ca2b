import {newAutomationSettings} from '../../src/model/automation.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import type {Lane} from '../../src/model/lane.ts';
import {type Lanes, withChange} from '../../src/model/lane-change.ts';
import {newMeterSettings} from '../../src/model/meter-settings.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import {newTimeline} from '../../src/model/timeline.ts';
import type {RecoveredSession} from '../../src/session/recover.ts';
import type {Kept} from '../../src/session/session-store.ts';

/**
 * A desk of which every state has a number: that many entries were told of it. The fader says the number, every third entry is a ride of one point, every
 * seventh takes the last step back.
 */
export const strip = newStrip({id: 'vox', name: 'Vox', kind: 'group', levelDb: 0});

const noPoints: Lane = {frames: new Int32Array(0), values: new Float64Array(0)};

/** What is told when the desk goes from one number to the next. */
export function entryOf(number: number): JournalEntry {
  if (number % 7 === 0) return {type: 'undone'};
  if (number % 3 !== 0)
    return {type: 'moved', commands: [{type: 'strip.setLevel', strip: 'vox', levelDb: levelOf(number)}]};
  const point: Lane = {frames: Int32Array.of(number), values: Float64Array.of(0.5)};
  const change = {lane: 'vox pan', fromFrame: number, toFrame: number + 1, before: noPoints, after: point};
  return {type: 'step', step: {name: `ride ${number}`, edits: [], lanes: [change]}};
}

/** Levels tell numbers apart, up to 9,000 of them. */
export function levelOf(number: number): number {
  return -number / 100;
}

/** Everything of the desk at a number. */
export interface NumberedDesk {
  readonly number: number;
  readonly levelDb: number;
  readonly lanes: Lanes;
  readonly past: readonly string[];
  readonly future: readonly string[];
}

/** The desk at number 0. */
export const firstDesk: NumberedDesk = {number: 0, levelDb: 0, lanes: new Map(), past: [], future: []};

/** The desk one entry later. */
export function nextDesk(desk: NumberedDesk): NumberedDesk {
  const number = desk.number + 1;
  const entry = entryOf(number);
  if (entry.type === 'moved') return {...desk, number, levelDb: levelOf(number)};
  if (entry.type === 'step') {
    const lanes = (entry.step.lanes ?? []).reduce(withChange, desk.lanes);
    return {...desk, number, lanes, past: [...desk.past, entry.step.name], future: []};
  }
  const last = desk.past.at(-1);
  if (last === undefined) return {...desk, number};
  const frame = Number(last.replace('ride ', ''));
  const before = {frames: Int32Array.of(frame), values: Float64Array.of(0.5)};
  const lanes = withChange(desk.lanes, {
    lane: 'vox pan',
    fromFrame: frame,
    toFrame: frame + 1,
    before,
    after: noPoints,
  });
  return {...desk, number, lanes, past: desk.past.slice(0, -1), future: [...desk.future, last]};
}

/** The desk at any number. */
export function deskAt(number: number): NumberedDesk {
  let desk = firstDesk;
  while (desk.number < number) desk = nextDesk(desk);
  return desk;
}

/** What a desk keeps. */
export function keptAt({levelDb, lanes}: Pick<NumberedDesk, 'levelDb' | 'lanes'>): Kept {
  return {
    mixer: newMixer({strips: [{...strip, levelDb: levelDb + 0}]}),
    automation: {lanes, settings: newAutomationSettings},
    timeline: newTimeline,
    meters: newMeterSettings,
    snapshots: [],
  };
}

/** The session file of the desk at number 0, of the first version. */
export const firstFile = JSON.stringify({
  ...{longthrow: 1, name: 'Song', sampleRate: 48_000, masterLevelDb: 0},
  strips: [
    {
      ...{
        id: 'vox',
        name: 'Vox',
        kind: 'group',
        group: 'other',
        colour: 'white',
        channels: 2,
        trimDb: 0,
        levelDb: 0,
        pan: 0,
      },
      ...{muted: false, soloed: false, soloSafe: false, polarityInverted: false},
    },
  ],
});

/** A recovered session as text, to be compared with `textOfDesk`: level, points of its lane, names of its steps. */
export function textOf({session, lanes, history}: Pick<RecoveredSession, 'session' | 'lanes' | 'history'>): string {
  const names = (steps: readonly {readonly name: string}[]): string => steps.map(({name}) => name).join();
  return `${session.mixer.strips[0]?.levelDb} | ${frames(lanes)} | ${names(history.past)} | ${names(history.future)}`;
}

export function textOfDesk({levelDb, lanes, past, future}: NumberedDesk): string {
  return `${levelDb} | ${frames(lanes)} | ${past.join()} | ${future.join()}`;
}

function frames(lanes: Lanes): string {
  return [...lanes].map(([id, lane]) => `${id} ${lane.frames.join()} ${lane.values.join()}`).join();
}
