import test from 'ava';
import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {applyCommand} from '../../../src/model/command.ts';
import {stripField, stripFields} from '../../../src/model/meter.ts';
import {newMixer, type PanLawDb, type Strip} from '../../../src/model/mixer.ts';
import {memoryStem} from '../memory-stem.ts';
import {renderAll, renderBlock} from './rig.ts';
import {answer, fitted, group, heard, level, multiplier, stem} from './routing-rig.ts';
import {sine, spreadDb} from './signal.ts';

const db = (levelDb: number): number => 10 ** (levelDb / 20);

function near(t: {true(value: boolean, message?: string): boolean}, got: number, wanted: number, what = ''): void {
  t.true(Math.abs(got - wanted) < 2e-6 * Math.max(1, Math.abs(wanted)), `${what} ${got} is not ${wanted}`);
}

test('a mono strip at the centre is 3, 4.5 or 6 dB down by the pan law, and at 0 dB on one side when panned there', async (t) => {
  for (const panLawDb of [3, 4.5, 6] as const satisfies readonly PanLawDb[]) {
    for (const [pan, left, right] of [
      [-1, 1, 0],
      [0, db(-panLawDb * 1.00343), db(-panLawDb * 1.00343)],
      [1, 0, 1],
    ] as const) {
      const out = await heard(newMixer({strips: [stem('a', {channels: 1, pan})], panLawDb}), [level(0.5)]);
      t.true(Math.abs(out.left / 0.5 - left) < 1e-4 && Math.abs(out.right / 0.5 - right) < 1e-4, `${panLawDb} ${pan}`);
    }
  }
});

test('a pan law that changes ramps, and a stereo strip has none', async (t) => {
  const strips = [stem('a', {channels: 1}), stem('b')];
  const graph = await createGraph({sampleRate: 48_000, mixer: newMixer({strips})});
  const stems = [level(0.25), level(0.25)];
  renderBlock(graph, stems, 0);
  graph.set(newMixer({strips, panLawDb: 6}), false);
  renderBlock(graph, stems, 512);
  for (let block = 2; block < 4; block++) renderBlock(graph, stems, block * 512);
  const {left} = renderBlock(graph, stems, 4 * 512);
  near(t, left[0] ?? 0, 0.25 * 0.5 + 0.25);
});

test('a post send follows the fader, a pre send does not; each has its own level and pan, and mute silences both', async (t) => {
  const send = (given: Strip['parameters']) => ({'send1.on': 1, 'send1.levelDb': -6, ...given}) as Strip['parameters'];
  const at = async (strip: Partial<Strip>): Promise<{left: number; right: number}> =>
    // Only what comes back is heard: the strip itself is routed to a group that is muted.
    heard(
      [stem('a', {output: 'g', ...strip}), group('g', {muted: true}), answer('r', {soloSafe: true})],
      [level(0.5, 0.25)],
      [multiplier(1)],
    );
  const post = await at({levelDb: -10, parameters: send({})});
  near(t, post.left, 0.5 * db(-16));
  near(t, post.right, 0.25 * db(-16));
  const pre = await at({levelDb: -10, parameters: send({'send1.pre': 1})});
  near(t, pre.left, 0.5 * db(-6));
  const silentFader = await at({levelDb: Number.NEGATIVE_INFINITY, parameters: send({'send1.pre': 1})});
  near(t, silentFader.left, 0.5 * db(-6));
  t.is((await at({levelDb: Number.NEGATIVE_INFINITY, parameters: send({})})).left, 0);
  for (const own of [0, 1]) t.is((await at({muted: true, parameters: send({'send1.pre': own})})).left, 0);
  const panned = await at({pan: 1, parameters: send({'send1.pan': -1})});
  near(t, panned.left, 0.5 * db(-6));
  t.is(panned.right, 0);
  t.is((await at({parameters: {'send1.levelDb': 0}})).left, 0, 'a send that is off');
  t.is((await at({parameters: {'send1.on': 1, 'send1.levelDb': -90}})).left, 0, 'the lowest level is silence');
});

