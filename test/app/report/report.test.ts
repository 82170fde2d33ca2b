import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {SaxesParser} from 'saxes';
import {z} from 'zod';
import {makeReport, type ReportRequest} from '../../../src/app/report/make-report.ts';
import type {Report} from '../../../src/app/report/report.ts';
import {reportJson} from '../../../src/app/report/report-json.ts';
import {reportPage} from '../../../src/app/report/report-page.ts';
import {reportJsonSchema} from '../../../src/app/report/report-schema.ts';
import {reportText} from '../../../src/app/report/report-text.ts';
import {cellsOf} from '../../../src/app/report/text-table.ts';
import {writeBandSession} from '../band-stems.ts';
import {noise, sine, writeWave} from './sounds.ts';

const scratch = mkdtempSync(join(tmpdir(), 'longthrow-report-'));
test.after.always(() => rmSync(scratch, {recursive: true, force: true}));

const place = (name: string): string => join(scratch, name);
const tone = sine(48_000, 4, -23);
const hot = sine(48_000, 12, -2);
const short = writeWave(place('short.wav'), 48_000, [sine(48_000, 0.01, -9)]);
const silent = writeWave(place('silent.wav'), 48_000, [new Float32Array(48_000)]);
const plain = writeWave(place('tone.wav'), 48_000, [tone, tone]);
const hotFile = writeWave(place('hot.wav'), 48_000, [hot]);
const bright = writeWave(place('bright.wav'), 44_100, [noise(44_100 * 2, 0.2, 1), noise(44_100 * 2, 0.2, 2)]);
const evil = writeWave(place('<script>alert(1)<&"\'.wav'), 48_000, [tone]);

function ask(changes: Partial<ReportRequest>): Promise<Report> {
  const request: ReportRequest = {
    paths: [plain],
    references: [],
    cacheFolder: place('cache'),
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  };
  return makeReport(request);
}

/** Whether the page is well-formed XML; throws where it is not. Returns the names of its elements and all its text. */
function parsed(page: string): {readonly elements: readonly string[]; readonly text: string} {
  const elements: string[] = [];
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({name}) => elements.push(name));
  parser.on('text', (more) => {
    text += more;
  });
  parser.write(page).close();
  return {elements, text};
}

/** No number of the answer is anything but finite or null (JSON has no other, but a missing one would show as absent). */
function holes(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (value === undefined) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => holes(inner, `${path}.${key}`));
}

test('a file is measured, judged as a stem, and a trim proposed with the times of the warning', async (t) => {
  const report = await ask({paths: [hotFile]});
  const file = report.subject.type === 'files' ? report.subject.files[0] : undefined;
  t.is(file?.as, 'stem');
  t.deepEqual(file?.trim, {fromDb: 0, toDb: -7, faderDb: 7, limited: false});
  const warning = file?.warnings.find(({rule}) => rule === 'hot');
  t.is(warning?.severity, 2);
  t.true((warning?.ranges[0]?.fromSeconds ?? 99) < 6 && (warning?.ranges[0]?.toSeconds ?? 0) > 11.9);
  t.regex(reportText(report), /advice 0:0\d-0:1[23]: hot\.wav peaks at -2 dBFS/);
});

test('a mix is held against a target, and the gain rules are those of the output', async (t) => {
  const report = await ask({target: 'EBU R128'});
  const file = report.subject.type === 'files' ? report.subject.files[0] : undefined;
  t.is(file?.as, 'mix');
  t.is(file?.target?.loudness, 'right');
  t.true(Math.abs(file?.figures.loudness.integratedLufs ?? 0) - 23 < 0.05);
  t.true(file?.warnings.every(({strip}) => strip === 'master') ?? false);
  t.regex(reportText(report), /Fits: 0\.0 LU|Fits: [+-]0\.\d LU/);
});

test('references of other rates are compared at equal loudness', async (t) => {
  const report = await ask({references: [bright]});
  const comparison = report.subject.type === 'files' ? report.subject.files[0]?.references[0] : undefined;
  t.true((comparison?.loudnessLu ?? 0) < -3);
  t.true((comparison?.bandsDb[17] ?? 0) > 10);
  t.true((comparison?.advice.length ?? 0) > 0);
  t.is(report.references[0]?.name, 'bright.wav');
});

test('every number of the JSON is finite or null, for silence and for a blink of sound, too', async (t) => {
  for (const request of [
    {paths: [plain, short, silent, evil], target: 'spotify', references: [bright]},
    {paths: [silent]},
  ]) {
    const answer = JSON.parse(reportJson(await ask(request)));
    t.deepEqual(holes(answer), []);
    t.is(answer.schemaVersion, 1);
    t.is(answer.files.length, request.paths.length);
    t.is(answer.files[0].figures.thirdOctavesDb.length, answer.thirdOctaveCentresHz.length);
  }
  const [first] = JSON.parse(reportJson(await ask({paths: [silent]}))).files;
  t.is(first.figures.integratedLufs, null);
});

test('the JSON is what its schema says, of files and of a session', async (t) => {
  const schema = z.fromJSONSchema(JSON.parse(reportJsonSchema()));
  const files = await ask({paths: [plain, silent, place('nowhere.wav')], target: 'ebu-r128-s1', references: [bright]});
  const session = await ask({
    paths: [await writeBandSession(place('band'), 3, 'Band')],
    target: 'deezer',
    references: [bright],
  });
  for (const report of [files, session]) {
    const answer = JSON.parse(reportJson(report));
    const read = schema.safeParse(answer);
    t.deepEqual(read.success ? [] : read.error.issues, []);
    t.deepEqual(holes(answer), []);
    t.false(schema.safeParse({...answer, files: 'none'}).success);
  }
  parsed(reportPage(session));
  t.deepEqual(
    reportText(session)
      .split('\n')
      .filter((line) => cellsOf(line) > 80),
    [],
  );
});

