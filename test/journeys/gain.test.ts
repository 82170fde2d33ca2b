import test from 'ava';
import {findStrip, newMixer, newStrip} from '../../src/model/mixer.ts';
import type {Heard} from './memory-engine.ts';
import {portNameOf, surfaces, testDesk} from './test-desk.ts';

const mixer = newMixer({
  strips: [
    newStrip({id: 'kick', name: 'Kick', group: 'drums'}),
    newStrip({id: 'bass', name: 'Bass', group: 'bass', trimDb: 3}),
    newStrip({id: 'voice', name: 'Voice', group: 'vocals'}),
    newStrip({id: 'keys', name: 'Keys', group: 'keys'}),
    newStrip({id: 'vca', name: 'All', kind: 'vca'}),
  ],
});

const peak = (db: number): Heard => ({peak: 10 ** (db / 20)});
/** Kick 4 dB too hot, bass in the window, voice 6 dB too low, keys silent. */
const loudest = new Map([
  [0, peak(-5)],
  [1, peak(-10)],
  [2, peak(-15)],
]);

async function begin(id: string) {
  const surface = surfaces.find((one) => one.id === id);
  if (surface === undefined) throw new Error(`no surface ${id}`);
  const bench = testDesk(mixer);
  const {device, cable} = bench.plug(surface, portNameOf(surface));
  await bench.pass(4000);
  const sent: string[] = [];
  cable.onHeard((bytes) => sent.push(Buffer.from(bytes).toString('hex')));
  const press = async (...controls: readonly string[]): Promise<void> => {
    for (const control of controls) device.press(control);
    for (const control of controls.toReversed()) device.lift(control);
    await bench.pass(400);
  };
  return {
    ...bench,
    device,
    press,
    sent,
    /** What is heard while so much time passes. */
    async play(seconds: number, strips: ReadonlyMap<number, Heard> = loudest): Promise<void> {
      for (let passed = 0; passed < seconds; passed += 0.1) {
        bench.engine.hear(0.1, strips, 0.1);
        await bench.pass(100);
      }
    },
    text(channel: number): string {
      const cell = device.shown().get(`text.${channel}`);
      return cell?.type === 'text' ? cell.bottom.trim() : '';
    },
    lit(lamp: string): boolean {
      const cell = device.shown().get(`lamp.${lamp}`);
      return cell?.type === 'lamp' && cell.on;
    },
    trims: (): readonly number[] => bench.engine.mixer.strips.map(({trimDb}) => trimDb),
    levels: (): readonly number[] => bench.engine.mixer.strips.map(({levelDb}) => levelDb),
  };
}

test('hold, play, let go: the trims are proposed on rings and texts, applied by the same key, and taken back in one step', async (t) => {
  const {desk, device, press, play, text, lit, trims, pass, sent} = await begin('x-touch');
  await press('f3');
  device.press('midi-tracks');
  await pass(400);
  t.true(lit('midi-tracks'));
  t.deepEqual([1, 2, 3, 4, 5].map(text), ['LISTEN', 'LISTEN', 'LISTEN', 'LISTEN', '0.0']);
  await play(4);
  sent.length = 0;
  device.lift('midi-tracks');
  await pass(1000);
  t.deepEqual([1, 2, 3, 4].map(text), ['TRIM-4?', 'FITS', 'TRIM+6?', 'SILENT']);
  // On the wire: "TRIM-4?" at the first strip's lower line, and its ring with -4 dB left of the centre.
  t.true(
    sent.some((bytes) => bytes.includes(Buffer.from('TRIM-4?').toString('hex'))),
    sent.join('\n'),
  );
  t.true(sent.includes('b03015') || sent.includes('b03055'), sent.join(' '));
  t.deepEqual(trims(), [0, 3, 0, 0, 0], 'it never applies by itself');
  await pass(60_000);
  t.deepEqual(trims(), [0, 3, 0, 0, 0], 'nor after a while');
  await press('midi-tracks');
  t.deepEqual(trims(), [-4, 3, 6, 0, 0]);
  t.is(desk.status().assistance.undo, 'auto-trim of 2 strips');
  t.true(lit('undo'));
  await press('undo');
  t.deepEqual(trims(), [0, 3, 0, 0, 0]);
  t.false(lit('undo'));
  await press('shift', 'undo');
  t.deepEqual(trims(), [-4, 3, 6, 0, 0]);
  desk.perform({type: 'strip.setTrim', strip: 'kick', trimDb: -1});
  await press('undo');
  t.deepEqual(trims(), [-1, 3, 0, 0, 0], 'what was changed since stays');
  t.regex(desk.status().assistance.told ?? '', /1 value was changed since and stays/);
  t.deepEqual(device.strays, []);
  await desk.close();
});

test('a proposal is dropped by cancel, and only then cancel acknowledges', async (t) => {
  const {desk, device, press, play, text, trims, pass} = await begin('x-touch');
  device.press('midi-tracks');
  await play(4);
  device.lift('midi-tracks');
  await pass(400);
  t.is(text(1), 'TRIM-4?');
  await press('cancel');
  t.is(desk.status().assistance.proposal, undefined);
  t.not(text(1), 'TRIM-4?');
  await press('midi-tracks');
  t.deepEqual(trims(), [0, 3, 0, 0, 0]);
  await desk.close();
});

