import {once} from 'node:events';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {demoFolder} from '../../../src/session/demo-folder.ts';
import {writeBandSession} from '../band-stems.ts';
import {programIn, type Run} from '../program.ts';

const program = programIn(test, 'report');
const {scratch} = program;

/** Reports by the built program. */
const run = (words: readonly string[]): Promise<Run> => program.run('report', ...words);

test.serial('a session is reported as text and as a page, which stays unless it shall be replaced', async (t) => {
  const folder = await writeBandSession(join(scratch, 'band'), 4, 'Short Way Down');
  const html = join(scratch, 'band.html');
  const text = await run([folder, '--target', 'ebu-r128', '--html', html]);
  t.is(text.status, 0, text.err);
  t.regex(text.out, /^Short Way Down/m);
  t.regex(text.out, /Against EBU R 128/);
  t.deepEqual(
    text.out.split('\n').filter((line) => line.length > 80 && !line.includes(html)),
    [],
  );
  const page = await readFile(html, 'utf8');
  t.true(page.startsWith('<!DOCTYPE html>') && page.trimEnd().endsWith('</html>'));
  const taken = await run([folder, '--html', html]);
  t.is(taken.status, 5);
  t.regex(taken.err, /is there already\. Give another name, or --replace/);
});

test.serial('the demo is reported as JSON and as a page in one go, and its planted faults are found', async (t) => {
  const html = join(scratch, 'demo.html');
  const {status, out, err} = await run([demoFolder, '--json', '--html', html]);
  t.is(status, 0, err);
  t.regex(await readFile(html, 'utf8'), /Long Way Down/);
  const answer = JSON.parse(out);
  t.is(answer.session.strips.length, 10);
  const rulesOf = (name: string): readonly string[] =>
    answer.session.strips
      .find((strip: {name: string}) => strip.name === name)
      .warnings.map(({rule}: {rule: string}) => rule);
  t.true(rulesOf('Snare').includes('clip.in') && rulesOf('Electric Guitar').includes('hot'));
  t.true(rulesOf('Strings').includes('low') && rulesOf('Effects').includes('silent'));
  t.true(answer.session.mix.figures.integratedLufs < -15 && answer.session.mix.figures.integratedLufs > -30);
  t.deepEqual(
    (await readdir(scratch)).filter((name) => name.endsWith('.part')),
    [],
  );
});

test.serial('Ctrl-C leaves nothing', async (t) => {
  const html = join(scratch, 'stopped.html');
  const cache = join(scratch, 'cold');
  const child = program.start(['report', demoFolder, '--html', html], cache);
  const ended = once(child, 'exit');
  let err = '';
  child.stderr.on('data', (more) => {
    err += more;
  });
  // Once stems are being decoded it is at work.
  while (child.exitCode === null && (await readdir(join(cache, 'longthrow')).catch(() => [])).length === 0)
    await delay(20);
  child.kill('SIGINT');
  await ended;
  t.is(child.exitCode, 130, err);
  t.regex(err, /Cancelled; nothing was written/);
  t.deepEqual(
    (await readdir(scratch)).filter((name) => name.includes('stopped')),
    [],
  );
});

test('targets are listed, for people and for programs', async (t) => {
  const [text, json] = [await run(['--targets']), await run(['--targets', '--json'])];
  t.is(text.status, 0);
  t.regex(text.out, /^ebu-r128 +-23\.0 LUFS/m);
  t.true(text.out.split('\n').every((line) => line.length <= 80));
  t.true(JSON.parse(json.out).targets.some(({id}: {id: string}) => id === 'spotify'));
});

for (const [words, status, message] of [
  [[], 2, /Name a session or audio files/],
  [['/no/such/file.wav'], 5, /there is no such file/],
  [[demoFolder, '--target', 'cassette'], 2, /no delivery target/],
  [[demoFolder, '--html', '/no/such/folder/x.html'], 5, /cannot be written/],
] as const) {
  test(`report ${words.join(' ')} ends with ${status}`, async (t) => {
    const result = await run(words);
    t.is(result.status, status, result.err);
    t.regex(result.err, message);
  });
}
