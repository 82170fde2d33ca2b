import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {projectFile} from '../project.ts';
import {compileCore} from './compiler.ts';
import {playTranscript, type Transcript} from './transcript.ts';
import {startVirtualDevice} from './virtual-device.ts';

const folder = projectFile('firmware-protocol/transcripts/');
const transcripts: readonly {readonly file: string; readonly transcript: Transcript}[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({file, transcript: JSON.parse(readFileSync(new URL(file, folder), 'utf8'))}));
const compiled = compileCore('virtual-device', ['host/virtual-device.c', 'longthrow.c']);

test('every transcript that the specification names is there', (t) => {
  const text = readFileSync(projectFile('firmware-protocol/README.md'), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| R\d+ /.test(line));
  t.is(rows.length, 22);
  const named = rows.flatMap((row) =>
    [...row.matchAll(/transcripts? ((?:`[a-z-]+`(?:, )?)+)/g)].flatMap(
      (match) => (match[1] ?? '').match(/[a-z-]+/g) ?? [],
    ),
  );
  const files = transcripts.map(({file}) => file.replace('.json', ''));
  t.deepEqual(
    named.filter((name) => !files.includes(name)),
    [],
  );
});

if (compiled.state === 'absent') {
  test('the core plays the transcripts', (t) => {
    t.log(compiled.reason);
    t.pass();
  });
} else {
  for (const {file, transcript} of transcripts) {
    test(`${file}: ${transcript.name} (${transcript.shows.join(', ')})`, async (t) => {
      const device = startVirtualDevice(compiled.program);
      t.teardown(() => device.end());
      t.deepEqual(await playTranscript(transcript, device), []);
    });
  }
}
