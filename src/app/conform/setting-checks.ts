import {configKeys} from '../../wire/longthrow/configuration.ts';
import {calibrates} from './calibration-check.ts';
import type {Bench, Check, Need} from './check.ts';
import {commit, commitPauseMs, configOf, set, survivesCuts} from './settings.ts';
import {inputNumbers} from './surface-numbers.ts';

const utf8 = new TextEncoder();
const words = new TextDecoder();
const configuration: readonly Need[] = ['configuration'];

/** L4: values live in the device, and only a commit keeps them. A real device gets its own values back. */
export const settingChecks: readonly Check[] = [
  {
    id: 'L4.values',
    level: 'L4',
    requirements: ['R14', 'R16'],
    law: 'Label, bank and calibration are set and read; unknown keys, controls and values are refused by status 2',
    needs: configuration,
    async run(bench) {
      await bench.greet();
      const label = await configOf(bench, configKeys.label, 0);
      if (label === undefined) return bench.failed('the label cannot be read');
      const twelve = utf8.encode('ABCDEFGHIJKL');
      bench.expect((await set(bench, configKeys.label, 0, twelve)) === 0, 'a label of 12 bytes is refused');
      bench.expect(
        words.decode(await configOf(bench, configKeys.label, 0)) === 'ABCDEFGHIJKL',
        'the label is another than was set',
      );
      const changed = await bench.until('heartbeat', 400 + bench.slackMs, ({state}) => (state & 1) === 1);
      bench.expect(changed !== undefined, 'the heartbeat does not tell that something is not committed');
      const refused: readonly [string, number, number, Uint8Array][] = [
        ['a label of 13 bytes', configKeys.label, 0, utf8.encode('ABCDEFGHIJKLM')],
        ['a bank of two bytes', configKeys.bank, 0, Uint8Array.of(1, 2)],
        ['an unknown key', 0x7f, 0, Uint8Array.of(1)],
        ['the label of control 3', configKeys.label, 3, utf8.encode('x')],
        ['a fader that is not there', configKeys.top, 250, Uint8Array.of(0, 2)],
        ['a dead band of 256', configKeys.deadBand, inputNumbers(bench.descriptor).faders[0] ?? 0, Uint8Array.of(0, 1)],
      ];
      for (const [what, key, control, value] of refused) {
        const from = bench.host.heard.length;
        bench.expect((await set(bench, key, control, value)) === 2, `${what} is not refused by status 2`);
        const told = bench.all('error', from).at(0) ?? (await bench.until('error', 60 + bench.slackMs));
        bench.expect(told?.message.status === 2 && told.message.about === 0x31, `${what} is not told by ERROR`);
      }
      bench.expect(
        (await bench.request({type: 'config-get', key: 0x7f, control: 0})) === 2,
        'an unknown key can be read',
      );
      await set(bench, configKeys.label, 0, label);
    },
  },
  {
    id: 'L4.reliable',
    level: 'L4',
    requirements: ['R5', 'R6'],
    law: 'A request is carried out once and in order; answers come again until they are acknowledged',
    needs: configuration,
    run: isReliable,
  },
  {
    id: 'L4.broken-link',
    level: 'L4',
    requirements: ['R5'],
    law: 'An answer that is never acknowledged ends the session after ten attempts',
    needs: configuration,
    async run(bench) {
      await bench.greet();
      bench.host.habits.acknowledges = false;
      await bench.host.say({type: 'config-get', key: configKeys.label, control: 0});
      const end = await bench.until('hello', 3000, ({nonce}) => nonce === 0);
      bench.expect(end !== undefined, 'it tries for ever');
      const tries = bench.all('config-value').length;
      bench.expect(tries >= 8 && tries <= 10, `it tries ${tries} times`);
    },
  },
  {
    id: 'L4.kept',
    level: 'L4',
    requirements: ['R14', 'R15', 'R12'],
    law: 'What is set is lost with the power, what is committed stays, and a start is counted',
    needs: ['configuration', 'restart'],
    run: keeps,
  },
  {
    id: 'L4.commits-apart',
    level: 'L4',
    requirements: ['R15'],
    law: 'A commit within 5 s of another is refused by status 3, and each has the next generation',
    needs: configuration,
    async run(bench) {
      await bench.greet();
      const first = await commit(bench);
      bench.expect(
        (await bench.request({type: 'config-commit'})) === 3,
        'a second commit at once is not refused by status 3',
      );
      await bench.host.run(commitPauseMs);
      const second = await commit(bench);
      const next = ((first?.generation ?? 0) + 1) & 0xffff;
      bench.expect(
        first !== undefined && second?.generation === next,
        `after generation ${first?.generation} comes ${second?.generation}`,
      );
    },
  },
  {
    id: 'L4.power-cuts',
    level: 'L4',
    requirements: ['R15'],
    law: 'A power cut at any byte of a commit leaves the old values or the new ones, whole',
    needs: ['configuration', 'orders'],
    run: survivesCuts,
  },
  {
    id: 'L4.calibration',
    level: 'L4',
    requirements: ['R14'],
    law: 'Calibration streams readings, refuses what is too narrow, changes nothing unless it is kept, and stands straight between its points',
    needs: ['calibration', 'orders'],
    run: calibrates,
  },
];

