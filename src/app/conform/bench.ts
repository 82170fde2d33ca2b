import type {Descriptor} from '../../wire/longthrow/descriptor.ts';
import type {Hello} from '../../wire/longthrow/hello.ts';
import type {Message} from '../../wire/longthrow/message.ts';
import type {Bench, GreetOptions, HeardOf, MessageOf} from './check.ts';
import type {Host} from './host.ts';
import type {Target} from './target.ts';
import type {KitData} from './vectors.ts';

/** Why a check ends before its end: it failed, or says nothing about this device. */
export interface Ended {
  readonly ended: 'failed' | 'not exercised';
  readonly reason: string;
}

export interface BenchOptions {
  readonly host: Host;
  readonly data: KitData;
  readonly hello: Hello;
  readonly descriptor: Descriptor;
  readonly ask: Bench['ask'];
  readonly faults: string[];
}

/** How late a line may be beyond the device itself, in ms. */
function slackOf(kind: Target['kind']): number {
  return kind === 'virtual' ? 0 : 50;
}

const beatEveryMs = 200;
/** A boot loader may keep silent so long. */
const helloPatienceMs = 5000;
const helloEveryMs = 250;
const retryMs = 100;
const tries = 10;
let nonces = 0x10;

/** What a check works with. */
export function newBench({host, faults, ...facts}: BenchOptions): Bench {
  const {target} = host;
  const all = <T extends Message['type']>(type: T, from = 0): readonly HeardOf<T>[] =>
    host.heard.slice(from).flatMap((one) => {
      const {message} = one.frame;
      return isOf(message, type) ? [{...one, message}] : [];
    });
  const until: Bench['until'] = async (type, limitMs, wanted = () => true) => {
    let from = host.heard.length;
    const end = target.now() + limitMs;
    for (;;) {
      const found = all(type, from).find(({message}) => wanted(message));
      if (found !== undefined || target.now() >= end) return found;
      from = host.heard.length;
      await host.runTo(Math.min(end, target.now() + (target.kind === 'virtual' ? 2 : 5)));
    }
  };
  return {
    ...facts,
    host,
    slackMs: slackOf(target.kind),
    expect(isSo, otherwise) {
      if (!isSo) faults.push(otherwise);
    },
    async greet({session, nonce = nextNonce(session), mtu = 64, leaseMs = 1000, beats = true}: GreetOptions = {}) {
      const patience = target.now() + helloPatienceMs;
      while (target.now() < patience) {
        await host.say({type: 'hello-request', lowest: 1, highest: 1, nonce, mtu, leaseMs});
        const answer = await until('hello', helloEveryMs, (hello) => hello.nonce === nonce);
        if (answer === undefined) continue;
        host.habits.beatEveryMs = beats ? beatEveryMs : undefined;
        return answer.message;
      }
      return fail('it does not answer HELLO_REQ');
    },
    async request(message) {
      const from = host.heard.length;
      await host.say(message);
      for (let round = 0; round < tries; round++) {
        const heard = all('ack', from).at(0) ?? (await until('ack', retryMs));
        if (heard !== undefined) return heard.message.status;
        if (target.kind !== 'virtual') continue;
        return 'silent';
      }
      return 'silent';
    },
    until,
    all,
    failed: fail,
    notExercised(reason) {
      const ended: Ended = {ended: 'not exercised', reason};
      throw ended;
    },
  };
}

function fail(reason: string): never {
  const ended: Ended = {ended: 'failed', reason};
  throw ended;
}

/** A nonce that was not used before, of a session or of the next. */
function nextNonce(session: number | undefined): number {
  nonces += 1;
  const low = session ?? (nonces % 0xee) + 1;
  return ((nonces << 8) | low) >>> 0;
}

function isOf<T extends Message['type']>(message: Message, type: T): message is Message & MessageOf<T> {
  return message.type === type;
}
