import test from 'ava';
import {areas, hasProblems, missingLines, type Row} from '../../src/app/doctor/report.ts';
import {runDoctor} from '../../src/app/doctor/run.ts';
import {thisSystem} from '../../src/app/doctor/system.ts';
import {machine, withPorts} from './doctor/machine.ts';

test('a healthy machine is well in every area', async (t) => {
  const only = areas.filter((area) => area !== 'time');
  const report = await runDoctor({system: machine(), only, midi: () => withPorts('X-Touch MIDI 1')});
  t.deepEqual([...new Set(report.rows.map(({state}) => state))], ['ok']);
  t.deepEqual([hasProblems(report), missingLines(report)], [false, []]);
});

test('rows come in the order of the areas, and only those asked for', async (t) => {
  const only = ['audio', 'midi', 'hid'] as const;
  const report = await runDoctor({system: machine(), only, midi: () => withPorts('A')});
  t.deepEqual([...new Set(report.rows.map(({area}) => area))], ['midi', 'hid', 'audio']);
});

test('the session is checked if one is asked about', async (t) => {
  const row: Row = {
    area: 'session',
    check: 'files',
    found: '2 stems are gone',
    state: 'missing',
    cure: 'bring them back',
  };
  const report = await runDoctor({system: machine(), only: ['session'], checkSession: async () => [row]});
  t.deepEqual(report.rows, [row]);
  t.deepEqual(missingLines(report), ['Session: 2 stems are gone – bring them back']);
});

test('a check that fails is a finding and stops no other', async (t) => {
  const system = machine({
    programs: async () => {
      throw new Error('no\u001b[2J /proc');
    },
  });
  const report = await runDoctor({system, only: ['audio', 'runtime']});
  t.deepEqual(report.rows.at(-1), {
    area: 'audio',
    check: 'the check itself',
    found: 'failed: no [2J /proc',
    state: 'warning',
  });
  t.is(report.rows[0]?.state, 'ok');
});

test('this very machine is looked at in full, nothing throws, and each row is whole', async (t) => {
  const real = await runDoctor({midi: () => withPorts('A')});
  t.deepEqual(
    [...new Set(real.rows.map(({area}) => area))],
    areas.filter((area) => area !== 'session'),
  );
  t.true(real.rows.every(({check, found}) => check !== '' && found !== ''));
  t.is(real.rows.filter(({check}) => check === 'the check itself').length, 0);
  const system = thisSystem();
  t.true((await system.list('/')).length > 0);
  t.is(system.resolvePackage('no-such-package'), undefined);
});
