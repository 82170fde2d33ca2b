import {createActor} from 'xstate';
import {tickAt} from '../gain/lamp-pattern.ts';
import {playbackMachine} from '../machines/playback.ts';
import {newAutomation} from '../model/automation.ts';
import {isAutomationIntent} from '../model/automation-intent.ts';
import {isMixerCommand} from '../model/command.ts';
import {noHistory} from '../model/history.ts';
import type {Strip} from '../model/mixer.ts';
import {isSnapshotIntent} from '../model/snapshot-intent.ts';
import {textAreaOf} from '../surface/advice-text.ts';
import {type Intent, isAssistIntent, isPlaybackIntent, isViewIntent} from '../surface/intent.ts';
import {sameRoutes} from '../surface/shown-strips.ts';
import {createAutomation} from './automation-desk.ts';
import {terminalHand} from './automation-hands.ts';
import {actorClock} from './clock.ts';
import type {Desk, DeskOptions} from './desk-contract.ts';
import {createDeskSnapshots} from './desk-snapshots.ts';
import {createDeskViews} from './desk-views.ts';
import {createGainAssistant} from './gain-assistant.ts';
import {createGainWatch} from './gain-watch.ts';
import {lampsWhile} from './lamp-speech.ts';
import {createLookPace} from './look-pace.ts';
import {nameTable} from './name-table.ts';
import {createPaintPace} from './paint-pace.ts';
import {createSurfaceRack} from './surface-rack.ts';
import {createTapTempo} from './tap-tempo.ts';
import type {UnitHost} from './unit-contract.ts';

