import type {Row} from '../../../src/app/doctor/report.ts';
import type {System} from '../../../src/app/doctor/system.ts';
import type {Transport} from '../../../src/transport/contract.ts';
import {memoryTransport} from '../../../src/transport/memory.ts';

/** A machine in good health, made ill by what a test gives. */
export function machine(
  given: Partial<System> & {files?: Readonly<Record<string, string>>; denied?: readonly string[]} = {},
): System {
  const files: Readonly<Record<string, string>> = {
    '/etc/group': 'root:x:0:\naudio:x:29:ann\ndialout:x:20:\n',
    '/run/udev/control': '',
    '/dev/snd/seq': '',
    '/dev/snd/pcmC0D0p': '',
    ...given.files,
  };
  return {
    platform: 'linux',
    nodeVersion: '20.19.0',
    environment: {XDG_RUNTIME_DIR: '/run/user/1000'},
    groups: [1000],
    userName: 'ann',
    list: async (folder) => [
      ...new Set(
        Object.keys(files)
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
    read: async (path) => files[path],
    access: async (path) => (given.denied?.includes(path) ? 'denied' : path in files ? 'allowed' : 'absent'),
    groupOf: async () => 20,
    programs: async () => [],
    hasProgram: async () => true,
    resolvePackage: (name) => `file:///modules/${name}/index.js`,
    runScript: async () => '{"loaded":true,"sampleRate":48000,"latencyMs":12}',
    ...given,
  };
}

export const states = (rows: readonly Row[]) => rows.map(({check, state}) => `${check}: ${state}`);
export const cures = (rows: readonly Row[]) => rows.flatMap(({cure}) => cure ?? []).join('\n');
export const unavailable = (reason: string, cure: string): Transport => ({
  ...memoryTransport(),
  availability: async () => ({state: 'unavailable', reason, cure}),
});
export const withPorts = (...names: readonly string[]): Transport => {
  const transport = memoryTransport();
  for (const name of names) transport.plug(name);
  return transport;
};
