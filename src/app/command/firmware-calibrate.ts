import {createInterface} from 'node:readline/promises';
import {DeskError} from '../../model/problem.ts';
import {type CalibrationPoint, readingOfNow} from '../../wire/longthrow/calibration.ts';
import {exitCode} from '../exit-code.ts';
import type {Talk} from '../firmware/talk.ts';
import {order, print, talking} from './firmware.ts';

/** What the hand must do for each point. */
const positions: readonly (readonly [CalibrationPoint['point'], string])[] = [
  ['bottom', 'all the way down'],
  ['unity', 'to its 0 dB mark'],
  ['top', 'all the way up'],
];
const touches: readonly (readonly [CalibrationPoint['point'], string])[] = [
  ['untouched', 'take your hand off fader'],
  ['touched', 'lay a finger on fader'],
];

/** Says a sentence and waits until the person has done it; false ends the guide. */
export type Confirm = (sentence: string) => Promise<boolean>;

export interface CalibrateOptions {
  /** From 1; all faders if absent. */
  readonly fader?: number;
  /** Thresholds of touch instead of positions. */
  readonly touch?: boolean;
}

/** Guides through the calibration of a surface's faders, in the terminal; it is kept at the end if the person says so. */
export async function calibrateFirmware(path: string, options: CalibrateOptions): Promise<number> {
  if (!process.stdin.isTTY) throw new DeskError('usage', 'Calibration is a conversation: run it in a terminal.');
  const terminal = createInterface({input: process.stdin, output: process.stdout});
  const confirm: Confirm = async (sentence) =>
    (await terminal.question(`${sentence} – Enter, or q to end: `)).trim() !== 'q';
  try {
    return await talking(path, (talk) => guide(talk, options, confirm));
  } finally {
    terminal.close();
  }
}

/** The guide itself: fader by fader, point by point; what was begun and not ended is left as it was. */
export async function guide(talk: Talk, {fader, touch = false}: CalibrateOptions, confirm: Confirm): Promise<number> {
  const rows = talk.device.descriptor.records.filter((record) => record.type === 'faders');
  const all = rows.flatMap(({first, count, touch: sensed}) =>
    sensed || !touch ? Array.from({length: count}, (_, index) => first + index) : [],
  );
  const wanted = fader === undefined ? all : all.filter((index) => index === fader - 1);
  if (wanted.length === 0) throw new DeskError('usage', 'It has no such fader.');
  for (const index of wanted) if (!(await calibrate(talk, index, touch, confirm))) return exitCode.interrupted;
  if (!(await confirm('All done. Keep it over a restart'))) {
    print('It holds until the surface restarts.');
    return exitCode.ok;
  }
  await talk.askFor(order('config-commit'), 'config-stored');
  print('Kept.');
  return exitCode.ok;
}

async function calibrate(talk: Talk, fader: number, touch: boolean, confirm: Confirm): Promise<boolean> {
  await talk.ask({type: 'calibration-begin', fader, what: touch ? 'touch' : 'position'});
  for (const [point, how] of touch ? touches : positions) {
    const sentence = touch ? `${how} ${fader + 1}` : `Move fader ${fader + 1} ${how}`;
    if (await confirm(sentence)) {
      await talk.ask({type: 'calibration-point', fader, point, reading: readingOfNow});
      continue;
    }
    await talk.ask({type: 'calibration-end', fader, keep: false});
    return false;
  }
  await talk.ask({type: 'calibration-end', fader, keep: true});
  return true;
}
