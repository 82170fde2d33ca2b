import {freshSnapshotName} from '../../model/snapshot.ts';
import {currentMarker} from '../../model/timeline.ts';
import type {Desk} from '../desk-contract.ts';
import {drawAutomationKeys} from './automation-keys.ts';
import {drawDesk} from './desk-frame.ts';
import {drawHelp, helpPages} from './help-frame.ts';
import {readKeys} from './key.ts';
import {intentsOf, type KeyContext} from './key-map.ts';
import {knobAfter} from './knob-keys.ts';
import {drawPrompt, type NamedThing, namingIntent, promptAfter} from './name-prompt.ts';
import {enterScreen} from './screen.ts';
import {terminalStyle} from './style.ts';

/** Frames a second; more is not seen, less looks slow. */
const framesPerSecond = 15;
/** The same where less motion is wanted: meters then step calmly. */
const calmFramesPerSecond = 3;

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/**
 * Shows the desk and passes keys on until `q`, Ctrl-C, or the signal. The user's own screen is back when it resolves, on every way out.
 */
export async function runLiveView(
  desk: Desk,
  terminal: Terminal,
  plain: boolean,
  signal: AbortSignal,
): Promise<'quit' | 'interrupted' | 'ended'> {
  const {input, output} = terminal;
  const style = terminalStyle(process.env, plain);
  if (signal.aborted) return 'ended';
  const screen = enterScreen(output);
  /** Page of the help, 0 for the desk. */
  let help = 0;
  let knob = 0;
  /** A key that waits for the one after it. */
  let waiting = '';
  /** The name that is being typed, and of what. */
  let typed: string | undefined;
  let named: NamedThing = 'marker';
  const draw = (): void => {
    // A terminal that is slow to take frames gets fewer.
    if (output.writableLength > 0) return;
    const size = {columns: output.columns || 80, rows: output.rows || 24};
    const lines = help > 0 ? drawHelp(size, style, help) : drawDesk(desk.status(), size, style, knob);
    const prompt =
      typed !== undefined
        ? [drawPrompt(typed, named, size.columns, style)]
        : waiting === 'k'
          ? [drawAutomationKeys(size.columns, style)]
          : [];
    screen.show([...lines.slice(0, lines.length - prompt.length), ...prompt], size.rows);
  };
  const resized = (): void => {
    screen.forget();
    draw();
  };
  const timer = setInterval(draw, 1000 / (desk.status().reducedMotion ? calmFramesPerSecond : framesPerSecond));
  let keysArrived: (chunk: string) => void = () => {};
  const ended = new Promise<'quit' | 'interrupted' | 'ended'>((resolve) => {
    signal.addEventListener('abort', () => resolve('ended'), {once: true});
    input.once('end', () => resolve('ended'));
    keysArrived = (chunk) => {
      for (const read of readKeys(chunk)) {
        if (typed !== undefined) {
          const next = promptAfter(typed, read);
          typed = next.type === 'typing' ? next.text : undefined;
          if (next.type === 'taken') desk.perform(namingIntent(named, next.text));
          continue;
        }
        if (read === 'ctrl-c') return resolve('interrupted');
        const key = waiting + read;
        waiting = help === 0 && (key === 'j' || key === 'k') ? key : '';
        if (key === 'q') return resolve('quit');
        if (key === '?' || help > 0) {
          help = key === '?' ? (help + 1) % (helpPages + 1) : 0;
          screen.forget();
          continue;
        }
        knob = knobAfter(knob, key);
        const {mixer, monitor, meters, view, layout, playback, assistance, automation, snapshots} = desk.status();
        named = key === '#' ? 'snapshot' : 'marker';
        if (key === 'e') typed = currentMarker(playback.markers, playback.frame)?.name;
        if (key === '#') typed = freshSnapshotName(snapshots?.snapshots ?? []);
        const context: KeyContext = {mixer, monitor, meters, view, layout, playback, assistance, knob};
        const more = {...(automation && {automation}), ...(snapshots && {snapshots})};
        const asked = intentsOf({...context, ...more}, key);
        for (const intent of asked) desk.perform(intent);
      }
      draw();
    };
    input.on('data', keysArrived);
  });
  try {
    output.on('resize', resized);
    input.setRawMode(true);
    input.setEncoding('utf8');
    input.resume();
    draw();
    return await ended;
  } finally {
    clearInterval(timer);
    output.off('resize', resized);
    input.off('data', keysArrived);
    screen.leave();
    leaveRawMode(input);
  }
}

/** A terminal that hung up refuses even this. */
function leaveRawMode(input: NodeJS.ReadStream): void {
  try {
    input.setRawMode(false);
    input.pause();
  } catch {
    // There is nobody left to see it.
  }
}
