import test from 'ava';
import {masterId} from '../../../src/model/mixer.ts';
import {newMonitor} from '../../../src/model/monitor.ts';
import type {Cell} from '../../../src/model/picture.ts';
import {type RenderInput, render} from '../../../src/surface/render.ts';
import {warned} from '../classes/golden.ts';
import {fullSurface, inputOf, mixerOf, plainView, stopped, trimLayer} from './small-desk.ts';

const cellOf = (output: string, given: Partial<RenderInput>): Cell | undefined => render(inputOf(given)).get(output);
const isOn = (output: string, given: Partial<RenderInput>): boolean => {
  const cell = cellOf(output, given);
  return (cell?.type === 'lamp' || cell?.type === 'overload') && cell.on;
};
const textOf = (output: string, given: Partial<RenderInput>): readonly string[] => {
  const cell = cellOf(output, given);
  return cell?.type === 'text' ? [cell.top, cell.bottom] : [];
};
/** How many of the first ticks a lamp is lit. */
const litTicks = (output: string, given: Partial<RenderInput>, ticks = 20): number =>
  Array.from({length: ticks}, (_, lampTick) => isOn(output, {...given, lampTick})).filter(Boolean).length;

const flipped = {...plainView, flipped: true};
const inTrim = {...plainView, layer: trimLayer};

// A row: what the desk is like, an output, and the cell it must show.
const rows: readonly {
  readonly law: string;
  readonly given: Partial<RenderInput>;
  readonly output: string;
  readonly cell: Cell;
}[] = [
  {
    law: 'an unassigned fader is parked at the bottom',
    given: {},
    output: 'fader.8',
    cell: {type: 'fader', position: 0},
  },
  {
    law: 'the master fader shows the mix bus',
    given: {mixer: {...mixerOf({}), masterLevelDb: 10}},
    output: 'fader.master',
    cell: {type: 'fader', position: 1},
  },
  {
    law: 'a pan ring grows from the centre, and its small lamp says that it is exactly there',
    given: {},
    output: 'ring.1',
    cell: {type: 'ring', style: 'boost-cut', position: 0.5, centre: true},
  },
  {
    law: 'a pan to the left turns the ring left and the small lamp off',
    given: {mixer: mixerOf({pan: -1})},
    output: 'ring.1',
    cell: {type: 'ring', style: 'boost-cut', position: 0, centre: false},
  },
  {
    law: 'a trim ring grows from the centre',
    given: {view: inTrim, mixer: mixerOf({trimDb: 12})},
    output: 'ring.1',
    cell: {type: 'ring', style: 'boost-cut', position: 0.75, centre: false},
  },
  {
    law: 'a level ring fills from the left',
    given: {view: flipped, mixer: mixerOf({levelDb: -10})},
    output: 'ring.1',
    cell: {type: 'ring', style: 'wrap', position: 0.5, centre: false},
  },
  {
    law: 'silence is a dark ring',
    given: {view: flipped, mixer: mixerOf({levelDb: Number.NEGATIVE_INFINITY})},
    output: 'ring.1',
    cell: {type: 'ring', style: 'wrap', position: undefined, centre: false},
  },
  {
    law: 'a device that draws dots only gets a dot',
    given: {surface: {...fullSurface(), ringStyles: ['dot']}},
    output: 'ring.1',
    cell: {type: 'ring', style: 'dot', position: 0.5, centre: true},
  },
  {
    law: 'a ring without a strip is dark',
    given: {},
    output: 'ring.8',
    cell: {type: 'ring', style: 'wrap', position: undefined, centre: false},
  },
  {
    law: "the colour is the track's",
    given: {mixer: mixerOf({colour: 'cyan'})},
    output: 'colour.1',
    cell: {type: 'colour', colour: 'cyan'},
  },
  {
    law: 'a used strip is never dark',
    given: {mixer: mixerOf({colour: 'off'})},
    output: 'colour.1',
    cell: {type: 'colour', colour: 'white'},
  },
  {law: 'an unused strip is dark', given: {}, output: 'colour.8', cell: {type: 'colour', colour: 'off'}},
  {law: 'an unused strip has no text', given: {}, output: 'text.8', cell: {type: 'text', top: '', bottom: ''}},
  {
    law: 'the time is shown in hours, minutes, seconds and frames',
    given: {playback: {...stopped, frame: 48_000 * 3723 + 24_000}},
    output: 'digits.time',
    cell: {type: 'digits', text: '0010203012', dots: [2, 4, 6]},
  },
  {
    law: 'the assignment shows the layer',
    given: {},
    output: 'digits.assignment',
    cell: {type: 'digits', text: 'LV', dots: []},
  },
  {
    law: 'a dot in the assignment says that it is flipped',
    given: {view: flipped},
    output: 'digits.assignment',
    cell: {type: 'digits', text: 'LV', dots: [1]},
  },
];

