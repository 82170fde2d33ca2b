import test from 'ava';
import fc from 'fast-check';
import {shippedMappings} from '../../src/mapping/folder.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {matchHid} from '../../src/mapping/match-hid.ts';
import {type HidReport, packReports, unpackReports} from '../../src/model/hid-report.ts';
import type {Cell, Change} from '../../src/model/picture.ts';
import type {Surface} from '../../src/model/surface.ts';
import {createDialect, type Dialect} from '../../src/surface/dialect.ts';
import {keyLabel} from '../../src/surface/key-label.ts';
import {packPicture} from '../../src/surface/keys/picture.ts';
import {springPace} from '../../src/surface/spring.ts';
import {turned} from '../../src/wire/pictures/pixels.ts';
import {bytes} from '../wire/bytes.ts';

const {surfaces} = await loadMappings(shippedMappings);
const named = (id: string): Surface => {
  const found = surfaces.find((surface) => surface.id === id);
  if (found === undefined) throw new Error(`no surface ${id}`);
  return found;
};
const keyCell = (given: Partial<Extract<Cell, {type: 'key'}>> = {}): Cell => ({
  type: 'key',
  top: 'Kick',
  bottom: '-6.0',
  colour: 'red',
  hue: 'green',
  brightness: 0.25,
  level: 3,
  ...given,
});
const change = (output: string, cell: Cell): Change => ({output, cell, because: 'test'});
const say = (dialect: Dialect, hex: string): readonly string[] =>
  dialect.read(bytes(hex)).map((event) => {
    if (!('control' in event)) return event.type;
    const how = 'steps' in event ? ` ${event.steps}` : 'deflection' in event ? ` ${event.deflection.toFixed(2)}` : '';
    return `${event.type} ${event.control}${how}`;
  });
const heads = (packed: Uint8Array | undefined, length: number): readonly string[] =>
  unpackReports(packed ?? new Uint8Array(0)).map((report) =>
    Buffer.from(report.bytes.subarray(0, length)).toString('hex'),
  );

test('the wheel of a shuttle counts on in eight bits: the first report tells nothing, no step is lost at the wrap', (t) => {
  const dialect = createDialect(named('shuttle-pro-2'));
  t.deepEqual(say(dialect, '00 FE 00 00 00'), []);
  t.deepEqual(say(dialect, '00 FF 00 00 00'), ['encoder.turned jog 1']);
  t.deepEqual(say(dialect, '00 02 00 00 00'), ['encoder.turned jog 3']);
  t.deepEqual(say(dialect, '00 FE 00 00 00'), ['encoder.turned jog -4']);
});

test('the ring of a shuttle is told when it moves, −7 to +7, and when it is let go', (t) => {
  const dialect = createDialect(named('shuttle-xpress'));
  t.deepEqual(say(dialect, '07 00 00 00 00'), ['spring.moved shuttle-ring 1.00']);
  t.deepEqual(say(dialect, '07 00 00 00 00'), []);
  t.deepEqual(say(dialect, 'FA 00 00 00 00'), ['spring.moved shuttle-ring -0.86']);
  t.deepEqual(say(dialect, '00 00 00 00 00'), ['spring.moved shuttle-ring 0.00']);
});

test('the buttons of the small shuttle are bits 4 to 8, those of the large one bits 0 to 14', (t) => {
  const small = createDialect(named('shuttle-xpress'));
  t.deepEqual(say(small, '00 00 00 10 00'), ['button.pressed rewind']);
  t.deepEqual(say(small, '00 00 00 50 01'), ['button.pressed play', 'button.pressed record']);
  t.deepEqual(say(small, '00 00 00 00 00'), [
    'button.released rewind',
    'button.released play',
    'button.released record',
  ]);
  const large = createDialect(named('shuttle-pro-2'));
  t.deepEqual(say(large, '00 00 00 01 40'), ['button.pressed f1', 'button.pressed save']);
});

test('axes are read from two reports of three or one of six, and are at rest within the dead zone', (t) => {
  const dialect = createDialect(named('space-mouse'));
  t.deepEqual(say(dialect, '01 10 00 E7 FF 19 00'), []);
  t.deepEqual(say(dialect, '01 5E 01 00 00 00 00'), ['spring.moved push-x 1.00']);
  t.deepEqual(say(dialect, '02 00 00 00 00 A2 FE'), ['spring.moved twist-z -1.00']);
  t.deepEqual(say(dialect, '01 00 00 00 00 A2 FE 00 00 00 00 00 00'), [
    'spring.moved push-x 0.00',
    'spring.moved push-z 1.00',
    'spring.moved twist-z 0.00',
  ]);
  t.deepEqual(say(dialect, '03 02 00'), ['button.pressed record']);
});