test('the first return answers send 1, the second send 2, up to the eighth; where there is no return a send leads nowhere', async (t) => {
  const returns = Array.from({length: 9}, (_, index) => answer(`r${index + 1}`));
  const effects = returns.map((_, index) => multiplier(index + 1));
  for (let number = 1; number <= 8; number++) {
    const parameters = {[`send${number}.on`]: 1, [`send${number}.levelDb`]: 0} as Strip['parameters'];
    const strips = [stem('a', {output: 'g', parameters}), group('g', {muted: true}), ...returns];
    near(t, (await heard(strips, [level(0.01)], effects)).left, 0.01 * number, `send ${number}`);
    near(t, (await heard(strips.slice(0, 1 + number), [level(0.01)], effects)).left, 0, `no return ${number}`);
  }
});

test('a group is the sum of its members through a whole strip: its fader, pan, processing and meters', async (t) => {
  const strips = [
    stem('a', {output: 'g', levelDb: -6}),
    stem('b', {output: 'g', pan: 1}),
    stem('c'),
    group('g', {levelDb: -3, trimDb: 2, pan: -0.5, parameters: {width: 0}}),
  ];
  const {left, right, meters} = await heard(strips, [level(0.1), level(0.2), level(0.05)]);
  const sum = [0.1 * db(-6), 0.1 * db(-6) + 0.2] as const;
  const mono = ((sum[0] + sum[1]) / 2) * db(2);
  near(t, left, mono * db(-3) + 0.05);
  near(t, right, mono * db(-3) * Math.cos(Math.PI / 4) + 0.05);
  near(t, meters[3 * stripFields + stripField.inPeakRight] ?? 0, sum[1]);
  near(t, meters[3 * stripFields + stripField.prePeakLeft] ?? 0, mono);
  near(t, meters[3 * stripFields + stripField.postPeakLeft] ?? 0, mono * db(-3));
});

test('returns are whole strips, too, and may go to a group; groups may send: each is rendered after all that feed it, without a delay', async (t) => {
  // a → g1 → send 1 → r1 → g2 → send 2 → r2 → mix, the groups themselves at −12 dB.
  const parameters = (number: 1 | 2): Strip['parameters'] =>
    ({[`send${number}.on`]: 1, [`send${number}.levelDb`]: 0, [`send${number}.pre`]: 1}) as Strip['parameters'];
  const chain = [
    stem('a', {output: 'g1'}),
    answer('r1', {output: 'g2', levelDb: -6}),
    answer('r2', {trimDb: -3}),
    group('g2', {parameters: parameters(2), levelDb: Number.NEGATIVE_INFINITY}),
    group('g1', {parameters: parameters(1), levelDb: Number.NEGATIVE_INFINITY}),
  ];
  const impulse = new Float32Array(2 * blockFrames);
  impulse[100] = 0.25;
  const mixer = newMixer({strips: chain});
  const graph = await createGraph({sampleRate: 48_000, mixer, effects: [multiplier(2), multiplier(3)]});
  const {left} = renderBlock(graph, fitted(mixer, [memoryStem(impulse, impulse)]), 0);
  near(t, left[100] ?? 0, 0.25 * 2 * db(-6) * 3 * db(-3));
  t.is(left.filter((value) => value !== 0).length, 1);
});

test('a return without an effect is silent', async (t) => {
  const strips = [stem('a', {output: 'g', parameters: {'send1.on': 1, 'send1.levelDb': 0}}), group('g', {muted: true})];
  t.is((await heard([...strips, answer('r')], [level(0.5)])).left, 0);
});

test('a send that would come round to itself is silent, the others of the circle are heard', async (t) => {
  const own = [
    answer('r', {parameters: {'send1.on': 1, 'send1.levelDb': 0}}),
    stem('a', {parameters: {'send1.on': 1, 'send1.levelDb': 0}}),
  ];
  near(t, (await heard(own, [undefined, level(0.1)], [multiplier(1)])).left, 0.2);
  const around = [
    stem('a', {output: 'g'}),
    group('g', {parameters: {'send1.on': 1, 'send1.levelDb': 0}}),
    answer('r', {output: 'g'}),
  ];
  near(t, (await heard(around, [level(0.1)], [multiplier(1)])).left, 0.1);
});

