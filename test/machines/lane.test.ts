import test from 'ava';
import fc from 'fast-check';
import {createActor} from 'xstate';
import {getShortestPaths} from 'xstate/graph';
import {laneMachine} from '../../src/machines/lane.ts';
import type {LaneEmitted, LaneEvent, LaneInput} from '../../src/machines/lane-words.ts';
import {type AutomationMode, automationModes} from '../../src/model/automation.ts';

const still = (mode: AutomationMode, safe = false): LaneInput => ({mode, safe, playing: false});
const rolling = (mode: AutomationMode, safe = false): LaneInput => ({mode, safe, playing: true});

type Word = 'touched' | 'released' | 'left' | 'lost';
const by = (type: Word, hand = 'a'): LaneEvent => ({type: `hand.${type}`, hand});
const play: LaneEvent = {type: 'tape.played'};
const stop: LaneEvent = {type: 'tape.stopped'};
const locate: LaneEvent = {type: 'tape.located'};
const loop: LaneEvent = {type: 'tape.looped'};
const punchIn: LaneEvent = {type: 'punch.began'};
const punchOut: LaneEvent = {type: 'punch.ended'};
const set = (mode: AutomationMode, safe = false): LaneEvent => ({type: 'settings.changed', mode, safe});

/** A lane that writes down what it wishes. */
function start(input: LaneInput, events: readonly LaneEvent[] = []) {
  const actor = createActor(laneMachine, {input});
  const emitted: LaneEmitted[] = [];
  actor.on('*', (event) => emitted.push(event));
  actor.start();
  for (const event of events) actor.send(event);
  return {
    send: (event: LaneEvent) => actor.send(event),
    /** Who has the parameter: `lane`, `held`, `loose`, `primed`, `previewed`, `touched`, `latched`, `running`. */
    who: () => {
      const {value} = actor.getSnapshot();
      return typeof value === 'string' ? value : (Object.values(value)[0] ?? '');
    },
    hands: () => actor.getSnapshot().context.hands,
    emitted,
    passes: () =>
      emitted.flatMap((event) =>
        event.type === 'pass.began' ? ['began'] : event.type === 'pass.ended' ? [event.how] : [],
      ),
  };
}

/** What a moment makes of a lane: who has it then, and what became of passes. */
type Outcome = readonly [who: string, passes: string];

function after(input: LaneInput, ...events: readonly LaneEvent[]): Outcome {
  const lane = start(input, events);
  return [lane.who(), lane.passes().join(' ')];
}

/** The moments of the table in docs/automation.md, from left to right. */
const moments: {readonly [name: string]: (mode: AutomationMode) => Outcome} = {
  playing: (mode) => after(still(mode), play),
  stopped: (mode) => after(still(mode)),
  'touched while it plays': (mode) => after(still(mode), play, by('touched')),
  'touched while it stands': (mode) => after(still(mode), by('touched')),
  'released while it plays': (mode) => after(still(mode), play, by('touched'), by('released')),
  'released while it stands': (mode) => after(still(mode), by('touched'), by('released')),
  'played after a touch while it stood': (mode) => after(still(mode), by('touched'), by('released'), play),
  'stopped under the hand': (mode) => after(still(mode), play, by('touched'), stop),
  'stopped after the release': (mode) => after(still(mode), play, by('touched'), by('released'), stop),
  'located under the hand': (mode) => after(still(mode), play, by('touched'), locate),
  'located after the release': (mode) => after(still(mode), play, by('touched'), by('released'), locate),
  'looped under the hand': (mode) => after(still(mode), play, by('touched'), loop),
  'looped after the release': (mode) => after(still(mode), play, by('touched'), by('released'), loop),
  'banked under the hand': (mode) => after(still(mode), play, by('touched'), by('left')),
  'vanished under the hand': (mode) => after(still(mode), play, by('touched'), by('lost')),
  'vanished after the release': (mode) => after(still(mode), play, by('touched'), by('released'), by('lost')),
  'punched in': (mode) => after(still(mode), play, punchIn),
  'punched in and out': (mode) => after(still(mode), play, punchIn, punchOut),
};

