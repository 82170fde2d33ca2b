import type {Message} from '../../wire/longthrow/message.ts';
import {brightMessages} from './bright-outputs.ts';
import type {Bench, Check, Need} from './check.ts';
import {inputNumbers, safeValues} from './surface-numbers.ts';

/** Beyond the lease, for the frame that tells of its end and what is on the line before it, in ms. */
const endMs = 35;
const orders: readonly Need[] = ['orders'];

/** L3: outputs show what they are told, and are safe when nobody watches. */
export const outputChecks: readonly Check[] = [
  ...[1000, 400, 100, 2550].map(
    (leaseMs): Check => ({
      id: `L3.lease-${leaseMs}`,
      level: 'L3',
      requirements: ['R9', 'R10'],
      law: `A lease of ${leaseMs} ms ends after ${heldMs(leaseMs)} ms of silence, not before`,
      run: (bench) => endsInTime(bench, leaseMs),
    }),
  ),
  {
    id: 'L3.lease-heartbeat',
    level: 'L3',
    requirements: ['R9'],
    law: 'Only the host’s heartbeat renews the lease; other frames do not',
    async run(bench) {
      await bench.greet({beats: false});
      const from = bench.host.target.now();
      let end: number | undefined;
      for (let round = 0; round < 15 && end === undefined; round++) {
        await bench.host.say({type: 'time-sync', t0: round});
        await bench.host.say({type: 'lamps', first: 0, levels: [1]});
        end = (await bench.until('hello', 100, ({nonce}) => nonce === 0))?.atMs;
      }
      bench.expect(end !== undefined, 'a host that sends no heartbeat is taken for alive');
      bench.expect((end ?? from) - from <= 1000 + endMs + bench.slackMs, 'other frames renew the lease');
    },
  },
  {
    id: 'L3.lease-kept',
    level: 'L3',
    requirements: ['R9'],
    law: 'With heartbeats the session goes on',
    async run(bench) {
      await bench.greet({leaseMs: 1000});
      await bench.host.run(3000);
      bench.expect(
        !bench.all('hello').some(({message}) => message.nonce === 0 && message.uptimeMs > 0 && isLater(bench, message)),
        'the session ended in spite of heartbeats',
      );
    },
  },
  {
    id: 'L3.bye',
    level: 'L3',
    requirements: ['R10'],
    law: 'BYE ends the session at once',
    async run(bench) {
      await bench.greet();
      await bench.host.run(100);
      bench.host.habits.beatEveryMs = undefined;
      await bench.host.say({type: 'bye', reason: 0});
      const end = await bench.until('hello', endMs + bench.slackMs, ({nonce}) => nonce === 0);
      bench.expect(end !== undefined, 'it announces itself not after BYE');
      await bench.host.run(100);
      const from = bench.host.heard.length;
      await bench.host.run(400);
      bench.expect(bench.host.heard.length === from, 'it speaks on after BYE');
    },
  },
  {
    id: 'L3.shown',
    level: 'L3',
    requirements: ['R7'],
    law: 'What is sent to an output is shown there, and nowhere else',
    needs: orders,
    run: showsAll,
  },
  {
    id: 'L3.safe',
    level: 'L3',
    requirements: ['R10'],
    law: 'At the end of the lease motors have no current and every output its safe value; a new session begins so, too',
    needs: orders,
    run: becomesSafe,
  },
  {
    id: 'L3.touched',
    level: 'L3',
    requirements: ['R10'],
    law: 'A touched fader is never driven',
    needs: orders,
    async run(bench) {
      await bench.greet();
      const {touches} = inputNumbers(bench.descriptor);
      for (const fader of touches) {
        await bench.host.order(`touch ${fader} 1`);
        const from = bench.host.deeds.length;
        await bench.host.say({type: 'motors', first: fader, mask: 1, values: [30_000]});
        await bench.host.run(10);
        bench.expect(
          bench.host.deeds.slice(from).every(({type}) => type !== 'shown'),
          `fader ${fader} is driven while touched`,
        );
        await bench.host.order(`touch ${fader} 0`);
      }
    },
  },
  {
    id: 'L3.text',
    level: 'L3',
    requirements: ['R5'],
    law: 'TEXT and IDENTIFY are acknowledged; what is malformed is not',
    async run(bench) {
      await bench.greet();
      const utf8 = new TextEncoder().encode('Vox\n-6.0');
      bench.expect(
        (await bench.request({type: 'text', display: 0, utf8})) === 0,
        'TEXT is not acknowledged with status 0',
      );
      const identified = await bench.request({type: 'identify', seconds: 1});
      bench.expect(
        identified === ((bench.hello.features & 16) !== 0 ? 0 : 1),
        `IDENTIFY is acknowledged with ${identified}`,
      );
      await bench.request({type: 'identify', seconds: 0});
    },
  },
];

