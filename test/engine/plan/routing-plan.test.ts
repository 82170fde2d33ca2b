import test from 'ava';
import fc from 'fast-check';
import {routingPlan} from '../../../src/engine/plan/routing-plan.ts';
import {applyCommand} from '../../../src/model/command.ts';
import {factorFromDb} from '../../../src/model/decibel.ts';
import {type Mixer, newMixer, newStrip, type Strip, type StripId} from '../../../src/model/mixer.ts';
import type {ParameterId} from '../../../src/model/parameter.ts';

const ids = ['kick', 'vox', 'drums', 'band', 'verb', 'echo', 'vca'] as const;

/** Two stems (kick in a group), two groups, two returns, a VCA. */
function desk(changes: Readonly<Record<StripId, Partial<Strip>>> = {}, mixer: Partial<Mixer> = {}): Mixer {
  const strips = [
    newStrip({id: 'kick', name: 'Kick', channels: 1, output: 'drums'}),
    newStrip({id: 'vox', name: 'Vox'}),
    newStrip({id: 'drums', name: 'Drums', kind: 'group'}),
    newStrip({id: 'band', name: 'Band', kind: 'group'}),
    newStrip({id: 'verb', name: 'Verb', kind: 'return'}),
    newStrip({id: 'echo', name: 'Echo', kind: 'return'}),
    newStrip({id: 'vca', name: 'VCA', kind: 'vca'}),
  ];
  return newMixer({strips: strips.map((strip) => ({...strip, ...changes[strip.id]})), ...mixer});
}

const send = (number: 1 | 2 | 3, levelDb = 0): Strip['parameters'] => ({
  [`send${number}.on`]: 1,
  [`send${number}.levelDb`]: levelDb,
});

const shown = (mixer: Mixer): readonly string[] =>
  routingPlan(mixer).sends.map(({strip, bus}) => `${ids[strip]} > ${ids[bus]}`);

test('strips run into their group or the mix bus, in an order in which each comes after what feeds it', (t) => {
  t.deepEqual(routingPlan(desk()), {order: [0, 1, 2, 3, 4, 5], outputs: [2, -1, -1, -1, -1, -1, -1], sends: []});
});

test('a return that runs into a group comes before it', (t) => {
  const {order, outputs} = routingPlan(desk({verb: {output: 'drums'}}));
  t.deepEqual(order, [0, 1, 3, 4, 2, 5]);
  t.is(outputs[4], 2);
});

test('a group that sends to a return comes before it, a return that sends to another too', (t) => {
  const {order} = routingPlan(desk({band: {parameters: send(1)}, echo: {parameters: send(1)}}));
  t.deepEqual(order, [0, 1, 2, 3, 5, 4]);
});

test('an output that names no group is the mix bus, and groups and VCAs run nowhere else', (t) => {
  const {outputs} = routingPlan(
    desk({kick: {output: 'nobody'}, vox: {output: 'verb'}, drums: {output: 'band'}, vca: {output: 'band'}}),
  );
  t.deepEqual(outputs, [-1, -1, -1, -1, -1, -1, -1]);
});

test('a send feeds the return of its number; one without a return, or that is off, feeds nothing', (t) => {
  t.deepEqual(shown(desk({vox: {parameters: {...send(1), ...send(2), ...send(3)}}})), ['vox > verb', 'vox > echo']);
  t.deepEqual(shown(desk({vox: {parameters: {'send1.levelDb': 0}}, vca: {parameters: send(1)}})), []);
});

test('a send that leads back is left out, of two that do so together the later', (t) => {
  t.deepEqual(shown(desk({verb: {parameters: send(1)}})), []);
  t.deepEqual(shown(desk({verb: {parameters: send(2)}, echo: {parameters: send(1)}})), ['verb > echo']);
  t.deepEqual(shown(desk({verb: {output: 'band'}, band: {parameters: {...send(1), ...send(2)}}})), ['band > echo']);
});

