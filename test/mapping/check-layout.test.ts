import test from 'ava';
import {compileMappings} from '../../src/mapping/compile.ts';
import {covers} from '../../src/mapping/control-names.ts';

const surface = {
  name: 'Desk',
  maker: 'Acme',
  dialect: 'mackie',
  ports: ['^Desk$'],
  unit: 'main',
  strips: 8,
  faders: {motor: true, master: true},
  encoders: {push: true},
  jog: true,
  buttons: {strip: ['mute', 'solo'], global: ['play', 'flip', 'shift']},
  tested: 'no',
};
const layer = {id: 'level', short: 'LV', fader: 'level', encoder: 'pan'};
const layout = {name: 'Mine', layers: [layer], bindings: {'fader.*': 'strip.fader', play: 'playback.play'}};

function compiled(file: unknown) {
  return compileMappings([
    {path: 's/desk.json', text: JSON.stringify(surface)},
    {path: 'l.json', text: JSON.stringify(file)},
  ]);
}

function problemsOf(file: unknown): readonly string[] {
  return compiled(file).problems.map(
    ({path, reason, hint, severity}) =>
      `${severity} ${path.replace('l.json: ', '')}: ${reason}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

function bound(bindings: Readonly<Record<string, unknown>>): unknown {
  return {...layout, bindings};
}

test('a good layout keeps its layers and bindings, in order', (t) => {
  const {layouts, problems} = compiled({...layout, shifted: {'solo.*': 'strip.soloSafe'}});
  t.deepEqual(problems, []);
  t.deepEqual(layouts, [
    {
      id: 'l',
      name: 'Mine',
      layers: [{id: 'level', short: 'LV', fader: 'level', encoder: 'pan'}],
      pages: [],
      bindings: new Map([
        ['fader.*', 'strip.fader'],
        ['play', 'playback.play'],
      ] as const),
      shifted: new Map([['solo.*', 'strip.soloSafe']] as const),
    },
  ]);
});

const wrong: readonly (readonly [unknown, string])[] = [
  [
    bound({play: 'monitor.level'}),
    'error bindings.play: monitor.level needs a jog or an encoder or a spring, and this is a button',
  ],
  [{...layout, layers: []}, 'error layers: too short: at least 1 entry'],
  [{...layout, layers: [{...layer, fader: 'volume'}]}, 'error layers[0].fader: "volume" is no parameter'],
  [{...layout, layers: [{...layer, short: 'LVL'}]}, 'error layers[0].short: too long: at most 2 characters'],
  [{...layout, layers: [layer, layer]}, 'error layers[1].id: "level" stands here twice'],
  [{...layout, binding: {}}, 'error binding: no such field (did you mean "bindings"?)'],
  [bound({'fadr.*': 'strip.fader'}), 'error bindings.fadr.*: no such control (did you mean "fader.*"?)'],
  [bound({'mute.*': 'strip.mut'}), 'error bindings.mute.*: "strip.mut" is no action (did you mean "strip.mute"?)'],
  [bound({'mute.*': 7}), 'error bindings.mute.*: a text is needed here'],
  [bound({play: 'layer:levle'}), 'error bindings.play: no layer "levle" in this layout (did you mean "layer:level"?)'],
  [
    bound({'mute.*': 'strip.fader'}),
    'error bindings.mute.*: strip.fader needs a fader or a knob or an encoder, and this is a button',
  ],
  [bound({'fader.*': 'strip.mute'}), 'error bindings.fader.*: strip.mute needs a button, and this is a fader'],
  [
    bound({'encoder.*': 'playback.play'}),
    'error bindings.encoder.*: playback.play needs a button, and this is an encoder',
  ],
  [bound({jog: 'strip.encoder'}), 'error bindings.jog: strip.encoder needs an encoder or a knob, and this is a jog'],
  [
    bound({play: 'strip.mute'}),
    'error bindings.play: strip.mute means the strip under the control, and this control stands on none (use a name with .* behind it)',
  ],
  [
    bound({'fader.master': 'strip.fader'}),
    'error bindings.fader.master: strip.fader means the strip under the control, and this control stands on none (use a name with .* behind it)',
  ],
  [bound({'knob.*': 'strip.encoder'}), 'warning bindings.knob.*: no known surface has such a control'],
  [bound({'mute.9': 'strip.mute'}), 'warning bindings.mute.9: no known surface has such a control'],
  [bound({stop: 'playback.stop'}), 'warning bindings.stop: no known surface has such a control'],
  [
    {...layout, shifted: {'sollo.*': 'strip.soloSafe'}},
    'error shifted.sollo.*: no such control (did you mean "solo.*"?)',
  ],
];

const page = {id: 'eq', name: 'EQ', short: 'EQ', pages: [['eq1.hz', null]]};

const wrongPages: readonly (readonly [unknown, string])[] = [
  [
    {...layout, layers: [{...layer, encoder: 'send1.pann'}]},
    'error layers[0].encoder: "send1.pann" is no parameter (did you mean "send1.pan"?)',
  ],
  [
    {...layout, layers: [{...layer, push: 'send9.on'}]},
    'error layers[0].push: "send9.on" is no parameter (did you mean "send1.on"?)',
  ],
  [
    {...layout, pages: [{...page, pages: [['eq1.hertz']]}]},
    'error pages[0].pages[0][0]: "eq1.hertz" is no parameter (did you mean "eq1.hz"?)',
  ],
  [{...layout, pages: [page, page]}, 'error pages[1].id: "eq" stands here twice'],
  [
    {...layout, pages: [{...page, pages: [Array(9).fill(null)]}]},
    'error pages[0].pages[0]: too long: at most 8 entries',
  ],
  [{...layout, pages: [{...page, slots: []}]}, 'error pages[0].slots: no such field (one of id, name, short, pages)'],
  [
    {...layout, pages: [page], bindings: {play: 'page:eg'}},
    'error bindings.play: no page "eg" in this layout (did you mean "page:eq"?)',
  ],
  [bound({play: 'show:return'}), 'error bindings.play: "show:return" is no action (did you mean "show:returns"?)'],
  [bound({play: 'muteGroup:9'}), 'error bindings.play: "muteGroup:9" is no action (did you mean "muteGroup:1"?)'],
  [bound({'fader.*': 'show:all'}), 'error bindings.fader.*: show:all needs a button, and this is a fader'],
  [
    bound({play: 'strip.spill'}),
    'error bindings.play: strip.spill means the strip under the control, and this control stands on none (use a name with .* behind it)',
  ],
];

const section = {id: 'side', surfaces: ['desk']};
const inSections = (...sections: readonly object[]): unknown => ({...layout, sections});

const wrongSections: readonly (readonly [unknown, string])[] = [
  [inSections(section, section), 'error sections[1].id: "side" stands here twice'],
  [inSections({...section, surfaces: []}), 'error sections[0].surfaces: too short: at least 1 entry'],
  [
    inSections({...section, follows: 'mian'}),
    'error sections[0].follows: no section "mian" in this layout (did you mean "main"?)',
  ],
  [inSections({...section, follows: 'side'}), 'error sections[0].follows: a section cannot follow itself'],
  [
    inSections({...section, id: 'main', follows: 'side'}, section),
    'error sections[0].follows: the main section follows no other',
  ],
  [
    inSections({...section, follows: 'other'}, {...section, id: 'other', follows: 'main'}),
    'error sections[0].follows: "other" follows another section itself (name that one)',
  ],
  [
    inSections({...section, follows: 'main', shows: 'groups'}),
    'error sections[0].follows: what a section shows that follows another is not its own (leave out shows and layer)',
  ],
  [
    inSections({...section, layer: 'levle'}),
    'error sections[0].layer: no layer "levle" in this layout (did you mean "level"?)',
  ],
  [
    inSections({...section, surfaces: ['dsk']}),
    'warning sections[0].surfaces[0]: no surface "dsk" is known (did you mean "desk"?)',
  ],
  [
    inSections({...section, shifted: {'mute.*': 'strip.mut'}}),
    'error sections[0].shifted.mute.*: "strip.mut" is no action (did you mean "strip.mute"?)',
  ],
];

test('pages are filled up to eight slots each, so that the next begins at the first encoder', (t) => {
  const {layouts, problems} = compiled({...layout, pages: [{...page, pages: [['eq1.hz', null, 'eq1.q'], ['hp.hz']]}]});
  t.deepEqual(problems, []);
  const rest = (count: number): readonly null[] => Array<null>(count).fill(null);
  t.deepEqual(layouts[0]?.pages[0]?.slots, ['eq1.hz', null, 'eq1.q', ...rest(5), 'hp.hz', ...rest(7)]);
});

test('a layer may say what a push toggles', (t) => {
  const sends = {...layer, id: 'send1', fader: 'send1.levelDb', push: 'send1.on', shiftPush: 'send1.pre'};
  const {layouts, problems} = compiled({...layout, layers: [layer, sends]});
  t.deepEqual(problems, []);
  t.like(layouts[0]?.layers[1], {push: 'send1.on', shiftPush: 'send1.pre'});
});

for (const [file, problem] of [...wrong, ...wrongPages, ...wrongSections]) {
  test(`is told: ${problem}`, (t) => {
    const problems = problemsOf(file);
    t.true(problems.includes(problem), problems.join('\n'));
    t.is(compiled(file).layouts.length, problem.startsWith('warning') ? 1 : 0);
  });
}

test('one strip may be bound alone, beside its pattern', (t) => {
  const {layouts, problems} = compiled(bound({'mute.*': 'strip.mute', 'mute.3': 'strip.solo'}));
  t.deepEqual(problems, []);
  t.is(layouts[0]?.bindings.get('mute.3'), 'strip.solo');
});

const covered = [
  ['mute.*', 'mute.3', true],
  ['mute.3', 'mute.3', true],
  ['mute.3', 'mute.30', false],
  ['mute.*', 'solo.3', false],
  ['fader.*', 'fader.master', false],
  ['fader.master', 'fader.master', true],
  ['play', 'play', true],
] as const;

for (const [pattern, control, yes] of covered) {
  test(`"${pattern}" ${yes ? 'covers' : 'does not cover'} ${control}`, (t) => {
    t.is(covers(pattern, control), yes);
  });
}
