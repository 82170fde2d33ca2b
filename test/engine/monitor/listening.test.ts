import test from 'ava';
import fc from 'fast-check';
import {createListening, type HeardReference, type Listening} from '../../../src/engine/monitor/listening.ts';
import {createReference} from '../../../src/engine/monitor/reference.ts';
import {type Mixer, newMixer, newStrip, soloModes} from '../../../src/model/mixer.ts';
import {newMonitor, speakers} from '../../../src/model/monitor.ts';
import {memoryStem} from '../memory-stem.ts';
import {difference, noise, type Sound, same, splatterDb, tone} from './monitor-rig.ts';

const sampleRate = 48_000;
const block = 512;
const mix = {left: noise(8192, 1), right: noise(8192, 2)};
const bus = {left: noise(8192, 5), right: noise(8192, 6)};
const silence: Sound = {left: new Float32Array(8192), right: new Float32Array(8192)};

function mixerWith(soloMode: Mixer['soloMode'], soloed: boolean): Mixer {
  return newMixer({strips: [newStrip({id: 'a', name: 'A', soloed})], soloMode});
}

function ears(mixLatencyFrames = 0, mixer = mixerWith('in-place', false)): Listening {
  return createListening({sampleRate, monitor: newMonitor, mixer, mixLatencyFrames});
}

function track(sound: Sound, gainDb = 0): HeardReference {
  return {reference: createReference(memoryStem(sound.left, sound.right), sampleRate), gainDb};
}

/** What is heard of mix and solo bus, block by block; `change` is called before each block and says whether the tape plays. */
function heard(
  listening: Listening,
  sound: Sound = mix,
  solo: Sound = bus,
  change: (block: number) => boolean | undefined = () => true,
): Sound {
  const out = {left: sound.left.slice(), right: sound.right.slice()};
  for (let from = 0; from < out.left.length; from += block) {
    const playing = change(from / block) ?? true;
    const part = (side: Float32Array): Float32Array => side.subarray(from, from + block);
    listening.process(part(out.left), part(out.right), {left: part(solo.left), right: part(solo.right)}, playing);
  }
  return out;
}

test('with the mix heard and everything off no bit is changed, tape or not', (t) => {
  const out = heard(ears(70), mix, bus, (at) => at % 3 === 0);
  t.true(same(out.left, mix.left) && same(out.right, mix.right));
});

test('nothing that can be set makes the ears late: a single sample comes out in the frame it went in', (t) => {
  const click: Sound = {left: new Float32Array(1024), right: new Float32Array(1024)};
  click.left[600] = 0.5;
  for (const speaker of speakers) {
    for (const mono of [false, true]) {
      const monitor = {...newMonitor, speaker, mono, dim: true};
      const listening = createListening({
        sampleRate,
        monitor,
        mixer: mixerWith('in-place', false),
        mixLatencyFrames: 70,
      });
      t.is(listening.latencyFrames, 0);
      t.is(
        heard(listening, click, silence).left.findIndex((sample) => sample !== 0),
        600,
      );
    }
  }
});

for (const soloMode of soloModes) {
  test(`with solo ${soloMode} the ears hear ${soloMode === 'in-place' ? 'the mix' : 'the solo bus while something is soloed, else the mix'}`, (t) => {
    const off = heard(ears(0, mixerWith(soloMode, false)));
    t.true(same(off.left, mix.left));
    const on = heard(ears(0, mixerWith(soloMode, true)));
    const expected = soloMode === 'in-place' ? mix : bus;
    t.true(same(on.left, expected.left) && same(on.right, expected.right));
  });
}

test('the solo bus is heard as late as the mix, which comes through the limiter', (t) => {
  const out = heard(ears(70, mixerWith('after-fader', true)));
  t.true(same(out.left.slice(70), bus.left.slice(0, -70)));
  t.true(out.left.slice(0, 70).every((sample) => sample === 0));
});

test('solo comes and goes over 10 ms: what mix and solo bus have in common stays as it is', (t) => {
  const listening = ears();
  const out = heard(listening, mix, mix, (at) => {
    if (at % 3 === 1) listening.follow(mixerWith('pre-fader', at % 2 === 1));
    return true;
  });
  t.true(difference(out.left, mix.left) < 1e-6);
  const ones: Sound = {left: new Float32Array(2048).fill(0.5), right: new Float32Array(2048).fill(0.5)};
  const fading = ears();
  const faded = heard(fading, ones, silence, (at) => {
    if (at === 1) fading.follow(mixerWith('after-fader', true));
    return true;
  });
  t.is(faded.left[511], 0.5);
  t.is(faded.left[512 + 480], 0);
  t.true(highestStep(faded.left) < 1.01 / 480);
});

test('solo is heard in place of a reference, too', (t) => {
  const listening = ears(0, mixerWith('after-fader', true));
  listening.set({...newMonitor, reference: 'on'}, track(silence));
  const out = heard(listening);
  t.true(difference(out.left, bus.left, 480) === 0);
});

