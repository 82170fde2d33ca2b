import {stillEngine} from '../../engine/still-engine.ts';
import type {Layout} from '../../model/layout.ts';
import type {Mixer} from '../../model/mixer.ts';
import type {Surface} from '../../model/surface.ts';
import {memoryTransport} from '../../transport/memory.ts';
import {createDesk} from '../desk.ts';
import {createVirtualClock} from '../report/virtual-clock.ts';
import type {RecordingEntry} from './entry.ts';
import {tappedTransport} from './tap.ts';

export interface ReplayOptions {
  readonly surface: Surface;
  readonly layout: Layout;
  readonly mixer: Mixer;
  /** What was recorded; only the device's side is played. */
  readonly entries: readonly RecordingEntry[];
  /** How long the desk is heard after the last piece, in milliseconds. */
  readonly afterMs: number;
}

const portName = 'replayed device';
/** Time goes on in steps of so many ms, so that answers that come in turns of their own find their time. */
const stepMs = 5;

/**
 * Plays the device's side of a recording against a desk without sound, on a virtual clock as fast as the machine can, and returns everything
 * that went over the wire, both sides, with times since the port was opened.
 */
export async function replay({
  surface,
  layout,
  mixer,
  entries,
  afterMs,
}: ReplayOptions): Promise<readonly RecordingEntry[]> {
  const clock = createVirtualClock();
  const memory = memoryTransport();
  const passed: RecordingEntry[] = [];
  let openedMs: number | undefined;
  const known: Surface = {...surface, ports: [`^${portName}$`]};
  const tap = tappedTransport(
    memory,
    {
      opened: () => {
        openedMs ??= clock.now();
      },
      passed: ({from, bytes, because}) =>
        passed.push({
          atMs: clock.now() - (openedMs ?? 0),
          from,
          bytes,
          means: '',
          ...(because === undefined ? {} : {because}),
        }),
      closed: () => {},
    },
    () => known,
  );
  const desk = createDesk({
    sessionName: 'Replay',
    engine: stillEngine(mixer, clock.now),
    surfaces: [known],
    layout,
    transports: [tap],
    hasSound: () => true,
    clock,
    notices: () => [],
    save: () => {},
  });
  const device = memory.plug(portName);
  const pass = async (untilMs: number): Promise<void> => {
    while (clock.now() < untilMs) {
      clock.advance(Math.min(untilMs, clock.now() + stepMs));
      await turn();
    }
  };
  while (openedMs === undefined && clock.now() < 10_000) await pass(clock.now() + stepMs);
  const startMs = openedMs ?? clock.now();
  for (const {from, bytes, atMs} of entries) {
    if (from !== 'device') continue;
    await pass(startMs + atMs);
    device.say(bytes);
    await turn();
  }
  await pass(startMs + (entries.at(-1)?.atMs ?? 0) + afterMs);
  const heard = [...passed];
  await desk.close();
  return heard;
}

/** Everything that can happen now has happened. */
async function turn(): Promise<void> {
  await new Promise<void>((done) => setImmediate(done));
}
