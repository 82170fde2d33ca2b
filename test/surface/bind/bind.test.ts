import test from 'ava';
import fc from 'fast-check';
import {applyCommand} from '../../../src/model/command.ts';
import type {ControlEvent} from '../../../src/model/control.ts';
import {deskTaper, levelAt, positionOf} from '../../../src/model/taper.ts';
import {bind} from '../../../src/surface/bind.ts';
import type {Intent} from '../../../src/surface/intent.ts';
import type {UnitContext} from '../../../src/surface/target.ts';
import {contextOf, mixerOf, plainView, trimLayer} from '../render/small-desk.ts';

const press = (control: string): ControlEvent => ({type: 'button.pressed', control});
const turn = (control: string, steps: number): ControlEvent => ({type: 'encoder.turned', control, steps});

const rows: readonly {
  readonly law: string;
  readonly event: ControlEvent;
  readonly intents: readonly Intent[];
  readonly context?: Partial<UnitContext>;
}[] = [
  {law: 'mute mutes its strip', event: press('mute.2'), intents: [{type: 'strip.setMute', strip: 's2', muted: true}]},
  {
    law: 'mute again unmutes',
    event: press('mute.1'),
    context: {mixer: mixerOf({muted: true})},
    intents: [{type: 'strip.setMute', strip: 's1', muted: false}],
  },
  {law: 'solo solos its strip', event: press('solo.3'), intents: [{type: 'strip.setSolo', strip: 's3', soloed: true}]},
  {law: 'select selects its strip', event: press('select.1'), intents: [{type: 'view.select', strip: 's1'}]},
  {
    law: 'the warning button acknowledges its strip',
    event: press('rec.2'),
    intents: [{type: 'warning.acknowledge', strip: 's2'}],
  },
  {
    law: 'one button acknowledges all',
    event: press('cancel'),
    intents: [{type: 'warning.acknowledge', strip: 'all'}],
  },
  ...(
    [
      ['click', {type: 'monitor.toggle', what: 'reference'}],
      ['replace', {type: 'monitor.nextReference'}],
      ['scrub', {type: 'monitor.toggle', what: 'dim'}],
      ['enter', {type: 'monitor.toggle', what: 'mono'}],
      ['drop', {type: 'monitor.toggle', what: 'swap'}],
      ['undo', {type: 'monitor.toggle', what: 'polarity'}],
      ['zoom', {type: 'monitor.nextSpeaker'}],
      ['smpte-beats', {type: 'view.toggleMeters'}],
    ] as const
  ).map(([control, intent]) => ({
    law: `${control} asks the monitor section for ${JSON.stringify(intent)}`,
    event: press(control),
    intents: [intent],
  })),
  ...(
    [
      ['in-place', 'after-fader'],
      ['after-fader', 'pre-fader'],
      ['pre-fader', 'in-place'],
    ] as const
  ).map(([soloMode, next]) => ({
    law: `the solo mode goes from ${soloMode} to ${next}`,
    event: press('solo-global'),
    context: {shift: true, mixer: {...mixerOf({}), soloMode}},
    intents: [{type: 'mixer.setSoloMode' as const, soloMode: next}],
  })),
  {law: 'a channel strip without a strip does nothing', event: press('mute.4'), intents: []},
  {law: 'a control without a binding does nothing', event: press('f8'), intents: []},
  {
    law: 'a bank shifts what lies under a control',
    event: press('mute.1'),
    context: {view: {...plainView, bankOffset: 2}},
    intents: [{type: 'strip.setMute', strip: 's3', muted: true}],
  },
  {
    law: 'a second unit goes on where the first ends',
    event: press('mute.1'),
    context: {firstStrip: 2},
    intents: [{type: 'strip.setMute', strip: 's3', muted: true}],
  },
  {
    law: 'shift gives a button its second meaning',
    event: press('mute.1'),
    context: {shift: true},
    intents: [{type: 'strip.setPolarity', strip: 's1', polarityInverted: true}],
  },
  {
    law: 'a button without a second meaning keeps its first',
    event: press('select.1'),
    context: {shift: true},
    intents: [{type: 'view.select', strip: 's1'}],
  },
  {law: 'shift is held by its press', event: press('shift'), intents: [{type: 'view.shift', held: true}]},
  {
    law: 'shift is let go by its release',
    event: {type: 'button.released', control: 'shift'},
    context: {shift: true},
    intents: [{type: 'view.shift', held: false}],
  },
  {law: 'other releases mean nothing', event: {type: 'button.released', control: 'mute.1'}, intents: []},
  {law: 'a layer is chosen by its button', event: press('trim'), intents: [{type: 'view.setLayer', layer: 'trim'}]},
  {law: 'banks', event: press('bank-right'), intents: [{type: 'view.bankRight'}]},
  {law: 'channels', event: press('channel-left'), intents: [{type: 'view.channelLeft'}]},
  {law: 'play', event: press('play'), intents: [{type: 'playback.play'}]},
  {law: 'loop toggles', event: press('cycle'), intents: [{type: 'playback.toggleLooping'}]},
  {law: 'rewind', event: press('rewind'), intents: [{type: 'playback.rewind'}]},
  {law: 'save', event: press('save'), intents: [{type: 'session.save'}]},
  {law: 'clear solo', event: press('solo-global'), intents: [{type: 'mixer.clearSolo'}]},
  {
    law: 'a wheel turns the monitor by half a dB a detent',
    event: turn('jog', -3),
    context: {shift: true},
    intents: [{type: 'monitor.changeLevel', byDb: -1.5}],
  },
  ...([1, -1] as const).map((byDb) => ({
    law: `a key turns the monitor by ${byDb} dB`,
    event: press(byDb > 0 ? 'forward' : 'rewind'),
    context: {shift: true},
    intents: [{type: 'monitor.changeLevel' as const, byDb}],
  })),
  {law: 'the jog nudges the tape', event: turn('jog', -3), intents: [{type: 'playback.nudge', steps: -3}]},
  {
    law: 'an encoder pans a fiftieth a tick',
    event: turn('encoder.1', 1),
    intents: [{type: 'strip.setPan', strip: 's1', pan: 0.02}],
  },
  {
    law: 'a fast turn goes as far as the device counts',
    event: turn('encoder.1', -7),
    intents: [{type: 'strip.setPan', strip: 's1', pan: -0.14}],
  },
  {
    law: 'pan ends at the side',
    event: turn('encoder.1', 90),
    intents: [{type: 'strip.setPan', strip: 's1', pan: 1}],
  },
  {
    law: 'the way back from a pan between ticks leads through the exact centre',
    event: turn('encoder.1', -1),
    context: {mixer: mixerOf({pan: 0.017})},
    intents: [{type: 'strip.setPan', strip: 's1', pan: 0}],
  },
  {
    law: 'an encoder trims half a dB a tick',
    event: turn('encoder.1', -1),
    context: {view: {...plainView, layer: trimLayer}},
    intents: [{type: 'strip.setTrim', strip: 's1', trimDb: -0.5}],
  },
  {
    law: 'trim ends at 24 dB',
    event: turn('encoder.1', 60),
    context: {view: {...plainView, layer: trimLayer}},
    intents: [{type: 'strip.setTrim', strip: 's1', trimDb: 24}],
  },
  {
    law: 'flipped, an encoder sets the level, 0.4 dB a tick near 0 dB',
    event: turn('encoder.1', 1),
    context: {view: {...plainView, flipped: true}},
    intents: [{type: 'strip.setLevel', strip: 's1', levelDb: 0.4}],
  },
  {
    law: 'a push brings pan to the centre',
    event: press('push.1'),
    context: {mixer: mixerOf({pan: 0.5})},
    intents: [{type: 'strip.setPan', strip: 's1', pan: 0}],
  },
  {
    law: 'a push brings trim to 0 dB',
    event: press('push.1'),
    context: {view: {...plainView, layer: trimLayer}},
    intents: [{type: 'strip.setTrim', strip: 's1', trimDb: 0}],
  },
  {
    law: 'flipped, a push brings the level to 0 dB',
    event: press('push.1'),
    context: {view: {...plainView, flipped: true}},
    intents: [{type: 'strip.setLevel', strip: 's1', levelDb: 0}],
  },
  {law: 'a turn by nothing is nothing', event: turn('encoder.1', 0), intents: []},
  {law: 'a turn by nonsense is nothing', event: turn('encoder.1', Number.NaN), intents: []},
  {law: 'an encoder without a strip does nothing', event: turn('encoder.5', 1), intents: []},
  {
    law: 'a fader goes through its machine',
    event: {type: 'fader.moved', control: 'fader.1', position: 0.5},
    intents: [],
  },
];