for (const {law, given, output, cell} of rows) {
  test(law, (t) => {
    t.deepEqual(cellOf(output, given), cell);
  });
}

test('a fader shows its strip on the steps of the motor', (t) => {
  const cell = cellOf('fader.1', {mixer: mixerOf({levelDb: -10})});
  t.true(cell?.type === 'fader' && cell.position * 16383 === 8192);
});

test('a second unit shows the strips after the first', (t) => {
  t.deepEqual(textOf('text.1', {firstStrip: 1, mixer: mixerOf({}, {name: 'Bass'})}), ['Bass', 'C']);
});

test('every output but the meters has a cell', (t) => {
  const picture = render(inputOf({}));
  for (const {id, type} of fullSurface().outputs.values())
    t.is(picture.get(id)?.type, type === 'meter' ? undefined : type);
});

test('a time display of eight digits shows no hours beyond 99', (t) => {
  const surface = fullSurface();
  const outputs = new Map(surface.outputs);
  outputs.set('digits.time', {id: 'digits.time', type: 'digits', strip: undefined, cells: 8, address: undefined});
  t.deepEqual(cellOf('digits.time', {surface: {...surface, outputs}}), {
    type: 'digits',
    text: '00000000',
    dots: [0, 2, 4],
  });
});

// A row: what the desk is like, a lamp, and whether it is lit.
const lamps: readonly (readonly [law: string, given: Partial<RenderInput>, output: string, on: boolean])[] = [
  ['mute is lit while muted', {mixer: mixerOf({muted: true})}, 'lamp.mute.1', true],
  ['mute is dark while not', {}, 'lamp.mute.1', false],
  ['solo is lit while soloed', {mixer: mixerOf({soloed: true})}, 'lamp.solo.1', true],
  ['the selected strip is lit', {view: {...plainView, selected: 's2'}}, 'lamp.select.2', true],
  ['the others are not', {view: {...plainView, selected: 's2'}}, 'lamp.select.1', false],
  [
    'while shift is held, lamps show the second meaning',
    {shift: true, mixer: mixerOf({polarityInverted: true})},
    'lamp.mute.1',
    true,
  ],
  [
    'while shift is held, solo shows the safe strips',
    {shift: true, mixer: mixerOf({soloSafe: true})},
    'lamp.solo.1',
    true,
  ],
  ['shift itself is lit while held', {shift: true}, 'lamp.shift', true],
  ['flip is lit while flipped', {view: flipped}, 'lamp.flip', true],
  ['name/value is lit while values are shown', {view: {...plainView, showValues: true}}, 'lamp.name-value', true],
  ['the layer that is shown is lit', {view: inTrim}, 'lamp.trim', true],
  ['the other layers are not', {view: inTrim}, 'lamp.assign-pan', false],
  ['play is lit while playing', {playback: {...stopped, state: 'playing'}}, 'lamp.play', true],
  ['stop is lit while stopped', {}, 'lamp.stop', true],
  ['stop is dark while playing', {playback: {...stopped, state: 'playing'}}, 'lamp.stop', false],
  ['loop is lit while looping', {playback: {...stopped, looping: true}}, 'lamp.cycle', true],
  ['dim is lit while dimmed', {monitor: {...newMonitor, dim: true}}, 'lamp.scrub', true],
  ['and dark while not', {}, 'lamp.scrub', false],
  ['quieter is lit below 0 dB', {shift: true, monitor: {...newMonitor, levelDb: -1}}, 'lamp.rewind', true],
  ['and dark at 0 dB', {shift: true}, 'lamp.rewind', false],
  ['louder is lit above 0 dB', {shift: true, monitor: {...newMonitor, levelDb: 1}}, 'lamp.forward', true],
  ['mono is lit while in mono', {monitor: {...newMonitor, mono: true}}, 'lamp.enter', true],
  ['swap is lit while swapped', {monitor: {...newMonitor, swap: true}}, 'lamp.drop', true],
  ['polarity is lit while a side is upside down', {monitor: {...newMonitor, polarity: 'left'}}, 'lamp.undo', true],
  ['the speaker check is lit while one is heard', {monitor: {...newMonitor, speaker: 'car'}}, 'lamp.zoom', true],
  ['the reference is lit while it is chosen', {monitor: {...newMonitor, reference: 'on'}}, 'lamp.click', true],
  ['and dark while the mix is heard', {}, 'lamp.click', false],
  [
    'the meters are lit while they show gain reduction',
    {view: {...plainView, meters: 'reduction'}},
    'lamp.smpte-beats',
    true,
  ],
  ['the solo mode is dark while solo works in place', {shift: true}, 'lamp.solo-global', false],
  [
    'and lit while it is heard in the monitor',
    {shift: true, mixer: {...mixerOf({}), soloMode: 'pre-fader'}},
    'lamp.solo-global',
    true,
  ],
  ['clear-solo is lit while anything is soloed', {mixer: mixerOf({}, {soloed: true})}, 'lamp.solo-global', true],
  ['so is the rude-solo light', {mixer: mixerOf({}, {soloed: true})}, 'lamp.rude-solo', true],
  ['and dark without solo', {}, 'lamp.rude-solo', false],
  ['the time display says that it shows SMPTE', {}, 'lamp.smpte', true],
  ['and not beats', {}, 'lamp.beats', false],
  ['an empty channel strip has no lamps', {mixer: mixerOf()}, 'lamp.mute.1', false],
  ['a button that only does something is dark', {}, 'lamp.bank-left', false],
];