async function isReliable(bench: Bench): Promise<void> {
  await bench.greet();
  const bank = await configOf(bench, configKeys.bank, 0);
  const setBank = async (value: number, sequence: number): Promise<void> => {
    await bench.host.say(
      {type: 'config-set', key: configKeys.bank, control: 0, value: Uint8Array.of(value)},
      {sequence},
    );
    await bench.host.run(30 + bench.slackMs);
  };
  // 0 was the question; 1 is next. What comes out of turn or again changes nothing.
  await bench.host.say({type: 'config-set', key: configKeys.bank, control: 0, value: Uint8Array.of(5)});
  await bench.host.run(30 + bench.slackMs);
  const from = bench.host.heard.length;
  await setBank(6, 1);
  await setBank(7, 3);
  const acks = bench.all('ack', from).map(({message}) => message.next);
  bench.expect(
    acks.length === 2 && acks.every((next) => next === 2),
    `out of turn it acknowledges ${acks.join(', ')} in place of 2, 2`,
  );
  bench.expect(
    (await configOf(bench, configKeys.bank, 0))?.[0] === 5,
    'a request that came again or too early was carried out',
  );
  // An answer waits: no second question is taken, and it comes again.
  bench.host.habits.acknowledges = false;
  const asked = bench.host.heard.length;
  await bench.host.say({type: 'config-get', key: configKeys.bank, control: 0});
  await bench.host.run(30 + bench.slackMs);
  const before = bench.all('ack', asked).at(-1)?.message.next;
  await bench.host.say({type: 'config-get', key: configKeys.label, control: 0});
  await bench.host.run(350);
  const after = bench.all('ack', asked).at(-1)?.message.next;
  bench.expect(before !== undefined && before === after, 'a second question is taken while the first answer waits');
  const answers = bench.all('config-value', asked);
  bench.expect(
    answers.length >= 2 && answers.every(({message}) => message.key === configKeys.bank),
    'an answer without acknowledgement does not come again',
  );
  const numbers = new Set(answers.map(({frame}) => frame.sequence));
  bench.expect(numbers.size === 1, 'an answer that comes again has another number');
  bench.host.habits.acknowledges = true;
  await bench.host.run(300);
  if (bank !== undefined) await bench.greet().then(() => set(bench, configKeys.bank, 0, bank));
}

async function keeps(bench: Bench): Promise<void> {
  const first = await bench.greet();
  const own = await configOf(bench, configKeys.label, 0);
  const labelAfter = async (label: string, isCommitted: boolean): Promise<string> => {
    await set(bench, configKeys.label, 0, utf8.encode(label));
    if (isCommitted) await commit(bench);
    if (!(await bench.host.restart())) bench.notExercised('the kit cannot switch it off and on');
    await bench.greet();
    return words.decode(await configOf(bench, configKeys.label, 0));
  };
  bench.expect((await labelAfter('kept', true)) === 'kept', 'what was committed is lost');
  bench.expect((await labelAfter('lost', false)) === 'kept', 'what was only set is kept, or spoils what was committed');
  const again = await bench.greet();
  bench.expect(
    ((again.bootCount - first.bootCount) & 0xffff) === 2,
    `after two starts the boot count has gone from ${first.bootCount} to ${again.bootCount}`,
  );
  bench.expect((await bench.request({type: 'config-factory'})) === 0, 'CFG_FACTORY is refused');
  bench.expect((await configOf(bench, configKeys.label, 0))?.length === 0, 'CFG_FACTORY leaves the label');
  if (own === undefined || own.length === 0) return;
  await set(bench, configKeys.label, 0, own);
  await bench.host.run(commitPauseMs);
  await commit(bench);
}