const lane: Outcome = ['lane', ''];
const held: Outcome = ['held', ''];

const table: {readonly [moment: string]: {readonly [Mode in AutomationMode]: Outcome}} = {
  playing: {off: lane, read: lane, touch: lane, latch: lane, write: ['running', 'began'], trim: lane},
  stopped: {off: lane, read: lane, touch: lane, latch: lane, write: lane, trim: lane},
  'touched while it plays': {
    off: held,
    read: held,
    touch: ['touched', 'began'],
    latch: ['latched', 'began'],
    write: ['running', 'began'],
    trim: ['touched', 'began'],
  },
  'touched while it stands': {off: held, read: held, touch: held, latch: ['primed', ''], write: held, trim: held},
  'released while it plays': {
    off: lane,
    read: lane,
    touch: ['lane', 'began released'],
    latch: ['latched', 'began'],
    write: ['running', 'began'],
    trim: ['lane', 'began released'],
  },
  'released while it stands': {
    off: lane,
    read: lane,
    touch: ['loose', ''],
    latch: ['primed', ''],
    write: ['loose', ''],
    trim: ['loose', ''],
  },
  'played after a touch while it stood': {
    off: lane,
    read: lane,
    touch: lane,
    latch: ['latched', 'began'],
    write: ['running', 'began'],
    trim: lane,
  },
  'stopped under the hand': {
    off: held,
    read: held,
    touch: ['held', 'began stopped'],
    latch: ['held', 'began stopped'],
    write: ['held', 'began stopped'],
    trim: ['held', 'began stopped'],
  },
  'stopped after the release': {
    off: lane,
    read: lane,
    touch: ['lane', 'began released'],
    latch: ['lane', 'began stopped'],
    write: ['lane', 'began stopped'],
    trim: ['lane', 'began released'],
  },
  'located under the hand': {
    off: held,
    read: held,
    touch: ['held', 'began located'],
    latch: ['held', 'began located'],
    write: ['held', 'began located'],
    trim: ['held', 'began located'],
  },
  'located after the release': {
    off: lane,
    read: lane,
    touch: ['lane', 'began released'],
    latch: ['lane', 'began located'],
    write: ['lane', 'began located'],
    trim: ['lane', 'began released'],
  },
  'looped under the hand': {
    off: held,
    read: held,
    touch: ['touched', 'began looped began'],
    latch: ['latched', 'began looped began'],
    write: ['running', 'began looped began'],
    trim: ['touched', 'began looped began'],
  },
  'looped after the release': {
    off: lane,
    read: lane,
    touch: ['lane', 'began released'],
    latch: ['latched', 'began looped began'],
    write: ['running', 'began looped began'],
    trim: ['lane', 'began released'],
  },
  'banked under the hand': {
    off: lane,
    read: lane,
    touch: ['lane', 'began left'],
    latch: ['lane', 'began left'],
    write: ['running', 'began'],
    trim: ['lane', 'began left'],
  },
  'vanished under the hand': {
    off: lane,
    read: lane,
    touch: ['lane', 'began lost'],
    latch: ['lane', 'began lost'],
    write: ['lane', 'began lost'],
    trim: ['lane', 'began lost'],
  },
  'vanished after the release': {
    off: lane,
    read: lane,
    touch: ['lane', 'began released'],
    latch: ['lane', 'began lost'],
    write: ['lane', 'began lost'],
    trim: ['lane', 'began released'],
  },
  'punched in': {
    off: lane,
    read: lane,
    touch: ['running', 'began'],
    latch: ['running', 'began'],
    write: ['running', 'began'],
    trim: ['running', 'began'],
  },
  'punched in and out': {
    off: lane,
    read: lane,
    touch: ['lane', 'began punched-out'],
    latch: ['lane', 'began punched-out'],
    write: ['lane', 'began punched-out'],
    trim: ['lane', 'began punched-out'],
  },
};

