import {plainText} from '../../model/problem.ts';
import {groupCure} from './groups.ts';
import type {Row} from './report.ts';
import type {System} from './system.ts';

/** Opens the default device, as the engine does, in a process of its own: the libraries under it write on the terminal. */
const openScript = `
const [url] = process.argv.slice(1).filter((argument) => argument !== '--');
let answer;
try {
  const {AudioContext} = await import(url);
  const context = new AudioContext({latencyHint: 'playback'});
  await context.resume();
  answer = {sampleRate: context.sampleRate, latencyMs: Math.round(context.outputLatency * 1000)};
  await context.close();
} catch (error) {
  answer = {message: String(error?.message ?? error)};
}
process.stdout.write('\\n' + JSON.stringify(answer) + '\\n', () => process.exit(0));
`;

/** What on this machine could take sound. */
export interface SoundWays {
  readonly servers: readonly ('PipeWire' | 'PulseAudio' | 'JACK')[];
  /** ALSA's playback devices: nodes like `pcmC0D0p`. */
  readonly devices: readonly string[];
  /** Devices are there and may not be opened. */
  readonly denied: boolean;
}

/** Looks for sound servers and devices without opening any. */
export async function findSoundWays(system: System): Promise<SoundWays> {
  const runtime = system.environment['XDG_RUNTIME_DIR'];
  const has = async (folder: string, pattern: RegExp): Promise<boolean> =>
    (await system.list(folder)).some((name) => pattern.test(name));
  const servers = [
    ...(runtime !== undefined && (await has(runtime, /^pipewire-\d+$/)) ? (['PipeWire'] as const) : []),
    ...(runtime !== undefined && (await has(`${runtime}/pulse`, /^native$/)) ? (['PulseAudio'] as const) : []),
    ...((await system.programs()).some((name) => /^jackd(?:bus)?$/.test(name)) ? (['JACK'] as const) : []),
  ];
  const devices = (await system.list('/dev/snd')).filter((name) => /^pcmC\d+D\d+p$/.test(name));
  const rights = await Promise.all(devices.map((name) => system.access(`/dev/snd/${name}`)));
  return {servers, devices, denied: rights.length > 0 && rights.every((right) => right === 'denied')};
}

/** Whether sound comes out; without a device the desk keeps time in silence. */
export async function checkAudio(system: System): Promise<readonly Row[]> {
  const url = system.resolvePackage('node-web-audio-api');
  const ways = system.platform === 'linux' ? await findSoundWays(system) : undefined;
  const rows: Row[] = ways === undefined ? [] : [waysRow(ways)];
  if (url === undefined) return [...rows, {area: 'audio', check: 'device', found: 'not tried', state: 'skipped'}];
  const opened = readAnswer(await system.runScript(openScript, [url]));
  if ('sampleRate' in opened)
    return [
      ...rows,
      {
        area: 'audio',
        check: 'device',
        found: `opens at ${opened.sampleRate} Hz, ${opened.latencyMs} ms to the ear`,
        state: 'ok',
      },
    ];
  return [
    ...rows,
    {
      area: 'audio',
      check: 'device',
      found: `none opens (${plainText(opened.message)}): time is kept in silence`,
      state: 'missing',
      cure: await cureOf(system, ways),
    },
  ];
}

function waysRow({servers, devices}: SoundWays): Row {
  const found = [...servers, ...(devices.length > 0 ? [`ALSA (${devices.length} outputs)`] : [])];
  if (found.length > 0) return {area: 'audio', check: 'sound system', found: found.join(', '), state: 'ok'};
  return {area: 'audio', check: 'sound system', found: 'no sound server and no sound card', state: 'warning'};
}

async function cureOf(system: System, ways: SoundWays | undefined): Promise<string> {
  if (ways === undefined) return 'choose an output in the sound settings of your system';
  if (ways.denied) return groupCure(system, 'audio');
  if (ways.servers.includes('PipeWire'))
    return 'let ALSA programs reach PipeWire: install pipewire-alsa (apt, dnf, pacman and zypper all call it so)';
  if (ways.servers.includes('PulseAudio'))
    return 'let ALSA programs reach PulseAudio: apt install libasound2-plugins (dnf: alsa-plugins-pulseaudio, pacman and zypper: alsa-plugins)';
  if (ways.servers.includes('JACK'))
    return 'let programs reach JACK: apt install libjack-jackd2-0 (dnf: jack-audio-connection-kit, pacman: jack2, zypper: libjack0)';
  if (ways.devices.length > 0) return 'close the program that holds the sound card';
  return 'connect a sound card, or start PipeWire or JACK; a bounce needs neither';
}

function readAnswer(
  line: string | undefined,
): {readonly sampleRate: number; readonly latencyMs: number} | {readonly message: string} {
  try {
    const value: unknown = JSON.parse(line ?? '');
    if (typeof value === 'object' && value !== null) {
      if ('sampleRate' in value && 'latencyMs' in value)
        return {sampleRate: Number(value.sampleRate), latencyMs: Number(value.latencyMs)};
      if ('message' in value) return {message: String(value.message)};
    }
  } catch {
    // The child died before it could answer.
  }
  return {message: 'the audio library ended or hung'};
}
