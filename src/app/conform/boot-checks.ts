import type {Bench, Check, Need} from './check.ts';

const boot: readonly Need[] = ['boot'];
const refused = 4;

/** L5: the boot loader is entered on purpose only. A real device is restarted at most, never left in its boot loader. */
export const bootChecks: readonly Check[] = [
  {
    id: 'L5.live',
    level: 'L5',
    requirements: ['R17'],
    law: 'While the host is live, or before its first heartbeat, the boot loader is refused by status 4',
    needs: boot,
    async run(bench) {
      await bench.greet({beats: false});
      bench.expect(
        (await bench.request({type: 'boot-arm'})) === refused,
        'BOOT_ARM is taken before the first heartbeat',
      );
      bench.host.habits.live = true;
      bench.host.habits.beatEveryMs = 100;
      await bench.host.run(300);
      bench.expect((await bench.request({type: 'boot-arm'})) === refused, 'BOOT_ARM is taken while the host is live');
      bench.host.habits.live = false;
      await bench.host.run(200);
      const token = await armed(bench);
      bench.host.habits.live = true;
      await bench.host.run(200);
      bench.expect((await enter(bench, token)) === refused, 'BOOT_ENTER is taken while the host is live');
    },
  },
  {
    id: 'L5.token',
    level: 'L5',
    requirements: ['R17'],
    law: 'A wrong token is refused, and spends the right one',
    needs: boot,
    async run(bench) {
      await bench.greet();
      await bench.host.run(300);
      bench.expect((await enter(bench, 0x01020304)) === refused, 'BOOT_ENTER is taken without BOOT_ARM');
      const token = await armed(bench);
      bench.expect((await enter(bench, (token ^ 1) >>> 0)) === refused, 'a wrong token is taken');
      bench.expect((await enter(bench, token)) === refused, 'a wrong token does not spend the right one');
      const other = await tokenOf(bench);
      bench.expect(other !== undefined && other !== token, 'the next token is the same');
    },
  },
  {
    id: 'L5.late',
    level: 'L5',
    requirements: ['R17'],
    law: 'A token is good for 10 s',
    needs: boot,
    async run(bench) {
      const token = await greetedAndArmed(bench);
      await bench.host.run(10_200);
      bench.expect((await enter(bench, token)) === refused, 'a token of 10 s ago is taken');
    },
  },
  {
    id: 'L5.restart',
    level: 'L5',
    requirements: ['R17'],
    law: 'With its token it says goodbye with the right reason, and restarts',
    needs: boot,
    async run(bench) {
      const token = await greetedAndArmed(bench);
      const from = bench.host.heard.length;
      await bench.host.say({type: 'boot-enter', token, kind: 'restart'});
      const bye = await bench.until('bye', 200 + bench.slackMs);
      bench.expect(bye?.message.reason === 1, `it says goodbye with reason ${bye?.message.reason ?? 'none'}`);
      bench.expect(
        bench.all('ack', from)[0]?.message.status === 0,
        'BOOT_ENTER with its token is not acknowledged with status 0',
      );
      bench.host.habits.beatEveryMs = undefined;
      const isVirtual = bench.host.target.kind === 'virtual';
      if (isVirtual) {
        bench.expect(
          bench.host.deeds.some((deed) => deed.type === 'boot' && deed.value === 1),
          'it does not restart',
        );
        await bench.host.restart();
      }
      const back = await bench.until('hello', 5000, ({nonce}) => nonce === 0);
      bench.expect(back !== undefined, 'it does not announce itself again');
    },
  },
  {
    id: 'L5.boot-loader',
    level: 'L5',
    requirements: ['R17', 'R10'],
    law: 'On the way to the boot loader all outputs are made safe',
    needs: ['boot', 'orders'],
    async run(bench) {
      const token = await greetedAndArmed(bench);
      const from = bench.host.deeds.length;
      await bench.host.say({type: 'boot-enter', token, kind: 'boot-loader'});
      const bye = await bench.until('bye', 200);
      bench.expect(bye?.message.reason === 2, `it says goodbye with reason ${bye?.message.reason ?? 'none'}`);
      const offAt = bench.host.deeds.slice(from).find(({type}) => type === 'motors-off')?.atMs;
      bench.expect(offAt !== undefined && offAt < (bye?.atMs ?? 0), 'motors have current when it says goodbye');
      await bench.host.run(50);
      bench.expect(
        bench.host.deeds.some((deed) => deed.type === 'boot' && deed.value === 0),
        'it does not go there',
      );
    },
  },
];

async function tokenOf(bench: Bench): Promise<number | undefined> {
  const from = bench.host.heard.length;
  await bench.request({type: 'boot-arm'});
  const heard = bench.all('boot-token', from).at(0) ?? (await bench.until('boot-token', 300 + bench.slackMs));
  await bench.host.run(20);
  return heard?.message.token;
}

/** The token of BOOT_ARM; the check fails without. */
async function armed(bench: Bench): Promise<number> {
  return (await tokenOf(bench)) ?? bench.failed('BOOT_ARM gives no token');
}

/** A session in which the device has heard that nothing plays, and its token. */
async function greetedAndArmed(bench: Bench): Promise<number> {
  await bench.greet();
  await bench.host.run(300);
  return armed(bench);
}

async function enter(bench: Bench, token: number): Promise<number | 'silent'> {
  return bench.request({type: 'boot-enter', token, kind: 'restart'});
}
