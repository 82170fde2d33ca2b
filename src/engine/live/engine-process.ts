import {setPriority} from 'node:os';
import {applyCommand} from '../../model/command.ts';
import type {MeterFrame} from '../../model/meter.ts';
import {describeError} from '../../model/problem.ts';
import {following, noLanes} from '../automation/followed-lanes.ts';
import {createComparison} from '../monitor/comparison.ts';
import {createListening} from '../monitor/listening.ts';
import {createProgramMeter} from '../program-meter.ts';
import type {Stem} from '../stem.ts';
import {createStemOpener} from '../stems/stem-opener.ts';
import {createWholeGraph} from '../whole-graph.ts';
import {createHeardDigest} from './heard-digest.ts';
import {machineMs} from './machine-clock.ts';
import type {EngineSetup, FromEngine, ToEngine} from './message.ts';
import {openOutput} from './open-output.ts';
import {createRenderLoop} from './render-loop.ts';
import type {HeardBlock} from './renderer.ts';
import {startRounds} from './rounds.ts';

/**
 * The engine's own process: stems, graph and sound device. It is apart from the desk because native audio libraries write to the
 * standard output, may block, and may crash; and because its priority can be raised alone. It ends with its parent.
 */
const pumpEveryMs = 8;
/** A change need not wait for the next round if the last was so long ago. */
const pumpAgainMs = 5;
/** Sound that lies ready while a hand moves something. */
const shallowMs = 30;
/** A change goes into the first block that starts so long from now: the device must have it before it is due. */
const guardMs = 6;
/** The hand rests: sound lies deep again. */
const restMs = 250;
/** References are measured in small steps, so long apart: a track of four minutes takes about ten seconds beside the sound. */
const measureEveryMs = 4;

let end: () => Promise<void> = async () => {};
let receive: (message: ToEngine) => void = () => {};

/** Resolves when the message has left this process, or can no longer. */
function send(message: FromEngine): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}

function raisePriority(): void {
  try {
    setPriority(-10);
  } catch {
    // Ordinary users may not; the look-ahead carries the sound then.
  }
}

