import {createActor} from 'xstate';
import type {Engine} from '../engine/contract.ts';
import {createAssessor} from '../gain/assess.ts';
import {lampLit, lampOfSeverity, tickAt} from '../gain/lamp-pattern.ts';
import {playbackMachine} from '../machines/playback.ts';
import {isShifted, viewMachine, viewOf} from '../machines/view.ts';
import type {Layout} from '../model/layout.ts';
import type {Mixer, Strip, StripId} from '../model/mixer.ts';
import {shortNames} from '../model/short-name.ts';
import type {Surface} from '../model/surface.ts';
import type {Intent} from '../surface/intent.ts';
import type {LampPattern} from '../surface/lamp.ts';
import type {Transport} from '../transport/contract.ts';
import type {Desk} from './desk-contract.ts';
import {createSurfaceRack} from './surface-rack.ts';
import type {UnitHost} from './unit.ts';
import {createWarningBoard} from './warning-board.ts';

export interface DeskOptions {
  readonly sessionName: string;
  readonly engine: Engine;
  readonly surfaces: readonly Surface[];
  readonly layout: Layout;
  readonly transports: readonly Transport[];
  /** Whether a strip should be heard at all: it has a stem. */
  readonly hasSound: (strip: StripId) => boolean;
  /** A clock that only rises. */
  readonly nowMs: () => number;
  /** What is missing on this machine, a line each; freshly read. */
  readonly notices: () => readonly string[];
  /** Save on the surface or in the terminal was pressed. */
  readonly save: (mixer: Mixer) => void;
}

/** Meters are looked at this often; lamps and texts at every second look or when something changed. */
const lookEveryMs = 25;
/** Channel strips of a bank while no surface is connected. */
const bareBank = 8;

const lampPattern: LampPattern = (rhythm, tick) => lampLit(rhythm === 'stale' ? 'stale' : lampOfSeverity(rhythm), tick);

/** Puts engine, gain rules, statecharts and surfaces together: the one place where they meet. */
export function createDesk(options: DeskOptions): Desk {
  const {engine, layout, nowMs} = options;
  let shift = false;
  let repaintAsked = false;
  let paintedTick = -1;
  let closed = false;

  const assessor = createAssessor({
    sampleRate: engine.status.sampleRate,
    mixer: engine.mixer,
    expected: options.hasSound,
  });
  const board = createWarningBoard(() => repaintSoon());
  const viewActor = createActor(viewMachine, {
    input: {layers: layout.layers, strips: engine.mixer.strips.length, bankSize: bareBank},
  }).start();
  let view = viewOf(viewActor.getSnapshot());
  const playbackActor = createActor(playbackMachine);
  playbackActor.on('playback.commanded', ({command}) => {
    if (command.type === 'playback.locate' || command.type === 'playback.play') assessor.restarted(nowMs());
    engine.apply(command);
  });
  playbackActor.start();

  const host: UnitHost = {
    get mixer() {
      return engine.mixer;
    },
    get view() {
      return view;
    },
    get shift() {
      return shift;
    },
    get lampTick() {
      return tickAt(nowMs());
    },
    perform,
    handMoved: (strip) => assessor.touched(strip, nowMs()),
    repaintSoon,
  };
  const rack = createSurfaceRack({
    surfaces: options.surfaces,
    layout,
    transports: options.transports,
    host,
    onArranged: (bankSize) => viewActor.send({type: 'rig.resized', bankSize: bankSize || bareBank}),
  });

  viewActor.subscribe((snapshot) => {
    view = viewOf(snapshot);
    shift = isShifted(snapshot);
    // At once, not with the next picture: a move in the same breath must not land on the strip that came under the fader.
    for (const unit of rack.open) unit.follow();
    repaintSoon();
  });
  view = viewOf(viewActor.getSnapshot());
  const endEngine = engine.onChanged((what) => {
    if (what === 'mixer') for (const unit of rack.open) unit.follow();
    if (what === 'playback') playbackActor.send({type: 'playback.changed', playback: engine.playback});
    repaintSoon();
  });
  const select = engine.mixer.strips[0];
  if (select !== undefined) viewActor.send({type: 'view.select', strip: select.id});

  function perform(intent: Intent): void {
    switch (intent.type) {
      case 'warning.acknowledge':
        assessor.acknowledge(intent.strip);
        board.acknowledge(intent.strip);
        break;
      case 'session.save':
        options.save(engine.mixer);
        break;
      case 'view.bankLeft':
      case 'view.bankRight':
      case 'view.channelLeft':
      case 'view.channelRight':
      case 'view.flip':
      case 'view.toggleValues':
      case 'view.setLayer':
      case 'view.select':
      case 'view.shift':
        viewActor.send(intent);
        break;
      case 'playback.play':
      case 'playback.stop':
      case 'playback.locate':
      case 'playback.setLooping':
      case 'playback.nudge':
      case 'playback.rewind':
      case 'playback.forward':
      case 'playback.toggle':
      case 'playback.toggleLooping':
        playbackActor.send({type: 'playback.asked', intent, playback: engine.playback});
        break;
      default:
        engine.apply(intent);
    }
  }

  const names = nameTable();
  const paint = (): void => {
    repaintAsked = false;
    if (closed) return;
    const lampTick = tickAt(nowMs());
    paintedTick = lampTick;
    const shortName = (strip: Strip, cells: number): string => names(engine.mixer, strip, cells);
    const scene = {playback: engine.playback, warnings: board.standing, lampTick, lampPattern, shortName};
    for (const unit of rack.usable) unit.paint(scene);
  };
  /** After what happens now: everything that changes in one turn of the event loop is one picture. */
  function repaintSoon(): void {
    if (repaintAsked || closed) return;
    repaintAsked = true;
    setImmediate(paint);
  }

  const look = setInterval(() => {
    const atMs = nowMs();
    for (const frame of engine.takeMeters()) assessor.push(frame, engine.mixer, atMs);
    board.take(assessor.verdicts(atMs), atMs);
    for (const unit of rack.usable) unit.paintMeters((strip) => assessor.reading(strip), atMs);
    if (tickAt(atMs) !== paintedTick) paint();
  }, lookEveryMs);

  return {
    status: () => ({
      sessionName: options.sessionName,
      mixer: engine.mixer,
      view,
      playback: engine.playback,
      engine: engine.status,
      reading: (strip) => assessor.reading(strip),
      warnings: board.standing,
      units: rack.status(),
      notices: options.notices(),
    }),
    perform,
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(look);
      endEngine();
      board.end();
      await Promise.all([rack.close(), engine.close()]);
      viewActor.stop();
      playbackActor.stop();
    },
  };
}

/** Short names of all strips for so many cells, made anew only when a name changed. */
function nameTable(): (mixer: Mixer, strip: Strip, cells: number) => string {
  const tables = new Map<number, {readonly strips: Mixer['strips']; readonly names: ReadonlyMap<StripId, string>}>();
  return (mixer, strip, cells) => {
    const known = tables.get(cells);
    const same =
      known?.strips === mixer.strips || known?.strips.every((one, index) => one.name === mixer.strips[index]?.name);
    if (known !== undefined && same && known.strips.length === mixer.strips.length)
      return known.names.get(strip.id) ?? '';
    const texts = shortNames(
      mixer.strips.map(({name}) => name),
      cells,
    );
    const names = new Map(mixer.strips.map(({id}, index) => [id, texts[index] ?? '']));
    tables.set(cells, {strips: mixer.strips, names});
    return names.get(strip.id) ?? '';
  };
}
