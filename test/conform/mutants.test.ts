import test from 'ava';
import {allChecks} from '../../src/app/conform/checks.ts';
import {newDice} from '../../src/app/conform/dice.ts';
import {conformReport} from '../../src/app/conform/report.ts';
import {type RunResult, runChecks} from '../../src/app/conform/run.ts';
import {readKitData} from '../../src/app/conform/vectors.ts';
import {openVirtualDevice} from '../../src/app/conform/virtual-device.ts';
import {mutants} from './mutants.ts';
import {compileMutant, compilerHere, mutantFolder} from './mutation.ts';

/** All mutants where the variable says so; else so many of them, others each day. */
const sampleSize = 6;
const isWhole = process.env['LONGTHROW_MUTANTS'] === 'all';
const compiler = compilerHere();
const data = await readKitData();

function run(program: string, untilFailed: boolean): Promise<RunResult> {
  const source = {
    name: program,
    kind: 'virtual',
    open: () => openVirtualDevice(program),
    close: async () => {},
  } as const;
  return runChecks({source, checks: allChecks(data), data, untilFailed});
}

/** A sample that is the same all day: a failure can be found again. */
function sampleOf(size: number): typeof mutants {
  const dice = newDice(Math.floor(Date.now() / 86_400_000));
  return [...mutants]
    .map((mutant) => ({mutant, place: dice(2 ** 30)}))
    .sort((one, other) => one.place - other.place)
    .slice(0, size)
    .map(({mutant}) => mutant);
}

test('there are more than forty mutants, each of its own', (t) => {
  t.true(mutants.length >= 40);
  t.is(new Set(mutants.map(({id}) => id)).size, mutants.length);
  t.is(new Set(mutants.map(({from, to, file}) => `${file}${from}${to}`)).size, mutants.length);
});

test('every check has a name of its own, a requirement of the specification and a sentence', (t) => {
  const checks = allChecks(data);
  t.is(new Set(checks.map(({id}) => id)).size, checks.length);
  for (const {id, level, requirements, law} of checks) {
    t.true(id.startsWith(`${level}.`), id);
    t.true(requirements.length > 0 && requirements.every((one) => /^R([1-9]|1\d|2[0-2])$/.test(one)), id);
    t.true(law.length > 20, id);
  }
});

if (compiler === undefined) {
  test('the kit tells good firmware from bad', (t) => {
    t.log('no C compiler (cc, gcc, clang): the kit was held against no firmware');
    t.pass();
  });
} else {
  test.serial('the reference firmware passes every check of every level', async (t) => {
    const {folder, end} = mutantFolder();
    t.teardown(end);
    const program = compileMutant(compiler, folder);
    const result = await run(program, false);
    const report = conformReport(
      {name: program, kind: 'virtual', open: () => openVirtualDevice(program), close: async () => {}},
      result,
    );
    t.deepEqual(
      result.outcomes.filter(({state}) => state === 'failed').map(({check, faults}) => [check.id, ...faults]),
      [],
    );
    t.deepEqual(
      report.checks.filter(({state}) => state === 'not exercised').map(({id}) => id),
      ['L2.person'],
    );
    t.true(report.conforms);
    t.is(report.reached, 'L6');
  });

  test.serial('the kit kills at least 95 % of the mutants', async (t) => {
    t.timeout(900_000);
    const {folder, end} = mutantFolder();
    t.teardown(end);
    const chosen = isWhole ? mutants : sampleOf(sampleSize);
    const alive: string[] = [];
    for (const mutant of chosen) {
      const {outcomes} = await run(compileMutant(compiler, folder, mutant), true);
      if (!outcomes.some(({state}) => state === 'failed')) alive.push(`${mutant.id}: ${mutant.what}`);
    }
    t.log(
      `${chosen.length - alive.length} of ${chosen.length} mutants killed${isWhole ? '' : ' (a sample; LONGTHROW_MUTANTS=all for all)'}`,
    );
    t.true(alive.length <= chosen.length * 0.05, alive.join('\n'));
  });
}
