import {describeError} from '../../model/problem.ts';
import type {Descriptor} from '../../wire/longthrow/descriptor.ts';
import {featureBits, type Hello} from '../../wire/longthrow/hello.ts';
import {type Ended, newBench} from './bench.ts';
import {type Bench, type Check, type Level, levels, type Need} from './check.ts';
import {readDeviceDescriptor} from './descriptor-reading.ts';
import {newHost} from './host.ts';
import type {Target, TargetSource} from './target.ts';
import type {KitData} from './vectors.ts';

/** What became of a check. */
export interface Outcome {
  readonly check: Check;
  readonly state: 'passed' | 'failed' | 'not exercised';
  /** What was wrong, or why nothing can be said: sentences. */
  readonly faults: readonly string[];
  readonly tookMs: number;
}

/** What the device said of itself before the first check; undefined if it said nothing that can be used. */
export interface Acquaintance {
  readonly hello: Hello;
  readonly descriptor: Descriptor;
}

export interface RunOptions {
  readonly source: TargetSource;
  readonly checks: readonly Check[];
  readonly data: KitData;
  /** The highest level to be tried; L6 if absent. */
  readonly upTo?: Level;
  readonly ask?: Bench['ask'];
  /** Told of each check as it ends. */
  readonly told?: (outcome: Outcome) => void;
  /** Ends with the first check that fails. */
  readonly untilFailed?: boolean;
}

export interface RunResult {
  readonly acquaintance: Acquaintance | undefined;
  readonly outcomes: readonly Outcome[];
}

/** Every device must do this; nothing else can be looked at before. */
const acquaintanceCheck: Check = {
  id: 'L1.acquaintance',
  level: 'L1',
  requirements: ['R7', 'R21'],
  law: 'A device answers HELLO_REQ and can be read',
  run: async () => {},
};

/** The CRC-32 of the descriptor of `descriptors/eight-strips.json`. */
const referenceCheck = 0x00855714;

/** Holds a device against checks, one after the other, each in a session of its own. */
export async function runChecks({source, checks, data, ...options}: RunOptions): Promise<RunResult> {
  const outcomes: Outcome[] = [];
  const note = (outcome: Outcome): void => {
    outcomes.push(outcome);
    options.told?.(outcome);
  };
  const {acquaintance, outcome} = await makeAcquaintance(source, data);
  note(outcome);
  const last = levels.indexOf(options.upTo ?? 'L6');
  const wanted = checks
    .filter(({level}) => levels.indexOf(level) <= last)
    .sort((one, other) => levels.indexOf(one.level) - levels.indexOf(other.level));
  for (const check of wanted) {
    if (options.untilFailed && outcomes.some(({state}) => state === 'failed')) break;
    const lack =
      acquaintance === undefined ? 'the device cannot be read' : lackOf(check.needs ?? [], source.kind, acquaintance);
    if (lack !== undefined) note({check, state: 'not exercised', faults: [lack], tookMs: 0});
    else if (acquaintance !== undefined) note(await runCheck(check, source, {...acquaintance, data, ask: options.ask}));
  }
  return {acquaintance, outcomes};
}

async function runCheck(
  check: Check,
  source: TargetSource,
  facts: Acquaintance & {readonly data: KitData; readonly ask: Bench['ask']},
): Promise<Outcome> {
  const faults: string[] = [];
  let target: Target | undefined;
  const outcome = (state: Outcome['state'], more: readonly string[] = []): Outcome => ({
    check,
    state,
    faults: [...faults, ...more],
    tookMs: target?.now() ?? 0,
  });
  try {
    target = await source.open();
    const host = newHost(target);
    await check.run(newBench({...facts, host, faults}));
    faults.push(...host.unreadable.slice(0, 3));
    return outcome(faults.length === 0 ? 'passed' : 'failed');
  } catch (error) {
    if (!isEnded(error)) return outcome('failed', [describeError(error)]);
    return outcome(faults.length > 0 ? 'failed' : error.ended, [error.reason]);
  } finally {
    target?.end();
  }
}

async function makeAcquaintance(
  source: TargetSource,
  data: KitData,
): Promise<{readonly acquaintance: Acquaintance | undefined; readonly outcome: Outcome}> {
  let acquaintance: Acquaintance | undefined;
  const check: Check = {
    ...acquaintanceCheck,
    async run(bench) {
      const hello = await bench.greet();
      const read = await readDeviceDescriptor(bench, hello);
      if (read.state === 'good') acquaintance = {hello, descriptor: read.descriptor};
      else for (const fault of read.faults) bench.expect(false, `its descriptor: ${fault}`);
    },
  };
  const nothing: Acquaintance = {hello: noHello, descriptor: {strips: 0, unit: 'main', records: []}};
  const outcome = await runCheck(check, source, {...nothing, data, ask: undefined});
  return {acquaintance, outcome: {...outcome, check: acquaintanceCheck}};
}

const noHello: Hello = {
  type: 'hello',
  version: 0,
  nonce: 0,
  session: 0,
  serial: '',
  bootCount: 0,
  resetCause: 0,
  uptimeMs: 0,
  firmware: [0, 0, 0],
  descriptorLength: 0,
  descriptorCheck: 0,
  mtu: 64,
  credits: 1,
  tickUs: 0,
  features: 0,
};

/** Why a check cannot be made; undefined if it can. */
function lackOf(needs: readonly Need[], kind: Target['kind'], {hello}: Acquaintance): string | undefined {
  for (const need of needs) {
    if (need === 'orders' && kind !== 'virtual') return 'only a device in virtual time can be looked into and moved';
    if (need === 'reference' && hello.descriptorCheck !== referenceCheck)
      return 'written for the surface of descriptors/eight-strips.json';
    if (need === 'restart' && kind === 'port') return 'the kit cannot switch it off and on';
    if (need === 'configuration' && !(hello.features & featureBits.configuration)) return 'it has no configuration';
    if (need === 'calibration' && !(hello.features & featureBits.calibration)) return 'it has no calibration';
    if (need === 'boot' && !(hello.features & featureBits.boot)) return 'it offers no boot hand-off';
  }
  return undefined;
}

function isEnded(error: unknown): error is Ended {
  return typeof error === 'object' && error !== null && 'ended' in error && 'reason' in error;
}