test('one strip is trimmed by its own key, and a hand that turns its trim meanwhile takes it out of the proposal', async (t) => {
  const {desk, device, press, play, text, trims, pass} = await begin('mackie-control-pro');
  const hold = async (): Promise<void> => {
    device.press('shift');
    device.press('rec.1');
    device.lift('shift');
    await play(4);
    device.lift('rec.1');
    await pass(400);
  };
  await hold();
  t.deepEqual([1, 2].map(text), ['TR-4?', 'C']);
  desk.perform({type: 'strip.setTrim', strip: 'kick', trimDb: -2});
  await pass(400);
  t.is(desk.status().assistance.proposal, undefined);
  await press('shift', 'rec.1');
  t.is(trims()[0], -2);
  desk.perform({type: 'strip.setTrim', strip: 'kick', trimDb: 0});
  await pass(4000);
  await hold();
  await press('shift', 'rec.1');
  t.deepEqual(trims(), [-4, 3, 0, 0, 0]);
  await desk.close();
});

test('where nothing was heard it is said, and nothing can be applied', async (t) => {
  const {desk, device, press, text, trims, pass} = await begin('x-touch');
  device.press('midi-tracks');
  await pass(2000);
  device.lift('midi-tracks');
  await pass(400);
  t.is(text(1), 'SILENT');
  t.regex(desk.status().assistance.told ?? '', /^Nothing was heard of 4 strips/);
  await pass(4000);
  t.not(text(1), 'SILENT');
  await press('shift', 'enter');
  t.deepEqual(trims(), [0, 3, 0, 0, 0]);
  await desk.close();
});

test('a surface that is pulled while its key is held leaves a proposal, not a key that is held for ever', async (t) => {
  const surface = surfaces.find(({id}) => id === 'x-touch');
  if (surface === undefined) throw new Error('no x-touch');
  const {desk, plug, engine, pass} = testDesk(mixer);
  const {device, cable} = plug(surface, portNameOf(surface));
  await pass(4000);
  device.press('midi-tracks');
  for (let passed = 0; passed < 40; passed++) {
    engine.hear(0.1, loudest, 0.1);
    await pass(100);
  }
  t.is(desk.status().assistance.listening.size, 4);
  cable.pull();
  await pass(2000);
  t.is(desk.status().assistance.listening.size, 0);
  t.is(desk.status().assistance.proposal?.what, 'trim');
  t.is(findStrip(engine.mixer, 'kick')?.trimDb, 0);
  await desk.close();
});

test('select on a warned strip spells its advice over the scribble strips, until a hand does anything else', async (t) => {
  const {desk, device, press, play, pass} = await begin('x-touch');
  await play(12);
  t.true(desk.status().warnings.some(({rule, strip}) => rule === 'hot' && strip === 'kick'));
  const spelled = (): string =>
    ['top', 'bottom']
      .map((line) =>
        [1, 2, 3, 4, 5, 6, 7, 8]
          .map((channel) => {
            const cell = device.shown().get(`text.${channel}`);
            return cell?.type === 'text' ? (line === 'top' ? cell.top : cell.bottom).trim() : '';
          })
          .filter((word) => word !== '')
          .join(' '),
      )
      .join(' ')
      .trim();
  await press('f3', 'select.1');
  await pass(600);
  t.is(spelled(), 'Kick peaks at -5 dBFS. Trim down 4 dB.');
  await press('select.1');
  await pass(600);
  t.notRegex(spelled(), /peaks/);
  await press('select.1');
  await pass(600);
  t.regex(spelled(), /^Kick peaks/);
  device.touch('fader.2');
  await pass(600);
  t.notRegex(spelled(), /peaks/);
  device.release('fader.2');
  await press('select.1');
  await pass(600);
  t.regex(spelled(), /^Kick peaks/);
  await pass(7000);
  t.notRegex(spelled(), /peaks/);
  await press('f1', 'select.3');
  t.is(desk.status().assistance.advice, undefined, 'in other layers the first press only selects');
  await desk.close();
});

test('a surface of one strip turns the pages of an advice', async (t) => {
  const {desk, device, play, press, pass} = await begin('x-touch-one');
  await play(12);
  await press('select.1');
  const pages = new Set<string>();
  for (let passed = 0; passed < 30; passed++) {
    await pass(300);
    const cell = device.shown().get('text.1');
    if (desk.status().assistance.advice !== undefined && cell?.type === 'text')
      pages.add(`${cell.top.trim()} ${cell.bottom.trim()}`);
  }
  t.deepEqual([...pages].join(' ').replace(/ +/g, ' ').trim(), 'Kick peaks at -5 dBFS. Trim down 4 dB.');
  t.is(desk.status().assistance.advice, undefined);
  await desk.close();
});

test('a rough balance is proposed as levels, applied by the same key as one step, and taken back', async (t) => {
  const {desk, press, play, text, levels, device} = await begin('x-touch');
  const playing = (db: number): Heard => ({...peak(db), power: 10 ** ((db - 10) / 10)});
  await play(
    5,
    new Map([
      [0, playing(-9)],
      [1, playing(-9)],
      [2, playing(-12)],
    ]),
  );
  await press('shift', 'midi-tracks');
  t.is(desk.status().assistance.proposal?.what, 'level');
  t.true(
    [1, 2].map(text).every((shown) => /^L.*\?$/.test(shown)),
    [1, 2, 3, 4].map(text).join(),
  );
  t.deepEqual(levels(), [0, 0, 0, 0, 0]);
  await press('shift', 'midi-tracks');
  const set = levels();
  t.true((set[0] ?? 0) < 0 && (set[1] ?? 0) < 0);
  t.is(set[3], 0, 'what was not heard is not moved');
  t.true(Math.abs(device.standsAt('fader.1') - device.standsAt('fader.4')) > 0.05, 'the motors follow');
  await press('undo');
  t.deepEqual(levels(), [0, 0, 0, 0, 0]);
  await desk.close();
});
