import {createAutomator} from '../../src/engine/automation/automator.ts';
import {blockFrames, createGraph} from '../../src/engine/graph.ts';
import type {Lane, LaneId, LaneParameter} from '../../src/model/lane.ts';
import type {Lanes} from '../../src/model/lane-change.ts';
import {masterFields, stripFields} from '../../src/model/meter.ts';
import {type Mixer, newMixer, newStrip} from '../../src/model/mixer.ts';
import {laneOf} from '../automation/any-lane.ts';
import {noise} from '../engine/graph/signal.ts';
import {memoryStem} from '../engine/memory-stem.ts';
import {type Bench, cheapestOf, type Figure} from './bench.ts';

const strips = 64;
const sampleRate = 48_000;
const seconds = 10;
const frames = Math.floor((seconds * sampleRate) / blockFrames) * blockFrames;
const runs = 5;

const sound = noise(frames, 1, 0.1);
const stem = memoryStem(sound, sound);

/** What it costs to follow lanes: processor time beyond that of the same desk without them. */
export const lanesBench: Bench = {
  name: 'lanes',
  about: `${strips} stereo strips that follow lanes, ${seconds} s at ${sampleRate} Hz; share of one core beyond the same desk at rest, best of ${runs}.`,
  async run() {
    const plain = desk({});
    const sending = desk({'send1.on': 1, 'send1.levelDb': -12, 'send2.on': 1, 'send2.levelDb': -20});
    const rest = await secondsOf(plain, new Map());
    const sendingRest = await secondsOf(sending, new Map());
    const share = async (mixer: Mixer, lanes: Lanes, than: number): Promise<number> =>
      (100 * ((await secondsOf(mixer, lanes)) - than)) / (frames / sampleRate);
    const still = (): Lane => laneOf([0, -6], [frames, -6]);
    const figures: Figure[] = [
      {name: 'the desk at rest', value: (100 * rest) / (frames / sampleRate), unit: '% of a core'},
      {
        name: '256 lanes that rest',
        value: await share(plain, lanesOf(['level', 'pan', 'trim', 'mute'], still), rest),
        unit: '% of a core',
        bar: {atMost: 0.5},
      },
      {
        name: '64 faders fade',
        value: await share(
          plain,
          lanesOf(['level'], (index) => swing(2 * sampleRate, index)),
          rest,
        ),
        unit: '% of a core',
        bar: {atMost: 3},
      },
      {
        name: '64 faders ride, ten points a second',
        value: await share(
          plain,
          lanesOf(['level'], (index) => swing(sampleRate / 10, index)),
          rest,
        ),
        unit: '% of a core',
        bar: {atMost: 3},
      },
      {
        name: '64 faders tremble, 15 points a second over 12 dB',
        value: await share(
          plain,
          lanesOf(['level'], (index) => swing(sampleRate / 15, index, 12)),
          rest,
        ),
        unit: '% of a core',
      },
      {
        name: '64 faders ride, two sends each behind them',
        value: await share(
          sending,
          lanesOf(['level'], (index) => swing(sampleRate / 10, index)),
          sendingRest,
        ),
        unit: '% of a core',
      },
      {
        name: '64 equalizer bands sweep',
        value: await share(
          desk({'eq2.on': 1, 'eq2.gainDb': 6}),
          lanesOf(['eq2.gainDb'], (index) => swing(2 * sampleRate, index)),
          await secondsOf(desk({'eq2.on': 1, 'eq2.gainDb': 6}), new Map()),
        ),
        unit: '% of a core',
      },
    ];
    return {figures};
  },
};

function desk(parameters: Mixer['masterParameters']): Mixer {
  return newMixer({
    strips: [
      ...Array.from({length: strips}, (_, index) => newStrip({id: `s${index}`, name: `Strip ${index}`, parameters})),
      ...['one', 'two'].map((id) => newStrip({id, name: id, kind: 'return'})),
    ],
  });
}

function lanesOf(parameters: readonly LaneParameter[], lane: (index: number) => Lane): Lanes {
  return new Map(
    parameters.flatMap((parameter) =>
      Array.from({length: strips}, (_, index): [LaneId, Lane] => [
        `s${index} ${parameter}`,
        parameter === 'mute' ? laneOf([0, 0]) : lane(index),
      ]),
    ),
  );
}

/** Up and down in so many frames each way; every strip turns at another time. */
function swing(everyFrames: number, index: number, overDb = 6): Lane {
  const points: (readonly [number, number])[] = [];
  for (let at = 37 * index, turn = 0; at < frames; at += everyFrames, turn++)
    points.push([Math.round(at), turn % 2 === 0 ? 0 : -overDb]);
  return laneOf(...points);
}

async function secondsOf(mixer: Mixer, lanes: Lanes): Promise<number> {
  const graph = await createGraph({sampleRate, mixer});
  const automator = createAutomator(graph);
  automator.follow(mixer, lanes);
  const stems = mixer.strips.map(({kind}) => (kind === 'stem' ? stem : undefined));
  const left = new Float32Array(blockFrames);
  const right = new Float32Array(blockFrames);
  const meters = new Float32Array(mixer.strips.length * stripFields + masterFields);
  const {cpuSeconds} = await cheapestOf(runs, () => {
    for (let atFrame = 0; atFrame < frames; atFrame += blockFrames) {
      automator.bring((from, count) => [{frame: atFrame + from, frames: count, moves: true}]);
      graph.render(stems, atFrame, 'rolling', left, right, meters);
    }
  });
  return cpuSeconds;
}
