import test from 'ava';
import fc from 'fast-check';
import {createActor, fromCallback, SimulatedClock} from 'xstate';
import {linkMachine, type PortActorInput} from '../../src/machines/link.ts';
import {type RigEmitted, rigMachine} from '../../src/machines/rig.ts';
import {arrange, type FoundUnit, type KnownUnit, matchPorts} from '../../src/machines/rig-order.ts';
import type {Surface} from '../../src/model/surface.ts';
import {fullSurface} from '../surface/render/small-desk.ts';

const main: Surface = {...fullSurface(8), id: 'main'};
const extender: Surface = {...fullSurface(8), id: 'extender', unit: 'extender'};
const small: Surface = {...fullSurface(1), id: 'small'};

const found = (surface: Surface, name: string, id: string): FoundUnit => ({surface, port: {id, name}});
const xTouch = found(main, 'X-Touch', 'p1');
const xTouchExt = found(extender, 'X-Touch-Ext', 'p2');

/** A rig whose ports open at once. */
function startRig() {
  const clock = new SimulatedClock();
  const opening = fromCallback<{type: 'none'}, PortActorInput>(({sendBack}) => sendBack({type: 'link.opened'}));
  const link = linkMachine.provide({actors: {port: opening}});
  const actor = createActor(rigMachine.provide({actors: {link}}), {clock});
  const emitted: RigEmitted[] = [];
  actor.on('*', (event) => emitted.push(event));
  actor.start();
  const plug = (...units: readonly FoundUnit[]) => actor.send({type: 'rig.portsChanged', found: units});
  return {
    actor,
    clock,
    emitted,
    plug,
    places: () =>
      [...arrange(actor.getSnapshot().context.units).places].map(([key, {firstStrip}]) => [key, firstStrip]),
    ready: () =>
      emitted.flatMap((event) => (event.type === 'unit.ready' ? [[event.unit, event.firstStrip] as const] : [])),
  };
}

test('a unit that is plugged in is ready at its first strip', (t) => {
  const rig = startRig();
  t.false(rig.actor.getSnapshot().hasTag('usable'));
  rig.plug(xTouch);
  t.deepEqual(rig.ready(), [['X-Touch #1', 0]]);
  t.true(rig.actor.getSnapshot().hasTag('usable'));
});

test('extenders stand after the main unit, whatever the order in which they come', (t) => {
  const rig = startRig();
  rig.plug(xTouchExt);
  rig.plug(xTouchExt, xTouch);
  t.deepEqual(rig.places(), [
    ['X-Touch #1', 0],
    ['X-Touch-Ext #1', 8],
  ]);
  const arranged = rig.emitted.findLast((event) => event.type === 'rig.arranged');
  t.deepEqual(arranged?.type === 'rig.arranged' ? [...arranged.strips] : [], [['main', 16]]);
});

test('a pulled unit keeps its place, and the others stay where they are', (t) => {
  const rig = startRig();
  rig.plug(xTouch, xTouchExt);
  rig.plug(xTouchExt);
  t.deepEqual(rig.places(), [
    ['X-Touch #1', 0],
    ['X-Touch-Ext #1', 8],
  ]);
  t.deepEqual(
    rig.emitted.findLast(({type}) => type === 'unit.lost'),
    {type: 'unit.lost', unit: 'X-Touch #1', reason: 'unplugged'},
  );
});

test('a unit that comes back under another port id is the same unit in the same place, painted anew', (t) => {
  const rig = startRig();
  rig.plug(xTouch, xTouchExt);
  rig.plug(xTouchExt);
  rig.plug(xTouchExt, found(main, 'X-Touch', 'p9'));
  t.deepEqual(rig.ready(), [
    ['X-Touch #1', 0],
    ['X-Touch-Ext #1', 8],
    ['X-Touch #1', 0],
  ]);
});

test('after thirty seconds the others close ranks', (t) => {
  const rig = startRig();
  rig.plug(xTouch, xTouchExt);
  rig.plug(xTouchExt);
  rig.clock.increment(30_000);
  t.deepEqual(rig.places(), [['X-Touch-Ext #1', 0]]);
  t.is(rig.emitted.at(-1)?.type, 'rig.arranged');
  t.is(rig.actor.system.get('link:X-Touch #1'), undefined);
});

test('a rig whose last unit is pulled is bare again', (t) => {
  const rig = startRig();
  rig.plug(xTouch);
  rig.plug();
  t.false(rig.actor.getSnapshot().hasTag('usable'));
});

