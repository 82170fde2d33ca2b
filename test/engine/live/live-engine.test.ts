import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {blockFrames} from '../../../src/engine/graph.ts';
import {type MeterFrame, stripMeter} from '../../../src/model/meter.ts';
import {newStrip} from '../../../src/model/mixer.ts';
import {demoFolder} from '../../../src/session/demo-folder.ts';
import {loadSession} from '../../../src/session/load.ts';
import {isRunning, openRig, sampleRate, temporaryFolder, twoTones, until} from './live-rig.ts';

const folder = await temporaryFolder();
const cache = join(folder.path, 'cache');
const tones = await twoTones(join(folder.path, 'tones'), 20);
test.after.always(() => folder.remove());

const [low, high] = [0, 1];

test('the demo session sounds: the tape runs, and meters come in the order of its clock', async (t) => {
  const loaded = await loadSession(demoFolder);
  if (loaded.type !== 'session') return t.fail();
  const {engine, meters} = await openRig(t, loaded.session, cache);
  t.like(engine.status, {output: 'silent', reason: 'no sound device was asked for', sampleRate: 48_000});
  t.true(engine.playback.lengthFrames > 10 * 48_000);
  engine.apply({type: 'playback.play'});
  const frames = [...meters()];
  const sounding = new Set<number>();
  await until('most strips were heard', () => {
    for (const frame of meters()) {
      frames.push(frame);
      for (const index of loaded.session.mixer.strips.keys())
        if (stripMeter(frame, index, 'postPeakLeft') > 0) sounding.add(index);
    }
    return sounding.size > 5;
  });
  await until('the tape moved', () => engine.playback.frame > 48_000);
  t.is(engine.playback.state, 'playing');
  t.deepEqual(
    frames.map(({atFrame}) => atFrame),
    frames.map(({atFrame}) => atFrame).sort((one, other) => one - other),
  );
  t.is(new Set(frames.map(({atFrame}) => atFrame)).size, frames.length);
});

test('a change is in the mixer at once, and in the sound from the frame that is told', async (t) => {
  const {engine, heard, applied, told} = await openRig(t, tones, cache);
  engine.apply({type: 'playback.play'});
  await heard('both strips sound', (frame) => stripMeter(frame, low, 'postPeakLeft') > 0.2);
  engine.apply({type: 'strip.setMute', strip: 'low', muted: true});
  engine.apply({type: 'strip.setPan', strip: 'high', pan: -1});
  t.true(engine.mixer.strips[low]?.muted);
  const atFrame = await applied();
  // On a busy machine what was ready before may be heard once more behind it.
  const isSilent = (frame: MeterFrame): boolean =>
    stripMeter(frame, low, 'postPeakLeft') === 0 && stripMeter(frame, high, 'postPeakRight') === 0;
  const after = await heard(
    'that frame was heard',
    (frame) => frame.atFrame >= atFrame + 4 * blockFrames && isSilent(frame),
  );
  t.true(stripMeter(after, low, 'prePeakLeft') > 0.2);
  t.true(stripMeter(after, high, 'postPeakLeft') > 0.2);
  const before = engine.mixer;
  engine.apply({type: 'strip.setLevel', strip: 'low', levelDb: Number.NaN});
  engine.apply({type: 'strip.setLevel', strip: 'nobody', levelDb: -3});
  t.is(engine.mixer, before);
  t.is(told.filter((what) => what === 'mixer').length, 2);
});

test('many changes of one moment arrive in order, and the last one counts', async (t) => {
  const {engine, heard, applied} = await openRig(t, tones, cache);
  engine.apply({type: 'playback.play'});
  for (let step = 0; step < 500; step++)
    engine.apply({type: 'strip.setLevel', strip: step % 2 === 0 ? 'low' : 'high', levelDb: -step / 10});
  engine.apply({type: 'strip.setLevel', strip: 'low', levelDb: Number.NEGATIVE_INFINITY});
  const atFrame = await applied();
  // A busy machine takes changes later than it first told.
  const after = await heard(
    'the last of them was heard',
    (frame) =>
      frame.rolling && frame.atFrame >= atFrame + 8 * blockFrames && stripMeter(frame, low, 'postPeakLeft') === 0,
  );
  const expected = stripMeter(after, high, 'prePeakLeft') * 10 ** (-49.9 / 20);
  t.true(Math.abs(stripMeter(after, high, 'postPeakLeft') / expected - 1) < 0.01);
});