test('a relative wheel tells signed steps', (t) => {
  const dialect = createDialect(named('powermate'));
  t.deepEqual(say(dialect, '01 FF 00 00 00 00'), ['encoder.turned dial -1', 'button.pressed dial-push']);
  t.deepEqual(say(dialect, '01 03 00 00 00 00'), ['encoder.turned dial 3']);
});

test('lights are written as the mapping says: golden bytes', (t) => {
  const lit = (id: string, output: string, cell: Cell) =>
    createDialect(named(id))
      .write([change(output, cell)])
      .flatMap(({bytes: packed}) => unpackReports(packed))
      .map(({way, bytes: report}) => `${way} ${Buffer.from(report).toString('hex')}`);
  t.deepEqual(lit('powermate', 'pad.dial-push', {type: 'pad', hue: 'orange', brightness: 1}), [
    'feature 0041010100ff000000',
  ]);
  t.deepEqual(lit('powermate', 'pad.dial-push', {type: 'pad', hue: 'off', brightness: 0}), [
    'feature 004101010000000000',
  ]);
  t.deepEqual(lit('space-mouse', 'lamp.record', {type: 'lamp', on: true}), ['output 0401']);
  t.deepEqual(lit('stream-deck-studio', 'pad.marker', {type: 'pad', hue: 'white', brightness: 1}), [
    `output 021001ffffff${'00'.repeat(1018)}`,
  ]);
  t.deepEqual(lit('stream-deck-neo', 'pad.channel-left', {type: 'pad', hue: 'white', brightness: 1}), [
    `feature 030608ffffff${'00'.repeat(26)}`,
  ]);
});

const greetings = [
  ['stream-deck-xl', [`feature 030846${'00'.repeat(29)}`], `feature 0302${'00'.repeat(30)}`],
  // First a whole empty packet, at which a picture that was cut off is forgotten.
  [
    'stream-deck-original',
    [`output 02${'00'.repeat(8190)}`, `feature 0555aad10146${'00'.repeat(11)}`],
    `feature 0b63${'00'.repeat(15)}`,
  ],
  [
    'stream-deck-mini',
    [`output 02${'00'.repeat(1023)}`, `feature 0555aad10146${'00'.repeat(11)}`],
    `feature 0b63${'00'.repeat(15)}`,
  ],
] as const;
for (const [id, hello, goodbye] of greetings)
  test(`${id}: brightness at the start, its own picture at the end: golden bytes`, (t) => {
    const dialect = createDialect(named(id));
    const hex = (all: readonly Uint8Array[]) =>
      all.flatMap(unpackReports).map(({way, bytes: report}) => `${way} ${Buffer.from(report).toString('hex')}`);
    t.true(hex(dialect.hello()).join() === hello.join());
    t.deepEqual(hex(dialect.goodbye()), [goodbye]);
  });

test('packets of pictures: golden heads', (t) => {
  const place = (id: string, output: string) => named(id).reports?.pictures.get(output);
  const heading = (id: string, output: string, length: number, head: number) => {
    const at = place(id, output);
    return at === undefined ? [] : heads(packPicture(at, new Uint8Array(length)), head);
  };
  t.deepEqual(heading('stream-deck', 'key.mute.1', 300, 8), ['020705012c010000']);
  t.deepEqual(heading('stream-deck-xl', 'key.select.8', 1017, 8), ['02070700f8030000', '0207070101000100']);
  t.deepEqual(
    heading('stream-deck-plus', 'key.wheel.3', 5000, 16).at(3),
    '020c90010000c80064000003 00f00300'.replace(' ', ''),
  );
  t.deepEqual(heading('stream-deck-plus', 'key.wheel.3', 1000, 16), ['020c90010000c8006400010000e80300']);
  t.deepEqual(heading('stream-deck-neo', 'key.selected', 10, 8), ['020b00010a000000']);
  t.deepEqual(heading('stream-deck-original', 'key.select.1', 15_606, 7), ['02010100000500', '02010200010500']);
  t.deepEqual(heading('stream-deck-mini', 'key.select.1', 1009, 7), ['02010000000100', '02010100010100']);
  t.deepEqual(heading('stream-deck-studio', 'key.mute.12', 10, 8), ['02071b010a000000']);
  t.deepEqual(heading('stream-deck-plus-xl', 'key.bank-left', 10, 8), ['020706010a000000']);
  const sizes = (id: string, output: string) => {
    const at = place(id, output);
    return at && unpackReports(packPicture(at, new Uint8Array(9000))).map(({bytes: report}) => report.length);
  };
  t.deepEqual(sizes('stream-deck-original', 'key.select.1'), [8191, 8191]);
  t.true(sizes('stream-deck-mini', 'key.select.1')?.every((length) => length === 1024));
});

