import {configKeys} from '../../wire/longthrow/configuration.ts';
import type {Message} from '../../wire/longthrow/message.ts';
import type {Bench} from './check.ts';

const storedMs = 3000;
/** Commits are held 5 s apart. */
export const commitPauseMs = 5200;
const utf8 = new TextEncoder();
const words = new TextDecoder();

type Stored = Extract<Message, {readonly type: 'config-stored'}>;

/** Sets a value, and gives the status of it. */
export async function set(bench: Bench, key: number, control: number, value: Uint8Array): Promise<number | 'silent'> {
  return bench.request({type: 'config-set', key, control, value});
}

/** Reads a value; undefined where none comes. */
export async function configOf(bench: Bench, key: number, control: number): Promise<Uint8Array | undefined> {
  const from = bench.host.heard.length;
  await bench.request({type: 'config-get', key, control});
  const isIt = (message: {readonly key: number; readonly control: number}): boolean =>
    message.key === key && message.control === control;
  const heard = bench.all('config-value', from).find(({message}) => isIt(message));
  const answer = heard ?? (await bench.until('config-value', 300 + bench.slackMs, isIt));
  // The answer's own acknowledgement must have arrived before the next question.
  await bench.host.run(20);
  return answer?.message.value;
}

/** Commits, after a pause where one must be, and gives what was stored. */
export async function commit(bench: Bench): Promise<Stored | undefined> {
  let status = await bench.request({type: 'config-commit'});
  if (status === 3) {
    await bench.host.run(commitPauseMs);
    status = await bench.request({type: 'config-commit'});
  }
  const stored = await bench.until('config-stored', storedMs);
  bench.expect(
    status === 0 && stored !== undefined,
    `CFG_COMMIT gives status ${status} and ${stored === undefined ? 'no ' : ''}CFG_STORED`,
  );
  await bench.host.run(20);
  return stored?.message;
}

/** Commits with the power cut at many bytes. */
export async function survivesCuts(bench: Bench): Promise<void> {
  await bench.greet();
  await set(bench, configKeys.label, 0, utf8.encode('old'));
  await commit(bench);
  const seen = new Set<string>();
  for (const cut of [1, 2, 4, 5, 20, 60, 90, 100, 110, 114, 117]) {
    await bench.host.order('restart 1');
    await bench.greet();
    await set(bench, configKeys.label, 0, utf8.encode('new'));
    await bench.host.order(`cut ${cut}`);
    await bench.request({type: 'config-commit'});
    await bench.host.run(300);
    await bench.host.order('cut 0');
    await bench.host.order('restart 1');
    await bench.greet();
    const label = words.decode(await configOf(bench, configKeys.label, 0));
    seen.add(label);
    bench.expect(label === 'old' || label === 'new', `after a power cut at byte ${cut} the label is "${label}"`);
    if (label === 'new') {
      await set(bench, configKeys.label, 0, utf8.encode('old'));
      await commit(bench);
    }
  }
  bench.expect(seen.has('old'), 'a commit that was cut off counts');
}