test('every moment has its outcome in every mode', (t) => {
  t.deepEqual(Object.keys(table), Object.keys(moments));
  for (const [moment, outcomes] of Object.entries(table))
    for (const mode of automationModes) t.deepEqual(moments[moment]?.(mode), outcomes[mode], `${mode}: ${moment}`);
});

test('a safe lane is never written, whatever the mode and the moment: hands are heard as in read', (t) => {
  for (const mode of automationModes) {
    for (const events of [[by('touched')], [punchIn], [by('touched'), by('released')], [punchIn, loop]]) {
      t.deepEqual(start(rolling(mode, true), events).passes(), [], mode);
    }
    t.is(start(rolling(mode, true), [by('touched')]).who(), 'held');
    t.is(start(still(mode, true), [by('touched'), by('released')]).who(), 'lane');
    t.is(start(still(mode, true), [play]).who(), 'lane');
  }
});

test('a pass goes on while any hand is on, and ends with the last', (t) => {
  const lane = start(rolling('touch'), [by('touched', 'a'), by('touched', 'b'), by('released', 'a')]);
  t.is(lane.who(), 'touched');
  t.deepEqual(lane.hands(), ['b']);
  lane.send(by('lost', 'b'));
  t.deepEqual(lane.passes(), ['began', 'lost']);
});

test('a hand that left before does nothing when it lets go', (t) => {
  const lane = start(rolling('touch'), [by('touched'), by('left'), by('touched', 'b'), by('released', 'a')]);
  t.is(lane.who(), 'touched');
  t.deepEqual(lane.passes(), ['began', 'left', 'began']);
});

test('a hand that rests on the fader through a locate is heard, and writes only when it touches again', (t) => {
  const lane = start(rolling('touch'), [by('touched'), locate]);
  t.is(lane.who(), 'held');
  lane.send(by('released'));
  t.is(lane.who(), 'lane');
  lane.send(by('touched'));
  t.deepEqual(lane.passes(), ['began', 'located', 'began']);
});

test('a mode that does not write ends a pass, another that does goes on with it, and trim is no way on from any other', (t) => {
  t.deepEqual(start(rolling('touch'), [by('touched'), set('read')]).passes(), ['began', 'mode']);
  t.deepEqual(start(rolling('touch'), [by('touched'), set('touch', true)]).passes(), ['began', 'mode']);
  t.deepEqual(start(rolling('touch'), [by('touched'), set('trim')]).passes(), ['began', 'mode']);
  t.deepEqual(start(rolling('trim'), [by('touched'), set('latch')]).passes(), ['began', 'mode']);
  const toLatch = start(rolling('touch'), [by('touched'), set('latch'), by('released')]);
  t.is(toLatch.who(), 'latched');
  t.deepEqual(toLatch.passes(), ['began']);
  const toTouch = start(rolling('latch'), [by('touched'), by('released'), set('touch')]);
  t.deepEqual([toTouch.who(), ...toTouch.passes()], ['lane', 'began', 'mode']);
  const held = start(rolling('latch'), [by('touched'), set('touch')]);
  t.deepEqual([held.who(), ...held.passes()], ['touched', 'began']);
});

test('what was set while the tape stood in touch goes back to the lane when the tape moves', (t) => {
  for (const moved of [play, locate]) {
    t.is(start(still('touch'), [by('touched'), by('released'), moved]).who(), 'lane');
  }
});

test('what is primed waits through a locate, and not through another mode', (t) => {
  t.is(start(still('latch'), [by('touched'), by('released'), locate]).who(), 'primed');
  t.is(start(still('latch'), [by('touched'), by('released'), set('touch')]).who(), 'loose');
  t.is(start(still('latch'), [by('touched'), by('released'), set('read')]).who(), 'lane');
  t.deepEqual(after(still('touch'), punchIn, play), ['running', 'began']);
  t.deepEqual(after(still('touch'), punchIn, punchOut, play), ['lane', '']);
});

