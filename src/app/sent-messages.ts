import {byteSum} from '../wire/byte-sum.ts';

/** The messages that went out lately, so that one that comes in can be compared with them. */
export interface SentMessages {
  /** Takes note of one. Times in ms that never fall. */
  note(message: Uint8Array, nowMs: number): void;
  /** When one like it was sent last, if that was among the last 1024. */
  lookUp(message: Uint8Array): SentMessage | undefined;
}

export interface SentMessage {
  readonly atMs: number;
  /** Whether it came back since it was sent. */
  readonly isBack: boolean;
  /** It came back. */
  back(): void;
}

/** Sending is far more frequent than hearing: it only writes into a ring, which is searched when something is heard. */
const room = 1024;

/** Nothing was sent yet. */
export function createSentMessages(): SentMessages {
  const keys = new Uint32Array(room);
  const times = new Float64Array(room);
  const isBack = new Uint8Array(room);
  let count = 0;

  return {
    note(message, nowMs) {
      const at = count % room;
      keys[at] = keyOf(message);
      times[at] = nowMs;
      isBack[at] = 0;
      count++;
    },
    lookUp(message) {
      const key = keyOf(message);
      for (let place = count - 1; place >= Math.max(0, count - room); place--) {
        const at = place % room;
        if (keys[at] !== key) continue;
        return {
          atMs: times[at] ?? 0,
          isBack: isBack[at] === 1,
          back: () => {
            isBack[at] = 1;
          },
        };
      }
      return undefined;
    },
  };
}

/** Short messages are their own key, longer ones have the sum of their bytes: of two that have the same by accident nothing worse comes than a question. */
function keyOf(message: Uint8Array): number {
  const [first = 0, second = 0, third = 0] = message;
  if (message.length <= 3) return (message.length << 24) | (first << 16) | (second << 8) | third;
  return byteSum(message);
}
