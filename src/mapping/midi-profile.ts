import {isLaneParameter, type LaneParameter, laneKind} from '../model/lane.ts';
import {
  addressOf,
  type MidiAddress,
  type MidiAddressPattern,
  type MidiControl,
  type MidiLaw,
  type MidiNumbering,
  type MidiProfile,
} from '../model/midi-profile.ts';
import {type Problem, plainText} from '../model/problem.ts';
import {deskTaper} from '../model/taper.ts';
import {problemAt, readJson, schemaProblems} from './file-problems.ts';
import {
  type ControlFile,
  type LawFile,
  type MidiProfileFile,
  midiProfileSchema,
  type NumberFile,
} from './midi-profile-schema.ts';

export type ReadProfile =
  | {readonly type: 'profile'; readonly profile: MidiProfile}
  | {readonly type: 'broken'; readonly problems: readonly Problem[]};

/** What a DIN line bears with room to spare, in bytes a second. */
const dinBytesPerSecond = 1875;
/** Controllers from here on are mode messages, and those of parameter numbers mean other things. */
const firstModeController = 120;
const numberControllers: ReadonlySet<number> = new Set([6, 38, 96, 97, 98, 99, 100, 101]);

/** Reads a profile; `path` is how problems call it. Never throws, whatever the text is. */
export function readMidiProfile(id: string, path: string, text: string): ReadProfile {
  const json = readJson(path, text);
  if ('problem' in json) return {type: 'broken', problems: [json.problem]};
  const read = midiProfileSchema.safeParse(json.value, {reportInput: true});
  if (!read.success) return {type: 'broken', problems: schemaProblems(path, midiProfileSchema, read.error.issues)};
  const problems = [...controlProblems(path, read.data), ...levelProblems(path, read.data)];
  if (problems.length > 0) return {type: 'broken', problems};
  const profile = profileOf(id, read.data);
  const wrong = addressProblems(path, profile);
  return wrong.length > 0 ? {type: 'broken', problems: wrong} : {type: 'profile', profile};
}

function profileOf(id: string, file: MidiProfileFile): MidiProfile {
  const controls = writtenControls(file).flatMap(([name, control]) =>
    isLaneParameter(name) ? controlOf(name, control) : [],
  );
  return {
    id,
    name: plainText(file.name),
    strips: file.strips,
    stripName: file.stripName ?? 'Channel',
    standardLevelDb: file.standardLevelDb ?? 0,
    returns: file.returns ?? [],
    bytesPerSecond: file.bytesPerSecond ?? dinBytesPerSecond,
    controls,
    master: file.master === undefined ? undefined : controlOf('level', file.master)[0],
  };
}

function writtenControls({controls}: MidiProfileFile): readonly (readonly [string, ControlFile])[] {
  return Object.entries(controls).flatMap(([name, control]) =>
    control === undefined ? [] : [[name, control] as const],
  );
}

function controlOf(parameter: LaneParameter, file: ControlFile): readonly MidiControl[] {
  const address = patternOf(file);
  return address === undefined ? [] : [{parameter, address, law: lawOf(file.law, parameter)}];
}

function patternOf({channel, cc, fine, nrpn, bits = 7}: ControlFile): MidiAddressPattern | undefined {
  if (cc !== undefined) {
    const controller = numberingOf(cc);
    const pattern = {type: 'controller', channel: numberingOf(channel), controller} as const;
    return fine === undefined ? pattern : {...pattern, fine: numberingOf(fine)};
  }
  if (nrpn === undefined) return undefined;
  const [high, low] = nrpn;
  return {type: 'nrpn', channel: numberingOf(channel), high: numberingOf(high), low: numberingOf(low), bits};
}

function numberingOf(written: NumberFile): MidiNumbering {
  return typeof written === 'number' ? {first: written, step: 0} : {first: written.from, step: 1};
}

function lawOf(written: LawFile | undefined, parameter: LaneParameter): MidiLaw {
  const {low, high, unit} = laneKind(parameter);
  if (written === undefined) {
    if (unit === 'switch') return {type: 'switch', on: 127, off: 0};
    return unit === 'side'
      ? {type: 'centred'}
      : isLevel(parameter)
        ? {type: 'taper', taper: deskTaper}
        : {type: 'range', low, high};
  }
  if (written === 'fader') return {type: 'taper', taper: deskTaper};
  if (written === 'centred') return {type: 'centred'};
  if (written === 'range') return {type: 'range', low, high};
  if ('square' in written) return {type: 'square', fullDb: written.square};
  if ('amplitude' in written) return {type: 'amplitude', fullDb: written.amplitude};
  if ('low' in written) return {type: 'range', low: written.low, high: written.high};
  if ('on' in written) return {type: 'switch', on: written.on, off: written.off};
  const marks = written.marks.map(([position, levelDb]) => ({position, levelDb: levelDb ?? Number.NEGATIVE_INFINITY}));
  return {type: 'taper', taper: marks};
}

