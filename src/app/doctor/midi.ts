import {plainText} from '../../model/problem.ts';
import type {Port, Transport} from '../../transport/contract.ts';
import {groupCure} from './groups.ts';
import type {Row} from './report.ts';
import type {System} from './system.ts';

const sequencerPath = '/dev/snd/seq';

/** Whether MIDI can be had, and which ports there are. Closes the transport it was given. */
export async function checkMidi(system: System, transport: Transport): Promise<readonly Row[]> {
  const check = system.platform === 'linux' ? 'ALSA sequencer' : 'system MIDI';
  try {
    const availability = await transport.availability();
    if (availability.state === 'unavailable') {
      const denied = system.platform === 'linux' && (await system.access(sequencerPath)) === 'denied';
      const cure = denied ? await groupCure(system, 'audio') : availability.cure;
      return [
        {area: 'midi', check, found: plainText(availability.reason), state: 'missing', cure},
        {area: 'midi', check: 'ports', found: 'not looked for', state: 'skipped'},
      ];
    }
    const ports = await firstPorts(transport);
    return [{area: 'midi', check, found: 'opens', state: 'ok'}, portsRow(ports), ...driverRow(transport)];
  } finally {
    await transport.close();
  }
}

/** Whether the driver's process had to be started again while it was asked. */
function driverRow({health}: Transport): readonly Row[] {
  if (health === undefined) return [];
  const row = {area: 'midi', check: 'driver'} as const;
  if (health.failures === 0) return [{...row, found: 'runs in a process of its own', state: 'ok'}];
  return [
    {
      ...row,
      found: `${plainText(health.reason)}, and was started again`,
      state: 'warning',
      cure: 'unplug what was plugged in last, and look again',
    },
  ];
}

function portsRow(ports: readonly Port[]): Row {
  if (ports.length === 0)
    return {
      area: 'midi',
      check: 'ports',
      found: 'none',
      state: 'warning',
      cure: 'connect a surface and switch it on; longthrow surfaces shows what is found',
    };
  return {area: 'midi', check: 'ports', found: ports.map(({name}) => plainText(name)).join(', '), state: 'ok'};
}

function firstPorts(transport: Transport): Promise<readonly Port[]> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined;
    let told = false;
    stop = transport.watch((ports) => {
      told = true;
      stop?.();
      resolve(ports);
    });
    if (told) stop();
  });
}
