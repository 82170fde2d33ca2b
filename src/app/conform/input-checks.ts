import type {Bench, Check} from './check.ts';
import {inputsOf} from './input-tracker.ts';
import {inputNumbers} from './surface-numbers.ts';

/** How soon a hand is told, with what goes before it on the line, in ms. */
const promptMs = 40;
const personMs = 15_000;

/** L2: what hands do is told whole, soon, and again. */
export const inputChecks: readonly Check[] = [
  {
    id: 'L2.keyframe-whole',
    level: 'L2',
    requirements: ['R3', 'R4'],
    law: 'A keyframe tells every input that the descriptor names, at least once a second',
    async run(bench) {
      await bench.greet();
      await bench.host.run(2500);
      const frames = bench.all('keyframe');
      const gaps = frames.map(({atMs}, at) => atMs - (frames[at - 1]?.atMs ?? atMs));
      bench.expect(frames.length >= 2, 'no keyframes come');
      bench.expect(Math.max(...gaps) <= 1000 + bench.slackMs, 'between keyframes pass more than 1,000 ms');
      const told = inputsOf(frames);
      const wanted = inputNumbers(bench.descriptor);
      const missing = [
        ...wanted.faders.filter((index) => !told.positions.has(index)).map((index) => `fader ${index}`),
        ...wanted.buttons.filter((index) => !told.presses.has(index)).map((index) => `button ${index}`),
        ...wanted.encoders.filter((index) => !told.turns.has(index)).map((index) => `encoder ${index}`),
        ...wanted.touches.filter((index) => !told.touches.has(index)).map((index) => `touch ${index}`),
      ];
      bench.expect(missing.length === 0, `keyframes leave out ${missing.slice(0, 4).join(', ')}`);
    },
  },
  {
    id: 'L2.keyframe-asked',
    level: 'L2',
    requirements: ['R4'],
    law: 'KEYFRAME_REQ is answered within 50 ms',
    async run(bench) {
      await bench.greet();
      await bench.host.run(200);
      await bench.until('keyframe', 1000);
      await bench.host.run(60);
      await bench.host.say({type: 'keyframe-request'});
      const answer = await bench.until('keyframe', 50 + bench.slackMs);
      bench.expect(answer !== undefined, 'no keyframe comes within 50 ms');
    },
  },
  {
    id: 'L2.presses',
    level: 'L2',
    requirements: ['R3'],
    law: 'Every press of every button is counted, and no other button is pressed by it',
    needs: ['orders'],
    async run(bench) {
      const buttons = inputNumbers(bench.descriptor).buttons.slice(0, 16);
      await bench.greet();
      for (let round = 0; round < 12; round++)
        for (const button of buttons) {
          await bench.host.order(`button ${button} 1`);
          await bench.host.run(3);
          await bench.host.order(`button ${button} 0`);
          await bench.host.run(3);
        }
      await bench.host.run(500);
      const {presses} = inputsOf(bench.host.heard);
      const wrong = buttons.filter((button) => presses.get(button) !== 12);
      bench.expect(
        wrong.length === 0,
        `button ${wrong[0]} was pressed 12 times, and told ${presses.get(wrong[0] ?? 0)}`,
      );
    },
  },
  {
    id: 'L2.held-before',
    level: 'L2',
    requirements: ['R3', 'R18'],
    law: 'A new session begins with 0, or 15 for what is held; accumulators begin with 0',
    needs: ['orders'],
    async run(bench) {
      const {buttons, encoders, touches} = inputNumbers(bench.descriptor);
      await bench.greet();
      for (const button of buttons) await bench.host.order(`button ${button} 1`);
      for (const fader of touches) await bench.host.order(`touch ${fader} 1`);
      await bench.host.run(20);
      for (const button of buttons.slice(1)) await bench.host.order(`button ${button} 0`);
      for (const fader of touches.slice(1)) await bench.host.order(`touch ${fader} 0`);
      for (const encoder of encoders) await bench.host.order(`turn ${encoder} 5`);
      await bench.host.run(100);
      const from = bench.host.heard.length;
      await bench.greet();
      await bench.host.run(400);
      const sections = bench.all('keyframe', from).flatMap(({message}) => message.sections);
      const counters = sections.flatMap((section) =>
        section.type === 'buttons' || section.type === 'touches' ? section.counters : [],
      );
      bench.expect(
        counters.every((counter) => counter === 0 || counter === 15),
        'counters are neither 0 nor 15',
      );
      bench.expect(counters.includes(15) === buttons.length + touches.length > 0, 'what is held is not told by 15');
      const sums = sections.flatMap((section) => (section.type === 'encoders' ? section.values : []));
      bench.expect(
        sums.every((sum) => sum === 0),
        'accumulators do not begin with 0',
      );
    },
  },
  {
    id: 'L2.turns',
    level: 'L2',
    requirements: ['R3'],
    law: 'Encoders are told as sums that wrap, clockwise up',
    needs: ['orders'],
    async run(bench) {
      await bench.greet();
      const {encoders} = inputNumbers(bench.descriptor);
      for (let round = 0; round < 6; round++)
        for (const encoder of encoders) {
          await bench.host.order(`turn ${encoder} ${encoder % 2 === 0 ? -3 : 7}`);
          await bench.host.run(6);
        }
      await bench.host.run(600);
      const {turns} = inputsOf(bench.host.heard);
      const wrong = encoders.find((encoder) => turns.get(encoder) !== 6 * (encoder % 2 === 0 ? -3 : 7));
      bench.expect(wrong === undefined, `encoder ${wrong} tells ${turns.get(wrong ?? 0)} steps of others`);
    },
  },
  {
    id: 'L2.faders',
    level: 'L2',
    requirements: ['R3', 'R19'],
    law: 'A fader is told at once, at most 100 times a second, and its last position stays told',
    needs: ['orders'],
    async run(bench) {
      await bench.greet();
      await bench.host.order('line 255');
      await bench.host.run(50);
      for (const fader of inputNumbers(bench.descriptor).faders) {
        const from = bench.host.heard.length;
        const begun = bench.host.target.now();
        for (let step = 1; step <= 100; step++) {
          await bench.host.order(`fader ${fader} ${step * 600}`);
          await bench.host.run(2);
        }
        const told = bench.all('faders', from);
        const first = told.find(({message}) =>
          inputsOf([{atMs: 0, frame: {message, sequence: 0}}]).positions.has(fader),
        );
        bench.expect(first !== undefined && first.atMs - begun <= promptMs, `fader ${fader} is not told at once`);
        bench.expect(told.length <= 23, `a fader that moves for 200 ms is told ${told.length} times`);
        await bench.host.run(40);
        bench.expect(
          inputsOf(bench.all('faders', from)).positions.get(fader) === 60_000,
          `fader ${fader} is told elsewhere`,
        );
      }
    },
  },
  {
    id: 'L2.person',
    level: 'L2',
    requirements: ['R3'],
    law: 'What a person does at the device is told',
    run: asksPerson,
  },
];

async function asksPerson(bench: Bench): Promise<void> {
  const {ask, host} = bench;
  if (host.target.kind === 'virtual') return bench.notExercised('no person is needed: it was moved by orders');
  if (ask === undefined) return bench.notExercised('nobody was asked to move anything (it needs a terminal)');
  await bench.greet();
  await host.run(500);
  const {faders, buttons, encoders} = inputNumbers(bench.descriptor);
  const wanted = [
    {what: 'move any fader', has: faders, type: 'faders'},
    {what: 'press any button', has: buttons, type: 'buttons'},
    {what: 'turn any encoder', has: encoders, type: 'encoders'},
  ] as const;
  const asked = wanted.filter(({has}) => has.length > 0);
  let answered = 0;
  for (const {what, type} of asked) {
    ask(`Please ${what} (${personMs / 1000} s)`);
    if ((await bench.until(type, personMs)) !== undefined) answered += 1;
  }
  if (answered < asked.length)
    bench.notExercised(`${asked.length - answered} of ${asked.length} requests were not answered in time`);
}