test('while the tape stands still blocks go on being heard: surfaces whose lease hangs on them keep it', async (t) => {
  const {engine, meters} = await openRig(t, tones, cache);
  let heard = 0;
  await until('a second of standing still was heard', () => {
    for (const {frames, rolling} of meters()) {
      t.false(rolling);
      heard += frames;
    }
    return heard > sampleRate;
  });
  t.like(engine.playback, {state: 'stopped', frame: 0});
});

test('the tape stops, goes elsewhere, goes round, and ends by itself', async (t) => {
  const session = await twoTones(join(folder.path, 'short'), 0.5);
  const {engine, told} = await openRig(t, session, cache);
  t.is(engine.playback.lengthFrames, 24_000);
  engine.apply({type: 'playback.setLooping', looping: true});
  engine.apply({type: 'playback.play'});
  let highest = 0;
  await until('the tape went round', () => {
    const round = engine.playback.frame < highest;
    highest = Math.max(highest, engine.playback.frame);
    return round && highest > 12_000;
  });
  t.is(engine.playback.state, 'playing');
  engine.apply({type: 'playback.setLooping', looping: false});
  await until('the tape ended', () => engine.playback.state === 'stopped');
  t.is(told.at(-1), 'playback');
  await until('it is back at its start', () => engine.playback.frame === 0);
  engine.apply({type: 'playback.locate', frame: 9_000});
  t.is(engine.playback.frame, 9_000);
  engine.apply({type: 'playback.play'});
  await until('it goes on from there', () => engine.playback.frame > 9_000);
  engine.apply({type: 'playback.stop'});
  t.is(engine.playback.state, 'stopped');
  for (const frame of [Number.NaN, -5, 1e12]) engine.apply({type: 'playback.locate', frame});
  t.is(engine.playback.frame, 24_000);
});

test('an engine that is killed while it plays comes back: same mixer, same place, and the status says so', async (t) => {
  const {engine, heard, applied, signal, told} = await openRig(t, tones, cache);
  engine.apply({type: 'strip.setMute', strip: 'low', muted: true});
  engine.apply({type: 'playback.locate', frame: 5 * sampleRate});
  engine.apply({type: 'playback.play'});
  await until('the tape moved', () => engine.playback.frame > 5.2 * sampleRate);
  const first = engine.processId;
  signal('SIGKILL');
  await until('its end was noticed', () => engine.processId === undefined);
  t.regex(engine.status.reason ?? '', /ended \(SIGKILL\) and is being started again/);
  const {frame} = engine.playback;
  engine.takeMeters();
  engine.apply({type: 'strip.setPan', strip: 'high', pan: 1});
  await until('it runs again', () => engine.processId !== undefined);
  t.not(engine.processId, first);
  t.regex(engine.status.reason ?? '', /ended \(SIGKILL\) and was started again/);
  t.true(told.includes('status'));
  const atFrame = await applied();
  const rolling = await heard(
    'it plays again',
    (meters) => meters.atFrame >= atFrame + 8 * blockFrames && stripMeter(meters, high, 'prePeakLeft') > 0.2,
  );
  t.is(stripMeter(rolling, low, 'postPeakLeft'), 0);
  t.is(stripMeter(rolling, high, 'postPeakLeft'), 0);
  t.true(stripMeter(rolling, high, 'postPeakRight') > 0.2);
  t.is(engine.playback.state, 'playing');
  await until('the tape goes on', () => engine.playback.frame > frame);
  t.true(engine.playback.frame < frame + 10 * sampleRate);
});

test('what is asked of the tape while the engine is away is done when it is back', async (t) => {
  const {engine, signal, heard} = await openRig(t, tones, cache);
  engine.apply({type: 'playback.play'});
  await until('the tape moved', () => engine.playback.frame > 0);
  signal('SIGKILL');
  await until('its end was noticed', () => engine.processId === undefined);
  engine.apply({type: 'playback.stop'});
  engine.apply({type: 'playback.locate', frame: 96_000});
  await until('it runs again', () => engine.processId !== undefined);
  engine.takeMeters();
  const still = await heard('it speaks', () => true);
  t.false(still.rolling);
  await until('the place was taken', () => engine.playback.frame === 96_000);
  t.is(engine.playback.state, 'stopped');
});

