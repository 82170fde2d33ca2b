import test from 'ava';
import {bright, isBright, isSafe, newDeskBench} from './desk-bench.ts';

/** More for a thorough run: LEASE_TRIALS=1000 takes some minutes. */
const trials = Number(process.env['LEASE_TRIALS'] ?? 25);
const leaseMs = 300;
const heartbeatMs = 250;

test(`a host that dies at any moment leaves a safe desk within the lease and 50 ms: ${trials} times`, (t) => {
  const bench = newDeskBench(leaseMs);
  const {host, machine} = bench;
  host.paint.push(...bright);
  let seed = 1;
  let [earliest, latest] = [Number.POSITIVE_INFINITY, 0];
  for (let trial = 0; trial < trials; trial++) {
    host.revive();
    for (let ms = 0; ms < 200 && !isBright(bench); ms++) host.run(1);
    t.true(isBright(bench), `trial ${trial}: painted`);
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    // Anywhere in a millisecond, and up to half of the time between two heartbeats; a frame may be cut anywhere.
    host.run(seed % (heartbeatMs / 2));
    machine.run(((seed >> 8) % 1000) / 1000);
    const diedAt = machine.nowMs();
    host.die();
    machine.send(Uint8Array.of(0, 5, 0x70, (seed >> 4) & 0xff).subarray(0, seed & 3));
    let before = diedAt;
    while (!isSafe(bench) && machine.nowMs() - diedAt < 2 * leaseMs) {
      before = machine.nowMs();
      machine.run(1);
    }
    const tookMs = machine.nowMs() - diedAt;
    earliest = Math.min(earliest, before - diedAt);
    latest = Math.max(latest, tookMs);
    if (tookMs > leaseMs + 50) t.fail(`trial ${trial}: ${tookMs} ms`);
  }
  t.log(`safe after ${earliest.toFixed(0)}…${latest.toFixed(0)} ms, lease ${leaseMs} ms`);
  t.true(latest <= leaseMs + 50);
  t.true(earliest > leaseMs - heartbeatMs, 'a heartbeat less is not enough');
});

test('heartbeats of another session, noise and every other message do not renew the lease', (t) => {
  const bench = newDeskBench(leaseMs);
  const {host, machine} = bench;
  for (const message of bright) host.send(message);
  host.run(60);
  t.true(isBright(bench));
  host.die();
  const counts = {heard: 0, crcFaults: 0, overruns: 0, resyncs: 0, descriptor: 0};
  for (let ms = 0; ms < leaseMs + 50; ms += 25) {
    host.send({type: 'meters', first: 0, levels: [0xff]});
    host.send({type: 'heartbeat', session: host.session() ^ 1, state: 0, ...counts});
    machine.send(Uint8Array.of(0, 0x41, 0x54, 0x0d, 0));
    host.run(25);
  }
  t.true(isSafe(bench));
});
