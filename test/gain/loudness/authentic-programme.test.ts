import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import wavefile from 'wavefile';
import {isWithin, measured} from './measure.ts';

/**
 * Cases 7 and 8 of Tech 3341, which are 5 and 6 of Tech 3342, are recordings: the EBU gives them to everyone (its loudness test set) but nobody may
 * pass them on. `LONGTHROW_EBU_FOLDER=FOLDER npx ava test/gain/loudness/authentic-programme.test.ts` measures them.
 */
const folder = process.env['LONGTHROW_EBU_FOLDER'];
const cases = [
  {number: 7, name: /3341-7.*\.wav$/i, lu: 5},
  {number: 8, name: /3341-(?:2011-)?8.*\.wav$/i, lu: 15},
] as const;

if (folder === undefined) {
  test('Tech 3341 cases 7 and 8 and Tech 3342 cases 5 and 6 are measured if given: LONGTHROW_EBU_FOLDER names no folder', (t) => {
    t.is(process.env['LONGTHROW_EBU_FOLDER'], undefined);
  });
}

for (const {number, name, lu} of folder === undefined ? [] : cases) {
  test(`Tech 3341 case ${number}, as given: −23 LUFS and a range of ${lu} LU`, async (t) => {
    const file = (await readdir(folder ?? '')).find((one) => name.test(one));
    t.truthy(file, `no file like ${name} in ${folder}`);
    const wav = new wavefile.WaveFile(await readFile(join(folder ?? '', file ?? '')));
    const fullScale = wav.bitDepth === '32f' ? 1 : 2 ** (Number(wav.bitDepth) - 1);
    const [left, right] = wav.getSamples(false) as unknown as [Float64Array, Float64Array];
    const {sampleRate} = wav.fmt as {sampleRate: number};
    const side = (samples: Float64Array): Float32Array => Float32Array.from(samples, (value) => value / fullScale);
    const reading = measured(sampleRate, side(left), {right: side(right)});
    t.true(isWithin(reading.integratedLufs, -23, 0.1), `${reading.integratedLufs}`);
    t.true(isWithin(reading.rangeLu, lu, 1), `${reading.rangeLu}`);
  });
}