test('B is the reference at its gain, A the mix to the bit again', (t) => {
  const other: Sound = {left: noise(48_000, 8), right: noise(48_000, 9)};
  const heardB = track(other, -6.0206);
  const listening = ears();
  const out = heard(listening, mix, silence, (at) => {
    if (at === 2) listening.set({...newMonitor, reference: 'on'}, heardB);
    if (at === 8) listening.set(newMonitor, undefined);
    return true;
  });
  t.true(same(out.left.slice(0, 1024), mix.left.slice(0, 1024)));
  const halved = other.left.slice(1504, 4096).map((sample) => sample / 2);
  t.true(difference(out.left.slice(1504, 4096), halved) < 1e-6);
  t.true(same(out.left.slice(4576), mix.left.slice(4576)));
});

test('the reference keeps running while the mix is heard, and stands while the tape does', (t) => {
  const count: Sound = {
    left: Float32Array.from({length: 48_000}, (_, frame) => frame / 65_536),
    right: new Float32Array(48_000),
  };
  const heardB = track(count);
  const listening = ears();
  const out = heard(listening, silence, silence, (at) => {
    if (at === 3) listening.set(newMonitor, heardB);
    return at < 5 || at >= 9;
  });
  t.is(out.left[4 * block + 10], (4 * block + 10) / 65_536);
  t.true(out.left.subarray(6 * block, 9 * block).every((sample) => sample === 0));
  // It stopped within the block in which it was told to.
  t.is(listening.ranFrames, 13 * block);
  t.is(out.left[15 * block], (12 * block) / 65_536);
});

/** The largest step from one sample to the next. */
function highestStep(side: Float32Array): number {
  return side.reduce(
    (most, sample, frame) => (frame === 0 ? 0 : Math.max(most, Math.abs(sample - (side[frame - 1] ?? 0)))),
    0,
  );
}

test('no switching between A, any B, solo, play and stop makes a step higher than the cross-fade allows', (t) => {
  const constant = (value: number): Sound => ({
    left: new Float32Array(8192).fill(value),
    right: new Float32Array(8192).fill(value),
  });
  const act = fc.constantFrom('A', 'B1', 'B2', 'solo', 'no solo', 'play', 'stop', 'louder', 'nothing');
  fc.assert(
    fc.property(fc.array(act, {minLength: 16, maxLength: 16}), (acts) => {
      const listening = ears();
      const [one, two] = [track(constant(-0.9)), track(constant(0.5))];
      // The file itself fades at its ends; what is asked for here is what the switching does.
      let now: HeardReference | undefined;
      let playing = true;
      const out = heard(listening, constant(0.9), constant(-0.8), (at) => {
        const what = acts[at];
        if (what === 'A') now = undefined;
        if (what === 'B1') now = one;
        if (what === 'B2') now = two;
        if (what === 'louder' && now !== undefined) now = {...now, gainDb: -3};
        if (what === 'solo' || what === 'no solo') listening.follow(mixerWith('after-fader', what === 'solo'));
        if (what === 'play' || what === 'stop') playing = what === 'play';
        listening.set(newMonitor, now);
        return playing;
      });
      // Each of the glides changes by at most 2 / 480 of its way a frame, and the file's own ends by 1 / 480.
      return highestStep(out.left) < (2 * 2 * (1 + 1 + 1) + 2) / 480;
    }),
    {numRuns: 150},
  );
  t.pass();
});

test('a switch from a tone to a tone leaves no click beside them', (t) => {
  const low: Sound = {left: tone(8192, 400, 0.5), right: tone(8192, 400, 0.5)};
  const other: Sound = {left: tone(48_000, 400, 0.3), right: tone(48_000, 400, 0.3)};
  const listening = ears();
  const heardB = track(other);
  const out = heard(listening, low, silence, (at) => {
    if (at === 6) listening.set({...newMonitor, reference: 'on'}, heardB);
    if (at === 10) listening.set(newMonitor, undefined);
    return true;
  });
  t.true(splatterDb(out.left, 400, sampleRate) < -80, `${splatterDb(out.left, 400, sampleRate)} dB`);
});

test('from a mark on, the same is heard again to the bit, whatever came between', (t) => {
  const other = {left: noise(5000, 8), right: noise(5000, 9)};
  const act = fc.constantFrom('A', 'B1', 'B2', 'solo', 'no solo');
  const acts = fc.array(act, {minLength: 1, maxLength: 4});
  fc.assert(
    fc.property(acts, acts, acts, (before, astray, after) => {
      const listening = ears(70);
      const tracks = {B1: track(mix, -3), B2: track(other, 2)};
      const run = (sequence: readonly string[]): Sound =>
        heard(listening, mix, bus, (at) => {
          const what = sequence[at];
          if (what === 'A') listening.set(newMonitor, undefined);
          if (what === 'B1' || what === 'B2') listening.set(newMonitor, tracks[what]);
          if (what === 'solo' || what === 'no solo') listening.follow(mixerWith('pre-fader', what === 'solo'));
          return at % 7 !== 5;
        });
      run(before);
      const goBack = listening.mark();
      const once = run(after);
      goBack();
      run(astray);
      goBack();
      const again = run(after);
      return same(once.left, again.left) && same(once.right, again.right);
    }),
    {numRuns: 60},
  );
  t.pass();
});
