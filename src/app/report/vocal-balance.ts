import {type Passage, renderPassage} from '../../engine/bounce-render.ts';
import {createLoudnessProgram} from '../../gain/loudness-program.ts';
import {type LaneParameter, laneTarget} from '../../model/lane.ts';
import type {Lanes} from '../../model/lane-change.ts';
import {type Mixer, masterId, type StripId} from '../../model/mixer.ts';
import type {Session} from '../../model/session.ts';
import type {OpenedStems} from '../open-stems.ts';
import {createNumberList, percentile} from './number-list.ts';
import type {VocalReport} from './report.ts';

/** Where vocals usually stand against the whole mix, in LU (studies measure differently; the middle is −3). */
const usual = {lowLu: -6, highLu: -1, middleLu: -3} as const;
/** Vocals this far below their own loudness rest between lines. */
const restLu = 10;
const silenceLufs = -70;
const fewestSeconds = 3;

export interface VocalBalanceOptions {
  readonly session: Session;
  /** What moves its mix. */
  readonly lanes: Lanes;
  readonly opened: OpenedStems;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** The strips that sing and are heard. */
export function vocalStrips({strips}: Mixer): readonly string[] {
  return strips.filter(({kind, group, muted}) => kind === 'stem' && group === 'vocals' && !muted).map(({name}) => name);
}

/**
 * Renders the vocals alone and the whole mix, both without the master's processing (a compressor would answer differently to each), and compares their short-term loudness
 * while someone sings. Undefined where nobody does for 3 s.
 */
export async function measureVocalBalance(options: VocalBalanceOptions): Promise<VocalReport | undefined> {
  const {mixer} = options.session;
  const names = vocalStrips(mixer);
  if (names.length === 0) return undefined;
  const plain: Mixer = {...mixer, masterParameters: {}};
  const alone: Mixer = {
    ...plain,
    strips: mixer.strips.map((strip) =>
      strip.kind === 'stem' && strip.group !== 'vocals' ? {...strip, muted: true} : strip,
    ),
  };
  const moving = lanesWhere(options.lanes, (strip) => strip !== masterId);
  const silenced = new Set(mixer.strips.filter((strip, index) => strip !== alone.strips[index]).map(({id}) => id));
  const vocals = await shortTermOf(
    alone,
    lanesWhere(moving, (strip, parameter) => parameter !== 'mute' || !silenced.has(strip)),
    options,
    0,
  );
  const whole = await shortTermOf(plain, moving, options, 0.5);
  const active = vocals.shortTerm.flatMap((vocal, index) => {
    const all = whole.shortTerm[index] ?? Number.NEGATIVE_INFINITY;
    return vocal > Math.max(silenceLufs, vocals.integratedLufs - restLu) && all > silenceLufs ? [vocal - all] : [];
  });
  const balanceLu = percentile(active, 0.5);
  if (balanceLu === undefined || active.length < fewestSeconds * valuesASecond) return undefined;
  return {strips: names, balanceLu, activeSeconds: active.length / valuesASecond, advice: adviceOf(balanceLu)};
}

function adviceOf(balanceLu: number): string | undefined {
  if (balanceLu >= usual.lowLu && balanceLu <= usual.highLu) return undefined;
  const amount = Math.abs(usual.middleLu - balanceLu).toFixed(1);
  const way = balanceLu > usual.highLu ? 'Lower' : 'Raise';
  return `Vocal is ${balanceLu.toFixed(1)} LU against the mix; typical is about ${usual.middleLu}. ${way} it about ${amount} dB.`;
}

const valuesASecond = 10;

/** Lanes of these strips and parameters. */
function lanesWhere(lanes: Lanes, isWanted: (strip: StripId, parameter: LaneParameter) => boolean): Lanes {
  return new Map(
    [...lanes].filter(([id]) => {
      const target = laneTarget(id);
      return target !== undefined && isWanted(target.strip, target.parameter);
    }),
  );
}

async function shortTermOf(
  mixer: Mixer,
  lanes: Lanes,
  {session, opened, onProgress, signal}: VocalBalanceOptions,
  doneBefore: number,
) {
  const {sampleRate} = session;
  const meter = createLoudnessProgram({sampleRate, weights: [1, 1], truePeak: false});
  const values = createNumberList();
  let frame = 0;
  const passage: Passage = {
    mixer,
    moves: [],
    lanes,
    stems: opened.stems,
    sampleRate,
    fromFrame: 0,
    toFrame: opened.lengthFrames,
    lengthFrames: opened.lengthFrames,
    tailSeconds: 0,
    onProgress: (share) => onProgress(doneBefore + share / 2),
    signal,
  };
  await renderPassage(passage, async (left, right) => {
    for (let at = 0; at < left.length; ) {
      const taken = Math.min(left.length - at, Math.round(((values.length + 1) * sampleRate) / valuesASecond) - frame);
      meter.push([left.subarray(at, at + taken), right.subarray(at, at + taken)], taken);
      at += taken;
      frame += taken;
      if (frame !== Math.round(((values.length + 1) * sampleRate) / valuesASecond)) continue;
      const heard = values.length + 1 >= fewestSeconds * valuesASecond;
      values.push(heard ? meter.shortTermLufs() : Number.NEGATIVE_INFINITY);
    }
  });
  return {shortTerm: [...values.all()], integratedLufs: meter.integratedLufs()};
}
