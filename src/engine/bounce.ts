import {rm, stat} from 'node:fs/promises';
import {createLoudnessMeter, type LoudnessReading} from '../gain/loudness.ts';
import {dbFromFactor} from '../model/decibel.ts';
import type {Mixer} from '../model/mixer.ts';
import {following, noLanes} from './automation/followed-lanes.ts';
import {type MixerMove, mostFrames, type Passage, renderPassage} from './bounce-render.ts';
import type {FollowedLane} from './contract.ts';
import {type NewFile, openNewFile} from './new-file.ts';
import type {SoundFormat} from './sound-format.ts';
import {openSoundWriter, type SoundWriter} from './sound-writer.ts';
import type {Stem} from './stem.ts';

export type {MixerMove} from './bounce-render.ts';

/** One file of a bounce. */
export interface BouncePart {
  /** The mixer at frame 0. */
  readonly mixer: Mixer;
  /** What it becomes on the way, in rising order of frames; without them it stays as it is. */
  readonly moves?: readonly MixerMove[] | undefined;
  /** Lanes that move it; none if absent. */
  readonly lanes?: readonly FollowedLane[] | undefined;
  /** In strip order; a strip without a stem is silent. They stay open. */
  readonly stems: readonly (Stem | undefined)[];
  /** Path of the file; what was there is replaced when all files are complete. */
  readonly target: string;
}

/** What all files of a bounce have in common. */
export interface BounceForm {
  readonly sampleRate: number;
  /** Length of the session, where the stems end. */
  readonly lengthFrames: number;
  /** The part of the session that is wanted: from its beginning to its end unless said otherwise. */
  readonly fromFrame?: number | undefined;
  readonly toFrame?: number | undefined;
  /** What rings on after the end: so many seconds, or until it is below −90 dBFS (10 s at most). Nothing unless said otherwise. */
  readonly tailSeconds?: number | 'until-silent' | undefined;
  readonly format: SoundFormat;
  /** Told after every piece, 0…1 over all files. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface BounceOptions extends BouncePart, BounceForm {}

export interface BounceSetOptions extends BounceForm {
  readonly parts: readonly BouncePart[];
  /** Texts that belong to the files, such as a report: they appear with them or not at all. */
  readonly texts?: ((results: readonly BounceResult[]) => readonly BounceText[]) | undefined;
}

export interface BounceText {
  readonly target: string;
  readonly text: string;
}

export interface BounceResult {
  readonly target: string;
  /** Length of the file, with its tail. */
  readonly frames: number;
  /** Highest sample of the mix before the ceiling in dBFS, to the end of the last block: above 0 the ceiling had to hold `overs` samples. */
  readonly peakDb: number;
  readonly overs: number;
  /** Blocks whose samples had to be fetched a second time. They are in the file nevertheless: a bounce never lets silence stand in. */
  readonly starvedBlocks: number;
  /** Of the sound in the file, before it was rounded to integers. */
  readonly loudness: LoudnessReading;
}

/**
 * Renders a mix to a stereo file by the graph that is also heard, faster than real time. Two bounces of the same mix are the same to the bit. The file appears at its
 * path only when it is complete; if it fails or is aborted, nothing is left behind. Rejects with a DeskError (a stem or
 * the target fails), or with the signal's reason.
 */
export async function bounce(options: BounceOptions): Promise<BounceResult> {
  const {mixer, moves, lanes, stems, target, ...form} = options;
  const [result] = await bounceSet({...form, parts: [{mixer, moves, lanes, stems, target}]});
  if (result === undefined) throw new Error('a bounce of one part has one result');
  return result;
}

/** Renders several mixes of one session, each to a file of its own: all files appear at the end, or none. */
export async function bounceSet({parts, texts, ...form}: BounceSetOptions): Promise<readonly BounceResult[]> {
  form.signal?.throwIfAborted();
  const files: Placed[] = [];
  try {
    const results: BounceResult[] = [];
    for (const [index, part] of parts.entries()) {
      const onProgress = (fraction: number): void => form.onProgress?.((index + fraction) / parts.length);
      const passage = passageOf(part, form, onProgress);
      const writer = await openSoundWriter(form.format, {...form, target: part.target, frames: mostFrames(passage)});
      files.push({target: part.target, file: writer, isNew: await isFree(part.target)});
      results.push(await render(passage, part.target, writer));
      await writer.complete();
    }
    for (const {target, text} of texts?.(results) ?? []) {
      const isNew = await isFree(target);
      const file = await openNewFile(target);
      files.push({target, file, isNew});
      await file.append(Buffer.from(text));
      await file.complete();
    }
    form.signal?.throwIfAborted();
    await placeAll(files);
    return results;
  } finally {
    for (const {file} of files) await file.abandon();
  }
}

interface Placed {
  readonly target: string;
  readonly file: Pick<SoundWriter | NewFile, 'place' | 'abandon'>;
  readonly isNew: boolean;
}

/** If one cannot be placed, those that were placed before and replaced nothing are taken away again. */
async function placeAll(files: readonly Placed[]): Promise<void> {
  const placed: Placed[] = [];
  try {
    for (const one of files) {
      await one.file.place();
      placed.push(one);
    }
  } catch (error) {
    for (const {target, isNew} of placed) if (isNew) await rm(target, {force: true}).catch(() => undefined);
    throw error;
  }
}

async function isFree(target: string): Promise<boolean> {
  return (await stat(target).catch(() => undefined)) === undefined;
}

function passageOf(part: BouncePart, form: BounceForm, onProgress: (fraction: number) => void): Passage {
  const {sampleRate, lengthFrames, fromFrame = 0, toFrame = lengthFrames, tailSeconds = 0, signal} = form;
  const {mixer, moves = [], stems} = part;
  const lanes = following(noLanes, part.lanes ?? []);
  return {mixer, moves, lanes, stems, sampleRate, lengthFrames, fromFrame, toFrame, tailSeconds, onProgress, signal};
}

async function render(passage: Passage, target: string, writer: SoundWriter): Promise<BounceResult> {
  const meter = createLoudnessMeter({sampleRate: passage.sampleRate, channels: 2});
  let frames = 0;
  const {peak, overs, starvedBlocks} = await renderPassage(passage, async (left, right) => {
    frames += left.length;
    meter.push(left, right, left.length);
    await writer.write(left, right);
  });
  return {target, frames, peakDb: dbFromFactor(peak), overs, starvedBlocks, loudness: meter.reading()};
}
