import test from 'ava';
import type {Port} from '../../src/transport/contract.ts';
import {createPortKeeper} from '../../src/transport/port-keeper.ts';
import {settle, VirtualTimers} from './virtual-timers.ts';

const port = (id: string): Port => ({id, name: id.toUpperCase(), kind: 'memory'});
const deaf = {received() {}, lost() {}};

/** A keeper over virtual time, how often its list was read, and what a watcher was told. */
function begin({watchesHeld = false, everyMs = 500} = {}) {
  const timers = new VirtualTimers();
  const world = {ports: [port('a')] as readonly Port[], reads: 0};
  const keeper = createPortKeeper({
    async list() {
      world.reads += 1;
      return world.ports;
    },
    everyMs: () => everyMs,
    watchesHeld,
    after: timers.after,
  });
  const lists: string[] = [];
  return {
    timers,
    world,
    keeper,
    lists,
    watch: () => keeper.watch((ports) => lists.push(ports.map(({id}) => id).join())),
  };
}

test('the list is read while somebody watches, and where it says so while something is held, and not otherwise', async (t) => {
  for (const watchesHeld of [false, true]) {
    const {timers, world, keeper, watch} = begin({watchesHeld});
    await timers.pass(5000);
    t.is(world.reads, 0);
    const end = watch();
    await timers.pass(1900);
    t.is(world.reads, 4);
    end();
    await timers.pass(5000);
    // The one that was due is read.
    t.is(world.reads, 5);
    const held = keeper.hold('a', deaf, async () => {});
    await timers.pass(1900);
    t.is(world.reads, watchesHeld ? 8 : 5);
    held.end(undefined);
    await timers.pass(5000);
    t.is(world.reads, watchesHeld ? 9 : 5);
    t.is(timers.pending, 0);
    await keeper.close();
  }
});

test('a watcher is told what is news to him, at once when it is read sooner, and nothing after he has gone', async (t) => {
  const {timers, world, keeper, lists, watch} = begin();
  const end = watch();
  await timers.pass(2000);
  t.deepEqual(lists, ['a']);
  world.ports = [port('a'), port('b')];
  keeper.lookIn(30);
  await timers.pass(30);
  t.deepEqual(lists, ['a', 'a,b']);
  const other: number[] = [];
  const endOther = keeper.watch((ports) => {
    other.push(ports.length);
    endOther();
  });
  await timers.pass(500);
  t.deepEqual([lists.length, other], [2, [2]]);
  end();
  world.ports = [];
  await timers.pass(2000);
  t.deepEqual([lists.length, other.length], [2, 1]);
});

test('a port that is no longer listed is given back and lost once; one that is closed tells nothing', async (t) => {
  const {timers, world, keeper, watch} = begin();
  watch();
  await timers.pass(100);
  const told: string[] = [];
  const hold = (id: string) =>
    keeper.hold(id, {received() {}, lost: (reason) => told.push(`${id} lost: ${reason}`)}, async (reason) => {
      told.push(`${id} given back: ${reason}`);
    });
  world.ports = [port('a'), port('b')];
  const [a, b] = [hold('a'), hold('b')];
  t.deepEqual([a.isHeld, keeper.refusal(port('a'))], [true, {state: 'busy', reason: 'A is open already'}]);
  await timers.pass(1000);
  t.deepEqual(told, []);
  b.end(undefined);
  b.end('again');
  world.ports = [];
  await timers.pass(1000);
  a.end('again');
  t.deepEqual(told, ['b given back: undefined', 'a given back: unplugged', 'a lost: unplugged']);
  t.deepEqual([a.isHeld, keeper.refusal(port('a'))], [false, undefined]);
});

test('an end that comes late does not end the next who holds the port', (t) => {
  const {keeper} = begin();
  const first = keeper.hold('a', deaf, async () => {});
  first.end(undefined);
  const second = keeper.hold('a', deaf, async () => {});
  first.end('it failed');
  t.deepEqual([first.isHeld, second.isHeld], [false, true]);
});

test('it is closed when all ports are given back, those of earlier ends, too; then nothing is read, told or opened', async (t) => {
  const {timers, world, keeper, lists, watch} = begin({watchesHeld: true});
  watch();
  await timers.pass(100);
  const losses: string[] = [];
  const hold = (id: string, letGoMs: number) =>
    keeper.hold(
      id,
      {received() {}, lost: (reason) => losses.push(reason)},
      () => new Promise<void>((resolve) => timers.after(letGoMs, resolve)),
    );
  hold('a', 300);
  hold('b', 700).end('it failed');
  let isClosed = false;
  void keeper.close().then(() => {
    isClosed = true;
  });
  t.true(keeper.isClosed);
  t.deepEqual(keeper.refusal(port('c')), {state: 'failed', reason: 'the transport is closed'});
  await timers.pass(650);
  t.false(isClosed);
  await timers.pass(100);
  t.true(isClosed);
  t.deepEqual(losses, ['it failed']);
  const {reads} = world;
  world.ports = [];
  watch();
  keeper.lookIn(10);
  await timers.pass(5000);
  await settle();
  t.deepEqual([world.reads, lists, timers.pending], [reads, ['a'], 0]);
});
