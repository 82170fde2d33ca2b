import {lampSpeech} from '../../../src/gain/lamp-pattern.ts';
import type {Cell, OutputId} from '../../../src/model/picture.ts';
import type {Reading} from '../../../src/model/reading.ts';
import type {Surface} from '../../../src/model/surface.ts';
import type {Warning} from '../../../src/model/warning.ts';
import {createDialect} from '../../../src/surface/dialect.ts';
import {type RenderInput, render} from '../../../src/surface/render.ts';
import {inputOf} from '../render/small-desk.ts';

/** A warning of the first strip. */
export function warned(given: Partial<Warning> = {}): Warning {
  return {
    rule: 'hot',
    strip: 's1',
    severity: 2,
    short: 'HOT +4',
    advice: '',
    raisedAtMs: 0,
    acknowledged: false,
    ...given,
  };
}

/** What each state of a lamp is made of. */
export const states = {
  alarm: [warned({rule: 'clip.in', severity: 4, short: 'IN CLP'})],
  warning: [warned({rule: 'mono', severity: 3, short: 'MONO-9'})],
  advice: [warned()],
  info: [warned({rule: 'noise', severity: 1, short: 'NOISE'})],
  stale: [warned({rule: 'stale', severity: 3, short: 'STALE'})],
  fine: [],
} as const satisfies Readonly<Record<string, readonly Warning[]>>;

/** A reading in which nothing is known but what is given. */
export function levelOf(peakDb: number, given: Partial<Reading> = {}): Reading {
  return {
    peakDb,
    leftDb: peakDb,
    rightDb: peakDb,
    inPeakDb: peakDb,
    postPeakDb: peakDb,
    workingPeakDb: undefined,
    clipped: false,
    ...given,
  };
}

/** An input whose lamps speak as the desk's do. */
export function deskInput(given: Partial<RenderInput>): RenderInput {
  const {reducedMotion = false} = given;
  return inputOf({lampPattern: lampSpeech({reducedMotion}), ...given});
}

/** The cell of an output. */
export function cellAt(output: OutputId, given: Partial<RenderInput>): Cell {
  const cell = render(deskInput(given)).get(output);
  if (cell === undefined) throw new Error(`there is no ${output}`);
  return cell;
}

/** One character a tick of 50 ms. */
export function drawn(
  ticks: number,
  given: Partial<RenderInput>,
  output: OutputId,
  draw: (cell: Cell) => string,
): string {
  return Array.from({length: ticks}, (_, lampTick) => draw(cellAt(output, {...given, lampTick}))).join('');
}

/** Shortens a row of ticks to its runs: `##...` is `#2 .3`. */
export function runs(row: string): string {
  return (row.match(/(.)\1*/gs) ?? []).map((run) => `${run[0]}${run.length}`).join(' ');
}

/** The bytes that bring a cell to a device that was never spoken to, in hex. */
export function bytesOf(surface: Surface, output: OutputId, cell: Cell): readonly string[] {
  const sent = createDialect(surface).write([{output, cell, because: 'test'}]);
  return sent.map(({bytes}) =>
    Buffer.from(bytes)
      .toString('hex')
      .toUpperCase()
      .replace(/..(?!$)/g, '$& '),
  );
}
