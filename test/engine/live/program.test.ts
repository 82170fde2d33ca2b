import {join} from 'node:path';
import test from 'ava';
import {stripMeter} from '../../../src/model/meter.ts';
import {newMeterSettings} from '../../../src/model/meter-settings.ts';
import type {ProgramReading} from '../../../src/model/program.ts';
import {openRig, temporaryFolder, twoTones, until} from './live-rig.ts';

const folder = await temporaryFolder();
test.after.always(() => folder.remove());

test('what the desk hears of its mix is measured as it becomes audible, behind faders and before the ears, and begun anew when asked', async (t) => {
  const session = await twoTones(join(folder.path, 'tones'), 30);
  const {engine} = await openRig(t, session, join(folder.path, 'cache'));
  let last: ProgramReading | undefined;
  let readings = 0;
  let blocks = 0;
  const look = (): void => {
    for (const {program, rolling} of engine.takeMeters()) {
      blocks += rolling ? 1 : 0;
      if (program === undefined) continue;
      readings++;
      last = program;
    }
  };
  const heard = (what: string, holds: (reading: ProgramReading) => boolean): Promise<void> =>
    until(what, () => {
      look();
      return last !== undefined && holds(last);
    });
  engine.apply({type: 'strip.setMute', strip: 'high', muted: true});
  engine.apply({type: 'monitor.setDim', dim: true});
  engine.apply({type: 'playback.play'});
  await heard('short-term loudness stands', ({measuredSeconds}) => measuredSeconds > 3.2);
  // A sine of 220 Hz and 0.25 on both sides, through a stereo strip at 0 dB in the middle; dimming the ears changes nothing.
  t.true(Math.abs((last?.shortTermLufs ?? 0) + 12.95) < 0.15, `${last?.shortTermLufs}`);
  t.true(Math.abs((last?.maxTruePeakDb ?? 0) + 12.04) < 0.1, `${last?.maxTruePeakDb}`);
  for (const [left, right] of [last?.needles.ppm1, last?.needles.ppm2, last?.needles.rms].map((one) => one ?? [0, 0])) {
    t.true(Math.abs(left + 12.04) < 0.3 && Math.abs(right + 12.04) < 0.3, `${left}, ${right}`);
  }
  const seconds = (blocks * 512) / 48_000;
  t.true(Math.abs(readings / seconds - 20) < 10, `${readings} readings in ${seconds} s`);

  engine.apply({type: 'strip.setLevel', strip: 'low', levelDb: -20});
  await heard('the fader is heard', ({momentaryLufs}) => momentaryLufs < -32.5);
  engine.apply({type: 'meters.resetLoudness'});
  await heard('it began anew', ({measuredSeconds}) => measuredSeconds < 1);
  await heard('it goes on', ({measuredSeconds}) => measuredSeconds > 1.5);
  t.true(Math.abs((last?.integratedLufs ?? 0) + 32.95) < 0.2, `${last?.integratedLufs}`);

  engine.apply({type: 'meters.setPaused', paused: true});
  t.true(engine.meters.paused);
  await heard('it stands still', (reading) => {
    const before = last?.measuredSeconds;
    look();
    return reading.measuredSeconds === before;
  });
});

test('which meter is shown is the engine’s to keep, told to whoever listens', async (t) => {
  const session = await twoTones(join(folder.path, 'short'), 1);
  const given = {...session, meters: {type: 'vu', lineUpDb: -20, fallDbPerSecond: 11.8, paused: false} as const};
  const {engine} = await openRig(t, given, join(folder.path, 'cache'));
  t.is(engine.meters.type, 'vu');
  const told: string[] = [];
  engine.onChanged((what) => told.push(what));
  engine.apply({type: 'meters.nextType'});
  t.is(engine.meters.type, 'k20');
  t.deepEqual(told, ['meters']);
});

test('the quasi-peak meters of the strips move while such a meter is shown, from the start or chosen later, and else rest at 0', async (t) => {
  const session = await twoTones(join(folder.path, 'needles'), 30);
  const given = {...session, meters: {...newMeterSettings, type: 'ppm1-din'} as const};
  const {engine} = await openRig(t, given, join(folder.path, 'cache'));
  let last = 0;
  const reads = (what: string, holds: (amplitude: number) => boolean): Promise<void> =>
    until(what, () => {
      for (const frame of engine.takeMeters()) last = frame.rolling ? stripMeter(frame, 0, 'preQuasiPeakLeft') : last;
      return holds(last);
    });
  const isUp = (amplitude: number): boolean => Math.abs(amplitude / 0.25 - 1) < 0.03;
  engine.apply({type: 'playback.play'});
  await reads('the needle stands at the tone', isUp);
  engine.apply({type: 'meters.setType', meter: 'vu'});
  await reads('it is not worked out', (amplitude) => amplitude === 0);
  engine.apply({type: 'meters.setType', meter: 'ppm2-bbc'});
  await reads('it stands there again', isUp);
  t.true(isUp(last));
});