for (const [law, given, output, on] of lamps) {
  test(`lamps: ${law}`, (t) => {
    t.is(isOn(output, given), on);
  });
}

test("a strip that others' solo silences blinks its mute lamp, short and once a second", (t) => {
  const mixer = mixerOf({}, {soloed: true}, {soloSafe: true}, {muted: true});
  t.is(litTicks('lamp.mute.1', {mixer}), 3);
  t.is(litTicks('lamp.mute.2', {mixer}), 0);
  t.is(litTicks('lamp.mute.3', {mixer}), 0);
  t.is(litTicks('lamp.mute.4', {mixer}), 20);
});

test('a warning gives its lamp the rhythm of its severity', (t) => {
  const rhythms: (number | string)[] = [];
  const lampPattern = (rhythm: number | string) => {
    rhythms.push(rhythm);
    return true;
  };
  t.true(isOn('lamp.rec.1', {warnings: [warned({})], lampPattern}));
  t.true(rhythms.every((rhythm) => rhythm === 2));
});

test('of several warnings the gravest shows, of equals the newest', (t) => {
  const warnings = [
    warned({severity: 2, short: 'OLD', raisedAtMs: 1}),
    warned({severity: 3, short: 'GRAVE', raisedAtMs: 2}),
    warned({severity: 3, short: 'NEWER', raisedAtMs: 3}),
    warned({severity: 2, short: 'LATE', raisedAtMs: 4}),
  ];
  t.is(textOf('text.1', {warnings})[1], 'NEWER');
});

test('an acknowledged warning is silent in lamp and text', (t) => {
  const warnings = [warned({acknowledged: true})];
  t.false(isOn('lamp.rec.1', {warnings}));
  t.is(textOf('text.1', {warnings})[1], 'C');
});

test('stale meters show on every strip that has nothing worse to say, and cannot be silenced', (t) => {
  const stale = warned({rule: 'stale', strip: masterId, severity: 3, short: 'STALE', acknowledged: true});
  const rhythms = new Set<number | string>();
  const lampPattern = (rhythm: number | string) => {
    rhythms.add(rhythm);
    return true;
  };
  t.true(isOn('lamp.rec.2', {warnings: [stale], lampPattern}));
  t.deepEqual([...rhythms], ['stale']);
  t.is(textOf('text.2', {warnings: [stale]})[1], 'STALE');
});

test('the acknowledge button blinks for the gravest warning anywhere, the bus included', (t) => {
  t.true(isOn('lamp.cancel', {warnings: [warned({strip: masterId, rule: 'bus.head'})]}));
  t.false(isOn('lamp.cancel', {}));
});