/**
 * Which pixel, as the eye sees it, stands at a place of the file: columns from the left, rows in the order of the file, which in bitmaps is from the
 * bottom. As three libraries for these devices have it.
 */
type Placed = (column: number, row: number, width: number, height: number) => readonly [x: number, y: number];
const straight: Placed = (column, row) => [column, row];
const halfTurn: Placed = (column, row, width, height) => [width - 1 - column, height - 1 - row];
const leftTurn: Placed = (column, row, width) => [width - 1 - row, column];
const filed: Readonly<Record<string, Placed>> = {
  'stream-deck': halfTurn,
  'stream-deck-mini': leftTurn,
  'stream-deck-neo': halfTurn,
  'stream-deck-original': (column, row, width) => [width - 1 - column, row],
  'stream-deck-plus': straight,
  'stream-deck-plus-xl': leftTurn,
  'stream-deck-studio': straight,
  'stream-deck-xl': halfTurn,
};

test('each device is sent its pictures the way round it shows them', (t) => {
  const drawn = surfaces.filter(({reports}) => (reports?.pictures.size ?? 0) > 0);
  t.deepEqual(drawn.map(({id}) => id).sort(), Object.keys(filed));
  for (const {id, reports} of drawn)
    for (const {width, height, format, turn, mirror} of new Set(
      [...(reports?.pictures.values() ?? [])].map(({traits}) => traits),
    )) {
      // Each pixel says its place.
      const rgb = Uint8Array.from({length: 3 * width * height}, (_, at) =>
        at % 3 === 0 ? Math.floor(at / 3) % width : at % 3 === 1 ? Math.floor(at / 3 / width) : 0,
      );
      const sent = turned({width, height, rgb}, turn, mirror);
      for (const [column, row] of [
        [0, 0],
        [sent.width - 1, 0],
        [0, sent.height - 1],
        [5, 9],
      ] as const) {
        const at = 3 * (column + sent.width * (format === 'bmp' ? sent.height - 1 - row : row));
        const wanted = filed[id]?.(column, row, width, height).map((place) => place & 0xff);
        t.deepEqual([...sent.rgb.subarray(at, at + 2)], wanted, `${id} ${width} × ${height}, at ${column}, ${row}`);
      }
    }
});

test('keys and encoders are heard only in their own reports', (t) => {
  const dialect = createDialect(named('stream-deck-plus'));
  t.deepEqual(say(dialect, '01 00 08 00 00 01 00 00 00 00 00 01'), [
    'button.pressed select.2',
    'button.pressed record',
  ]);
  t.deepEqual(say(dialect, '01 03 05 00 01 02 FF 00 00'), ['encoder.turned wheel.1 2', 'encoder.turned wheel.2 -1']);
  t.deepEqual(say(dialect, '01 03 05 00 00 00 00 01 00'), ['button.pressed mute.3']);
});

test('a touch presses what it is over and lets it go, a swipe turns the bank', (t) => {
  const dialect = createDialect(named('stream-deck-plus'));
  const touch = (kind: string, x: string, end = '00 00') =>
    say(dialect, `01 02 0E 00 ${kind} 00 ${x} 32 00 ${end} 00 00`);
  t.deepEqual(touch('01', '58 02'), ['button.pressed solo.4', 'button.released solo.4']);
  t.deepEqual(touch('02', '00 00'), ['button.pressed rec.1', 'button.released rec.1']);
  t.deepEqual(touch('03', '58 02', '20 00'), ['button.pressed bank-right', 'button.released bank-right']);
  t.deepEqual(touch('03', '20 00', '58 02'), ['button.pressed bank-left', 'button.released bank-left']);
  t.deepEqual(touch('07', '20 00'), []);
});

