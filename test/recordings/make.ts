import {writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {createDesk} from '../../src/app/desk.ts';
import {mappingsFolder} from '../../src/app/folders.ts';
import {
  entryLine,
  headerLine,
  type Recording,
  type RecordingEntry,
  recordingVersion,
} from '../../src/app/record/entry.ts';
import {practiceMixer, recordedSession} from '../../src/app/record/practice.ts';
import {entryOf} from '../../src/app/record/recorder.ts';
import {tappedTransport} from '../../src/app/record/tap.ts';
import {createVirtualClock} from '../../src/app/report/virtual-clock.ts';
import {stillEngine} from '../../src/engine/still-engine.ts';
import type {Mappings} from '../../src/mapping/compile.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import type {Surface} from '../../src/model/surface.ts';
import {createInterpreter} from '../../src/surface/interpreter.ts';
import {memoryTransport} from '../../src/transport/memory.ts';
import {projectFile} from '../project.ts';
import {createVirtualDevice, type VirtualDevice} from '../virtual-desk/virtual-device.ts';

/** Numbers that look like chance and are the same every time (a linear congruence). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A moment of a made session: after so many milliseconds, a hand does this. */
export type Gesture = readonly [afterMs: number, act: (device: VirtualDevice) => void];

/** A hand that rides a fader up and down, as unsteady as hands are. */
export function ride(control: string, from: number, to: number, throwDice: () => number): readonly Gesture[] {
  const steps = 14;
  return [
    [30, (device) => device.touch(control)],
    ...Array.from({length: steps}, (_, step): Gesture => {
      const share = (step + 1) / steps;
      const eased = share * share * (3 - 2 * share);
      const position = from + (to - from) * eased + (throwDice() - 0.5) * 0.004;
      return [12 + throwDice() * 16, (device) => device.move(control, Math.min(1, Math.max(0, position)))];
    }),
    [90, (device) => device.release(control)],
  ];
}

function tap(control: string): readonly Gesture[] {
  return [
    [180, (device) => device.press(control)],
    [95, (device) => device.lift(control)],
  ];
}

/** What a hand does on any surface: rides, turns, and presses what is there. */
function gesturesOn(surface: Surface, throwDice: () => number): readonly Gesture[] {
  const has = (...names: readonly string[]): readonly string[] => names.filter((name) => surface.controls.has(name));
  return [
    [900, () => {}],
    ...has('fader.1', 'fader.3').flatMap((name) => [
      ...ride(name, 0.75, 0.2, throwDice),
      ...ride(name, 0.2, 0.9, throwDice),
    ]),
    ...has('encoder.2').flatMap((name) =>
      [1, 1, 2, -3, 1].map((steps): Gesture => [60 + throwDice() * 40, (device) => device.turn(name, steps)]),
    ),
    ...has('knob.2').flatMap((name) =>
      [0, 0.2, 0.4, 0.5, 0.6].map((to): Gesture => [30 + throwDice() * 20, (device) => device.move(name, to)]),
    ),
    ...has('mute.1', 'solo.2', 'select.3', 'bank-right', 'bank-left', 'flip', 'flip', 'play', 'stop').flatMap(tap),
    ...(surface.hid === undefined ? [] : wheelGestures(has, throwDice)),
    [700, () => {}],
  ];
}

/** What a hand does on wheels, rings and their keys. */
function wheelGestures(
  has: (...names: readonly string[]) => readonly string[],
  throwDice: () => number,
): readonly Gesture[] {
  return [
    ...has('dial', 'jog').flatMap((name) =>
      [1, 2, 1, -1, -4].map((steps): Gesture => [50 + throwDice() * 40, (device) => device.turn(name, steps)]),
    ),
    ...has('shuttle-ring', 'push-z').flatMap((name) =>
      [0.3, 1, 0.4, 0, -0.6, 0].map((to): Gesture => [40 + throwDice() * 30, (device) => device.deflect(name, to)]),
    ),
    ...has('select.1', 'dial-push', 'record', 'f3').flatMap(tap),
  ];
}

/** Makes a recording: a virtual device and a desk on a virtual clock, with the delays and pieces of a real line. */
export async function makeRecording(surface: Surface, mappings: Mappings, seed: number): Promise<Recording> {
  const throwDice = dice(seed);
  const layout = mappings.layouts.find(({id}) => id === 'mixer');
  if (layout === undefined) throw new Error('the layout is missing');
  const clock = createVirtualClock();
  const memory = memoryTransport();
  const entries: RecordingEntry[] = [];
  const interpreter = createInterpreter(surface);
  const known: Surface = {...surface, ports: ['^made$']};
  let openedMs: number | undefined;
  const listening = tappedTransport(
    memory,
    {
      opened: () => {
        openedMs ??= clock.now();
      },
      passed({from, bytes, because}) {
        const atMs = Math.round((clock.now() - (openedMs ?? 0)) * 10) / 10;
        entries.push(entryOf(interpreter, {from, bytes, because}, atMs));
      },
      closed: () => {},
    },
    () => known,
  );
  const mixer = practiceMixer();
  const cable = memory.plug('made');
  let lineFreeMs = 0;
  const device = createVirtualDevice(surface, (bytes) => {
    // A driver hands over after half a millisecond to three, sometimes ten, in order, and sometimes in two pieces.
    const delay = 0.5 + throwDice() * 2.5 + (throwDice() < 0.05 ? 7 : 0);
    lineFreeMs = Math.max(lineFreeMs + 0.3, clock.now() + delay);
    // Reports keep their borders.
    const cut = throwDice() < 0.1 && bytes.length > 1 && surface.hid === undefined ? 1 : bytes.length;
    clock.after(lineFreeMs - clock.now(), () => cable.say(bytes.slice(0, cut)));
    if (cut < bytes.length) clock.after(lineFreeMs - clock.now() + 0.2, () => cable.say(bytes.slice(cut)));
  });
  cable.onHeard((bytes) => void clock.after(1 + throwDice(), () => device.receive(bytes)));
  const desk = createDesk({
    sessionName: 'Made',
    engine: stillEngine(mixer, clock.now),
    surfaces: [known],
    layout,
    transports: [listening],
    hasSound: () => true,
    clock,
    notices: () => [],
    save: () => {},
  });
  const pass = async (ms: number): Promise<void> => {
    for (const untilMs = clock.now() + ms; clock.now() < untilMs; ) {
      clock.advance(Math.min(untilMs, clock.now() + 5));
      await new Promise<void>((done) => setImmediate(done));
    }
  };
  device.powerOn();
  for (const [afterMs, act] of gesturesOn(surface, throwDice)) {
    await pass(afterMs);
    act(device);
  }
  const made = [...entries];
  await desk.close();
  const session = recordedSession('Made', mixer);
  const source = 'made by test/recordings/make.ts with a virtual device: no real hardware';
  return {
    header: {version: recordingVersion, surface: surface.id, port: 'made', layout: 'mixer', source, session},
    entries: made,
  };
}

/** The surfaces of which there are recordings. */
export const recorded: readonly string[] = [
  'x-touch',
  'korg-nanokontrol2',
  'bcf2000',
  'powermate',
  'shuttle-pro-2',
  'stream-deck-mini',
];

/** The text of a recording. */
export function recordingText({header, entries}: Recording): string {
  return `${[headerLine(header), ...entries.map(entryLine)].join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const mappings = await loadMappings(mappingsFolder);
  for (const [index, id] of recorded.entries()) {
    const surface = mappings.surfaces.find((one) => one.id === id);
    if (surface === undefined) throw new Error(`there is no surface ${id}`);
    const recording = await makeRecording(surface, mappings, 4711 + index);
    await writeFile(fileURLToPath(projectFile(`test/recordings/${id}.jsonl`)), recordingText(recording));
    process.stdout.write(`${id}: ${recording.entries.length} lines\n`);
  }
}
