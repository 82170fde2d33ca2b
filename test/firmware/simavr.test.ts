import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {projectFile} from '../project.ts';

const leaseMs = 300;
/** Real time on a machine that does other things as well. */
const patienceMs = 15_000;

/** The lines of a program as they come; those that nobody waited for are passed over. */
function lines(child: ChildProcess): (wanted: RegExp) => Promise<readonly string[]> {
  const seen: string[] = [];
  const waiting = new Set<() => void>();
  if (child.stdout)
    createInterface({input: child.stdout}).on('line', (line) => {
      seen.push(line);
      for (const look of waiting) look();
    });
  return (wanted) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`nothing like ${wanted} came`)), patienceMs);
      const look = () => {
        const at = seen.findIndex((line) => wanted.test(line));
        if (at < 0) return;
        clearTimeout(late);
        waiting.delete(look);
        resolve(wanted.exec(seen.splice(0, at + 1).at(-1) ?? '') ?? []);
      };
      waiting.add(look);
      look();
    });
}

/** Makes the bench; why it cannot be made, where it cannot. */
function madeBench(): {readonly program: string} | {readonly reason: string} {
  if (process.env['SIMAVR'] !== '1')
    return {reason: 'SIMAVR=1 runs the firmware in simavr as well, behind a real serial port'};
  mkdirSync(projectFile('build/firmware'), {recursive: true});
  const program = fileURLToPath(projectFile('build/firmware/simavr-bench'));
  const source = fileURLToPath(projectFile('test/firmware/simavr/bench.c'));
  const made = spawnSync('cc', ['-std=gnu99', '-O2', '-Wall', '-Wextra', source, '-o', program, '-lsimavr'], {
    encoding: 'utf8',
  });
  if (made.status !== 0)
    return {reason: 'no simavr (Debian: apt install gcc libsimavr-dev): the firmware did not run in it'};
  return {program};
}

for (const chip of ['mega328p', 'mega32u4'] as const) {
  test.serial(
    `${chip}: behind a real serial port the firmware tells its faders, and is safe within the lease when its host is killed or stopped`,
    async (t) => {
      const made = madeBench();
      if ('reason' in made) {
        t.log(made.reason);
        t.pass();
        return;
      }
      t.timeout(90_000);
      const hex = fileURLToPath(projectFile(`firmware-protocol/examples/hex/desk-8-${chip}.hex`));
      const bench = spawn(made.program, [hex, `at${chip}`], {stdio: ['pipe', 'pipe', 'inherit']});
      const hosts: ChildProcess[] = [];
      t.teardown(() => [bench, ...hosts].map((child) => child.kill('SIGKILL')));
      const shown = lines(bench);
      const [, port = ''] = await shown(/^port (.*)$/);
      const script = fileURLToPath(
        new URL(`./simavr/host.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
      );
      let place = 1000;
      for (const signal of ['SIGKILL', 'SIGSTOP', 'SIGKILL'] as const) {
        const host = spawn(process.execPath, [...process.execArgv, script, port, `${leaseMs}`], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        hosts.push(host);
        const told = lines(host);
        await told(/^up$/);
        bench.stdin.write(`fader 3 ${place}\n`);
        const wanted = (((place / 5000) * 4092 - 16) / (3061 - 16)) * 0xc000;
        let value = 0;
        for (let tries = 0; tries < 40 && Math.abs(value - wanted) > 900; tries++)
          value = Number((await told(/^fader 3 (\d+)$/))[1]);
        t.true(Math.abs(value - wanted) <= 900, `${value} for ${wanted}`);
        place += 700;
        host.kill(signal);
        bench.stdin.write('mark 0\n');
        const [, killed = ''] = await shown(/^([\d.]+) mark 1$/);
        const [, safe = ''] = await shown(/^([\d.]+) alarm 0$/);
        const tookMs = Number(safe) - Number(killed);
        t.log(`${signal}: safe after ${tookMs.toFixed(0)} ms, lease ${leaseMs} ms`);
        t.true(tookMs > 0 && tookMs <= leaseMs + 50, `${tookMs} ms`);
        host.kill('SIGKILL');
      }
    },
  );
}
