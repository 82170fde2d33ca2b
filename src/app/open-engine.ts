import type {Engine} from '../engine/contract.ts';
import type {LiveEngineOptions} from '../engine/live/live-contract.ts';
import {openLiveEngine} from '../engine/live/live-engine.ts';
import {type MidiEngine, openMidiEngine} from '../engine/midi/midi-engine.ts';
import {loadMidiProfiles, type MidiProfiles} from '../mapping/midi-profiles.ts';
import type {MidiProfile, MidiTarget} from '../model/midi-profile.ts';
import {DeskError, type Problem} from '../model/problem.ts';
import type {RuleChange} from '../model/rule-change.ts';
import type {Clock} from './clock.ts';
import type {Desk} from './desk-contract.ts';
import {mappingsFolder, userMappingsFolder} from './folders.ts';
import type {MidiLines} from './midi-lines.ts';
import {problemLine} from './open-session.ts';

/** A session's engine, and what it needs of the desk that is put on it. */
export interface OpenedEngine {
  readonly engine: Engine;
  /** Hands on the device that is mixed become hands of the desk. */
  connect(desk: Pick<Desk, 'perform'>): void;
}

/** The engine that plays the session's stems, or the one that mixes the device it names; `mappings` is a folder of the user's choice with profiles, too. Rejects with a DeskError. */
export async function openEngine(
  options: LiveEngineOptions,
  lines: () => MidiLines,
  clock: Clock,
  mappings?: string,
): Promise<OpenedEngine> {
  const {midi} = options.session;
  if (midi === undefined) return {engine: await openLiveEngine(options), connect() {}};
  const profile = await profileOf(midi, mappings, options.onProblem);
  const engine = openMidiEngine({
    session: options.session,
    target: midi,
    profile,
    wire: lines().line(midi.port),
    clock,
  });
  return {engine, connect: (desk) => connectHands(engine, desk, profile)};
}

/** What a hand on the device does is done as by a hand on a surface: heard at once, written where automation writes, and a step that can be taken back. */
export function connectHands(engine: MidiEngine, desk: Pick<Desk, 'perform'>, profile: MidiProfile): void {
  engine.onAsked((command, control) => desk.perform(command, {unit: 'device', control, by: profile.name}));
}

/** What is different in the gain table where a device is mixed: its channels may be called by their numbers, and no meters are waited for. A session's own changes win. */
export const deviceRules: readonly RuleChange[] = [
  {rule: 'name', on: false},
  {rule: 'stale', on: false},
];

/** What must be said instead: that nothing warns does not mean that all is well. */
export const deviceNotice =
  'The sound of the device is not heard here: its levels are unknown, and nothing warns of them.';

/** The profiles that come with the program, the user's own, and those of one more folder of mappings, which win. */
export function midiProfiles(folder?: string): Promise<MidiProfiles> {
  const own = userMappingsFolder(process.env);
  return loadMidiProfiles(mappingsFolder, own, ...(folder === undefined ? [] : [folder]));
}

async function profileOf(
  {profile: id}: MidiTarget,
  mappings: string | undefined,
  onProblem: (problem: Problem) => void,
): Promise<MidiProfile> {
  const {profiles, problems} = await midiProfiles(mappings);
  const profile = profiles.get(id);
  if (profile === undefined) throw unknownProfile(id, {profiles, problems});
  problems.forEach(onProblem);
  return profile;
}

/** There is no profile of that name: what there is, and what was wrong with what was found. */
export function unknownProfile(id: string, {profiles, problems}: MidiProfiles): DeskError {
  const known = [...profiles.keys()].join(', ');
  const wrong = problems.map((problem) => `\n${problemLine(problem)}`).join('');
  return new DeskError('mapping.invalid', `There is no MIDI profile "${id}". Known: ${known}.${wrong}`);
}