function isLevel(parameter: LaneParameter): boolean {
  return parameter === 'level' || /^send\d\.levelDb$/.test(parameter);
}

function controlProblems(path: string, file: MidiProfileFile): readonly Problem[] {
  const all = [...writtenControls(file).map(([name, control]) => [['controls', name], control] as const)];
  const master = file.master === undefined ? [] : [[['master'], file.master] as const];
  return [...all, ...master].flatMap(([place, {cc, fine, nrpn, bits, law}]): readonly Problem[] => {
    const wrong = (reason: string, hint?: string): readonly Problem[] => [problemAt(path, place, reason, hint)];
    if ((cc === undefined) === (nrpn === undefined)) return wrong('needs either cc or nrpn');
    if (nrpn !== undefined && fine !== undefined) return wrong('fine belongs to cc', 'write "bits": 14');
    if (cc !== undefined && bits !== undefined)
      return wrong('bits belongs to nrpn', 'write "fine" with a second number');
    if (typeof law !== 'object' || !('marks' in law)) return [];
    const rises = law.marks.every(([position, levelDb], index) => {
      const [before, beforeDb] = law.marks[index - 1] ?? [-1, null];
      return (
        position > before && (index === 0 || (levelDb !== null && levelDb > (beforeDb ?? Number.NEGATIVE_INFINITY)))
      );
    });
    return rises ? [] : wrong('its marks do not rise', 'both numbers must grow from pair to pair; null only first');
  });
}

/** Laws of levels are for levels, and what has two positions needs two values. */
function levelProblems(path: string, file: MidiProfileFile): readonly Problem[] {
  return writtenControls(file).flatMap(([name, {law}]): readonly Problem[] => {
    if (law === undefined || !isLaneParameter(name)) return [];
    const ofLevels =
      law === 'fader' || (typeof law === 'object' && ('square' in law || 'amplitude' in law || 'marks' in law));
    if (ofLevels && laneKind(name).unit !== 'dB')
      return [problemAt(path, ['controls', name, 'law'], 'is a law of levels')];
    const isScale = typeof law === 'object' && 'low' in law;
    if (isScale && laneKind(name).curve === 'octaves' && !(law.low > 0 && law.high > 0))
      return [problemAt(path, ['controls', name, 'law'], 'runs in octaves', 'low and high must be above 0')];
    return isScale && law.low === law.high ? [problemAt(path, ['controls', name, 'law'], 'does not move')] : [];
  });
}

/** Every address of every strip must be one, and none may be that of two things. */
function addressProblems(path: string, {controls, master, strips}: MidiProfile): readonly Problem[] {
  const taken = new Map<string, string>();
  const problems: Problem[] = [];
  const usesNumbers = [...controls, ...(master === undefined ? [] : [master])].some(
    ({address}) => address.type === 'nrpn',
  );
  const check = (what: string, place: readonly string[], address: MidiAddress): void => {
    const fault = addressFault(address, usesNumbers);
    if (fault !== undefined) problems.push(problemAt(path, place, `${fault} (${what})`));
    for (const name of namesOf(address)) {
      const other = taken.get(name);
      taken.set(name, what);
      if (other !== undefined && fault === undefined)
        problems.push(problemAt(path, place, `${what} and ${other} go to the same place`));
    }
  };
  for (const {parameter, address} of controls)
    for (let strip = 1; strip <= strips && problems.length < 10; strip++)
      check(`${parameter} of strip ${strip}`, ['controls', parameter], addressOf(address, strip));
  if (master !== undefined) check('master', ['master'], addressOf(master.address, 1));
  return problems;
}

function namesOf(address: MidiAddress): readonly string[] {
  const {channel} = address;
  if (address.type === 'nrpn') return [`${channel} nrpn ${address.parameter}`];
  const {controller, fine} = address;
  return [`${channel} cc ${controller}`, ...(fine === undefined ? [] : [`${channel} cc ${fine}`])];
}

function addressFault(address: MidiAddress, usesNumbers: boolean): string | undefined {
  if (address.channel < 1 || address.channel > 16) return `there is no MIDI channel ${address.channel}`;
  if (address.type === 'nrpn')
    return address.parameter > 0x3fff ? 'its number does not fit into two times seven bits' : undefined;
  const controllers = [address.controller, ...(address.fine === undefined ? [] : [address.fine])];
  for (const controller of controllers) {
    if (controller >= firstModeController) return `controllers from ${firstModeController} on are mode messages`;
    if (usesNumbers && numberControllers.has(controller))
      return `controller ${controller} belongs to parameter numbers`;
  }
  return undefined;
}
