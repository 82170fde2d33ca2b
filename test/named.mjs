// AVA's `test` for files that share a process (gather.mjs): titles begin with the file's name, all tests are declared when all files
// have loaded, and run one after the other, so that what one takes is its own time and its memory is free for the next.
import test from 'ava';

const declared = [];

function declares(chain, file) {
  return (title, ...rest) =>
    declared.push(() => (typeof title === 'string' ? chain(`${file} › ${title}`, ...rest) : chain(title, ...rest)));
}

export function testOf(file) {
  const hook = (chain) => Object.assign(declares(chain, file), {always: declares(chain.always, file)});
  const serial = declares(test.serial, file);
  return Object.assign(serial, {serial, before: hook(test.before), after: hook(test.after)});
}

export function declareAll() {
  for (const declare of declared) declare();
}
