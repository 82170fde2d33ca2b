import {openDeviceOutput} from './device-output.ts';
import type {EngineSetup, FromEngine} from './message.ts';
import type {AudioOutput} from './output.ts';
import {createSilentOutput} from './silent-output.ts';
import {createSteadyOutput, type SteadyOutput} from './steady-output.ts';

/** An output that always runs, and why it is silent if it is. */
export interface OpenOutput {
  readonly output: SteadyOutput;
  readonly reason: string | undefined;
  readonly cure: string | undefined;
}

/** The sound device of a session, or silence in its place; `send` tells when the device goes and comes. */
export async function openOutput(setup: EngineSetup, send: (message: FromEngine) => void): Promise<OpenOutput> {
  const silent = (): AudioOutput => createSilentOutput(setup.sampleRate, () => performance.now());
  const opened =
    setup.device === 'none'
      ? {state: 'unavailable' as const, reason: 'no sound device was asked for', cure: undefined}
      : await openDeviceOutput(setup.sampleRate);
  const output = createSteadyOutput({
    first: opened.state === 'open' ? opened.output : silent(),
    silent,
    reopen: async () => {
      const again = await openDeviceOutput(setup.sampleRate);
      return again.state === 'open' ? again.output : undefined;
    },
    nowMs: () => performance.now(),
    changed: ({kind, name}, reason) =>
      send({
        type: 'output',
        output: kind,
        deviceName: name,
        reason,
        cure: reason === undefined ? undefined : 'connect it again; the sound comes back by itself',
      }),
  });
  return opened.state === 'open' ? {output, reason: undefined, cure: undefined} : {...opened, output};
}
