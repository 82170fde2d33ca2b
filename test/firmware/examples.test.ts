import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import type {Descriptor} from '../../src/wire/longthrow/descriptor.ts';
import {descriptorSource} from '../../src/wire/longthrow/descriptor-source.ts';
import {writeDescriptor} from '../../src/wire/longthrow/descriptor-writer.ts';
import {projectFile} from '../project.ts';

const examples = fileURLToPath(projectFile('firmware-protocol/examples'));
const read = (name: string) => readFileSync(join(examples, name), 'utf8');
const folders = ['board', 'desk-8', 'motor-fader'];

test('the firmware that is shipped was built from the sources that are shipped; else `sh firmware-protocol/examples/build.sh` renews it', (t) => {
  const rows = read('hex/sources.sha256')
    .split('\n')
    .filter((row) => row !== '' && !row.startsWith('#'));
  const hashes = new Map(rows.map((row) => [row.slice(66), row.slice(0, 64)]));
  for (const [name, hash] of hashes) {
    t.is(createHash('sha256').update(read(name)).digest('hex'), hash, `${name} changed: renew the hex files`);
  }
  const sources = folders.flatMap((folder) =>
    readdirSync(join(examples, folder))
      .filter((file) => /\.[ch]$/.test(file))
      .map((file) => `${folder}/${file}`),
  );
  for (const name of [...sources, 'build.sh', '../core/longthrow.c', '../core/longthrow.h', '../core/avr.flags'])
    t.true(hashes.has(name), name);
});

for (const example of ['desk-8', 'motor-fader']) {
  test(`the descriptor of ${example} is the one that its description makes`, (t) => {
    const descriptor: Descriptor = JSON.parse(read(`${example}/descriptor.json`));
    const source = descriptorSource(writeDescriptor(descriptor), example.replace('-', '_'), 'PROGMEM');
    t.is(read(`${example}/descriptor.h`), source, '`node --import=tsx test/firmware/describe.ts` renews it');
  });
}

test('where the compiler of the shipped firmware is at hand, it makes the same firmware again', (t) => {
  const version = spawnSync('avr-gcc', ['--version'], {encoding: 'utf8'});
  const [, compiler] = /^# made by (.*)$/m.exec(read('hex/sources.sha256')) ?? [];
  if (version.error !== undefined || version.stdout.split('\n')[0] !== compiler) {
    t.pass();
    t.log(`no ${compiler}: the firmware was not built again (Debian: apt install gcc-avr avr-libc)`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'longthrow-firmware-'));
  t.teardown(() => rmSync(folder, {recursive: true}));
  const built = spawnSync('sh', [join(examples, 'build.sh'), folder], {encoding: 'utf8'});
  t.is(built.status, 0, built.stderr);
  t.log(built.stdout);
  for (const name of readdirSync(folder)) t.is(readFileSync(join(folder, name), 'utf8'), read(`hex/${name}`), name);
  const sizes = [...built.stdout.matchAll(/^core.*flash +(\d+) .*memory +(\d+) /gm)].map(([, flash, ram]) => [
    flash,
    ram,
  ]);
  t.true(
    sizes.length === 1 && sizes.every(([flash, ram]) => Number(flash) <= 10_000 && Number(ram) <= 600),
    'the core is under 10 kB and 600 bytes',
  );
});
