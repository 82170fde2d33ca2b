import {spawnSync} from 'node:child_process';
import test from 'ava';
import {fromHex, toHex} from '../../src/app/conform/vectors.ts';
import {decodeBody, encodeFrame} from '../../src/wire/longthrow/codec.ts';
import {newFramer, step} from '../../src/wire/longthrow/framer.ts';
import {compileCore} from './compiler.ts';
import {createJudge} from './judgement.ts';
import {createDice, createMutator} from './mutation.ts';
import {readVectors} from './vector.ts';

const session = 0xef;
const compiled = compileCore('judge', ['host/judge.c']);
const frames = Number(process.env['LONGTHROW_FRAMES'] ?? 2_000_000);
const bursts = 200_000;
const perRound = 100_000;
/** Bytes of the longest that is judged at once. */
const longest = 700;

/** What the core makes of each of these, by the same reckoning as the judge's. */
function coreJudges(program: string, input: Uint8Array): Uint32Array {
  const {stdout, status} = spawnSync(program, {input, maxBuffer: 1 << 26});
  if (status !== 0) throw new Error(`the core's judge ended with ${status}`);
  return new Uint32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
}

/** Judges what is made by both, and gives the first on which they disagree. */
function disagreement(program: string, count: number, make: () => Uint8Array): string | undefined {
  const judge = createJudge(session);
  const own = new Uint32Array(perRound);
  const input = new Uint8Array(1 + perRound * 128);
  for (let done = 0; done < count; ) {
    input[0] = session;
    let at = 1;
    let made = 0;
    const starts: number[] = [];
    while (made < perRound && done + made < count && at + longest < input.length) {
      const wire = make();
      input[at] = wire.length & 0xff;
      input[at + 1] = wire.length >> 8;
      input.set(wire, at + 2);
      starts.push(at + 2);
      at += 2 + wire.length;
      own[made++] = judge.judge(wire);
    }
    const theirs = coreJudges(program, input.subarray(0, at));
    for (let index = 0; index < made; index++) {
      if (own[index] === theirs[index]) continue;
      const start = starts[index] ?? 0;
      return toHex(input.subarray(start, (starts[index + 1] ?? at + 2) - 2));
    }
    done += made;
  }
  return undefined;
}

if (compiled.state === 'absent') {
  test('the core in C and the codec agree', (t) => {
    t.log(compiled.reason);
    t.pass();
  });
} else {
  const {program} = compiled;

  test('the core and the codec judge every vector alike', (t) => {
    const {frames: good, refused} = readVectors();
    const wires = [...good.filter((vector) => vector.session !== 0), ...refused].map(({wire}) => fromHex(wire));
    let next = 0;
    t.is(
      disagreement(program, wires.length, () => wires[next++] ?? new Uint8Array(0)),
      undefined,
    );
  });

  test(`${frames} mutated frames mean the same to the core in C and to the codec, and neither stumbles`, (t) => {
    t.timeout(120_000);
    const seed = Date.now() & 0xffff_ffff;
    t.is(disagreement(program, frames, createMutator(seed, session)), undefined, `seed ${seed}`);
  });

  test(`after each of ${bursts} bursts of noise the next frame is heard, by the codec and by the core`, (t) => {
    t.timeout(60_000);
    const dice = createDice(Date.now());
    // A lamp that no burst lights by chance: its judgement differs from that of any frame that was not heard.
    const good = encodeFrame({message: {type: 'motors', first: 0, mask: 1, values: [0xa5a5]}, sequence: 0x5a}, session);
    let heard = 0;
    const make = (): Uint8Array => {
      const noise = dice(60);
      const wire = new Uint8Array(noise + good.length);
      for (let at = 0; at < noise; at++) wire[at] = dice(256);
      wire.set(good, noise);
      const last = step(newFramer(64), wire).frames.at(-1);
      if (last?.type === 'body' && decodeBody(last.body, session).state === 'good') heard++;
      return wire;
    };
    t.is(disagreement(program, bursts, make), undefined);
    t.is(heard, bursts);
  });
}