test('a unit that cannot be opened says why', (t) => {
  const failing = fromCallback<{type: 'none'}, PortActorInput>(({sendBack}) =>
    sendBack({type: 'link.busy', reason: 'held'}),
  );
  const actor = createActor(rigMachine.provide({actors: {link: linkMachine.provide({actors: {port: failing}})}}), {
    clock: new SimulatedClock(),
  });
  const waiting: RigEmitted[] = [];
  actor.on('unit.waiting', (event) => waiting.push(event));
  actor.start();
  actor.send({type: 'rig.portsChanged', found: [xTouch]});
  t.deepEqual(waiting, [{type: 'unit.waiting', unit: 'X-Touch #1', for: 'busy', reason: 'held'}]);
});

test('stopping the rig closes every port', (t) => {
  let open = 0;
  const counting = fromCallback<{type: 'none'}, PortActorInput>(({sendBack}) => {
    open += 1;
    sendBack({type: 'link.opened'});
    return () => {
      open -= 1;
    };
  });
  const actor = createActor(rigMachine.provide({actors: {link: linkMachine.provide({actors: {port: counting}})}}), {
    clock: new SimulatedClock(),
  });
  actor.start();
  actor.send({type: 'rig.portsChanged', found: [xTouch, xTouchExt]});
  t.is(open, 2);
  actor.stop();
  t.is(open, 0);
});

/** The order after a row of port lists. */
function orderAfter(...lists: readonly (readonly FoundUnit[])[]): readonly KnownUnit[] {
  let units: readonly KnownUnit[] = [];
  for (const list of lists) units = matchPorts(units, list).map(({key, surface, port}) => ({key, surface, port}));
  return units;
}

test('two units of one name are told apart by a number, in the order of their ids', (t) => {
  const units = orderAfter([found(extender, 'Ext', 'p10'), found(extender, 'Ext', 'p9')]);
  t.deepEqual(
    units.map(({key, port}) => [key, port?.id]),
    [
      ['Ext #1', 'p9'],
      ['Ext #2', 'p10'],
    ],
  );
});

test('of two units of one name, the one that stays keeps its place while the other is replugged', (t) => {
  const one = found(extender, 'Ext', 'p1');
  const units = orderAfter(
    [one, found(extender, 'Ext', 'p2')],
    [found(extender, 'Ext', 'p2')],
    [found(extender, 'Ext', 'p2'), found(extender, 'Ext', 'p7')],
  );
  t.deepEqual(
    units.map(({key, port}) => [key, port?.id]),
    [
      ['Ext #1', 'p7'],
      ['Ext #2', 'p2'],
    ],
  );
});

test('ports are ordered as people count', (t) => {
  const names = ['Desk 10', 'Desk 2', 'Desk 1'];
  t.deepEqual(
    orderAfter(names.map((name, index) => found(main, name, `p${index}`))).map(({key}) => key),
    ['Desk 1 #1', 'Desk 2 #1', 'Desk 10 #1'],
  );
});

test('units of any size follow each other without gaps', (t) => {
  const {places, strips} = arrange(
    orderAfter([found(small, 'One', 'a'), found(main, 'Big', 'b'), found(extender, 'Ext', 'c')]),
  );
  t.deepEqual(
    [...places].map(([key, {firstStrip}]) => [key, firstStrip]),
    [
      ['Big #1', 0],
      ['One #1', 8],
      ['Ext #1', 9],
    ],
  );
  t.is(strips.get('main'), 17);
});

test('whatever comes and goes, keys are unique and each port that is there has one unit', (t) => {
  const anyFound = fc
    .record({
      surface: fc.constantFrom(main, extender, small),
      name: fc.constantFrom('A', 'B', 'A 2'),
      id: fc.constantFrom('1', '2', '3', '4'),
    })
    .map(({surface, name, id}) => found(surface, name, id));
  const anyList = fc.uniqueArray(anyFound, {selector: ({port}) => port.id, maxLength: 4});
  fc.assert(
    fc.property(fc.array(anyList, {minLength: 1, maxLength: 8}), (lists) => {
      const units = orderAfter(...lists);
      const ids = units.flatMap(({port}) => (port === undefined ? [] : [port.id]));
      const there = lists.at(-1)?.map(({port}) => port.id) ?? [];
      return (
        new Set(units.map(({key}) => key)).size === units.length && [...ids].sort().join() === [...there].sort().join()
      );
    }),
  );
  t.pass();
});
