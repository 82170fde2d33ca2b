import test from 'ava';
import {rememberPlugs} from '../../src/transport/plug-memory.ts';

test('a device is read once for each time it is plugged in, and again while nothing is known of it', async (t) => {
  const plugs = new Map<string, string>();
  const facts = new Map<string, string>();
  const reads: string[] = [];
  const factsOf = rememberPlugs(
    async (folder) => plugs.get(folder) ?? Promise.reject(new Error('ENOENT')),
    async (folder) => {
      reads.push(folder);
      return facts.get(folder);
    },
  );
  const see = async (folder: string): Promise<readonly [string | undefined, number]> => {
    reads.length = 0;
    return [await factsOf(folder), reads.length];
  };
  t.deepEqual(await see('a'), [undefined, 0], 'not plugged in');
  plugs.set('a', '1');
  t.deepEqual(await see('a'), [undefined, 1], 'nothing is known yet');
  facts.set('a', 'Desk');
  t.deepEqual(await see('a'), ['Desk', 1]);
  t.deepEqual(await see('a'), ['Desk', 0]);
  plugs.set('b', '1');
  facts.set('b', 'Keys');
  t.deepEqual(await see('b'), ['Keys', 1], 'each has facts of its own');
  facts.set('a', 'Other desk');
  t.deepEqual(await see('a'), ['Desk', 0]);
  plugs.set('a', '2');
  t.deepEqual(await see('a'), ['Other desk', 1], 'another plug');
  plugs.delete('a');
  t.deepEqual(await see('a'), [undefined, 0], 'pulled');
  plugs.set('a', '2');
  t.deepEqual(await see('a'), ['Other desk', 1], 'what was pulled is read again');
});