const levels: readonly (readonly [
  law: string,
  vox: Partial<Strip>,
  pre: 0 | 1,
  others: Readonly<Record<StripId, Partial<Strip>>>,
  mixer: Partial<Mixer>,
  levelDb: number,
])[] = [
  ['a post send has the level of the fader in it', {levelDb: -4}, 0, {}, {}, -10],
  ['a pre send has not', {levelDb: -4}, 1, {}, {}, -6],
  ['a post send follows the VCA', {vcas: ['vca']}, 0, {vca: {levelDb: -3}}, {}, -9],
  ['a pre send does not', {vcas: ['vca']}, 1, {vca: {levelDb: -3}}, {}, -6],
  [
    'a fader at the bottom silences a post send',
    {levelDb: Number.NEGATIVE_INFINITY},
    0,
    {},
    {},
    Number.NEGATIVE_INFINITY,
  ],
  ['a fader at the bottom leaves a pre send', {levelDb: Number.NEGATIVE_INFINITY}, 1, {}, {}, -6],
  ['a mute silences a post send', {muted: true}, 0, {}, {}, Number.NEGATIVE_INFINITY],
  ['a mute silences a pre send', {muted: true}, 1, {}, {}, Number.NEGATIVE_INFINITY],
  ['a muted VCA silences a pre send', {vcas: ['vca']}, 1, {vca: {muted: true}}, {}, Number.NEGATIVE_INFINITY],
  ['a mute group silences sends', {muteGroups: [1]}, 1, {}, {activeMuteGroups: [1]}, Number.NEGATIVE_INFINITY],
  ['a solo elsewhere silences sends', {}, 1, {kick: {soloed: true}}, {}, Number.NEGATIVE_INFINITY],
  ['a solo of the return leaves sends', {}, 0, {verb: {soloed: true}}, {}, -6],
  [
    'a solo of the return does not bring what is muted',
    {muted: true},
    1,
    {verb: {soloed: true}},
    {},
    Number.NEGATIVE_INFINITY,
  ],
  [
    'a solo of the return leaves the level of the fader in a post send',
    {levelDb: -4},
    0,
    {verb: {soloed: true}},
    {},
    -10,
  ],
  ['a solo that only listens leaves sends', {}, 0, {kick: {soloed: true}}, {soloMode: 'pre-fader'}, -6],
  ['the output silences no send', {output: 'band'}, 0, {band: {muted: true}}, {}, -6],
  ['fader and VCA together end at +10 dB', {levelDb: 8, vcas: ['vca']}, 0, {vca: {levelDb: 9}}, {}, 4],
];

for (const [law, vox, pre, others, mixer, levelDb] of levels) {
  test(law, (t) => {
    const parameters = {...send(1, -6), 'send1.pre': pre};
    const [found] = routingPlan(desk({vox: {...vox, parameters}, ...others}, mixer)).sends;
    t.is(found?.pre, pre === 1);
    t.true(Math.abs((found?.left ?? -1) - factorFromDb(levelDb)) < 1e-12);
    t.is(found?.left, found?.right);
  });
}

for (const lawDb of [3, 4.5, 6] as const) {
  test(`a mono send is panned by the law of the desk, ${lawDb} dB`, (t) => {
    const [centre] = routingPlan(desk({kick: {parameters: send(1)}}, {panLawDb: lawDb})).sends;
    t.true(Math.abs(20 * Math.log10(centre?.left ?? 0) + lawDb) < 0.03);
    const parameters = {...send(1), 'send1.pan': -1};
    const [left] = routingPlan(desk({kick: {parameters, pan: 1}}, {panLawDb: lawDb})).sends;
    t.deepEqual([left?.left, left?.right], [1, 0]);
  });
}

test('a stereo send is balanced, whatever the law', (t) => {
  const parameters = {...send(1), 'send1.pan': 1};
  const [right] = routingPlan(desk({vox: {parameters}}, {panLawDb: 6})).sends;
  t.deepEqual([right?.left, right?.right], [0, 1]);
});

test('a send at its lowest is silent, and stays in the plan so that it can come back', (t) => {
  const {sends} = routingPlan(desk({vox: {parameters: {'send1.on': 1}}}));
  t.deepEqual(sends, [{strip: 1, number: 1, bus: 4, left: 0, right: 0, pre: false}]);
});

test('whatever is routed, all strips but VCAs are in order, each after its feeders, with finite factors', (t) => {
  const anyOutput = fc.constantFrom<StripId>('master', 'nobody', ...ids);
  const anySends = fc.array(fc.constantFrom<ParameterId>('send1.on', 'send2.on', 'send3.on'));
  const anyStrip = fc.record({
    output: anyOutput,
    levelDb: fc.oneof(fc.double(), fc.constant(Number.NEGATIVE_INFINITY)),
    parameters: anySends.map((on) => Object.fromEntries(on.map((id) => [id, 1]))),
  });
  fc.assert(
    fc.property(fc.array(anyStrip, {minLength: ids.length, maxLength: ids.length}), (changes) => {
      const mixer = desk(Object.fromEntries(ids.map((id, index) => [id, changes[index] ?? {}])));
      const {order, outputs, sends} = routingPlan(mixer);
      const after = (one: number, other: number): boolean => order.indexOf(one) > order.indexOf(other);
      return (
        [...order].sort().join() === '0,1,2,3,4,5' &&
        outputs.every((output, strip) => output < 0 || after(output, strip)) &&
        sends.every(({strip, bus, left, right}) => after(bus, strip) && Number.isFinite(left) && Number.isFinite(right))
      );
    }),
  );
  t.pass();
});

test('no commands, in any order, bring the routing into a circle', (t) => {
  const anyCommand = fc.oneof(
    fc.record({
      type: fc.constant('strip.setOutput' as const),
      strip: fc.constantFrom(...ids),
      output: fc.constantFrom(...ids),
    }),
    fc.record({
      type: fc.constant('strip.setParameter' as const),
      strip: fc.constantFrom(...ids),
      parameter: fc.constantFrom<ParameterId>('send1.on', 'send2.on'),
      value: fc.constantFrom(0, 1),
    }),
  );
  fc.assert(
    fc.property(fc.array(anyCommand, {maxLength: 20}), (commands) => {
      const {order, outputs} = routingPlan(commands.reduce(applyCommand, desk()));
      return order.length === 6 && outputs.every((output) => output === -1 || output === 2 || output === 3);
    }),
  );
  t.pass();
});
