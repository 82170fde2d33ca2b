import test from 'ava';
import {quietly} from '../../../src/engine/stems/quiet.ts';

test('remarks are swallowed while it runs, and only then', (t) => {
  const heard: unknown[] = [];
  const {error, warn} = console;
  console.error = (text: unknown) => heard.push(text);
  console.warn = (text: unknown) => heard.push(text);
  try {
    const result = quietly(() => {
      console.error('inside');
      console.warn('inside');
      return 42;
    });
    t.is(result, 42);
    t.throws(() =>
      quietly(() => {
        throw new Error('through');
      }),
    );
    console.error('after');
  } finally {
    Object.assign(console, {error, warn});
  }
  t.deepEqual(heard, ['after']);
});
