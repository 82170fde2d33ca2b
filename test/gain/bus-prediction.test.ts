import test from 'ava';
import {createAssessor} from '../../src/gain/assess.ts';
import {busPowers, crest, predictBus} from '../../src/gain/bus-prediction.ts';
import {type Channel, createStripChannel, follow} from '../../src/gain/channel.ts';
import {factorFromDb} from '../../src/model/decibel.ts';
import {type MeterFrame, masterField, masterFields, stripField, stripFields} from '../../src/model/meter.ts';
import {type Mixer, masterId, newMixer, newStrip, type Strip} from '../../src/model/mixer.ts';

const sampleRate = 48_000;
const frames = 2400;
/** Noise that peaks at −9 dBFS: 13 dB over its mathematical RMS, as Gaussian noise does in a second or so. */
const noisePower = 10 ** ((-9 - 13) / 10);

function desk(change: (index: number) => Partial<Strip> = () => ({})): Mixer {
  return newMixer({
    strips: Array.from({length: 16}, (_, index) =>
      newStrip({id: `t${index}`, name: `Noise maker ${index}`, group: index < 8 ? 'drums' : 'keys', ...change(index)}),
    ),
  });
}

const oneOfSixteen = desk((index) => ({muted: index > 0}));
const all = desk();

/** All strips play noise before their faders; the bus is what the audible ones add up to. */
function frameOf(mixer: Mixer, block: number, rolling = true): MeterFrame {
  const values = new Float32Array(16 * stripFields + masterFields);
  const audible = mixer.strips.filter((strip) => !strip.muted).length;
  for (let strip = 0; strip < 16; strip++) {
    const at = strip * stripFields;
    for (const side of [0, 1]) {
      values[at + stripField.inPeakLeft + side] = factorFromDb(-9);
      values[at + stripField.prePeakLeft + side] = factorFromDb(-9);
      values[at + stripField.preEnergyLeft + side] = noisePower * frames;
    }
  }
  const at = 16 * stripFields;
  const bus = factorFromDb(-9 + 8.4 * Math.log10(audible));
  for (const field of [
    masterField.busPeakLeft,
    masterField.busPeakRight,
    masterField.outPeakLeft,
    masterField.outPeakRight,
  ])
    values[at + field] = bus;
  return {atFrame: block * frames, frames, rolling, values};
}

function rehearsal() {
  const assessor = createAssessor({sampleRate, mixer: oneOfSixteen, expected: () => true});
  let block = 0;
  const told: string[] = [];
  const run = (untilMs: number, mixer: Mixer, heard: Mixer, rolling = true): void => {
    while (block * 50 < untilMs) {
      assessor.push(frameOf(heard, block, rolling), mixer, (block + 1) * 50);
      block += 1;
      for (const {rule, strip, verdict, short} of assessor.verdicts(block * 50))
        if (strip === masterId && (verdict === 'raise' || verdict === 'clear') && rule.startsWith('bus.'))
          told.push(`${rule} ${verdict}@${block * 50} ${verdict === 'raise' ? short : ''}`.trim());
    }
  };
  return {told, run, assessor};
}

test('fifteen muted strips do not count, and are told the moment they are unmuted, before the bus peaks', (t) => {
  const {told, run} = rehearsal();
  run(20_000, oneOfSixteen, oneOfSixteen);
  t.deepEqual(
    told.filter((event) => event.includes('raise')),
    [],
  );
  // The mixer knows at once; what lies ready before the device is heard 100 ms longer.
  run(20_100, all, oneOfSixteen);
  run(23_000, all, all);
  t.deepEqual(
    told.filter((event) => event.includes('raise')),
    ['bus.pred raise@20050 PRED+5', 'bus.head raise@20150 BUS +2'],
  );
});

test('it is told while the tape stands still, and clears with the hand that mutes them again', (t) => {
  const {told, run, assessor} = rehearsal();
  run(10_000, oneOfSixteen, oneOfSixteen);
  run(14_000, oneOfSixteen, oneOfSixteen, false);
  run(14_100, all, oneOfSixteen, false);
  t.regex(told.at(-1) ?? '', /bus\.pred raise@14050/);
  const frame = frameOf(oneOfSixteen, 283, false);
  assessor.push(frame, oneOfSixteen, 14_150);
  t.like(
    assessor.verdicts(14_150).find(({rule}) => rule === 'bus.pred'),
    {verdict: 'clear', mended: true},
  );
});

function channelsOf(mixer: Mixer, power: number): readonly Channel[] {
  return mixer.strips.map((strip) => {
    const channel = createStripChannel(sampleRate, strip);
    follow(channel, strip, mixer, sampleRate);
    for (let block = 0; block < 100; block++) channel.memory?.energy.add(power * frames, power * frames, 0.3, frames);
    return channel;
  });
}

function predicted(mixer: Mixer): number | undefined {
  const channels = channelsOf(mixer, 0.01);
  return predictBus(channels, busPowers(mixer, channels), crest.startDb)?.peakDb;
}

test('powers add up as faders, pans, VCAs and groups leave them', (t) => {
  const near = (mixer: Mixer, expected: number): void => {
    t.true(Math.abs((predicted(mixer) ?? Number.NaN) - expected) < 0.01, `${predicted(mixer)} is not ${expected}`);
  };
  const one = (values: Partial<Strip>, others: readonly Strip[] = []): Mixer =>
    newMixer({strips: [newStrip({id: 'a', name: 'A', ...values}), ...others]});
  near(one({}), -20 + crest.startDb);
  near(one({levelDb: -10}), -30 + crest.startDb);
  near(one({channels: 1}), -23.01 + crest.startDb);
  near(one({channels: 1, pan: -1}), -20 + crest.startDb);
  near(one({output: 'g'}, [newStrip({id: 'g', name: 'G', kind: 'group', levelDb: -6})]), -26 + crest.startDb);
  near(one({vcas: ['v']}, [newStrip({id: 'v', name: 'V', kind: 'vca', levelDb: -3})]), -23 + crest.startDb);
  near(all, -20 + 12.04 + crest.startDb);
  t.is(predicted(one({muted: true})), undefined);
  t.is(predicted(one({output: 'g'}, [newStrip({id: 'g', name: 'G', kind: 'group', muted: true})])), undefined);
  t.is(predicted(one({levelDb: Number.NEGATIVE_INFINITY})), undefined);
});
