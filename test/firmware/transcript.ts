import {decodeBody, encodeFrame, type Frame} from '../../src/wire/longthrow/codec.ts';
import {newFramer, step} from '../../src/wire/longthrow/framer.ts';
import {classOf, type Message} from '../../src/wire/longthrow/message.ts';
import {frameOf, fromHex, plain, toHex} from './vector.ts';
import type {Deed, VirtualDevice} from './virtual-device.ts';

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

/** A frame that the device sent whole at a time. */
interface Heard {
  readonly atMs: number;
  readonly frame: Frame;
}

interface Act {
  readonly atMs: number;
  readonly step: TranscriptStep;
}

/** Plays a transcript to a device, and gives a sentence for each expectation that was not met. */
export async function playTranscript({steps, expect}: Transcript, device: VirtualDevice): Promise<readonly string[]> {
  const end = Math.max(...expect.map(({to}) => to), ...steps.map(({at, until}) => until ?? at)) + 1;
  const acts = steps.flatMap(actsOf).sort((one, other) => one.atMs - other.atMs);
  const heard: Heard[] = [];
  const deeds: Deed[] = [];
  const faults: string[] = [];
  const bound = new Map<string, unknown>();
  const sequences = new Map<string, number>();
  let framer = newFramer();
  let session = 0;
  let expected = 0;
  let now = 0;

  const say = async (message: Message, given: TranscriptStep): Promise<void> => {
    if (message.type === 'hello-request' && (message.nonce & 0xff) !== session) {
      session = message.nonce & 0xff;
      sequences.clear();
      expected = 0;
    }
    const messageClass = classOf(message);
    const next = sequences.get(messageClass) ?? 0;
    const sequence = given.sequence ?? next;
    if (given.sequence === undefined && given.session === undefined) sequences.set(messageClass, (next + 1) & 0xff);
    take(await device.obey(`rx ${bare(encodeFrame({message, sequence}, given.session ?? session))}`));
  };

  const take = (done: readonly Deed[]): void => {
    for (const deed of done) {
      deeds.push(deed);
      if (deed.type !== 'sent') continue;
      const next = step(framer, deed.bytes);
      framer = next.state;
      for (const framed of next.frames) {
        const decoded = framed.type === 'body' ? decodeBody(framed.body, session) : framed;
        if ('state' in decoded && decoded.state === 'good') heard.push({atMs: deed.atMs, frame: decoded.frame});
        else if (session !== 0 && !('state' in decoded)) continue;
        else if (session !== 0)
          faults.push(`at ${deed.atMs} the device sent what cannot be read: ${JSON.stringify(decoded)}`);
      }
    }
  };

  /** Time goes on in steps as short as a host's loop; replies are acknowledged as they come. */
  const advance = async (to: number): Promise<void> => {
    while (now < to) {
      const before = heard.length;
      now = Math.min(to, now + 5);
      take(await device.obey(`to ${now}`));
      for (const {frame} of heard.slice(before)) {
        if (classOf(frame.message) !== 'reliable') continue;
        if (frame.sequence === expected) expected = (expected + 1) & 0xff;
        await say({type: 'ack', next: expected, credits: 1, status: 0}, {at: now});
      }
    }
  };

  take(await device.obey());
  for (const {atMs, step: act} of acts) {
    await advance(atMs);
    bindAll(expect, heard, bound);
    if (act.host !== undefined) await say(frameOf({message: resolved(act.host, bound)}).message, act);
    if (act.raw !== undefined) take(await device.obey(`rx ${bare(fromHex(act.raw))}`));
    if (act.hand !== undefined) take(await device.obey(act.hand));
  }
  await advance(end);
  bindAll(expect, heard, bound);
  return [...faults, ...expect.flatMap((one) => unmet(one, heard, deeds, bound))];
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
  const found = said.filter(
    (thing) => thing.atMs >= one.from && thing.atMs <= one.to && fits(plain(thing), resolved(wanted, bound)),
  );
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
    typeof part === 'string' && part.startsWith('$') ? bound.get(part.slice(1)) : part,
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

function bare(bytes: Uint8Array): string {
  return toHex(bytes).replaceAll(' ', '');
}