test('the page is well-formed, needs nothing from elsewhere, and names in it stay names', async (t) => {
  const report = await ask({paths: [evil, silent, short], target: 'tidal', references: [bright]});
  const page = reportPage(report);
  const {elements, text} = parsed(page);
  t.false(elements.includes('script'));
  t.true(text.includes('<script>alert(1)<&"\'.wav'));
  t.notRegex(page, /<(?:link|img|iframe|object)\b|url\(|@import|\bsrc=/);
  t.deepEqual([...new Set(page.match(/https?:\/\/[^"' <]+/g))].sort(), [
    'http://www.w3.org/1999/xhtml',
    'http://www.w3.org/2000/svg',
  ]);
  t.notRegex(page, /NaN|undefined|Infinity/);
  const plots = page.match(/<svg class="plot"[^>]*>/g) ?? [];
  t.true(plots.length >= 6);
  t.true(plots.every((plot) => /role="img"/.test(plot) && /aria-label="[^"]{10,}"/.test(plot)));
});

test('the text stays within 80 columns', async (t) => {
  const text = reportText(await ask({paths: [evil, plain], target: 'ebu-r128-s1', references: [bright, hotFile]}));
  t.deepEqual(
    text.split('\n').filter((line) => cellsOf(line) > 80),
    [],
  );
});

test('a file that cannot be used is a problem beside those that can; alone it is an error', async (t) => {
  const report = await ask({paths: [plain, place('nowhere.wav')]});
  t.is(report.problems.length, 1);
  t.is(report.subject.type === 'files' ? report.subject.files.length : 0, 1);
  await t.throwsAsync(ask({paths: [place('nowhere.wav')]}), {message: /there is no such file/});
  const four = writeWave(place('four.wav'), 48_000, [tone, tone, tone, tone]);
  await t.throwsAsync(ask({paths: [four]}), {message: /4 channels.*\n?.*Split it/s});
});

for (const [words, request, message] of [
  ['nothing', {paths: []}, /Name a session or audio files/],
  ['an unknown target', {target: 'cassette'}, /no delivery target "cassette".*ebu-r128, /],
  ['a missing reference', {references: ['/nowhere/reference.wav']}, /reference\.wav: there is no such file/],
  ['a session beside files', {paths: [scratch, plain]}, /One session at a time/],
  ['a folder that is no session', {paths: [scratch]}, /holds no session\.json/],
] as const) {
  test(`${words} is refused with what to do`, async (t) => {
    await t.throwsAsync(ask(request), {message});
  });
}

test('an abort ends the work', async (t) => {
  const cancel = new AbortController();
  const reason = new Error('enough');
  const report = ask({paths: [plain, bright], signal: cancel.signal, onProgress: () => cancel.abort(reason)});
  t.is(await t.throwsAsync(report), reason);
});

/** A session of one stem, with what else its file holds. */
function sessionWith(name: string, more: object): string {
  const folder = place(name);
  mkdirSync(folder);
  writeWave(join(folder, 'Tone.wav'), 48_000, [tone]);
  const strip = {
    ...{id: 'tone', name: 'Tone', file: 'Tone.wav', group: 'other', colour: 'green', channels: 1},
    ...{trimDb: 0, levelDb: 0, pan: 0, muted: false, soloed: false, soloSafe: false, polarityInverted: false},
  };
  const file = {longthrow: 1, name, sampleRate: 48_000, strips: [strip], masterLevelDb: 0, ...more};
  writeFileSync(join(folder, 'session.json'), JSON.stringify(file));
  return folder;
}

const told = ({subject}: Report): string =>
  subject.type === 'session' ? subject.mix.references.flatMap(({advice}) => advice).join('\n') : '';

test('a session is held against its own target and references; those that are named take their place', async (t) => {
  const folder = sessionWith('own', {target: 'spotify', references: [bright, 'gone.wav', evil]});
  const own = await ask({paths: [folder]});
  t.is(own.target?.id, 'spotify');
  t.deepEqual(
    own.references.map(({path}) => path),
    [bright, evil],
  );
  t.true(own.problems.some(({path, severity}) => path.endsWith('gone.wav') && severity === 'warning'));
  t.is(own.subject.type === 'session' && own.subject.mix.target?.target.id, 'spotify');
  const named = await ask({paths: [folder], target: 'Tidal', references: [plain]});
  t.is(named.target?.id, 'tidal');
  t.deepEqual(
    named.references.map(({path}) => path),
    [plain],
  );
  t.is((await ask({paths: [folder], target: 'none'})).target, undefined);
});

test('a reference of the session that is no sound is told, and the rest is reported all the same', async (t) => {
  writeFileSync(place('text.wav'), 'no sound at all');
  const {references, problems} = await ask({paths: [sessionWith('torn', {references: [place('text.wav'), plain]})]});
  t.is(references.length, 1);
  t.true(problems.some(({path, severity}) => path.endsWith('text.wav') && severity === 'warning'));
});

test('what a session changes in the gain table holds for its comparison with references, too', async (t) => {
  const references = [bright];
  t.regex(told(await ask({paths: [sessionWith('strict', {references})]})), /LU (quieter|louder).*low end/s);
  const rules = {'ref.match': {on: false}, 'low.end': {raise: [-60, 60]}};
  const lenient = told(await ask({paths: [sessionWith('lenient', {references, gain: {rules}})]}));
  t.notRegex(lenient, /LU (quieter|louder)|low end/);
  t.regex(lenient, /than the reference from/, 'the bands are still told');
});
