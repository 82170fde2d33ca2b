import {quasiPeakTypeI, quasiPeakTypeII} from '../gain/quasi-peak.ts';
import {masterField, stripField, stripFields} from '../model/meter.ts';
import {type MeterTypeName, meterTypes} from '../model/meter-type.ts';
import type {Mixer} from '../model/mixer.ts';
import {DeskError} from '../model/problem.ts';
import type {EffectUnit} from './effects/effect-unit.ts';
import {createFaultCounter} from './fault-counter.ts';
import {createSettings, type SettingsSnapshot} from './graph-settings.ts';
import {createKernel, type Stages, type StereoBlock} from './kernel/kernel.ts';
import type {Limiter} from './limiter/limiter.ts';
import type {Stem} from './stem.ts';

/** Frames of every block a graph renders. */
export const blockFrames = 512;

/** What the tape does in a block. */
export type Motion = 'still' | 'rolling' | 'starting' | 'stopping';

/** The mixer as sound: the same for the live engine and for a bounce. Never waits. */
export interface Graph {
  /** Frames by which everything comes out later than it goes in: those of the limiter, on or off, else 0. */
  readonly latencyFrames: number;
  readonly sampleRate: number;
  /** What it is set to. */
  readonly mixer: Mixer;
  /** What the last block brought to the solo bus, `blockFrames` long, in the modes in which solo leaves the mix alone: finite, within the ceiling. */
  readonly solo: StereoBlock;
  /** New targets; ramped from the next block on, or at once with `immediately` (before the first block). The strips must be as many and of the same kinds as at the start. */
  set(mixer: Mixer, immediately: boolean): void;
  /**
   * Gains and sends (level, pan, mute, trim) that are set from here on begin to move at a frame of the next block, 0 … `blockFrames` − 1 in rising order; all else, and
   * what was set before, as if this had not been called.
   */
  gainsFrom(frame: number): void;
  /** Which meter is shown of the strips: a quasi-peak meter is only worked out while one is chosen. None is until this is called. */
  setMeters(type: MeterTypeName): void;
  /**
   * Renders the next `blockFrames` into `left`, `right` and `meters` (strips × stripFields + masterFields values).
   * `rolling` reads the stems (in strip order) from `atFrame` on; `starting` and `stopping` read them too, but fade in or
   * out over the block, for starts in mid-tape, stops and locates without a click; `still` reads nothing.
   * Returns how many stems had frames that were not prepared: these are silence then.
   */
  render(
    stems: readonly (Stem | undefined)[],
    atFrame: number,
    motion: Motion,
    left: Float32Array,
    right: Float32Array,
    meters: Float32Array,
  ): number;
  /**
   * All that outlives a block: ramps under way, the memory of filters, dynamics, effects and limiter, runs of clipped samples. The array stands for
   * all of it only in this graph and as it is: not to be copied, nor written to.
   */
  snapshot(): Uint8Array;
  /** Goes back to a snapshot of this graph; the mixer that was set then is set again. Throws a DeskError for any other array. */
  restore(snapshot: Uint8Array): void;
}

interface OtherSnapshots {
  readonly effects: readonly (Uint8Array | undefined)[];
  readonly limiter: Uint8Array | undefined;
  readonly isRolling: boolean;
  readonly settings: SettingsSnapshot;
}

export interface GraphOptions {
  readonly sampleRate: number;
  readonly mixer: Mixer;
  /** What the returns do, in desk order: the first with what is sent to send 1, the second with send 2. A return without one is silent. */
  readonly effects?: readonly (EffectUnit | undefined)[] | undefined;
  /** Limits the mix before the safety ceiling. */
  readonly limiter?: Limiter | undefined;
}

/**
 * Makes a graph with the mixer's gains in force. Stems are rendered first, then groups and returns each after all that feed it, then the
 * mix: there is no delay between them, and a send that would come round to itself is silent (signal-path.ts). Rejects with a
 * DeskError where the kernel cannot be loaded.
 */