test('what is previewed is not written by hands, and is written when it is punched', (t) => {
  const preview: readonly LaneEvent[] = [{type: 'preview.began'}, by('touched'), by('released')];
  const lane = start(rolling('touch'), preview);
  t.deepEqual([lane.who(), ...lane.passes()], ['previewed']);
  lane.send({type: 'preview.punched'});
  t.deepEqual([lane.who(), ...lane.passes()], ['running', 'began']);
  t.is(start(rolling('touch'), [...preview, {type: 'preview.ended'}]).who(), 'lane');
  t.is(start(still('touch'), [...preview, {type: 'preview.punched'}]).who(), 'primed');
  t.is(start(rolling('read'), [...preview, {type: 'preview.punched'}]).who(), 'lane');
  t.deepEqual(start(rolling('touch'), [by('touched'), {type: 'preview.began'}]).passes(), ['began', 'previewed']);
});

test('a value that was written over a part gives the parameter back, or to the hand that is still on', (t) => {
  t.deepEqual(after(rolling('touch'), by('touched'), {type: 'value.written'}), ['held', 'began written']);
  t.deepEqual(after(still('touch'), by('touched'), by('released'), {type: 'value.written'}), lane);
});

const events: readonly LaneEvent[] = [
  ...(['touched', 'released', 'left', 'lost'] as const).map((type) => by(type)),
  play,
  stop,
  locate,
  loop,
  punchIn,
  punchOut,
  {type: 'preview.began'},
  {type: 'preview.ended'},
  {type: 'preview.punched'},
  {type: 'value.written'},
  ...automationModes.map((mode) => set(mode)),
  set('touch', true),
];

/** Whether passes begin and end in turn, and one is open exactly while the lane is written. */
function isInTurn(lane: ReturnType<typeof start>): boolean {
  const open = lane.passes().reduce((count, what) => (what === 'began' ? count + 1 : count - 1), 0);
  const turns = lane.passes().every((what, index) => (what === 'began') === (index % 2 === 0));
  return turns && (open === 1) === ['touched', 'latched', 'running'].includes(lane.who());
}

const paths = getShortestPaths(laneMachine, {events: () => [...events], input: still('touch')});

test('from every state a vanished surface leaves a closed pass and no open touch', (t) => {
  t.true(paths.length > 60, `${paths.length} states`);
  const seen = new Set<string>();
  for (const {steps} of paths) {
    const way = steps.flatMap(({event}) => events.filter((one) => one === event));
    const lane = start(still('touch'), way);
    seen.add(lane.who());
    lane.send(by('lost'));
    t.deepEqual(lane.hands(), []);
    t.false(['touched', 'latched', 'running', 'held'].includes(lane.who()), way.map(({type}) => type).join(' '));
    t.true(isInTurn(lane));
  }
  t.deepEqual([...seen].sort(), ['held', 'lane', 'latched', 'loose', 'previewed', 'primed', 'running', 'touched']);
});

test('from every state a stop ends the pass, and read mode gives the parameter to its lane once the hand is off', (t) => {
  for (const {steps} of paths) {
    const way = steps.flatMap(({event}) => events.filter((one) => one === event));
    const lane = start(still('touch'), way);
    lane.send(stop);
    t.false(['touched', 'latched', 'running'].includes(lane.who()));
    for (const event of [set('read'), {type: 'preview.ended'} as const, by('released')]) lane.send(event);
    t.is(lane.who(), 'lane');
  }
});

test('whatever happens with two surfaces, passes begin and end in turn, and are only written where modes allow', (t) => {
  const both = [...events, ...(['touched', 'released', 'left', 'lost'] as const).map((type) => by(type, 'b'))];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...both), {maxLength: 40}), (script) => {
      const lane = start(still('read'));
      let mode: LaneEvent = set('read');
      return script.every((event) => {
        lane.send(event);
        if (event.type === 'settings.changed') mode = event;
        const writes = mode.type === 'settings.changed' && !mode.safe && !['off', 'read'].includes(mode.mode);
        return isInTurn(lane) && (writes || !['touched', 'latched', 'running'].includes(lane.who()));
      });
    }),
    {numRuns: 300},
  );
  t.pass();
});