test('overload stays on from a clip until it is acknowledged', (t) => {
  const clip = warned({rule: 'clip.in', severity: 4, short: 'IN CLP'});
  t.true(isOn('overload.1', {warnings: [clip]}));
  t.false(isOn('overload.2', {warnings: [clip]}));
  t.false(isOn('overload.1', {warnings: [{...clip, acknowledged: true}]}));
  t.false(isOn('overload.1', {warnings: [warned({severity: 3})]}));
});

test('a warning takes turns with the value, 1.5 s each', (t) => {
  const at = (lampTick: number) => textOf('text.1', {warnings: [warned({})], lampTick})[1];
  t.deepEqual([at(0), at(29), at(30), at(59), at(60)], ['HOT +4', 'HOT +4', 'C', 'C', 'HOT +4']);
});

test('what the hand is on is shown, even during a warning, and 1.5 s after', (t) => {
  const mixer = mixerOf({levelDb: -6});
  const at = (lampTick: number, held: boolean) =>
    textOf('text.1', {
      mixer,
      warnings: [warned({})],
      lampTick,
      touched: new Map([['fader.1', {atTick: 60, held}]]),
    })[1];
  t.deepEqual(
    [at(60, true), at(600, true), at(89, false), at(90, false), at(120, false)],
    ['-6.0', '-6.0', '-6.0', 'C', 'HOT +4'],
  );
});

test('of two controls of a strip the one handled last is shown', (t) => {
  const touched = new Map([
    ['fader.1', {atTick: 10, held: false}],
    ['encoder.1', {atTick: 12, held: false}],
  ]);
  t.is(textOf('text.1', {touched, lampTick: 13, mixer: mixerOf({pan: 0.5})})[1], 'R50');
});

test('values instead of names', (t) => {
  t.deepEqual(textOf('text.1', {view: {...inTrim, showValues: true}, mixer: mixerOf({trimDb: 3.5, levelDb: -90.1})}), [
    '-90.1',
    'T+3.5',
  ]);
});

test('text never leaves its cells', (t) => {
  const surface = fullSurface();
  const outputs = new Map(
    [...surface.outputs].map(([id, output]) => [id, {...output, cells: output.type === 'text' ? 3 : output.cells}]),
  );
  const given = {
    surface: {...surface, outputs},
    mixer: mixerOf({name: 'Saxophone', pan: -1}),
    shortName: () => 'Saxophone',
  };
  t.deepEqual(textOf('text.1', given), ['Sax', 'L10']);
});

test('the lamp says which way to move a fader that is not caught, as long as it is being moved', (t) => {
  const touched = new Map([['fader.1', {atTick: 0, held: false}]]);
  t.is(litTicks('lamp.rec.1', {touched, pickups: new Map([['fader.1', 'below']])}), 15);
  t.is(litTicks('lamp.rec.1', {touched, pickups: new Map([['fader.1', 'above']])}), 3);
  t.is(litTicks('lamp.rec.1', {touched, pickups: new Map([['fader.1', 'caught']])}), 0);
  t.is(litTicks('lamp.rec.1', {touched: new Map(), pickups: new Map([['fader.1', 'below']])}), 0);
  t.is(litTicks('lamp.rec.1', {touched, pickups: new Map([['fader.1', 'below']])}, 600), 45);
});

test('no lamp of the desk flashes more than three times a second', (t) => {
  const given: Partial<RenderInput> = {
    mixer: mixerOf({}, {soloed: true}),
    pickups: new Map([
      ['fader.1', 'below'],
      ['fader.2', 'above'],
    ]),
    touched: new Map([
      ['fader.1', {atTick: 0, held: true}],
      ['fader.2', {atTick: 0, held: true}],
    ]),
  };
  for (const output of ['lamp.mute.1', 'lamp.rec.1', 'lamp.rec.2']) {
    const states = Array.from({length: 60}, (_, lampTick) => isOn(output, {...given, lampTick}));
    const rises = states.map((on, tick) => on && tick > 0 && states[tick - 1] === false);
    for (let tick = 0; tick + 20 <= 60; tick += 1) t.true(rises.slice(tick, tick + 20).filter(Boolean).length <= 3);
  }
});
