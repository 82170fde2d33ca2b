import type {Bench, Check} from './check.ts';
import {newDice} from './dice.ts';
import {inputsOf} from './input-tracker.ts';
import {inputNumbers} from './surface-numbers.ts';

const virtualMs = 20_000;
const realMs = 10_000;

/** L6: for a while, with every fifth frame lost both ways. */
export const soakChecks: readonly Check[] = [
  {
    id: 'L6.losses',
    level: 'L6',
    requirements: ['R3', 'R4', 'R5'],
    law: 'With every fifth frame lost the session lives, requests arrive once, and nothing unreadable is sent',
    run: livesWithLosses,
  },
  {
    id: 'L6.presses',
    level: 'L6',
    requirements: ['R3', 'R4'],
    law: 'With every fifth frame lost no press is lost or doubled',
    needs: ['orders'],
    async run(bench) {
      await bench.greet();
      const dice = newDice(6);
      bench.host.habits.loses = () => dice(5) === 0;
      bench.host.habits.beatEveryMs = 100;
      const {buttons} = inputNumbers(bench.descriptor);
      if (buttons.length === 0) return bench.notExercised('it has no buttons');
      const made = new Map<number, number>();
      for (let press = 0; press < 400; press++) {
        const button = buttons[dice(buttons.length)] ?? 0;
        made.set(button, (made.get(button) ?? 0) + 1);
        await bench.host.order(`button ${button} 1`);
        await bench.host.run(9);
        await bench.host.order(`button ${button} 0`);
        await bench.host.run(31);
      }
      await bench.host.run(1000);
      const {presses} = inputsOf(bench.host.heard);
      const wrong = buttons.filter((button) => (presses.get(button) ?? 0) !== (made.get(button) ?? 0));
      bench.expect(
        wrong.length === 0,
        `button ${wrong[0]}: ${made.get(wrong[0] ?? 0)} presses, told ${presses.get(wrong[0] ?? 0)}`,
      );
    },
  },
  {
    id: 'L6.flood',
    level: 'L6',
    requirements: ['R6', 'R19'],
    law: 'Under everything at once the device says no more than 60 % of its line, and answers on',
    needs: ['orders'],
    async run(bench) {
      await bench.greet();
      const {faders, encoders, buttons} = inputNumbers(bench.descriptor);
      await bench.host.run(300);
      const from = bench.host.deeds.length;
      const begun = bench.host.target.now();
      for (let round = 0; round < 200; round++) {
        for (const fader of faders) await bench.host.order(`fader ${fader} ${round * 300 + fader}`);
        if (round % 10 === 0) for (const encoder of encoders) await bench.host.order(`turn ${encoder} 1`);
        if (round % 20 === 0) await bench.host.order(`button ${buttons[0] ?? 0} ${(round / 20) % 2}`);
        await bench.host.run(10);
      }
      const bytes = bench.host.deeds
        .slice(from)
        .reduce((sum, deed) => sum + (deed.type === 'sent' ? deed.bytes.length : 0), 0);
      const perSecond = Math.round((bytes * 1000) / (bench.host.target.now() - begun));
      bench.expect(perSecond <= 0.6 * 11_520, `it says ${perSecond} bytes a second`);
      await bench.host.say({type: 'time-sync', t0: 77});
      bench.expect((await bench.until('time-reply', 100)) !== undefined, 'it does not answer any more');
    },
  },
];

async function livesWithLosses(bench: Bench): Promise<void> {
  await bench.greet();
  const {host} = bench;
  const dice = newDice(20);
  host.habits.loses = () => dice(5) === 0;
  host.habits.beatEveryMs = 100;
  const end = host.target.now() + (host.target.kind === 'virtual' ? virtualMs : realMs);
  const from = host.heard.length;
  let [asked, answered] = [0, 0];
  for (let sequence = 0; host.target.now() < end; sequence++) {
    // Sent again until it is acknowledged, with the same number, as a host does.
    const [next, before] = [(sequence + 1) & 0xff, host.heard.length];
    asked += 1;
    for (let attempt = 0; attempt < 10; attempt++) {
      await host.say(
        {type: 'text', display: 0, utf8: new TextEncoder().encode(`${sequence}`)},
        {sequence: sequence & 0xff},
      );
      await host.run(100);
      if (!bench.all('ack', before).some(({message}) => message.next === next)) continue;
      answered += 1;
      break;
    }
  }
  bench.expect(asked === answered, `of ${asked} texts ${asked - answered} were never acknowledged`);
  const ended = bench.all('hello', from).length;
  bench.expect(ended === 0, `the session ended ${ended} times`);
}