export async function createGraph(options: GraphOptions): Promise<Graph> {
  const {sampleRate, limiter} = options;
  const {effects = []} = options;
  const kinds = options.mixer.strips.map(({kind}) => kind);
  /** Places in the mixer: of each stem, then of each group and return. VCAs make no sound. */
  const stemPlaces = kinds.flatMap((kind, place) => (kind === 'stem' ? [place] : []));
  const busPlaces = kinds.flatMap((kind, place) => (kind === 'group' || kind === 'return' ? [place] : []));
  const places = [...stemPlaces, ...busPlaces];
  const kernel = await createKernel({
    strips: stemPlaces.length,
    buses: busPlaces.map((place) => (kinds[place] === 'group' ? 'group' : 'return')),
    sampleRate,
    blockFrames,
    meterPlaces: {places, strips: kinds.length},
  });
  const settings = createSettings({kernel, places, stems: stemPlaces.length, sampleRate, effects, limiter});

  const stages: Stages = {
    answer(index, sent) {
      const effect = effects[index];
      if (effect) effect.process(sent.left, sent.right);
      else {
        sent.left.fill(0);
        sent.right.fill(0);
      }
    },
    ...(limiter && {
      limit: (mix: StereoBlock) => {
        limiter.process(mix.left, mix.right);
        return limiter.gainReductionDb;
      },
    }),
  };
  settings.set(options.mixer, true);
  const returnPlaces = busPlaces.filter((place) => kinds[place] === 'return');
  const countFaults = createFaultCounter(effects, limiter, (index) =>
    index === undefined
      ? kinds.length * stripFields + masterField.nonFinite
      : (returnPlaces[index] ?? 0) * stripFields + stripField.nonFinite,
  );
  /** What belongs to each snapshot of the kernel: nothing is copied that an effect knows to be the same. */
  const others = new WeakMap<Uint8Array, OtherSnapshots>();
  let isRolling = false;

  return {
    latencyFrames: limiter?.latencyFrames ?? 0,
    sampleRate,
    get mixer() {
      return settings.snapshot().mixer ?? options.mixer;
    },
    solo: kernel.solo,
    gainsFrom: (frame) => kernel.gainsFrom(frame),
    set(mixer, immediately) {
      if (mixer.strips.length !== kinds.length || mixer.strips.some(({kind}, place) => kind !== kinds[place])) {
        throw new DeskError(
          'engine.failed',
          `This graph has ${kinds.length} strips, the mixer ${mixer.strips.length}, or others: open it anew.`,
        );
      }
      settings.set(mixer, immediately);
    },
    setMeters(type) {
      const {source} = meterTypes[type];
      kernel.setQuasiPeak(
        source === 'quasiPeakI' ? quasiPeakTypeI : source === 'quasiPeakII' ? quasiPeakTypeII : undefined,
      );
    },
    render(stems, atFrame, motion, left, right, meters) {
      let starved = 0;
      stemPlaces.forEach((place, index) => {
        const input = kernel.inputs[index];
        const stem = motion === 'still' ? undefined : stems[place];
        if (!input) return;
        if (!stem) {
          input.left.fill(0);
          input.right.fill(0);
        } else if (!stem.read(atFrame, input.left, input.right)) starved++;
      });
      const wasRolling = isRolling;
      isRolling = motion === 'rolling' || motion === 'starting';
      if (isRolling && !wasRolling) kernel.begin();
      if (motion === 'starting') kernel.fade(blockFrames, 'in');
      if (motion === 'stopping') kernel.fade(blockFrames, 'out');
      settings.goOn();
      kernel.render(blockFrames, stages);
      left.set(kernel.output.left);
      right.set(kernel.output.right);
      meters.set(kernel.meters);
      countFaults(meters);
      return starved;
    },
    snapshot() {
      const snapshot = kernel.snapshot();
      others.set(snapshot, {
        effects: effects.map((effect) => effect?.snapshot()),
        limiter: limiter?.snapshot(),
        isRolling,
        settings: settings.snapshot(),
      });
      return snapshot;
    },
    restore(snapshot) {
      const rest = others.get(snapshot);
      if (rest === undefined) throw new DeskError('engine.failed', 'This snapshot is of another desk.');
      kernel.restore(snapshot);
      effects.forEach((effect, index) => {
        const was = rest.effects[index];
        if (effect && was) effect.restore(was);
      });
      if (limiter && rest.limiter) limiter.restore(rest.limiter);
      isRolling = rest.isRolling;
      settings.restore(rest.settings);
    },
  };
}
