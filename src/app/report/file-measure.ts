import {blockFrames} from '../../engine/graph.ts';
import {createProgramMeter} from '../../engine/program-meter.ts';
import type {Stem} from '../../engine/stem.ts';
import {openSound} from '../../engine/stems/probe.ts';
import {decodeSound, refuseFailure} from '../../engine/stems/sound.ts';
import {problemOf, type SoundHeader} from '../../engine/stems/sound-header.ts';
import {createWholeGraph} from '../../engine/whole-graph.ts';
import type {Facts} from '../../gain/facts.ts';
import {ruleTable} from '../../gain/rules.ts';
import {masterFields, stripFields} from '../../model/meter.ts';
import {masterId, newMixer, newStrip} from '../../model/mixer.ts';
import type {Problem} from '../../model/problem.ts';
import type {TrackFigures} from './figures.ts';
import {createSoundMeter} from './sound-meter.ts';
import {createWarningLog, type LoggedWarning} from './warning-log.ts';

/** What a file was measured to be, or why it was not. */
export type MeasuredFile =
  | {
      readonly type: 'measured';
      readonly header: SoundHeader;
      readonly figures: TrackFigures;
      readonly warnings: readonly LoggedWarning[];
    }
  | {readonly type: 'refused'; readonly problem: Problem};

export interface FileMeasureOptions {
  readonly path: string;
  /** For people. */
  readonly name: string;
  /** What the gain rules take it for; without it they are not asked. */
  readonly as: 'stem' | 'mix' | undefined;
  readonly facts: Facts;
  /** Told the share done, 0…1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Measures a file from its first sample to its last, at its own rate. Rejects with the signal's reason; what is wrong with the file is an answer. */
export async function measureFile(options: FileMeasureOptions): Promise<MeasuredFile> {
  const {path, signal, onProgress} = options;
  const opened = await openSound(path);
  if (opened.type === 'refused') return opened;
  const {file, header} = opened;
  const {sampleRate, lengthFrames} = header;
  try {
    const channels = header.channels === 1 ? 1 : 2;
    const meter = createSoundMeter({sampleRate, channels, psr: true});
    const ear = options.as === undefined ? undefined : await createRuleEar(options, options.as, header);
    let done = 0;
    for await (const block of decodeSound(file, header)) {
      signal.throwIfAborted();
      const left = block[0] ?? new Float32Array(0);
      const right = block[1] ?? left;
      meter.push(left, right, left.length);
      ear?.push(left, right);
      done += left.length;
      onProgress(done / lengthFrames);
    }
    return {type: 'measured', header, figures: meter.figures(), warnings: ear?.warnings() ?? []};
  } catch (error) {
    if (signal.aborted) throw error;
    return {type: 'refused', problem: problemOf(path, refuseFailure(error))};
  } finally {
    await file.handle.close();
  }
}

/** Hears a file as the desk would: on one strip with all at rest. */
async function createRuleEar({name, facts}: FileMeasureOptions, as: 'stem' | 'mix', header: SoundHeader) {
  const {sampleRate} = header;
  const isMix = as === 'mix';
  // A finished mix comes to the output as it is: a mono one is not panned. What lies before the output is not there to be judged.
  const channels = header.channels === 1 && !isMix ? 1 : 2;
  const mixer = newMixer({strips: [newStrip({id: 'file', name, channels})]});
  const {graph} = await createWholeGraph({sampleRate, mixer});
  const heard = isMix ? ruleTable.filter(({places}) => places.master?.tap !== 'bus') : ruleTable;
  const log = createWarningLog({sampleRate, mixer, expected: () => true, rules: heard, facts: () => facts});
  const left = new Float32Array(blockFrames);
  const right = new Float32Array(blockFrames);
  const stem: Stem = {
    channels,
    lengthFrames: header.lengthFrames,
    prepare: () => Promise.resolve(),
    read(_, intoLeft, intoRight) {
      intoLeft.set(left);
      intoRight.set(right);
      return true;
    },
    close: () => Promise.resolve(),
  };
  const output = [new Float32Array(blockFrames), new Float32Array(blockFrames)] as const;
  const values = new Float32Array(stripFields + masterFields);
  const program = createProgramMeter(sampleRate);
  let filled = 0;
  let atFrame = 0;

  function hear(): void {
    left.fill(0, filled);
    right.fill(0, filled);
    graph.render([stem], atFrame, 'rolling', output[0], output[1], values);
    const reading = program.push(output[0], output[1], blockFrames, true);
    const frame = {atFrame, frames: blockFrames, rolling: true, values: values.slice()};
    log.push(reading === undefined ? frame : {...frame, program: reading});
    atFrame += blockFrames;
    filled = 0;
  }

  return {
    push(moreLeft: Float32Array, moreRight: Float32Array): void {
      for (let at = 0; at < moreLeft.length; ) {
        const taken = Math.min(blockFrames - filled, moreLeft.length - at);
        left.set(moreLeft.subarray(at, at + taken), filled);
        right.set(moreRight.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled === blockFrames) hear();
      }
    },
    warnings(): readonly LoggedWarning[] {
      if (filled > 0) hear();
      return log.warnings().filter(({strip}) => (strip === masterId) === isMix);
    },
  };
}
