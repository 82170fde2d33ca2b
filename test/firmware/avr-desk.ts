import {newMixer, newStrip} from '../../src/model/mixer.ts';
import {type FirmwareDesk, firmwareDesk} from '../journeys/firmware-desk.ts';
import type {Heard} from '../journeys/memory-engine.ts';
import type {Machine} from './machine.ts';

/** Real firmware on a simulated chip, its line in the real desk, both in the same virtual time. */
export interface AvrDesk extends FirmwareDesk {
  /** So much time passes for chip, desk and sound, millisecond by millisecond; `each` is called after each. */
  run(ms: number, each?: () => void): Promise<void>;
  /** Runs until something is so, and gives the time that took; throws after `limitMs`. */
  until(what: string, isSo: () => boolean, limitMs?: number): Promise<number>;
  /** The desk's program stands still, as after SIGSTOP or SIGKILL: what the chip says waits, and only the chip's time passes. */
  freeze(): void;
  /** It goes on, at the time that it is. */
  thaw(): Promise<void>;
  /** What is heard from now on, by strip; silence where nothing is said. */
  sound: ReadonlyMap<number, Heard>;
}

const soundEveryMs = 20;

/** Joins a chip to a desk of eight strips; `each` happens on its board each millisecond. */
export function newAvrDesk(machine: Machine, each: () => void = () => {}): AvrDesk {
  const strips = Array.from({length: 8}, (_, index) =>
    newStrip({id: `s${index}`, name: `Strip ${index + 1}`, levelDb: -10}),
  );
  const bench = firmwareDesk(newMixer({strips}));
  const cable = bench.plugCable();
  cable.onHeard((bytes) => machine.send(bytes));
  let isFrozen = false;
  let missedMs = 0;
  let ms = 0;
  const step = async (): Promise<void> => {
    machine.run(1);
    each();
    ms += 1;
    if (isFrozen) {
      missedMs += 1;
      return;
    }
    if (ms % soundEveryMs === 0) bench.engine.hear(soundEveryMs / 1000, desk.sound, 0.1);
    const said = machine.heard();
    if (said.length > 0) cable.say(said);
    await bench.pass(1);
  };
  const desk: AvrDesk = {
    ...bench,
    sound: new Map(),
    async run(runMs, then = () => {}) {
      for (let left = runMs; left > 0; left--) {
        await step();
        then();
      }
    },
    async until(what, isSo, limitMs = 5000) {
      const began = machine.nowMs();
      while (!isSo()) {
        if (machine.nowMs() - began > limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
        await step();
      }
      return machine.nowMs() - began;
    },
    freeze() {
      isFrozen = true;
    },
    async thaw() {
      isFrozen = false;
      await bench.pass(missedMs);
      missedMs = 0;
    },
  };
  return desk;
}
