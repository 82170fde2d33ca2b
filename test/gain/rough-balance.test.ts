import {readFile} from 'node:fs/promises';
import test from 'ava';
import fc from 'fast-check';
import {lufsOfPower} from '../../src/gain/loudness-gate.ts';
import {createPlayedLoudness, type Played} from '../../src/gain/played-loudness.ts';
import {balancedBusPeakDb, balanceTargetsLu, mostBusPeakDb, roughBalance} from '../../src/gain/rough-balance.ts';
import {applyCommand} from '../../src/model/command.ts';
import {type MeterFrame, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import {type Group, groupNames, type Mixer, newMixer, newStrip, type Strip} from '../../src/model/mixer.ts';
import {projectFile} from '../project.ts';

interface Part extends Partial<Strip> {
  /** Loudness before the fader, in LUFS. */
  readonly lufs?: number;
}

function deskOf(...parts: readonly Part[]) {
  const strips = parts.map(({lufs: _, ...given}, index) => newStrip({id: `s${index}`, name: `S${index}`, ...given}));
  const mixer = newMixer({strips});
  const playedOf = (strip: string): Played | undefined => {
    const lufs = parts[strips.findIndex(({id}) => id === strip)]?.lufs;
    if (lufs === undefined) return undefined;
    const power = 10 ** ((lufs + 0.691) / 10) / 2;
    return {weighted: {left: power, right: power}, plain: {left: power, right: power}};
  };
  return {mixer, playedOf, balance: roughBalance(mixer, playedOf)};
}

function applied(mixer: Mixer, findings: ReturnType<typeof roughBalance>['findings']): Mixer {
  return [...findings].reduce(
    (next, [strip, finding]) =>
      finding.type === 'change' ? applyCommand(next, {type: 'strip.setLevel', strip, levelDb: finding.toDb}) : next,
    mixer,
  );
}

/** Loudness of a group on the bus, where nothing is panned. */
function groupLufs(mixer: Mixer, playedOf: (strip: string) => Played | undefined, group: Group): number {
  const power = mixer.strips
    .filter((strip) => strip.group === group)
    .reduce((sum, {id, levelDb}) => {
      const played = playedOf(id);
      return sum + (played === undefined ? 0 : (played.weighted.left + played.weighted.right) * 10 ** (levelDb / 10));
    }, 0);
  return lufsOfPower(power);
}

test('every group comes to its target against the vocals, to half a step, and the vocals stay', (t) => {
  const {mixer, playedOf, balance} = deskOf(
    {group: 'vocals', lufs: -28, levelDb: -1.3},
    {group: 'drums', lufs: -24},
    {group: 'drums', lufs: -30, levelDb: -4},
    {group: 'bass', lufs: -26},
    {group: 'keys', lufs: -40},
  );
  t.is(balance.anchor, 'vocals');
  t.is(balance.loweredDb, 0);
  const after = applied(mixer, balance.findings);
  t.is(after.strips[0]?.levelDb, -1.3);
  for (const group of ['drums', 'bass', 'keys'] as const) {
    const differenceLu = groupLufs(after, playedOf, group) - groupLufs(after, playedOf, 'vocals');
    t.true(Math.abs(differenceLu - balanceTargetsLu[group]) <= 0.26, `${group} ${differenceLu}`);
  }
  const [first, second] = [after.strips[1]?.levelDb ?? 0, after.strips[2]?.levelDb ?? 0];
  t.is(first - second, 4, 'within a group the levels keep their distances');
});

test('without vocals the loudest group is the anchor', (t) => {
  const {balance} = deskOf({group: 'bass', lufs: -22}, {group: 'keys', lufs: -30});
  t.is(balance.anchor, 'bass');
  t.deepEqual(balance.findings.get('s0'), {type: 'fine'});
  t.deepEqual(balance.findings.get('s1'), {type: 'change', fromDb: 0, toDb: 6, limited: false});
});

test('what was not heard is not moved, nor what is muted, all the way down, a group or a return', (t) => {
  const {balance} = deskOf(
    {group: 'vocals', lufs: -30},
    {group: 'drums'},
    {group: 'drums', lufs: -30, muted: true},
    {group: 'drums', lufs: -30, levelDb: Number.NEGATIVE_INFINITY},
    {group: 'effects', lufs: -30, kind: 'return'},
    {group: 'drums', lufs: -30, kind: 'group'},
  );
  t.deepEqual([...balance.findings.keys()].sort(), ['s0', 's1']);
  t.deepEqual(balance.findings.get('s1'), {type: 'silent'});
});

test('nothing heard, nothing proposed', (t) => {
  const {balance} = deskOf({group: 'vocals'}, {group: 'drums'});
  t.is(balance.anchor, undefined);
  t.true([...balance.findings.values()].every(({type}) => type === 'silent'));
});

test('a fader that would go beyond its end stays there, and it is told', (t) => {
  const {balance} = deskOf({group: 'vocals', lufs: -20}, {group: 'keys', lufs: -60});
  t.deepEqual(balance.findings.get('s1'), {type: 'change', fromDb: 0, toDb: 10, limited: true});
});

test('where all together would be too much, all come down alike, the anchor too', (t) => {
  const {mixer, playedOf, balance} = deskOf({group: 'vocals', lufs: -12}, {group: 'drums', lufs: -15});
  t.true(balance.loweredDb > 0);
  t.is(balance.findings.get('s0')?.type, 'change');
  const peakDb = balancedBusPeakDb(applied(mixer, balance.findings), playedOf) ?? 0;
  t.true(peakDb <= mostBusPeakDb && peakDb > mostBusPeakDb - 0.6, `${peakDb}`);
});

test('whatever was heard, the bus keeps its headroom, every fader stays in its range, and a second balance finds nothing to do', (t) => {
  const part = fc.record({
    group: fc.constantFrom(...groupNames),
    lufs: fc.option(fc.double({min: -55, max: -5, noNaN: true}), {nil: undefined}),
    levelDb: fc.oneof(fc.constant(0), fc.double({min: -30, max: 10, noNaN: true})),
    pan: fc.double({min: -1, max: 1, noNaN: true}),
    channels: fc.constantFrom<1 | 2>(1, 2),
    muted: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(part, {minLength: 1, maxLength: 12}), (parts) => {
      const {mixer, playedOf, balance} = deskOf(...(parts as readonly Part[]));
      const after = applied(mixer, balance.findings);
      const peakDb = balancedBusPeakDb(after, playedOf) ?? Number.NEGATIVE_INFINITY;
      const again = roughBalance(after, playedOf);
      const moves = [...again.findings.values()].flatMap((finding) =>
        finding.type === 'change' && !finding.limited ? [finding.toDb - finding.fromDb] : [],
      );
      const isLimited = [...balance.findings.values()].some((finding) => finding.type === 'change' && finding.limited);
      return (
        peakDb <= mostBusPeakDb + 1e-6 &&
        after.strips.every(({levelDb}) => levelDb <= 10 && !Number.isNaN(levelDb)) &&
        (isLimited || moves.every((move) => Math.abs(move) <= 1.01))
      );
    }),
  );
  t.pass();
});

const sampleRate = 48_000;

function frameOf(power: number, peak: number, rolling = true): MeterFrame {
  const values = new Float32Array(stripFields + masterFields);
  for (const field of ['preEnergyLeft', 'preEnergyRight', 'preWeightedLeft', 'preWeightedRight'] as const)
    values[stripField[field]] = power * 480;
  values[stripField.prePeakLeft] = peak;
  return {atFrame: 0, frames: 480, rolling, values};
}

function heard(seconds: number, frame: MeterFrame, mixer: Mixer, memory = createPlayedLoudness(sampleRate)) {
  for (let count = 0; count < seconds * 100; count++) memory.push(frame, mixer);
  return memory;
}

test('loudness is that of playing: rests do not count, however long, and it takes three seconds', (t) => {
  const {mixer} = deskOf({});
  t.is(heard(2.5, frameOf(0.01, 0.2), mixer).of('s0'), undefined);
  const memory = heard(4, frameOf(0.01, 0.2), mixer);
  heard(60, frameOf(1e-9, 0.0001), mixer, memory);
  heard(60, frameOf(0.5, 0.9, false), mixer, memory);
  t.true(Math.abs((memory.of('s0')?.weighted.left ?? 0) - 0.01) < 1e-6);
  t.is(memory.of('gone'), undefined);
});

test('what was heard with another trim is reckoned as with this one', (t) => {
  const {mixer} = deskOf({});
  const memory = heard(4, frameOf(0.01, 0.2), mixer);
  const turned = applyCommand(mixer, {type: 'strip.setTrim', strip: 's0', trimDb: -10});
  heard(0.2, frameOf(0.01, 0.2), turned, memory);
  t.true(Math.abs((memory.of('s0')?.weighted.left ?? 0) - 0.001) < 1e-6);
});

test('damaged numbers are passed over', (t) => {
  const {mixer} = deskOf({});
  const memory = heard(4, frameOf(0.01, 0.2), mixer);
  heard(4, frameOf(Number.NaN, 0.2), mixer, memory);
  t.true(Math.abs((memory.of('s0')?.plain.right ?? 0) - 0.01) < 1e-6);
});

test('the guide has the table of targets as it is', async (t) => {
  const guide = await readFile(projectFile('docs/gain-staging.md'), 'utf8');
  const told = new Map<string, number>();
  for (const [, names = '', number = ''] of guide.matchAll(/^\| ([a-z, ]+?) +\| (−\d+) LU/gm))
    for (const name of names.split(', ')) told.set(name, Number(number.replace('−', '-')));
  const {vocals, ...others} = balanceTargetsLu;
  t.is(vocals, 0);
  t.deepEqual(Object.fromEntries(told), others);
});