for (const {law, event, intents, context} of rows) {
  test(law, (t) => {
    t.deepEqual(bind(contextOf(context ?? {}), event), intents);
  });
}

test('a control may have a meaning of its own beside its pattern', (t) => {
  const {layout} = contextOf({});
  const own = {...layout, bindings: new Map(layout.bindings).set('mute.2', 'playback.play' as const)};
  t.deepEqual(bind(contextOf({layout: own}), press('mute.2')), [{type: 'playback.play'}]);
});

test('whatever was set, a turn up always raises the level until the top and a turn down lowers it until silence', (t) => {
  const view = {...plainView, flipped: true};
  fc.assert(
    fc.property(fc.double({min: 0, max: 1, noNaN: true}), fc.constantFrom(-7, -1, 1, 7), (position, steps) => {
      const levelDb = levelAt(deskTaper, position);
      const [intent] = bind(contextOf({view, mixer: mixerOf({levelDb})}), turn('encoder.1', steps));
      if (intent?.type !== 'strip.setLevel') return false;
      if (steps > 0) return intent.levelDb > levelDb || levelDb >= 9.95;
      return intent.levelDb < levelDb || levelDb === Number.NEGATIVE_INFINITY;
    }),
  );
  t.pass();
});

test('a hundred ticks lead from silence to the top', (t) => {
  let {mixer} = contextOf({mixer: mixerOf({levelDb: Number.NEGATIVE_INFINITY})});
  for (let tick = 0; tick < 100; tick += 1) {
    const [intent] = bind(contextOf({view: {...plainView, flipped: true}, mixer}), turn('encoder.1', 1));
    if (intent?.type === 'strip.setLevel') mixer = applyCommand(mixer, intent);
  }
  t.true(positionOf(deskTaper, mixer.strips[0]?.levelDb ?? 0) > 0.98);
});