test('an engine that ends again and again is given up, and the desk goes on in silence', async (t) => {
  const {engine, signal, told} = await openRig(t, tones, cache);
  engine.apply({type: 'playback.play'});
  for (let crash = 1; crash <= 4; crash++) {
    await until('it runs', () => engine.processId !== undefined);
    const killed = engine.processId;
    signal('SIGKILL');
    await until('its end was noticed', () => engine.processId !== killed);
  }
  t.is(engine.processId, undefined);
  t.like(engine.status, {
    output: 'silent',
    reason: 'the sound engine ended (SIGKILL) too often and was not started again',
    cure: 'start the desk again; the mix is kept',
  });
  t.is(engine.playback.state, 'stopped');
  t.true(told.includes('status'));
  engine.apply({type: 'playback.play'});
  t.is(engine.playback.state, 'stopped');
  engine.apply({type: 'strip.setLevel', strip: 'low', levelDb: -12});
  t.is(engine.mixer.strips[low]?.levelDb, -12);
});

test('an engine that was held up counts what came late, and goes on', async (t) => {
  const {engine, signal} = await openRig(t, tones, cache);
  engine.apply({type: 'playback.play'});
  await until('the tape moved', () => engine.playback.frame > 0);
  const before = engine.status.lateBlocks;
  signal('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 300));
  signal('SIGCONT');
  await until('late blocks were counted', () => engine.status.lateBlocks > before);
  const {frame} = engine.playback;
  await until('the tape goes on', () => engine.playback.frame > frame);
  t.is(engine.playback.state, 'playing');
});

test('stems that are missing or damaged are told with their reason, and the others play', async (t) => {
  const damaged = join(folder.path, 'damaged.wav');
  await writeFile(damaged, 'this is no sound');
  const lost = join(folder.path, 'lost.wav');
  const strips = [...tones.mixer.strips, newStrip({id: 'lost', name: 'Lost'}), newStrip({id: 'torn', name: 'Torn'})];
  const stems = [...tones.stems, {strip: 'lost', path: lost}, {strip: 'torn', path: damaged}];
  const {engine, problems, heard} = await openRig(t, {...tones, stems, mixer: {...tones.mixer, strips}}, cache);
  t.deepEqual(problems.map(({path}) => path).sort(), [damaged, lost]);
  for (const {reason} of problems) t.regex(reason, /\w{3}/);
  engine.apply({type: 'playback.play'});
  const frame = await heard('the others sound', (meters) => stripMeter(meters, high, 'postPeakLeft') > 0.2);
  t.is(stripMeter(frame, 2, 'inPeakLeft'), 0);
  t.is(stripMeter(frame, 3, 'inPeakLeft'), 0);
});

test('closing twice is closing once; then nothing runs and nothing throws', async (t) => {
  const {engine} = await openRig(t, tones, cache);
  const {processId} = engine;
  if (processId === undefined) return t.fail();
  await Promise.all([engine.close(), engine.close()]);
  t.false(isRunning(processId));
  await engine.close();
  engine.apply({type: 'playback.play'});
  engine.apply({type: 'strip.setMute', strip: 'low', muted: true});
  t.true(engine.mixer.strips[low]?.muted);
});

test('closing while the engine starts again ends that, too', async (t) => {
  const {engine, signal, told} = await openRig(t, tones, cache);
  signal('SIGKILL');
  await until('its end was noticed', () => engine.processId === undefined);
  await engine.close();
  const {length} = told;
  await new Promise((resolve) => setTimeout(resolve, 100));
  t.is(engine.processId, undefined);
  t.is(told.length, length);
});

test('an engine that is held up and will not end is made to', async (t) => {
  const {engine, signal} = await openRig(t, tones, cache);
  const {processId} = engine;
  if (processId === undefined) return t.fail();
  signal('SIGSTOP');
  await engine.close();
  t.false(isRunning(processId));
});