test('a strip that is sent elsewhere crosses over without a click, and ends there exactly', async (t) => {
  const frames = 65_536;
  const tone = sine(frames, 1000, 48_000, 0.25);
  const strips = [stem('a'), group('g'), group('h')];
  const to = (output: string) => newMixer({strips: [{...(strips[0] ?? stem('a')), output}, ...strips.slice(1)]});
  const stems = [memoryStem(tone, tone), undefined, undefined];
  const out = await renderAll(to('master'), stems, frames / blockFrames, 48_000, (block) =>
    to(['master', 'g', 'h', 'g'][Math.floor(block / 33)] ?? 'master'),
  );
  t.true(spreadDb(out.left, tone, 1000, 200, 48_000) < -80);
  const meters = (block: number, strip: number): number =>
    out.blocks[block]?.meters[strip * stripFields + stripField.inPeakLeft] ?? Number.NaN;
  t.is(meters(20, 1), 0);
  t.true(meters(60, 1) > 0.24);
  t.is(meters(60, 2), 0);
  t.is(meters(90, 1), 0);
});

test('a wire that is taken out and one that closes a circle with it put in at once: both are faded, and then the new one is heard', async (t) => {
  const on = {'send1.on': 1, 'send1.levelDb': 0} as Strip['parameters'];
  const strips = [stem('a', {output: 'g'}), group('g'), answer('r', {output: 'g'})];
  const first = newMixer({strips: [{...(strips[0] ?? stem('a')), parameters: on}, ...strips.slice(1)]});
  // The return leaves the group, the group begins to send to the return.
  const second = [
    {type: 'strip.setParameter', strip: 'g', parameter: 'send1.on', value: 1},
    {type: 'strip.setParameter', strip: 'g', parameter: 'send1.levelDb', value: 0},
    {type: 'strip.setOutput', strip: 'r', output: 'master'},
  ] as const;
  const tone = sine(65_536, 1000, 48_000, 0.05);
  const stems = [memoryStem(tone, tone), undefined, undefined];
  const effects = [multiplier(1)];
  const graph = await createGraph({sampleRate: 48_000, mixer: first, effects});
  const left = new Float32Array(65_536);
  for (let block = 0; block < 128; block++) {
    if (block === 64) graph.set(second.reduce(applyCommand, first), false);
    left.set(renderBlock(graph, stems, block * blockFrames).left, block * blockFrames);
  }
  // a + r, then a + r of a and g.
  near(t, Math.max(...left.subarray(20_000, 30_000)), 0.1);
  near(t, Math.max(...left.subarray(50_000, 60_000)), 0.15);
  t.true(spreadDb(left, tone, 1000, 200, 48_000) < -80);
});

test('an unused group and its silence cost no sound: strips before and after it pass bit for bit', async (t) => {
  const out = await heard([group('g'), stem('a'), answer('r')], [undefined, level(0.3)], [multiplier(1)]);
  t.is(out.left, Math.fround(0.3));
});

test('a return soloed in place is heard alone with all that is sent to it, over groups and other returns too', async (t) => {
  const sends = {'send1.on': 1, 'send1.levelDb': 0} as const;
  const strips = [
    stem('a', {output: 'g'}),
    stem('b', {levelDb: -6, parameters: sends}),
    stem('c', {parameters: {'send2.on': 1, 'send2.levelDb': 0}}),
    group('g', {parameters: sends}),
    answer('r', {soloed: true}),
    answer('q', {parameters: sends}),
  ];
  const mixer = newMixer({strips});
  const graph = await createGraph({sampleRate: 48_000, mixer, effects: [multiplier(0.5), multiplier(0.25)]});
  const {left} = renderBlock(graph, fitted(mixer, [level(0.25), level(0.125), level(0.0625)]), 0);
  const wanted = 0.5 * (0.25 + 0.125 * 10 ** (-6 / 20) + 0.25 * 0.0625);
  t.true(Math.abs((left[500] ?? 0) - wanted) < 1e-6, `${left[500]}, not ${wanted}`);
});
