import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';
import {adoptOpened} from '../../src/transport/midi-handle.ts';
import {projectFile} from '../project.ts';

/** A library whose handles are counted, and easymidi's way of opening a port with it. */
function library(given: {readonly throws?: boolean; readonly opens?: boolean} = {}) {
  const alive = new Set<object>();
  class Original {
    open = false;
    constructor() {
      alive.add(this);
    }
    isPortOpen(): boolean {
      return this.open;
    }
    destroy(): void {
      alive.delete(this);
    }
  }
  const names = {input: Original as new () => Original};
  const put = (made: new () => Original): void => {
    names.input = made;
  };
  const openAsEasymidiDoes = (): void => {
    const port = new names.input();
    void new names.input();
    if (given.throws) throw new Error('Internal RtMidi error');
    port.open = given.opens ?? true;
  };
  return {alive, names, Original, adopt: () => adoptOpened(Original, put, openAsEasymidiDoes)};
}

test('the handle that was opened is taken over, and the one made for looking is given back', (t) => {
  const {alive, adopt} = library();
  const handle = adopt();
  t.true(handle.isPortOpen());
  t.deepEqual([...alive], [handle]);
});

test('when opening fails every handle is given back', (t) => {
  const failing = library({throws: true});
  t.throws(failing.adopt, {message: 'Internal RtMidi error'});
  t.is(failing.alive.size, 0);
  const closed = library({opens: false});
  t.throws(closed.adopt, {message: 'the port did not open'});
  t.is(closed.alive.size, 0);
});

test('the library has its own class back afterwards, however it went', (t) => {
  for (const given of [{}, {throws: true}, {opens: false}]) {
    const {names, Original, adopt} = library(given);
    try {
      adopt();
    } catch {
      // Told above.
    }
    t.is(names.input, Original);
  }
});

test('a machine with or without MIDI is an answer, and nothing is printed', async (t) => {
  const url = projectFile('src/transport/midi.ts').href;
  const script = `
    const {midiTransport} = await import(${JSON.stringify(url)});
    const transport = midiTransport();
    const {state} = await transport.availability();
    await new Promise((resolve) => transport.watch(resolve));
    await transport.close();
    console.log(state);`;
  const given = ['--import=tsx', '--input-type=module', '-e', script];
  const {stdout, stderr} = await promisify(execFile)(process.execPath, given);
  t.regex(stdout, /^(?:un)?available\n$/);
  t.is(stderr, '');
});