function heldMs(leaseMs: number): number {
  return Math.min(2500, Math.max(300, leaseMs));
}

/** Announcements after a second of the check belong to it. */
function isLater(bench: Bench, message: Message): boolean {
  return bench.host.heard.some(({atMs, frame}) => frame.message === message && atMs > bench.host.target.now() - 2500);
}

async function endsInTime(bench: Bench, leaseMs: number): Promise<void> {
  await bench.greet({leaseMs, beats: false});
  const begun = bench.host.target.now();
  const wanted = heldMs(leaseMs);
  const end = await bench.until('hello', wanted + 500 + bench.slackMs, ({nonce}) => nonce === 0);
  if (end === undefined) return bench.failed('the session does not end');
  const took = Math.round(end.atMs - begun);
  bench.expect(took >= wanted - 20 - bench.slackMs, `the session ended after ${took} ms`);
  bench.expect(took <= wanted + endMs + bench.slackMs, `the session ended only after ${took} ms`);
  bench.expect(end.message.session === 0, 'the announcement tells a session');
  const from = bench.host.heard.length;
  await bench.host.run(400);
  const said = bench.host.heard.slice(from);
  bench.expect(said.length === 0, `it says ${said[0]?.frame.message.type} after its session`);
}

async function showsAll(bench: Bench): Promise<void> {
  await bench.greet();
  for (const {message, kind, index, value} of brightMessages(bench)) {
    const from = bench.host.deeds.length;
    await bench.host.say(message);
    await bench.host.run(2);
    const shown = bench.host.deeds.slice(from).flatMap((deed) => (deed.type === 'shown' ? [deed] : []));
    const right = shown.length === 1 && shown[0]?.kind === kind && shown[0].index === index && shown[0].value === value;
    bench.expect(right, `${message.type} ${index} shows ${JSON.stringify(shown.slice(0, 2))}`);
  }
  const faders = bench.descriptor.records.flatMap((record) =>
    record.type === 'faders' && record.motor ? [record] : [],
  );
  for (const {first, count} of faders) {
    const from = bench.host.deeds.length;
    const odd = Array.from({length: Math.min(8, count)}, (_, offset) => offset).filter((offset) => offset % 2 === 1);
    const values = odd.map((offset) => 1000 * offset);
    if (odd.length === 0) continue;
    await bench.host.say({type: 'motors', first, mask: odd.reduce((mask, offset) => mask | (1 << offset), 0), values});
    await bench.host.run(2);
    const shown = bench.host.deeds
      .slice(from)
      .flatMap((deed) => (deed.type === 'shown' ? [`${deed.index}: ${deed.value}`] : []));
    const wanted = odd.map((offset) => `${first + offset}: ${1000 * offset}`);
    bench.expect(shown.join() === wanted.join(), `motors go to ${shown.join(', ')} in place of ${wanted.join(', ')}`);
  }
}

async function becomesSafe(bench: Bench): Promise<void> {
  const {values, texts} = safeValues(bench.descriptor);
  const light = async (): Promise<void> => {
    for (const {message} of brightMessages(bench)) await bench.host.say(message);
    for (const display of texts) await bench.request({type: 'text', display, utf8: new TextEncoder().encode('x')});
  };
  const isSafe = (from: number, when: string): void => {
    const deeds = bench.host.deeds.slice(from);
    const last = new Map(
      deeds.flatMap((deed) => (deed.type === 'shown' ? [[`${deed.kind} ${deed.index}`, deed.value]] : [])),
    );
    const wrong = values.find(({kind, index, value}) => last.get(`${kind} ${index}`) !== value);
    bench.expect(
      wrong === undefined,
      `${when}, output ${wrong?.index} of message type ${wrong?.kind} is not at its safe value ${wrong?.value}`,
    );
    const words = new Map(deeds.flatMap((deed) => (deed.type === 'text' ? [[deed.index, deed.text]] : [])));
    bench.expect(
      texts.every((display) => words.get(display) === ''),
      `${when}, texts are not empty`,
    );
    bench.expect(
      deeds.some(({type}) => type === 'motors-off'),
      `${when}, motors keep their current`,
    );
  };
  await bench.greet();
  await light();
  let from = bench.host.deeds.length;
  bench.host.habits.beatEveryMs = undefined;
  await bench.host.run(1000 + endMs);
  isSafe(from, 'when the lease ends');
  await bench.greet();
  await light();
  from = bench.host.deeds.length;
  await bench.greet();
  isSafe(from, 'when a new session begins');
}