/** Puts engine, gain rules, statecharts and surfaces together: the one place where they meet. */
export function createDesk(options: DeskOptions): Desk {
  const {engine, layout, clock, reducedMotion = false} = options;
  const time = actorClock(clock);
  let paintedTick = -1;
  /** Whether lanes have moved the mixer since the last look. */
  let rides = false;
  let closed = false;
  const names = nameTable();
  const pace = createPaintPace(clock, paint);

  const watch = createGainWatch({
    engine,
    clock,
    hasSound: options.hasSound,
    ruleChanges: options.ruleChanges ?? [],
    isWatchedClosely: () => views.showsMeasures,
    changed: pace.soon,
  });
  const automation = createAutomation({
    engine,
    clock,
    automation: options.automation ?? newAutomation,
    history: options.history ?? noHistory,
    journal: options.journal ?? (() => {}),
    selected: () => views.of().selected,
    tell: (sentence) => assistant.tell(sentence),
    changed: pace.soon,
  });
  const snapshots = createDeskSnapshots(options, automation, (sentence) => assistant.tell(sentence), pace.soon);
  const tapTempo = createTapTempo(clock, (tempoBpm) => perform({type: 'mixer.setTempo', tempoBpm}));
  const assistant = createGainAssistant({
    engine,
    clock,
    history: automation.history,
    view: () => views.of(),
    warnings: () => watch.warnings,
    acknowledgeAll: () => perform({type: 'warning.acknowledge', strip: 'all'}),
    textAreas: () => [...rack.usable].flatMap(({surface}) => textAreaOf(surface) ?? []),
    changed: pace.soon,
  });
  const views = createDeskViews(layout, engine.mixer, clock);
  const playbackActor = createActor(playbackMachine, {clock: time});
  playbackActor.on('playback.commanded', ({command}) => {
    if (command.type === 'playback.locate' || command.type === 'playback.play') watch.restarted();
    automation.obey(command);
  });
  playbackActor.start();

  const hostOf = (section: string): UnitHost => ({
    clock,
    get mixer() {
      return automation.handMixer;
    },
    get view() {
      return views.of(section);
    },
    get shift() {
      return views.shift;
    },
    get lampTick() {
      return tickAt(clock.now());
    },
    get automation() {
      return automation.status;
    },
    get reading() {
      return assistant.state.advice !== undefined;
    },
    perform: (intent, hand) => perform(intent, hand, section),
    hands: automation.hands,
    handMoved: watch.touched,
    repaintSoon: pace.soon,
  });
  const rack = createSurfaceRack({
    surfaces: options.surfaces,
    layout,
    transports: options.transports,
    clock,
    hostOf,
    onArranged: views.arranged,
  });

  views.onChanged(() => {
    // At once, not with the next picture: a move in the same breath must not land on the strip that came under the fader.
    for (const unit of rack.open) unit.follow();
    pace.soon();
  });
  let mixer = engine.mixer;
  const endEngine = engine.onChanged((what) => {
    if (what === 'loss') {
      watch.hurry();
      looks.hurry();
      return;
    }
    if (what === 'mixer' || what === 'lanes') {
      automation.mixerChanged();
      assistant.mixerChanged();
    }
    if (what === 'lanes') {
      // Motors go with the next look at the meters, the rest of the picture with the next tick of the lamps.
      rides = true;
      return;
    }
    if (what === 'mixer') {
      if (!sameRoutes(mixer, engine.mixer)) views.rerouted(engine.mixer);
      mixer = engine.mixer;
      for (const unit of rack.open) unit.follow();
    }
    if (what === 'playback') {
      automation.playbackChanged();
      playbackActor.send({type: 'playback.changed', playback: engine.playback});
    }
    pace.soon();
  });
  const select = engine.mixer.strips[0];
  if (select !== undefined) views.ask({type: 'view.select', strip: select.id});

  function perform(intent: Intent, hand = terminalHand, section?: string): void {
    if (isViewIntent(intent)) views.ask(intent, section);
    else if (isPlaybackIntent(intent)) {
      playbackActor.send({type: 'playback.asked', intent, playback: engine.playback});
    } else if (intent.type === 'session.undo' || intent.type === 'session.redo') {
      snapshots.during(() => assistant.perform(intent));
    } else if (isAssistIntent(intent)) assistant.perform(intent);
    else if (isAutomationIntent(intent)) automation.perform(intent);
    else if (isSnapshotIntent(intent)) snapshots.perform(intent);
    else if (isMixerCommand(intent)) automation.hands.moved(hand, intent);
    else {
      switch (intent.type) {
        case 'warning.acknowledge':
          watch.acknowledge(intent.strip);
          break;
        case 'mixer.tapTempo':
          tapTempo();
          break;
        case 'session.save':
          options.save();
          break;
        default:
          engine.apply(intent);
      }
    }
  }

  function paint(): void {
    const lampTick = tickAt(clock.now());
    paintedTick = lampTick;
    const shortName = (strip: Strip, cells: number): string => names(engine.mixer, strip, cells);
    const {playback, monitor} = engine;
    const {state: assistance} = assistant;
    const scene = {
      playback,
      monitor,
      warnings: watch.warnings,
      assistance,
      lampTick,
      lampPattern: lampsWhile(watch.warnings, reducedMotion),
      reducedMotion,
      shortName,
      readingOf: watch.readingOf,
      figures: watch.figures(lampTick),
    };
    for (const unit of rack.usable) unit.paint(scene);
  }

  function look(atMs: number): void {
    automation.look();
    watch.look((frame) => {
      options.blockHeard?.();
      assistant.push(frame, engine.mixer);
    });
    if (rides) for (const unit of rack.open) unit.ride();
    rides = false;
    for (const unit of rack.usable) unit.paintMeters(watch.readingOf, atMs);
    if (tickAt(atMs) !== paintedTick) paint();
  }
  const looks = createLookPace(clock, look);

  return {
    status: () => ({
      sessionName: options.sessionName,
      mixer: engine.mixer,
      monitor: engine.monitor,
      layout,
      view: views.of(),
      playback: engine.playback,
      engine: engine.status,
      meters: engine.meters,
      program: watch.program(),
      reading: watch.readingOf,
      warnings: watch.warnings,
      assistance: assistant.state,
      automation: automation.status,
      kept: snapshots.kept,
      snapshots: snapshots.status,
      reducedMotion,
      units: rack.status(),
      notices: options.notices(),
    }),
    perform,
    async close() {
      if (closed) return;
      closed = true;
      looks.end();
      pace.end();
      endEngine();
      watch.end();
      assistant.end();
      snapshots.end();
      automation.end();
      await Promise.all([rack.close(), engine.close()]);
      views.stop();
      playbackActor.stop();
    },
  };
}
