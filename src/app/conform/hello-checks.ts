import {featureBits, protocolVersion} from '../../wire/longthrow/hello.ts';
import type {Check} from './check.ts';
import {readPage} from './descriptor-reading.ts';

/** L1: the device says who it is, what it is, and that it lives. */
export const helloChecks: readonly Check[] = [
  {
    id: 'L1.hello',
    level: 'L1',
    requirements: ['R6', 'R16', 'R18'],
    law: 'HELLO gives the nonce back, tells the session, and stays within its bounds',
    async run(bench) {
      const hello = await bench.greet({nonce: 0x0badcafe});
      bench.expect(hello.session === 0xfe, `it tells session ${hello.session} for the nonce 0BADCAFE`);
      bench.expect(hello.version === protocolVersion, `it speaks version ${hello.version}`);
      bench.expect(hello.serial === bench.hello.serial, 'its serial number is another than before');
      bench.expect(/[1-9a-f]/.test(hello.serial), 'its serial number is 0');
      bench.expect(hello.descriptorLength <= 4096, 'its descriptor is longer than 4,096 bytes');
      const timed = (hello.features & featureBits.time) !== 0;
      bench.expect(hello.tickUs === (timed ? 100 : 0), `a tick is told to be ${hello.tickUs} µs`);
    },
  },
  {
    id: 'L1.hello-again',
    level: 'L1',
    requirements: ['R18'],
    law: 'The nonce of the session that runs is answered again, and begins nothing',
    async run(bench) {
      await bench.greet({nonce: 0x0b00_0042});
      await bench.host.run(100);
      const from = bench.host.heard.length;
      await bench.greet({nonce: 0x0b00_0042});
      await bench.host.run(100);
      const answers = bench.all('hello', from);
      bench.expect(answers.length === 1, `it answered ${answers.length} times`);
      const first = bench.host.heard.slice(from).find(({frame}) => frame.message.type !== 'ack');
      bench.expect((first?.frame.sequence ?? 0) > 0, 'its sequences began anew');
    },
  },
  {
    id: 'L1.no-session',
    level: 'L1',
    requirements: ['R18', 'R21'],
    law: 'Outside of a session a device hears HELLO_REQ only',
    async run(bench) {
      await bench.greet({beats: false});
      await bench.host.say({type: 'bye', reason: 0});
      await bench.host.run(200);
      const from = bench.host.heard.length;
      for (const session of [0, bench.host.session()]) {
        await bench.host.say({type: 'time-sync', t0: 1}, {session, sequence: 0});
        await bench.host.say({type: 'descriptor-read', offset: 0, length: 8}, {session, sequence: 1});
        await bench.host.say({type: 'keyframe-request'}, {session, sequence: 2});
      }
      await bench.host.run(300);
      const said = bench.host.heard.slice(from).filter(({frame}) => frame.message.type !== 'hello');
      bench.expect(said.length === 0, `it says ${said[0]?.frame.message.type} without a session`);
    },
  },
  {
    id: 'L1.versions',
    level: 'L1',
    requirements: ['R8'],
    law: 'Without a common version HELLO tells session 0 and the device’s highest version, and nothing begins',
    async run(bench) {
      for (const [lowest, highest] of [
        [2, 9],
        [0, 0],
      ] as const) {
        const nonce = 0x0c00_0077 + lowest;
        const from = bench.host.heard.length;
        await bench.host.say({type: 'hello-request', lowest, highest, nonce, mtu: 64, leaseMs: 1000});
        const answer = await bench.until('hello', 300 + bench.slackMs, (hello) => hello.nonce === nonce);
        await bench.host.run(300);
        bench.expect(answer?.message.session === 0, `versions ${lowest} to ${highest} were not refused by session 0`);
        bench.expect(answer?.message.version === protocolVersion, 'the refusal does not tell its version');
        const said = bench.host.heard.slice(from).filter(({frame}) => frame.message.type !== 'hello');
        bench.expect(said.length === 0, `a session began for versions ${lowest} to ${highest}`);
      }
    },
  },
  {
    id: 'L1.descriptor-pages',
    level: 'L1',
    requirements: ['R7'],
    law: 'The descriptor is read by any offset and length, and nothing stands past its end',
    async run(bench) {
      const {descriptorLength: length} = await bench.greet();
      const whole: number[] = [];
      while (whole.length < length) {
        const page = await readPage(bench, whole.length, 40);
        if (page === undefined || page.length === 0) return bench.failed('it stops before its end');
        whole.push(...page);
      }
      bench.expect(whole.length === length, `it is ${whole.length} bytes long, not ${length}`);
      for (const [offset, asked] of [
        [1, 7],
        [length - 5, 20],
        [Math.floor(length / 2), 1],
        [length, 10],
        [0xffff, 10],
        [0, 0],
      ] as const) {
        const page = await readPage(bench, offset, asked);
        const wanted = whole.slice(offset, offset + asked);
        const same = page !== undefined && page.join() === wanted.join();
        bench.expect(same, `DESC_READ ${offset}, ${asked} gives ${page?.length ?? 'no'} bytes that are other ones`);
      }
    },
  },
  {
    id: 'L1.mtu',
    level: 'L1',
    requirements: ['R6'],
    law: 'No body is longer than the host can take',
    async run(bench) {
      await bench.greet({mtu: 48});
      await readPage(bench, 0, 255);
      await bench.host.run(600);
      const longest = longestRun(bench.host.deeds.flatMap((deed) => (deed.type === 'sent' ? [...deed.bytes] : [])));
      // One byte of stuffing.
      bench.expect(longest <= 49, `it sends a body of ${longest - 1} bytes to a host of 48`);
    },
  },
  {
    id: 'L1.heartbeat',
    level: 'L1',
    requirements: ['R9'],
    law: 'Heartbeats come every 250 ms at most, of the session',
    async run(bench) {
      const {session} = await bench.greet();
      await bench.host.run(2000);
      const beats = bench.all('heartbeat');
      const gaps = beats.map(({atMs}, at) => atMs - (beats[at - 1]?.atMs ?? atMs));
      const most = 250 + 10 + bench.slackMs;
      bench.expect(beats.length >= 7, `in 2 s come ${beats.length} heartbeats`);
      bench.expect(Math.max(...gaps) <= most, `between heartbeats pass ${Math.round(Math.max(...gaps))} ms`);
      bench.expect(
        beats.every(({message}) => message.session === session),
        'heartbeats tell another session',
      );
    },
  },
  {
    id: 'L1.time',
    level: 'L1',
    requirements: ['R13'],
    law: 'TIME_REPLY gives t0 back and times of a clock that goes right',
    async run(bench) {
      const hello = await bench.greet();
      const times: {readonly at: number; readonly ticks: number}[] = [];
      for (const t0 of [0x1234, 0xfedc]) {
        await bench.host.say({type: 'time-sync', t0});
        const reply = await bench.until('time-reply', 60 + bench.slackMs, (message) => message.t0 === t0);
        if (reply === undefined) return bench.failed('TIME_SYNC is not answered with its t0');
        const {receivedAt: received, sentAt: sent} = reply.message;
        const between = (sent - received) & 0xffff;
        bench.expect(between < 500, `between received (${received}) and sent (${sent}) lie ${between / 10} ms`);
        times.push({at: reply.atMs, ticks: sent});
        await bench.host.run(1000);
      }
      if ((hello.features & featureBits.time) === 0) return;
      const [first, second] = times;
      if (first === undefined || second === undefined) return;
      const ticks = (second.ticks - first.ticks) & 0xffff;
      const wanted = (second.at - first.at) * 10;
      const isRight = Math.abs(ticks - wanted) <= wanted * 0.02 + bench.slackMs * 10 + 20;
      bench.expect(isRight, `in ${Math.round(wanted / 10)} ms its clock goes ${ticks} ticks`);
    },
  },
];

/** The longest stretch without a delimiter. */
function longestRun(bytes: readonly number[]): number {
  let [longest, run] = [0, 0];
  for (const byte of bytes) {
    run = byte === 0 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
