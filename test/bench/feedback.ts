import {monitorEventLoopDelay} from 'node:perf_hooks';
import {setTimeout as delay} from 'node:timers/promises';
import type {Bench, Result} from './bench.ts';
import {bigSession} from './big-session.ts';
import {openWholeDesk, type WholeDesk} from './whole-desk.ts';

const seconds = 10;
const automationHertz = 30;
const units = ['x-touch', ...Array.from({length: 7}, () => 'x-touch-extender')];
/** How often the delay of the event loop is looked at; what is told of it is what came on top. */
const delayEveryMs = 5;

/** What 64 strips on eight units cost while everything on them moves. */
export const feedbackBench: Bench = {
  name: 'feedback',
  about:
    `64 strips on eight units of eight with displays, rings, colours and meters; every fader follows automation at ${automationHertz} values ` +
    `a second for ${seconds} s while 64 stereo stems play.`,
  async run() {
    const {session, remove} = await bigSession(5, 'noise');
    try {
      const whole = await openWholeDesk(session, units);
      try {
        return await measure(whole);
      } finally {
        await whole.close();
      }
    } finally {
      await remove();
    }
  },
};

async function measure({desk, engine, units: plugged}: WholeDesk): Promise<Result> {
  desk.perform({type: 'playback.setLooping', looping: true});
  desk.perform({type: 'playback.play'});
  const {strips} = engine.mixer;
  let value = 0;
  const automation = setInterval(() => {
    value++;
    for (const [index, {id}] of strips.entries())
      engine.apply({type: 'strip.setLevel', strip: id, levelDb: -20 + 15 * Math.sin(value / 15 + index / 10)});
  }, 1000 / automationHertz);
  await delay(1500);
  const marks = plugged.map(({device}) => device.mark());
  const loopDelay = monitorEventLoopDelay({resolution: delayEveryMs});
  loopDelay.enable();
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const startedValue = value;
  await delay(seconds * 1000);
  const took = (performance.now() - startedMs) / 1000;
  const {user, system} = process.cpuUsage(before);
  loopDelay.disable();
  clearInterval(automation);
  const sent = plugged.map(({device}, index) => device.since(marks[index] ?? 0, 'device'));
  const bytes = sent.map((one) => one.bytes / took);
  const messages = sent.reduce((sum, one) => sum + one.messages, 0) / took;
  const budget = Math.min(...plugged.map(({device}) => device.surface.pace.bytesPerSecond));
  const strays = plugged.reduce((sum, {device}) => sum + device.strays.length, 0);
  return {
    figures: [
      {
        name: 'desk process',
        value: (user + system) / 1e4 / took,
        unit: '% of one core',
        note: 'with the virtual units',
      },
      {name: 'event loop late, p99', value: Math.max(0, loopDelay.percentile(99) / 1e6 - delayEveryMs), unit: 'ms'},
      {name: 'event loop late, max', value: Math.max(0, loopDelay.max / 1e6 - delayEveryMs), unit: 'ms'},
      {name: 'automation values', value: ((value - startedValue) * strips.length) / took, unit: '/s'},
      {name: 'messages to all units', value: messages, unit: '/s'},
      {
        name: 'bytes to the busiest unit',
        value: Math.max(...bytes),
        unit: '/s',
        bar: {atMost: budget},
        note: 'its pace',
      },
      {name: 'bytes to the calmest unit', value: Math.min(...bytes), unit: '/s'},
      {name: 'messages a unit does not know', value: strays, unit: '', bar: {atMost: 0}},
    ],
  };
}
