import type {HeardBlock, Moment, Step} from './renderer.ts';

/** What was scheduled as one, with the way to its start. */
export interface Chunk {
  readonly atFrame: number;
  readonly endFrame: number;
  /** What is before was replaced. */
  readonly heardFrom: number;
  readonly from: Moment;
  readonly blocks: readonly HeardBlock[];
  readonly steps: readonly Step[];
}

/** What lies ready behind the new sound, as it was before the last change: heard only if no new sound comes in time. Without a gap. */
export interface OldSound {
  readonly isEmpty: boolean;
  /** Undefined while it is empty. */
  readonly endFrame: number | undefined;
  readonly end: Moment | undefined;
  /** New sound became old; `end` is where it ends if nothing older lies behind it. */
  prepend(chunks: readonly Chunk[], end: () => Moment): void;
  append(chunk: Chunk, end: Moment): void;
  /** New sound took its place up to a frame. */
  replaceUntil(frame: number): void;
  forget(): void;
  /** What is heard of it before a frame if no new sound comes from `fromFrame` on; and the chunk that is heard at that frame, if it lasts so long. */
  heardBetween(
    fromFrame: number,
    toFrame: number,
  ): {readonly blocks: readonly HeardBlock[]; readonly last: Chunk | undefined};
}

export function createOldSound(): OldSound {
  let chunks: readonly Chunk[] = [];
  let end: Moment | undefined;
  return {
    get isEmpty() {
      return chunks.length === 0;
    },
    get endFrame() {
      return chunks.at(-1)?.endFrame;
    },
    get end() {
      return end;
    },
    prepend(more, endOfThese) {
      if (chunks.length === 0) end = endOfThese();
      chunks = [...more, ...chunks];
    },
    append(chunk, newEnd) {
      chunks = [...chunks, chunk];
      end = newEnd;
    },
    replaceUntil(frame) {
      const [first, ...rest] = chunks.filter(({endFrame}) => endFrame > frame);
      if (first === undefined) {
        chunks = [];
        end = undefined;
      } else chunks = [first.heardFrom < frame ? {...first, heardFrom: frame} : first, ...rest];
    },
    forget() {
      chunks = [];
      end = undefined;
    },
    heardBetween(fromFrame, toFrame) {
      const heard = chunks.filter(({heardFrom}) => heardFrom < toFrame);
      const blocks = heard.flatMap((chunk) => {
        const from = Math.max(fromFrame, chunk.heardFrom);
        return chunk.blocks.filter(({meters: {atFrame}}) => atFrame >= from && atFrame < toFrame);
      });
      const last = heard.at(-1);
      return {blocks, last: last !== undefined && last.endFrame >= toFrame ? last : undefined};
    },
  };
}