test('a picture whose level alone is new may come late, any other comes as state; it is drawn when it is asked for', (t) => {
  const dialect = createDialect(named('stream-deck'));
  const lanes = [
    keyCell(),
    keyCell({level: 4}),
    keyCell({level: 4, bottom: 'IN CLP'}),
    keyCell({level: 5, hue: 'orange'}),
    keyCell({level: 6, hue: 'orange', brightness: 0.6}),
    keyCell({level: 7, hue: 'orange', brightness: 0.6, colour: 'cyan'}),
    keyCell({level: 8, hue: 'orange', brightness: 0.6, colour: 'cyan', top: 'Snare'}),
    keyCell({level: 9, hue: 'orange', brightness: 0.6, colour: 'cyan', top: 'Snare'}),
  ].map((cell) => dialect.write([change('key.select.1', cell)])[0]);
  t.deepEqual(
    lanes.map((sent) => sent?.lane),
    ['state', 'picture', 'state', 'state', 'state', 'state', 'state', 'picture'],
  );
  t.is(lanes[0]?.bytes, lanes[0]?.bytes);
  dialect.hello();
  const again = keyCell({level: 10, hue: 'orange', brightness: 0.6, colour: 'cyan', top: 'Snare'});
  t.is(dialect.write([change('key.select.1', again)])[0]?.lane, 'state', 'nothing is known of what it shows');
  t.deepEqual(dialect.write([change('key.nothing', keyCell()), change('key.select.1', {type: 'lamp', on: true})]), []);
});

test('no report throws, whatever it holds, and only controls of the surface are heard', (t) => {
  const spoken = surfaces.filter(({reports}) => reports !== undefined);
  t.true(spoken.length >= 11);
  fc.assert(
    fc.property(fc.constantFrom(...spoken), fc.array(fc.uint8Array({maxLength: 20})), (surface, reports) => {
      const dialect = createDialect(surface);
      const heard = reports.flatMap((report) => dialect.read(report));
      return heard.every((event) => 'control' in event && surface.controls.has(event.control));
    }),
    {numRuns: 50},
  );
});

test('packed reports come back as they were, and damaged ones end there', (t) => {
  const report = fc.record({
    way: fc.constantFrom('output' as const, 'feature' as const),
    bytes: fc.uint8Array({minLength: 1, maxLength: 600}),
  });
  fc.assert(
    fc.property(fc.array(report, {maxLength: 5}), fc.nat(20), (reports: readonly HidReport[], cut) => {
      const packed = packReports(reports);
      const back = unpackReports(packed);
      const fewer = unpackReports(packed.subarray(0, Math.max(0, packed.length - 1 - cut)));
      return (
        back.length === reports.length &&
        back.every((one, at) => one.way === reports[at]?.way && Buffer.compare(one.bytes, reports[at].bytes) === 0) &&
        fewer.length <= reports.length
      );
    }),
    {numRuns: 50},
  );
  t.deepEqual(unpackReports(Uint8Array.of(2, 1, 0, 5)), []);
  t.deepEqual(unpackReports(Uint8Array.of(0, 0, 0)), []);
});

test('a device is known by its numbers; a usage page that is asked for must be there', (t) => {
  const [first, second] = [named('powermate'), named('shuttle-xpress')];
  const paged: Surface = {...second, id: 'paged', hid: [{vendor: '077d', product: '0410', usagePage: 0xff00}]};
  const id = (facts: Parameters<typeof matchHid>[1]) => matchHid([first, paged], facts)?.id;
  t.is(id({vendor: '077D', product: '0410'}), 'paged');
  t.is(id({vendor: '077d', product: '0410', usagePages: [1]}), 'powermate');
  t.is(id({vendor: '077d', product: '0410', usagePages: [1, 0xff00]}), 'paged');
  t.is(id({vendor: '077d', product: '0411'}), undefined);
});

test('a spring is slow near rest, quick at its end, and slower where it walks through things', (t) => {
  t.is(springPace('playback.jog', 1), 40);
  t.is(springPace('playback.jog', -0.5), -10);
  t.is(springPace('selected.choose', 1), 6);
  t.is(Math.abs(springPace('view.scroll', 0)), 0);
});

test('a key says its task in words that fit', (t) => {
  const label = (action: Parameters<typeof keyLabel>[0], cells = 6): string => keyLabel(action, cells).join('|');
  t.is(label('playback.play'), 'PLAY|');
  t.is(label('view.bankRight'), 'BANK|RIGHT');
  t.is(label('layer:pan'), 'LAYER|PAN');
  t.is(label('muteGroup:3'), 'MUTES|3');
  t.is(label('warnings.acknowledge'), 'WARN|');
  t.is(label('automation.touch'), 'AUTO|TOUCH');
  t.is(label('strip.mute'), 'MUTE|');
});