async function open(setup: EngineSetup): Promise<void> {
  const opener = createStemOpener({sampleRate: setup.sampleRate, cacheFolder: setup.cacheFolder});
  // A sound system that hangs may hang this whole thread: who waits must know for what.
  await send({type: 'stage', stage: 'device'});
  const {output, reason, cure} = await openOutput(setup, (message) => void send(message));
  await send({type: 'stage', stage: 'stems'});
  const [whole, stems] = await Promise.all([
    createWholeGraph({sampleRate: setup.sampleRate, mixer: setup.mixer}),
    Promise.all(
      setup.mixer.strips.map(async (strip): Promise<Stem | undefined> => {
        const file = setup.stems.find((stem) => stem.strip === strip.id);
        if (file === undefined || file.missing) return undefined;
        const opened = await opener.open(file.path);
        if (opened.type === 'stem') return opened.stem;
        void send({type: 'problems', problems: [opened.problem]});
        return undefined;
      }),
    ),
  ]);
  const lengthFrames = stems.reduce((longest, stem) => Math.max(longest, stem?.lengthFrames ?? 0), 0);
  const framesOf = (ms: number): number => Math.round((ms * setup.sampleRate) / 1000);
  const listening = createListening({
    sampleRate: setup.sampleRate,
    monitor: setup.monitor,
    mixer: setup.mixer,
    mixLatencyFrames: whole.graph.latencyFrames,
  });
  const loop = createRenderLoop({
    graph: whole.graph,
    stems,
    output,
    listening,
    keepsMix: () => true,
    lengthFrames,
    lookAheadFrames: framesOf(setup.lookAheadMs),
    shallowFrames: Math.min(framesOf(shallowMs), framesOf(setup.lookAheadMs)),
    guardFrames: framesOf(guardMs),
    restFrames: framesOf(restMs),
  });
  raisePriority();
  let {monitor} = setup;
  const comparison = createComparison({
    files: setup.references,
    sampleRate: setup.sampleRate,
    open: (path) => opener.open(path),
    pause: () => new Promise((resolve) => setTimeout(resolve, measureEveryMs)),
    changed: () => {
      loop.setMonitor(monitor, comparison.heardWith(monitor));
      void send({type: 'references', references: comparison.readings});
    },
    failed: (problem) => void send({type: 'problems', problems: [problem]}),
  });

  const program = createProgramMeter(setup.sampleRate);
  program.setPaused(setup.meters.paused);
  whole.graph.setMeters(setup.meters.type);
  /** The block with what the programme meters say of the mix at its end. */
  const metered = ({meters, mix}: HeardBlock): MeterFrame => {
    if (mix === undefined) return meters;
    if (meters.rolling) comparison.mixHeard(mix.left, mix.right);
    const reading = program.push(mix.left, mix.right, meters.frames, meters.rolling);
    return reading === undefined ? meters : {program: reading, ...meters};
  };

  const tellHeard = createHeardDigest((message) => void send(message));
  let problemsTold = 0;
  let takenSerial = 0;
  /** Playback commands that were taken but are not audible yet. */
  const taken: {readonly serial: number; readonly fromFrame: number}[] = [];
  let mixer = setup.mixer;
  let lanes = noLanes;
  /** What was told of the last change, until it is heard. */
  let applied: Extract<FromEngine, {type: 'applied'}> | undefined;
  const tellApplied = (changes: number, atFrame: number): void => {
    applied = {type: 'applied', changes, atFrame, atMs: performance.timeOrigin + performance.now()};
    void send(applied);
  };
  const pump = (): void => {
    output.check();
    const heard = loop.pump();
    if (applied !== undefined && loop.changedFrame > applied.atFrame) tellApplied(applied.changes, loop.changedFrame);
    comparison.prepareAhead(listening.ranFrames);
    const frames = heard.map(metered);
    const last = heard.at(-1);
    if (last === undefined) return;
    if (applied !== undefined && applied.atFrame <= last.meters.atFrame) applied = undefined;
    for (let next = taken[0]; next !== undefined && next.fromFrame <= last.meters.atFrame; next = taken[0]) {
      takenSerial = next.serial;
      taken.shift();
    }
    const {lateBlocks, starvedBlocks} = loop;
    const tape = loop.heard();
    const atMs = machineMs();
    // The tape that is heard runs out later than the one that is rendered.
    const playing = loop.playing || tape[0]?.moves === true;
    tellHeard({type: 'heard', frames, tape, atMs, playing, takenSerial, lateBlocks, starvedBlocks});
    const problems = opener.problems();
    if (problems.length > problemsTold) {
      void send({type: 'problems', problems: problems.slice(problemsTold)});
      problemsTold = problems.length;
    }
  };
  const rounds = startRounds(pump, {everyMs: pumpEveryMs, againMs: pumpAgainMs, rest: () => loop.deepen()});

  receive = (message) => {
    switch (message.type) {
      case 'mixer':
        mixer = message.commands.reduce(applyCommand, mixer);
        lanes = following(lanes, message.lanes);
        tellApplied(message.changes, loop.setMixer(mixer, lanes));
        rounds.soon();
        break;
      case 'playback':
        taken.push({serial: message.serial, fromFrame: loop.command(message.command)});
        break;
      case 'monitor':
        ({monitor} = message);
        loop.setMonitor(monitor, comparison.heardWith(monitor));
        rounds.soon();
        break;
      case 'meters':
        if (message.reset) program.resetLoudness();
        program.setPaused(message.meters.paused);
        whole.graph.setMeters(message.meters.type);
        break;
      case 'open':
      case 'close':
        break;
    }
  };
  end = async () => {
    rounds.end();
    await output.close();
    await Promise.all(stems.map((stem) => stem?.close()));
    await Promise.all([comparison.close(), opener.close()]);
  };
  void send({
    type: 'ready',
    lengthFrames,
    status: {
      output: output.kind,
      deviceName: output.name,
      reason,
      cure,
      sampleRate: setup.sampleRate,
      lookAheadMs: setup.lookAheadMs,
      lateBlocks: 0,
      starvedBlocks: 0,
    },
  });
  if (setup.references.length > 0) void send({type: 'references', references: comparison.readings});
}

async function quit(): Promise<void> {
  await Promise.race([end().catch(() => {}), new Promise((done) => setTimeout(done, 1000))]);
  process.exit(0);
}

process.on('message', (message: ToEngine) => {
  if (message.type === 'open') {
    open(message.setup).catch((error: unknown) => void send({type: 'failed', reason: describeError(error)}));
  } else if (message.type === 'close') {
    void quit();
  } else {
    receive(message);
  }
});
process.on('disconnect', () => void quit());
// The desk may have gone while this code was loaded.
if (!process.connected) process.exit(0);
// The terminal sends its signals to the whole group; the desk decides when the engine ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
