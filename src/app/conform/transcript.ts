import type {Frame} from '../../wire/longthrow/codec.ts';
import {type Heard, newHost} from './host.ts';
import type {Deed, Target} from './target.ts';
import {frameOf, fromHex, plain} from './vectors.ts';

/** Who says what when, and what must follow: see `firmware-protocol/transcripts/README.md`. */
export interface Transcript {
  readonly name: string;
  readonly shows: readonly string[];
  readonly steps: readonly TranscriptStep[];
  readonly expect: readonly Expectation[];
}

export interface TranscriptStep {
  readonly at: number;
  /** Said again each so many ms, up to `until`. */
  readonly every?: number;
  readonly until?: number;
  readonly host?: Readonly<Record<string, unknown>>;
  readonly sequence?: number;
  readonly session?: number;
  readonly raw?: string;
  readonly hand?: string;
}

export interface Expectation {
  readonly from: number;
  readonly to: number;
  readonly device?: Readonly<Record<string, unknown>>;
  readonly shown?: Readonly<Record<string, unknown>>;
  /** How often at least and at most; once or more if absent. */
  readonly least?: number;
  readonly most?: number;
  /** Names for parts of the first message that fits. */
  readonly bind?: Readonly<Record<string, string>>;
}

interface Act {
  readonly atMs: number;
  readonly step: TranscriptStep;
}

/** Plays a transcript to a device that has just started, and gives a sentence for each expectation that was not met. */
export async function playTranscript({steps, expect}: Transcript, target: Target): Promise<readonly string[]> {
  const host = newHost(target);
  const end = Math.max(...expect.map(({to}) => to), ...steps.map(({at, until}) => until ?? at)) + 1;
  const bound = new Map<string, unknown>();
  for (const {atMs, step} of steps.flatMap(actsOf).sort((one, other) => one.atMs - other.atMs)) {
    await host.runTo(atMs);
    bindAll(expect, host.heard, bound);
    if (step.host !== undefined) await host.say(frameOf({message: resolved(step.host, bound)}).message, step);
    if (step.raw !== undefined) await host.raw(fromHex(step.raw));
    if (step.hand !== undefined) await host.order(step.hand);
  }
  await host.runTo(end);
  bindAll(expect, host.heard, bound);
  return [...host.unreadable, ...expect.flatMap((one) => unmet(one, host.heard, host.deeds, bound))];
}

function actsOf(written: TranscriptStep): readonly Act[] {
  const {at, every, until = at} = written;
  if (every === undefined) return [{atMs: at, step: written}];
  return Array.from({length: Math.floor((until - at) / every) + 1}, (_, round) => ({
    atMs: at + round * every,
    step: written,
  }));
}

function unmet(
  one: Expectation,
  heard: readonly Heard[],
  deeds: readonly Deed[],
  bound: ReadonlyMap<string, unknown>,
): readonly string[] {
  const wanted = one.device ?? one.shown ?? {};
  const said =
    one.device === undefined ? deeds : heard.map(({atMs, frame}) => ({atMs, ...frame.message, ...timeOf(frame)}));
  const within = said.filter((thing) => thing.atMs >= one.from && thing.atMs <= one.to);
  const found = within.filter((thing) => fits(plain(thing), resolved(wanted, bound)));
  const {least = one.most === 0 ? 0 : 1, most = Number.POSITIVE_INFINITY} = one;
  if (found.length >= least && found.length <= most) return [];
  const often = most === 0 ? 'never' : most === least ? `${least} times` : `at least ${least} times`;
  return [`from ${one.from} to ${one.to} ms expected ${often} ${JSON.stringify(wanted)}, found ${found.length}`];
}

function timeOf({time}: Frame): {readonly time?: number} {
  return time === undefined ? {} : {time};
}

function bindAll(expect: readonly Expectation[], heard: readonly Heard[], bound: Map<string, unknown>): void {
  for (const {bind, device, from, to} of expect) {
    if (bind === undefined || device === undefined) continue;
    const first = heard.find(
      ({atMs, frame}) => atMs >= from && atMs <= to && fits(plain(frame.message), resolved(device, bound)),
    );
    if (first === undefined) continue;
    const message = new Map(Object.entries(first.frame.message));
    for (const [name, part] of Object.entries(bind)) bound.set(name, message.get(part));
  }
}

/** The same with `$name` replaced by what is bound to it. */
function resolved(written: unknown, bound: ReadonlyMap<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(written), (_, part) =>
    // What was never told is 0: the device then fails where it should have told.
    typeof part === 'string' && part.startsWith('$') ? (bound.get(part.slice(1)) ?? 0) : part,
  );
}

/** Whether a value has all that is wanted: objects may have more, lists may not. `{"least": n, "most": n}` is a range. */
function fits(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(value) && value.length === wanted.length && wanted.every((part, at) => fits(value[at], part));
  }
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  const parts = new Map<string, unknown>(Object.entries(wanted));
  const [least, most] = [parts.get('least'), parts.get('most')];
  if (typeof value === 'number')
    return !(typeof least === 'number' && value < least) && !(typeof most === 'number' && value > most);
  if (typeof value !== 'object' || value === null) return false;
  const own = new Map<string, unknown>(Object.entries(value));
  return [...parts].every(([name, part]) => fits(own.get(name), part));
}
