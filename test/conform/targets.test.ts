import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import type {Check} from '../../src/app/conform/check.ts';
import {programSource} from '../../src/app/conform/line-target.ts';
import {conformReport, outcomeLines, summaryLines} from '../../src/app/conform/report.ts';
import {type Outcome, runChecks} from '../../src/app/conform/run.ts';
import {sourceOf} from '../../src/app/conform/source.ts';
import {compileCore} from '../firmware/compiler.ts';
import {projectFile} from '../project.ts';
import {compilePtyDevice, startPtyDevice} from '../transport/pty-device.ts';
import {mutants} from './mutants.ts';
import {compileMutant, compilerHere, mutantFolder} from './mutation.ts';

const folder = mkdtempSync(join(tmpdir(), 'longthrow-conform-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));
const noData = {frames: [], refused: [], transcripts: new Map()};

function check(level: Check['level'], name: string): Check {
  return {id: `${level}.${name}`, level, requirements: ['R1'], law: `The law of ${name}`, run: async () => {}};
}

function outcome(one: Check, state: Outcome['state'], faults: readonly string[] = []): Outcome {
  return {check: one, state, faults, tookMs: 1};
}

const source = {
  name: 'my \u001b[31mport',
  kind: 'port',
  open: () => Promise.reject(new Error()),
  close: async () => {},
} as const;

test('a report counts by level, and reaches the last level before the first that fails or shows nothing', (t) => {
  const outcomes = [
    outcome(check('L0', 'frames'), 'passed'),
    outcome(check('L1', 'hello'), 'passed'),
    outcome(check('L1', 'pages'), 'not exercised', ['nobody is there']),
    outcome(check('L2', 'inputs'), 'failed', ['one', 'two', 'three', 'four', 'five', 'six']),
    outcome(check('L3', 'lease'), 'passed'),
  ];
  const report = conformReport(source, {acquaintance: undefined, outcomes});
  t.like(report, {schemaVersion: 1, conforms: false, reached: 'L1', device: undefined});
  t.deepEqual(
    report.levels.map(({level, passed, failed, notExercised}) => [level, passed, failed, notExercised]),
    [
      ['L0', 1, 0, 0],
      ['L1', 1, 0, 1],
      ['L2', 0, 1, 0],
      ['L3', 1, 0, 0],
    ],
  );
  t.like(report.checks[3], {id: 'L2.inputs', state: 'failed', requirements: ['R1']});
  t.deepEqual(JSON.parse(JSON.stringify(report)).checks.length, 5);
  const [head, ...faults] = outcomeLines(outcomes[3] ?? t.fail());
  t.regex(head ?? '', /^FAIL L2\.inputs +The law of inputs \(R1\)$/);
  t.is(faults.length, 5);
  const lines = summaryLines(report);
  t.is(lines.at(-1), 'my  [31mport does not conform: 1 check failed.');
  const good = conformReport(source, {acquaintance: undefined, outcomes: outcomes.slice(0, 2)});
  t.like(good, {conforms: true, reached: 'L1'});
  t.regex(summaryLines(good).at(-1) ?? '', /conforms, shown up to L1\.$/);
});

test('what is behind a name: a program in virtual time, one in real time, or nothing', async (t) => {
  await t.throwsAsync(sourceOf(join(folder, 'nothing'), []), {message: /neither a serial port nor a program/});
  t.is((await sourceOf('/bin/sh', ['-c', 'echo .; cat'])).kind, 'virtual');
  t.is((await sourceOf('/bin/sh', ['-c', "printf '\\0'; cat"])).kind, 'program');
  t.is((await sourceOf('/bin/sh', ['-c', 'exit 1'])).kind, 'program');
});

test('a program in real time: bytes both ways, started anew for each check, and its end is told in a sentence', async (t) => {
  const echo = join(folder, 'echo.mjs');
  writeFileSync(echo, "process.stdout.write('+'); process.stdin.pipe(process.stdout);");
  const {open} = programSource(process.execPath, [echo]);
  const target = await open();
  const said: number[] = [];
  const hear = async (): Promise<void> => {
    for (const deed of await target.advance(target.now() + 20)) if (deed.type === 'sent') said.push(...deed.bytes);
  };
  while (said.length < 1) await hear();
  await target.send(Uint8Array.of(1, 2, 3));
  while (said.length < 4) await hear();
  t.deepEqual(said, [43, 1, 2, 3]);
  await t.throwsAsync(target.order('to 20'), {message: /takes no orders/});
  await target.restart?.();
  while (said.length < 5) await hear();
  t.deepEqual(said, [43, 1, 2, 3, 43]);
  target.end();

  const gone = programSource(process.execPath, ['-e', 'process.exit(7)']);
  const ended = await runChecks({source: gone, checks: [check('L0', 'frames')], data: noData});
  t.deepEqual(
    ended.outcomes.map(({state, faults}) => [state, ...faults]),
    [
      ['failed', 'the program ended by itself (7)'],
      ['not exercised', 'the device cannot be read'],
    ],
  );
  const never = await runChecks({source: programSource(join(folder, 'nothing')), checks: [], data: noData});
  t.regex(never.outcomes[0]?.faults[0] ?? '', /does not start/);
});

test('a check that fails in the middle of a run leaves the others as they are, and the first failure may end the run', async (t) => {
  let asked = 0;
  const told: string[] = [];
  const {outcomes} = await runChecks({
    source: programSource(process.execPath, ['-e', '']),
    checks: [
      {
        ...check('L1', 'later'),
        run: async () => {
          asked += 1;
        },
      },
      check('L6', 'beyond'),
    ],
    data: noData,
    upTo: 'L1',
    untilFailed: true,
    told: ({check: {id}}) => told.push(id),
  });
  t.deepEqual([outcomes.length, asked, told], [1, 0, ['L1.acquaintance']]);
  t.is(outcomes[0]?.faults.at(-1), 'the program ended by itself (0)');
});

const main = fileURLToPath(projectFile('dist/app/main.js'));

function conform(
  ...words: readonly string[]
): Promise<{readonly status: number | null; readonly out: string; readonly err: string}> {
  return new Promise((resolve) => {
    const all = [main, 'firmware', 'conform', ...words];
    const child = execFile(
      process.execPath,
      all,
      {env: {...process.env, NO_COLOR: '1'}, timeout: 60_000},
      (_, out, err) => resolve({status: child.exitCode, out, err}),
    );
  });
}

/** The same, in real time: a computer that is busy may be too late for one run, hardly for four. */
async function conformInTime(...words: readonly string[]): ReturnType<typeof conform> {
  let last = await conform(...words);
  for (let again = 0; again < 3 && last.status === 3; again++) last = await conform(...words);
  return last;
}

const pty = compilePtyDevice();
const virtual = compileCore('virtual-device', ['host/virtual-device.c', 'longthrow.c']);
const compiler = compilerHere();
if (pty.state === 'absent' || virtual.state === 'absent' || compiler === undefined) {
  test('the command holds firmware against the specification', (t) => {
    t.log(pty.state === 'absent' ? pty.reason : 'no C compiler: nothing was held against the specification');
    t.pass();
  });
} else {
  const quick = ['--only', 'L0.pieces', '--only', 'L1.hello', '--only', 'L3.text'];

  test('the command judges a real serial port: every line, status 0', async (t) => {
    const device = await startPtyDevice(pty.program);
    t.teardown(() => device.end());
    const {status, out, err} = await conformInTime(device.path, ...quick);
    t.is(status, 0, out + err);
    for (const name of ['L1.acquaintance', 'L0.pieces', 'L1.hello', 'L3.text'])
      t.regex(out, new RegExp(`^ok {3}${name} `, 'm'));
    t.regex(out, /conforms, shown up to L3\.$/m);
  });

  test('the command judges a program in real time, as JSON', async (t) => {
    const {status, out, err} = await conformInTime(pty.program, ...quick, '--json', '0', '-');
    t.is(status, 0, err);
    const report = JSON.parse(out);
    t.like(report, {schemaVersion: 1, conforms: true, target: {kind: 'program'}, device: {serial: '0807060504030201'}});
    t.is(report.checks.filter(({state}: {readonly state: string}) => state === 'passed').length, 4);
  });

  test('firmware with a fault is found out with status 3, and a check that is not there with status 2', async (t) => {
    const {folder: place, end} = mutantFolder();
    t.teardown(end);
    const fault = mutants.find(({id}) => id === 'heartbeat-session');
    const program = compileMutant(compiler, place, fault);
    const bad = await conform(program, '--only', 'L1.heartbeat');
    t.is(bad.status, 3, bad.out + bad.err);
    t.regex(bad.out, /^FAIL L1\.heartbeat /m);
    t.regex(bad.out, /does not conform: 1 check failed\.$/m);
    const good = await conform(virtual.program, '--only', 'L1.heartbeat');
    t.is(good.status, 0, good.out + good.err);
    const none = await conform(virtual.program, '--only', 'L1.heartbeats');
    t.is(none.status, 2);
    t.regex(none.err, /no check "L1\.heartbeats"/);
    t.is((await conform(join(folder, 'nothing'))).status, 2);
  });
}
